import { type Document, isScalar, Scalar, visit, type YAMLError } from 'yaml';
import type { Problem } from '../finding/finding.ts';
import type { Source } from './source.ts';

interface Wording {
  /** What the parser says. */
  readonly says: RegExp;
  readonly message: string;
  readonly suggestion: string;
}

/** What the parser says, in words for somebody who did not read the YAML specification. The first that fits counts. */
const WORDINGS: readonly Wording[] = [
  {
    says: /^TAB_AS_INDENT/,
    message: 'A tab stands where YAML wants spaces',
    suggestion: 'Indent with two spaces',
  },
  {
    says: /^BLOCK_AS_IMPLICIT_KEY/,
    message: 'A second `key:` stands on the same line',
    suggestion: 'Put the value in quotes if the colon belongs to it, or begin a new line',
  },
  {
    says: /^BAD_INDENT.*(?:must start at the same column)/,
    message: 'This line begins in another column than those it belongs to',
    suggestion: 'Indent it as much as its neighbours',
  },
  {
    says: /end with a \}$/,
    message: 'A `{` is still open here',
    suggestion: 'Close it with `}`, before a line that is indented less',
  },
  {
    says: /end with a \]$/,
    message: 'A `[` is still open here',
    suggestion: 'Close it with `]`, before a line that is indented less',
  },
  {
    says: /Missing closing .quote/,
    message: 'This quote is never closed',
    suggestion: 'Write the same quote at the end of the text',
  },
  {
    says: /Missing , (?:or : )?between/,
    message: 'A comma is missing before this',
    suggestion: 'Separate the entries with `, `; text with special characters wants quotes',
  },
  {
    says: /^MULTILINE_IMPLICIT_KEY|Implicit map keys need to be followed/,
    message: 'This line should be `key: value`',
    suggestion: 'Is a colon missing, or the space after it?',
  },
  {
    says: /^BAD_SCALAR_START/,
    message: 'A plain value cannot begin with this character',
    suggestion: 'Put the value in quotes',
  },
  {
    says: /^BAD_ALIAS/,
    message: '`*` begins a reference to an anchor',
    suggestion: 'Put the value in quotes if the star belongs to it',
  },
  {
    says: /^BLOCK_IN_FLOW/,
    message: 'Indented lines cannot stand inside `{ }` or `[ ]`',
    suggestion: 'Close the bracket first',
  },
  {
    says: /Unexpected [\]}] in|flow-(?:seq|map|error)-end token/,
    message: 'This closes a bracket that nothing opened',
    suggestion: 'Take it away, or put the value in quotes if it belongs to it',
  },
  {
    says: /Unexpected (?:[:,]|empty item) in|comma token/,
    message: 'Nothing stands before this',
    suggestion: 'Take it away, or write the missing entry',
  },
  {
    says: /block-seq-ind on same line|Sequence item without/,
    message: 'An entry of a list begins on a line of its own, with `- `',
    suggestion: 'Begin a new line before it, or put the value in quotes if the dash belongs to it',
  },
  {
    says: /Missing space after :/,
    message: 'A space is missing behind this colon',
    suggestion: 'Write `key: value`',
  },
  {
    says: /Comments must be separated/,
    message: 'A remark wants a space before its `#`',
    suggestion: 'Put a space before it, or the value in quotes if the `#` belongs to it',
  },
  {
    says: /Not a YAML token|Block scalar header/,
    message: 'Text begins on the line after `|` or `>`',
    suggestion: 'Begin a new line, or put the value in quotes if it begins with this character',
  },
  {
    says: /Block scalar/,
    message: 'The lines of this text are not indented alike',
    suggestion: 'Indent each of them two spaces deeper than the line with `|` or `>`',
  },
  {
    says: /Tags and anchors|block sequence props|ANCHORS|TAGS|TAG_|_TYPE|ALIAS_PROPS|BAD_PROP_ORDER|Anchor|(?:anchor|tag) (?:token|on)/,
    message: 'After `&`, `*` or `!` YAML wants one name, then a space, then the value',
    suggestion: 'Put the value in quotes if it begins with this character',
  },
  {
    says: /DIRECTIVE|directives-end|doc-(?:start|end|mode)/i,
    message: 'A line of `%`, `---` or `...` stands where none belongs',
    suggestion: 'Take the line away: one file holds one description',
  },
  {
    says: /^BAD_DQ_ESCAPE/,
    message: 'This backslash sequence means nothing in double quotes',
    suggestion: 'Use single quotes, or write \\\\',
  },
  {
    says: /(?:at node end|token)$/,
    message: 'This stands behind the end of a value',
    suggestion: 'Put the whole value in quotes; in those of the other kind, if it has quotes in it',
  },
];

/** What the parser says of everything behind the place at which it lost its way. */
const LOST = / in YAML stream/;

/** Anything else. */
const OTHER: Omit<Wording, 'says'> = {
  message: 'YAML cannot tell what this belongs to',
  suggestion: 'Indent it like the lines it belongs to, or put a value with special characters in quotes',
};

/** Syntax errors shown of one file: the later ones mostly follow from the first. */
export const MAX_SYNTAX_ERRORS = 10;

/**
 * Syntax errors of the YAML parser as problems at their places: one of each line, and one only of those that follow from
 * not knowing any more what belongs to what.
 */
export function syntaxProblems(source: Source, documents: readonly Document.Parsed[]): readonly Problem[] {
  const problems: Problem[] = [];
  const lines = new Set<number>();
  for (const document of documents) {
    for (const error of document.errors) {
      if (lines.size > 0 && LOST.test(error.message)) continue;
      const place = source.place(...placeOf(source.text, error, document));
      if (lines.has(place.location.line)) continue;
      lines.add(place.location.line);
      problems.push({ code: 'yaml-syntax', ...wordsFor(error), file: source.file, ...place });
      if (problems.length === MAX_SYNTAX_ERRORS) return problems;
    }
  }
  return problems;
}

function wordsFor({ code, message }: YAMLError): Omit<Wording, 'says'> {
  const wording = WORDINGS.find(({ says }) => says.test(`${code} ${message}`)) ?? OTHER;
  return { message: wording.message, suggestion: wording.suggestion };
}

/** The parser points behind a quote that is never closed, and before the blanks of a line. */
function placeOf(
  text: string,
  { code, message, pos }: YAMLError,
  document: Document.Parsed,
): [number, number] {
  const opened = /Missing closing .quote/.test(message) ? openQuote(document, pos[0]) : null;
  if (opened !== null) return [opened, opened + 1];
  const last = Math.max(0, text.length - 1);
  const blanks = code === 'BAD_INDENT' ? (/^ */.exec(text.slice(pos[0], pos[0] + 200))?.[0].length ?? 0) : 0;
  const start = Math.min(pos[0] + blanks, last);
  return [start, Math.max(start + 1, Math.min(pos[1], text.length))];
}

function openQuote(document: Document.Parsed, before: number): number | null {
  let found: number | null = null;
  visit(document, (_key, node) => {
    if (!isScalar(node) || (node.type !== Scalar.QUOTE_DOUBLE && node.type !== Scalar.QUOTE_SINGLE)) return;
    if (node.range && node.range[0] < before) found = node.range[0];
  });
  return found;
}
