import type { Severity } from '../../finding/severity.ts';
import { xmlText } from '../escape.ts';
import type { Line } from './labels.ts';
import { ALARMS, COLORS, GROUPS } from './palette.ts';
import { LINE_HEIGHT, TEXT } from './svg-boxes.ts';

const FONT = "ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono',monospace";

/** Every colour of the picture, for a light ground and for a dark one. All names begin with `mg-`: a page may hold the picture. */
export const STYLE = [
  `.mg{font-family:${FONT}}`,
  ...rules('light'),
  `@media (prefers-color-scheme:dark){${rules('dark').join('')}}`,
].join('\n');

function rules(scheme: 'light' | 'dark'): string[] {
  const pick = (light: string, dark: string) => (scheme === 'light' ? light : dark);
  const red = pick('#cf222e', '#ff7b72');
  return [
    `.mg-ground{fill:${pick('#ffffff', '#0d1117')}}`,
    `.mg-ink{fill:${pick('#1f2328', '#e6edf3')}}`,
    `.mg-faint{fill:${pick('#57606a', '#9da7b3')}}`,
    `.mg-alarm{fill:${pick('#a40e26', '#ff9a91')}}`,
    `.mg-zone{fill:${pick('#f6f8fa', '#161b22')};stroke:${pick('#8c959f', '#6e7681')}}`,
    `.mg-partner{fill:${pick('#fff8e5', '#211c10')};stroke:${pick('#bf8700', '#9e7700')}}`,
    `.mg-restricted{fill:${pick('#eef6ff', '#111d2e')};stroke:${pick('#0969da', '#388bfd')};stroke-width:2}`,
    `.mg-untrusted{fill:${pick('#fff1f0', '#2a1417')};stroke:${red};stroke-width:2;stroke-dasharray:8 4}`,
    `.mg-none{fill:none;stroke:${pick('#8c959f', '#6e7681')};stroke-dasharray:2 4}`,
    `.mg-box{fill:${pick('#ffffff', '#0d1117')}}`,
    `.mg-line{fill:none;stroke:${pick('#6e7781', '#8b949e')};stroke-width:1.2}`,
    `.mg-head{fill:${pick('#6e7781', '#8b949e')}}`,
    `.mg-path{fill:none;stroke:${red};stroke-width:3}`,
    `.mg-pathhead{fill:${red}}`,
    `.mg-step{fill:${pick('#cf222e', '#da3633')}}`,
    ...GROUPS.map((group) => {
      const color = pick(COLORS[group].line, COLORS[group].glow);
      return `.mg-${group}{stroke:${color}}.mg-bar-${group}{fill:${color}}`;
    }),
    ...(Object.keys(ALARMS) as Severity[]).map(
      (severity) =>
        `.mg-${severity}{stroke:${pick(ALARMS[severity].line, red)};stroke-width:${ALARMS[severity].width}}`,
    ),
  ];
}

const LOOKS = { strong: 'mg-ink', small: 'mg-faint', alarm: 'mg-alarm' } as const;

/** Lines of text from the upper edge `y` down. */
export function textLines(lines: readonly Line[], x: number, y: number): string[] {
  let top = y;
  return lines.map(({ text, look }) => {
    const size = look === 'strong' ? 'strong' : 'small';
    const base = top + LINE_HEIGHT[size] * 0.76;
    top += LINE_HEIGHT[size];
    const weight = look === 'strong' ? ' font-weight="600"' : '';
    return `<text class="${LOOKS[look]}" x="${round(x)}" y="${round(base)}" font-size="${TEXT[size]}"${weight} xml:space="preserve">${xmlText(text)}</text>`;
  });
}

/** Tenths of a pixel, written without trailing zeros. */
export const round = (n: number): string => String(Math.round(n * 10) / 10);
