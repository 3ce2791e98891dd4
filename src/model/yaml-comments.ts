import { Lexer } from 'yaml';
import { MEANT_AS_IGNORE, mayIgnore } from './waivers.ts';
import type { YamlFile } from './yaml-data.ts';

/** One comment that tells the linter to ignore something: `# maestro: ignore[rule-id, other-rule] reason`. */
export interface IgnoreComment {
  readonly file: YamlFile;
  /** Ids between the brackets; empty when there are none, and then nobody knows what is meant. */
  readonly rules: readonly string[];
  readonly reason: string;
  /** Number of the line whose findings it is about: its own, or, where it fills a line, the next one. */
  readonly line: number;
  /** Offsets of the comment in the text. */
  readonly start: number;
  readonly end: number;
}

const FORM = /^#[ \t]*maestro[ \t]*:[ \t]*ignore[ \t]*\[([^\]]*)\](.*)$/is;

/** Those comments of a file, in their order. What stands in texts, quoted or in blocks, is none. */
export function ignoreComments(file: YamlFile): IgnoreComment[] {
  const { text } = file.source;
  if (!mayIgnore(text)) return [];
  const comments = commentsOf(text);
  const filled = new Set(comments.filter((each) => each.fills).map(({ line }) => line));
  return comments.flatMap(({ start, written, line, fills }) => {
    if (written.search(MEANT_AS_IGNORE) !== 0) return [];
    const [, ids = '', reason = ''] = FORM.exec(written) ?? [];
    let about = line;
    // Several comments may stand above one line.
    if (fills) while (filled.has(about)) about++;
    const rules = ids.split(',').map((id) => id.trim());
    return [
      {
        file,
        rules: rules.filter((id) => id !== ''),
        reason: reason.trim(),
        line: about,
        start,
        end: start + written.length,
      },
    ];
  });
}

interface Comment {
  readonly start: number;
  readonly written: string;
  readonly line: number;
  /** Nothing stands before it on its line. */
  readonly fills: boolean;
}

/** Lexemes that stand for no text, as `yaml` documents them: a document begins, a flow ends in error, a scalar follows. */
const SIGNS: ReadonlySet<string> = new Set(['\x02', '\x18']);
const SCALAR = '\x1f';

function commentsOf(text: string): Comment[] {
  const comments: Comment[] = [];
  let at = 0;
  let line = 1;
  let lineStart = 0;
  let isText = false;
  for (const lexeme of new Lexer().lex(text)) {
    if (!isText && lexeme === SCALAR) {
      isText = true;
      continue;
    }
    if (!isText && SIGNS.has(lexeme)) continue;
    if (!isText && lexeme.startsWith('#')) {
      const fills = text.slice(lineStart, at).trim() === '';
      comments.push({ start: at, written: lexeme.trimEnd(), line, fills });
    }
    isText = false;
    for (let next = lexeme.indexOf('\n'); next >= 0; next = lexeme.indexOf('\n', next + 1)) {
      line++;
      lineStart = at + next + 1;
    }
    at += lexeme.length;
  }
  return comments;
}
