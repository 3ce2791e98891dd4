import { columns, wrap } from './width.ts';

/** Text and what it looks like. */
export interface Part {
  readonly text: string;
  readonly look: (text: string) => string;
}

export interface Room {
  /** Columns for a whole line. */
  readonly room: number;
  /** Blanks before the first line, and before those that follow. */
  readonly indent: number;
  readonly hang: number;
}

/** `label`, a blank and `text` as one paragraph: lines that fit in the room. Without text, the label alone. */
export function prose(label: Part, text: Part, { room, indent, hang }: Room): string[] {
  const start = ' '.repeat(indent) + label.look(label.text);
  if (text.text === '') return [start];
  const [first, ...more] = wrap(text.text, room - indent - columns(label.text) - 1, room - hang);
  return [`${start} ${text.look(first!)}`, ...more.map((line) => ' '.repeat(hang) + text.look(line))];
}

export const plain = (text: string): string => text;
