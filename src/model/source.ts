import type { Location, Placed, Snippet, SourceLine } from '../finding/finding.ts';
import { late } from '../finding/late.ts';
import { mask } from '../finding/secrets.ts';

const CONTEXT_LINES = 1;
/** Lines above a location in which its parent is looked for: a bound, as long lists of small entries are common. */
const PARENT_REACH = 60;

/** The text of one file and where its lines begin. Offsets count UTF-16 code units from the start of the text. */
export class Source {
  readonly file: string;
  readonly text: string;
  private starts: number[] | null = null;
  /** Of the whole text: a key may be written over several lines. */
  private masked: string | null = null;

  constructor(file: string, text: string) {
    this.file = file;
    this.text = text;
  }

  /** Location and masked source lines of the range from `start` up to, not including, `end`. */
  place(start: number, end: number): Placed {
    const location = this.locate(start, end);
    const snippet = late(() => this.snippet(location));
    return {
      location,
      get snippet() {
        return snippet();
      },
    };
  }

  locate(start: number, end: number): Location {
    const from = this.position(start);
    const to = this.position(Math.max(start, end));
    return {
      file: this.file,
      line: from.line,
      column: from.column,
      endLine: to.line,
      endColumn: to.column,
    };
  }

  private snippet({ line, endLine }: Location): Snippet {
    const firstLine = Math.max(1, line - CONTEXT_LINES);
    const lastLine = Math.min(this.lineStarts().length, Math.min(endLine, line + 2) + CONTEXT_LINES);
    const lines = [];
    for (let n = firstLine; n <= lastLine; n++) lines.push(this.maskedLine(n));
    return { firstLine, lines, parent: this.parentOf(line) };
  }

  /** The key that a line stands below, as its indent tells; flow collections are not looked into. */
  private parentOf(number: number): SourceLine | null {
    const own = this.indentOf(number);
    for (let line = number - 1; own > 0 && line >= Math.max(1, number - PARENT_REACH); line--) {
      const indent = this.indentOf(line);
      if (indent >= 0 && indent < own) return { line, text: this.maskedLine(line) };
    }
    return null;
  }

  /** Blanks a line begins with; one more for an entry of a list; -1 for an empty line or a comment. */
  private indentOf(number: number): number {
    const start = this.lineStarts()[number - 1]!;
    let at = start;
    while (this.text[at] === ' ') at++;
    const first = this.text[at];
    if (first === undefined || first === '\n' || first === '\r' || first === '#') return -1;
    return at - start + (first === '-' ? 1 : 0);
  }

  /** Whether anything in the text looks like a credential in use. */
  get holdsSecret(): boolean {
    return this.maskedText() !== this.text;
  }

  private maskedText(): string {
    this.masked ??= mask(this.text);
    return this.masked;
  }

  private maskedLine(number: number): string {
    const masked = this.maskedText();
    const starts = this.lineStarts();
    const end = (starts[number] ?? this.text.length + 1) - 1;
    return masked.slice(starts[number - 1], this.text[end - 1] === '\r' ? end - 1 : end);
  }

  /** Line and column of an offset, from 1. */
  position(offset: number): { line: number; column: number } {
    const starts = this.lineStarts();
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (starts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - starts[low]! + 1 };
  }

  private lineStarts(): number[] {
    if (this.starts) return this.starts;
    const starts = [0];
    for (let at = this.text.indexOf('\n'); at >= 0; at = this.text.indexOf('\n', at + 1)) starts.push(at + 1);
    this.starts = starts;
    return starts;
  }
}
