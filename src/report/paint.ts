import type { Severity } from '../finding/severity.ts';

/** How text looks. Each takes and returns text; without colour all but `link` return it unchanged. */
export interface Paint {
  /** The colour of a severity, or of an error. */
  readonly alarm: (kind: Severity | 'error', text: string) => string;
  readonly strong: (text: string) => string;
  readonly faint: (text: string) => string;
  /** What to write into a file. */
  readonly edit: (text: string) => string;
  /** An address that a terminal may make clickable. It is printed in full either way. */
  readonly link: (url: string) => string;
}

/** SGR codes (ECMA-48): on, off. Only the 16 colours that every terminal has and its user has chosen. */
const STYLES = {
  critical: ['1;4;31', '22;24;39'],
  error: ['1;31', '22;39'],
  high: ['1;31', '22;39'],
  medium: ['1;33', '22;39'],
  low: ['1;36', '22;39'],
  strong: ['1', '22'],
  faint: ['2', '22'],
  edit: ['32', '39'],
} as const;

/** `color` turns styles on; `links` allows OSC 8. By hand: a library's import takes longer than all of a report. */
export function painter(color: boolean, links: boolean): Paint {
  const style = (name: keyof typeof STYLES, text: string): string => {
    const [on, off] = STYLES[name];
    return color && text !== '' ? `\x1b[${on}m${text}\x1b[${off}m` : text;
  };
  return {
    alarm: style,
    strong: (text) => style('strong', text),
    faint: (text) => style('faint', text),
    edit: (text) => style('edit', text),
    link: (url) => (links && /^https?:\/\//.test(url) ? `\x1b]8;;${url}\x1b\\${url}\x1b]8;;\x1b\\` : url),
  };
}
