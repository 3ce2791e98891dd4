/** Says where a page comes from, to whoever opens it to change it. */
export const generated = (from) =>
  `<!-- Generated from ${from} by \`npm run build\`. Change that, not this page. -->`;

/** A page of its parts with one blank line between them; parts that are empty are left out. */
export const page = (...parts) => `${parts.flat(9).filter(Boolean).join('\n\n')}\n`;

export const fence = (language, text) => {
  const ticks = '`'.repeat(Math.max(3, longestRun(text) + 1));
  return `${ticks}${language}\n${text.trimEnd()}\n${ticks}`;
};

/** Text as a code span, whatever it holds. */
export function code(text) {
  const ticks = '`'.repeat(longestRun(text) + 1);
  const space = text.startsWith('`') || text.endsWith('`') ? ' ' : '';
  return `${ticks}${space}${text}${space}${ticks}`;
}

const longestRun = (text) => Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));

export const codes = (texts) => texts.map(code).join(', ');

/** A table of cells that are Markdown already. */
export const table = (head, rows) =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.map(cell).join(' | ')} |`).join('\n');

/** GitHub reads `|` as the end of a cell, in code spans too. */
const cell = (text) => text.replace(/\s*\n\s*/g, ' ').replace(/(?<!\\)\|/g, '\\|');

/** The anchor GitHub gives a heading: lower case, no punctuation but `-` and `_`, blanks as dashes. */
export const anchor = (heading) =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replace(/\s/g, '-');
