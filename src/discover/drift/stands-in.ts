import { readTrees } from '../../model/yaml-tree.ts';
import { at as below } from '../tree.ts';

const DATA = /\.(?:ya?ml|jsonc?|code-workspace|mcpb?)$/i;

/**
 * Whether the place that stands behind `#` is in a text: keys from the top as `/mcpServers/github`, lines as `L10` or
 * `L10-L40`, else the name of something that code defines. Where nobody can tell, it is.
 */
export function standsIn(file: string, text: string, pointer: string): boolean {
  const lines = /^L(\d+)(?:-L?(\d+))?$/.exec(pointer);
  if (lines) return text.split('\n').length >= Number(lines[2] ?? lines[1]);
  if (pointer.startsWith('/')) return pointed(file, text, pointer);
  const name = pointer.split('.').at(-1)!.replace(/~\d+$/, '');
  if (!/^[\p{L}_$][\p{L}\p{N}_$-]*$/u.test(name)) return text.includes(name);
  const word = name.replaceAll('$', '\\$');
  const defined = `(?:def|class|function|const|let|var|async)\\s+${word}(?![\\p{L}\\p{N}_$])`;
  const given = `(?<![\\p{L}\\p{N}_$])["']?${word}["']?\\s*(?::|=(?!=))`;
  return new RegExp(`${defined}|${given}`, 'u').test(text);
}

function pointed(file: string, text: string, pointer: string): boolean {
  const keys = pointer
    .slice(1)
    .split('/')
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
  if (DATA.test(file)) {
    // YAML reads JSON too, comments in it aside.
    const { documents } = readTrees(file, text.replace(/^\uFEFF/, '').replaceAll(/^\s*\/\/.*$/gm, ''));
    if (documents.some((each) => below(each, ...keys) !== null)) return true;
  }
  // Other formats, or a file with mistakes: the last key has to be somewhere.
  const last = keys.at(-1)!;
  return !DATA.test(file) || /\.jsonc?$/i.test(file) ? text.includes(last) : false;
}
