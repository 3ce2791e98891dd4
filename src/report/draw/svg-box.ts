import { groupOf } from './palette.ts';
import { type Box, INDENT, LINE_HEIGHT, PADDING, STRIPE } from './svg-boxes.ts';
import type { Rect } from './svg-layout.ts';
import { round, textLines } from './svg-paint.ts';

/**
 * A component: its text in a picture of its own, which shows nothing outside of it, whatever a font makes of it. To who
 * does not see it, the picture is one image with one description.
 */
export function boxMarkup({ box, x, y, width, height }: Rect & { readonly box: Box }): string[] {
  const { node, lines, rows, head } = box;
  const group = groupOf(node.kind);
  const worst = node.marks[0];
  const size = `width="${round(width)}" height="${round(height)}"`;
  const left = PADDING + STRIPE;
  const inside = [
    `<rect class="mg-bar-${group}" width="${STRIPE}" height="${round(height)}"/>`,
    ...textLines(lines, left, PADDING - 2),
    ...(rows.length > 0
      ? [`<path class="mg-${group}" stroke-width="0.6" d="M${STRIPE} ${head}H${round(width)}"/>`]
      : []),
    ...rows.flatMap(({ lines, top }) => [
      ...textLines(lines.slice(0, 1), left, top),
      ...textLines(lines.slice(1), left + INDENT, top + LINE_HEIGHT.small),
    ]),
  ];
  const outline = (grow: number, look: string) =>
    `<rect class="${look}" x="${round(x - grow)}" y="${round(y - grow)}" width="${round(width + 2 * grow)}" height="${round(height + 2 * grow)}" rx="4" fill="none"/>`;
  return [
    `<rect class="mg-box" x="${round(x)}" y="${round(y)}" ${size} rx="4"/>`,
    `<svg x="${round(x)}" y="${round(y)}" ${size} aria-hidden="true">${inside.join('')}</svg>`,
    outline(0, `mg-${group}`),
    ...(node.isPublic ? [outline(3.5, `mg-${group} mg-public`)] : []),
    ...(worst ? [outline(0, `mg-${worst.severity}`)] : []),
  ];
}

/** The numbers of the steps that arrive at a component, on its left upper corner. */
export const stepMarkup = ({ box, x, y }: Rect & { readonly box: Box }): string[] =>
  box.node.steps.map((step, i) => {
    const at = round(x + 6 + i * 20);
    return `<circle class="mg-step" cx="${at}" cy="${round(y)}" r="9"/><text x="${at}" y="${round(y + 4)}" text-anchor="middle" font-size="11" font-weight="700" fill="#fff">${step}</text>`;
  });
