import { type Node, type ParseError, type ParseOptions, parseTree, printParseErrorCode } from 'jsonc-parser';
import { placesOf } from './lines.ts';
import {
  listNode,
  mapNode,
  type Place,
  scalarNode,
  type Tree,
  type TreeEntry,
  type TreeNode,
} from './tree.ts';

const OPTIONS: ParseOptions = { allowTrailingComma: true, disallowComments: false, allowEmptyContent: true };
/** Levels below which nothing is looked at: no configuration is a tenth as deep. */
const MAX_DEPTH = 100;

/**
 * Reads JSON as people write it: comments, trailing and missing commas, a byte order mark, no outer braces, a brace
 * too many or too few. Gives what can be read and says what is wrong. Never throws.
 */
export function readJson(text: string): Tree {
  try {
    return read(text);
  } catch {
    // Thousands of brackets in a row end the parser's stack.
    return { root: null, damage: { line: 1, column: 1, why: 'this is nested too deep to be read' } };
  }
}

function read(text: string): Tree {
  const places = placesOf(text);
  // Offsets have to stay, so that a mark in front becomes a blank.
  const clean = text.startsWith('\ufeff') ? ` ${text.slice(1)}` : text;
  const bare = BARE.test(clean);
  const first = parse(bare ? `{${clean}}` : clean, bare ? -1 : 0, places);
  const rest = first.root?.entries && first.end < clean.length ? parseRest(clean, first.end, places) : null;
  const damage = bare ? { ...places(0), why: 'the outer braces are missing' } : first.damage;
  const entries = [...(first.root?.entries ?? []), ...(rest ?? [])];
  return { root: first.root && rest ? mapNode(entries, first.root) : first.root, damage };
}

/** Text that begins with a key, after blanks and comments. */
const BARE = /^(?:\s|\/\/[^\n]*\n|\/\*[\s\S]{0,5000}?\*\/)*"[^"\n]*"\s*:/;

/** What stands behind a brace that closes too early. */
function parseRest(
  text: string,
  end: number,
  places: (offset: number) => Place,
): readonly TreeEntry[] | null {
  const skipped = /^[\s,}\]]*/.exec(text.slice(end))![0].length;
  if (text[end + skipped] !== '"') return null;
  const { root } = parse(`{${text.slice(end + skipped)}}`, end + skipped - 1, places);
  return root?.entries ?? null;
}

interface Parsed extends Tree {
  readonly end: number;
}

/** `shift` is what offsets of this text lack to offsets of the file. */
function parse(text: string, shift: number, places: (offset: number) => Place): Parsed {
  const errors: ParseError[] = [];
  const node = parseTree(text, errors, OPTIONS);
  const place = (offset: number) => places(Math.max(0, offset + shift));
  const [error] = errors;
  return {
    root: node ? convert(node, place, 0) : null,
    damage: error
      ? { ...place(error.offset), why: CLAUSES[printParseErrorCode(error.error)] ?? OTHER }
      : null,
    end: node ? node.offset + node.length + shift : 0,
  };
}

const OTHER = 'this is no JSON';
const CLAUSES: Readonly<Record<string, string>> = {
  CommaExpected: 'a comma is missing',
  ColonExpected: 'a colon is missing',
  CloseBraceExpected: 'a closing brace is missing',
  CloseBracketExpected: 'a closing bracket is missing',
  EndOfFileExpected: 'something stands behind the end of the JSON',
  PropertyNameExpected: 'a key in double quotes is missing',
  ValueExpected: 'a value is missing',
  UnexpectedEndOfString: 'a text does not end',
};

function convert(node: Node, place: (offset: number) => Place, depth: number): TreeNode {
  const here = place(node.offset);
  if (depth > MAX_DEPTH) return scalarNode(null, here);
  if (node.type === 'array')
    return listNode(
      (node.children ?? []).map((child) => convert(child, place, depth + 1)),
      here,
    );
  if (node.type === 'object') {
    const entries = (node.children ?? []).flatMap(({ children }) => {
      const [key, value] = children ?? [];
      if (!key) return [];
      const keyPlace = place(key.offset);
      const child = value ? convert(value, place, depth + 1) : scalarNode(null, keyPlace);
      return [{ key: String(key.value), ...keyPlace, node: child }];
    });
    return mapNode(entries, here);
  }
  const { value } = node;
  return scalarNode(value === null || typeof value === 'boolean' ? value : String(value), here);
}
