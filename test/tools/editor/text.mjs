import { ensure } from '../support.mjs';

/** Where the cursor stands in the texts of these checks. */
const CURSOR = '▮';

/** The kind that the protocol gives to a class. */
const CLASS = 7;

/** The first line of a file of the given schema; `open` puts files one folder below the root. */
export const modeline = (schema) => `# yaml-language-server: $schema=../schemas/${schema}.schema.json\n`;

/** The beginning of a description: three lines. */
export const BEGINNING = `${modeline('maestro-1')}maestro: 1\nsystem: { name: desk }\n`;

/** A text without its cursor, and the position of that, as the protocol counts: both from 0. */
export function atCursor(marked) {
  const [before, after, ...more] = marked.split(CURSOR);
  ensure(after !== undefined && more.length === 0, `there is not one cursor in\n${marked}`);
  const lines = before.split('\n');
  return {
    text: before + after,
    position: { line: lines.length - 1, character: lines.at(-1).length },
  };
}

/**
 * What is offered at the cursor, in the order of the server: what is shown, what is inserted, what is said about it.
 * `whole` are offers of an object with all the keys it needs; they come beside its keys.
 */
export async function offered({ open }, file, marked) {
  const { text, position } = atCursor(marked);
  const document = await open(file, text);
  const items = await document.completion(position);
  await document.close();
  return items.map(({ label, kind, textEdit, insertText, documentation }) => ({
    label,
    inserts: textEdit?.newText ?? insertText,
    says: documentation?.value ?? documentation ?? '',
    whole: kind === CLASS,
  }));
}

/** What is shown over the cursor, as Markdown. */
export async function hovered({ open }, file, marked) {
  const { text, position } = atCursor(marked);
  const document = await open(file, text);
  const shown = await document.hover(position);
  await document.close();
  return shown;
}

/** What is marked as wrong, a line each as editors count: `4:5-14 message`; in the order of the file. */
export async function marked({ open }, file, text) {
  const document = await open(file, text);
  const found = await document.diagnostics();
  await document.close();
  return found
    .sort(
      (a, b) => a.range.start.line - b.range.start.line || a.range.start.character - b.range.start.character,
    )
    .map(({ range: { start, end }, message }) => {
      ensure(start.line === end.line, `a mark over several lines: ${message}`);
      return `${start.line + 1}:${start.character + 1}-${end.character + 1} ${message}`;
    });
}

/** The labels of single keys and words, in one line. */
export const labels = (items) =>
  items
    .filter(({ whole }) => !whole)
    .map(({ label }) => label)
    .join(' ');

/** Throws, and shows both, unless two lists of lines are the same. */
export function ensureLines(what, actual, expected) {
  const [is, wanted] = [actual, expected].map((lines) => lines.join('\n  '));
  ensure(is === wanted, `${what}\n  ${is}\nshould be\n  ${wanted}`);
}

/** Throws unless `says` holds all of `parts`. The server escapes what Markdown would take for its own. */
export function ensureSays(what, says, ...parts) {
  const plain = says.replaceAll(/\\([^\w\s])/g, '$1');
  for (const part of parts) ensure(plain.includes(part), `${what} says\n${plain}\nand not\n${part}`);
}
