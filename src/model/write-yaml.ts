import { type Data, type DataMap, isDataMap, type Path } from './yaml.ts';

/**
 * A merge patch at `path` as a block of YAML to copy: the path as blocks, the patch itself in one line each.
 * A key that the patch removes becomes a comment that says so; an empty patch gives nothing. Written by hand because
 * the library's writer costs as much as reading the whole file; test/model/write-yaml.test.ts reads it back with it.
 */
export function writeEdit(path: Path, edit: DataMap): string {
  if (Object.keys(edit).length === 0) return '';
  const lines = path.map(
    (step, depth) => `${'  '.repeat(depth)}${/^\d+$/.test(step) ? '-' : `${scalar(step)}:`}`,
  );
  const indent = '  '.repeat(path.length);
  for (const [key, value] of Object.entries(edit)) {
    lines.push(value === null ? `${indent}# remove \`${key}\`` : `${indent}${scalar(key)}: ${lineOf(value)}`);
  }
  return lines.join('\n');
}

/** A value in one line, as it would stand in a file. */
export function lineOf(value: Data): string {
  if (Array.isArray(value)) return value.length === 0 ? '[]' : `[${value.map(lineOf).join(', ')}]`;
  if (!isDataMap(value)) return typeof value === 'string' ? scalar(value) : String(value);
  const entries = Object.entries(value).map(([key, each]) => `${scalar(key)}: ${lineOf(each)}`);
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
}

/** The second says the same of ASCII: compiling `\p{L}` takes a millisecond that nearly no run has to spend. */
const PLAIN = /^[\p{L}\p{N}_./+-](?:[\p{L}\p{N}_./@+ -]*[\p{L}\p{N}_./@+-])?$/u;
const PLAIN_ASCII = /^[A-Za-z0-9_./+-](?:[A-Za-z0-9_./@+ -]*[A-Za-z0-9_./@+-])?$/;

/** Plain where YAML reads exactly this text back, also inside braces; in double quotes otherwise. */
function scalar(text: string): string {
  const plain = (/^[ -~]*$/.test(text) ? PLAIN_ASCII : PLAIN).test(text);
  const word =
    /^(?:true|false|null|~|yes|no|on|off|-|\.|---.*|\.\.\..*)$/i.test(text) || /^-\s|\s-\s*$|^-$/.test(text);
  return plain && !word ? text : JSON.stringify(text);
}
