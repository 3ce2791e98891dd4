import type { Place } from '../read/tree.ts';

/** One word of a command line, with where it is written. */
export interface Word extends Place {
  readonly text: string;
}

/** The words of a line of a shell; quotes are taken off, nothing is expanded. All words stand where the line does. */
export function wordsOf({ text, line, column }: Word): Word[] {
  const words: Word[] = [];
  for (const match of text.matchAll(/(?:"(?:[^"\\]|\\.)*"|'[^']*'|[^\s"'])+/g)) {
    const plain = match[0].replaceAll(
      /"((?:[^"\\]|\\.)*)"|'([^']*)'/g,
      (_, double, single) => double ?? single,
    );
    words.push({ text: plain, line, column });
  }
  return words;
}

/** The name of a program without its folder and without what Windows adds: `npx` for `C:\node\npx.cmd`. */
export const programOf = (command: string): string =>
  command
    .slice(Math.max(command.lastIndexOf('/'), command.lastIndexOf('\\')) + 1)
    .replace(/\.(?:cmd|exe|bat|ps1)$/i, '')
    .toLowerCase();
