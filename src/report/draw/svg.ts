import { xmlText } from '../escape.ts';
import { count } from '../words.ts';
import type { Drawing } from './drawing.ts';
import { cut, groupTitle, type Line, pathLines } from './labels.ts';
import { boxMarkup, stepMarkup } from './svg-box.ts';
import { LINE_HEIGHT } from './svg-boxes.ts';
import { type Layout, layout } from './svg-layout.ts';
import type { Drawn, Point } from './svg-lines.ts';
import { round, STYLE, textLines } from './svg-paint.ts';

/** Height of the name of the system and the line below it. */
const HEADER = 58;
const MARGIN = 16;
const LEAST_WIDTH = 680;

/**
 * A picture of its own: columns are the layers of MAESTRO, rows the trust zones. No script, no font, nothing from
 * elsewhere; it follows the reader's choice of a light or dark ground.
 */
export function svg(drawing: Drawing): string {
  const placed = layout(drawing);
  const footer = footerOf(drawing);
  const width = Math.max(placed.width, LEAST_WIDTH) + 2 * MARGIN;
  const height = HEADER + placed.height + footer.length * LINE_HEIGHT.small + 2 * MARGIN;
  const size = `width="${round(width)}" height="${round(height)}"`;
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" ${size} viewBox="0 0 ${round(width)} ${round(height)}" class="mg" role="img">`,
    `<title>${xmlText(cut(drawing.title, 80))}: components by layer and trust zone</title>`,
    `<desc>${xmlText(description(drawing))}</desc>`,
    `<style>${STYLE}</style>`,
    `<rect class="mg-ground" ${size}/>`,
    ...textLines(header(drawing), MARGIN, MARGIN),
    `<g transform="translate(${MARGIN} ${HEADER})">`,
    ...placed.zones.flatMap(zoneMarkup),
    ...titles(drawing, placed),
    ...placed.lines.filter(({ edge }) => edge.steps.length === 0).map(lineMarkup),
    ...placed.boxes.flatMap(boxMarkup),
    ...placed.lines.filter(({ edge }) => edge.steps.length > 0).map(lineMarkup),
    ...placed.boxes.flatMap(stepMarkup),
    '</g>',
    ...textLines(footer, MARGIN, HEADER + placed.height + MARGIN / 2),
    '</svg>',
  ].join('\n')}\n`;
}

const header = ({ title }: Drawing): Line[] => [
  { look: 'strong', text: cut(title, 70) },
  {
    look: 'small',
    text: 'Columns: layers of MAESTRO. Rows: trust zones. An arrow points where content goes; dotted lines carry none.',
  },
];

function description({ zones, nodes, edges, path }: Drawing): string {
  const open = [...nodes, ...edges].reduce((sum, { marks }) => sum + marks.length, 0);
  return [
    `${count(nodes.length, 'component')} in ${count(zones.length, 'trust zone')}, ${count(edges.length, 'connection')}.`,
    ...(open > 0 ? [`${count(open, 'finding')} marked.`] : []),
    ...(path ? [`Worst attack path: ${path.rule}, ${count(path.steps.length, 'step')}.`] : []),
  ].join(' ');
}

const footerOf = ({ path, notes }: Drawing): Line[] => [
  ...(path ? pathLines(path) : []),
  ...notes.map((note): Line => ({ look: 'small', text: cut(note, 100) })),
];

function zoneMarkup({ zone, x, y, width, height }: Layout['zones'][number]): string[] {
  const look = zone === null ? 'mg-none' : `mg-zone mg-${zone.trust === '' ? 'none' : zone.trust}`;
  const name =
    zone === null ? ['no zone declared'] : [cut(zone.id, 16), zone.trust === zone.id ? '' : zone.trust];
  const lines = name
    .filter((text) => text !== '')
    .map((text, i): Line => ({ look: i === 0 && zone ? 'strong' : 'small', text }));
  return [
    `<rect class="${look}" x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}" rx="6"/>`,
    ...textLines(lines, x + 9, y + 7),
  ];
}

/** The title of each layer over its columns. */
function titles(drawing: Drawing, { columns }: Layout): string[] {
  return columns.flatMap(({ group, x }, i) => {
    if (columns[i - 1]?.group === group) return [];
    const last = columns.findLast((column) => column.group === group)!;
    const words = groupTitle(drawing, group).split(' ');
    const lines = [words.slice(0, Math.ceil(words.length / 2)), words.slice(Math.ceil(words.length / 2))].map(
      (part): Line => ({ look: 'small', text: part.join(' ') }),
    );
    return [
      `<rect class="mg-bar-${group}" x="${round(x)}" y="27" width="${round(last.x + last.width - x)}" height="3"/>`,
      ...textLines(lines, x, 0),
    ];
  });
}

function lineMarkup({ edge, teller, points }: Drawn): string {
  const isPath = edge.steps.length > 0;
  const dash = edge.isFlow ? '' : ' stroke-dasharray="2 4"';
  const atStart = edge.heads === 'both' || (edge.heads === 'to' && edge.to === teller);
  const atEnd = edge.heads === 'both' || (edge.heads === 'to' && edge.from === teller);
  const heads = [
    ...(atStart ? [head(points[1]!, points[0]!)] : []),
    ...(atEnd ? [head(points.at(-2)!, points.at(-1)!)] : []),
  ].join('');
  return [
    `<path class="${isPath ? 'mg-path' : 'mg-line'}"${dash} d="${rounded(points)}"/>`,
    ...(heads === '' ? [] : [`<path class="${isPath ? 'mg-pathhead' : 'mg-head'}" d="${heads}"/>`]),
  ].join('');
}

/** A triangle that points at `to`; all lines end level. */
function head([from]: Point, [x, y]: Point): string {
  const back = x > from ? -8 : 8;
  return `M${round(x)} ${round(y)}l${back} -3.5v7z`;
}

const RADIUS = 4;

/** A line through all points with its corners rounded. */
function rounded(points: readonly Point[]): string {
  const [first, ...rest] = points;
  const parts = [`M${round(first![0])} ${round(first![1])}`];
  rest.forEach((point, i) => {
    const next = rest[i + 1];
    const before = points[i]!;
    if (!next) {
      parts.push(`L${round(point[0])} ${round(point[1])}`);
      return;
    }
    const radius = Math.min(RADIUS, distance(before, point) / 2, distance(point, next) / 2);
    const a = toward(point, before, radius);
    const b = toward(point, next, radius);
    parts.push(
      `L${round(a[0])} ${round(a[1])}Q${round(point[0])} ${round(point[1])} ${round(b[0])} ${round(b[1])}`,
    );
  });
  return parts.join('');
}

const distance = (a: Point, b: Point): number => Math.abs(a[0] - b[0]) + Math.abs(a[1] - b[1]);

/** The point so far from `from` on the way to `to`; all ways are level or upright. */
const toward = ([x, y]: Point, to: Point, by: number): Point => [
  x + Math.sign(to[0] - x) * by,
  y + Math.sign(to[1] - y) * by,
];
