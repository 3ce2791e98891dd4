import type { YAMLError } from 'yaml';
import type { Problem } from '../finding/finding.ts';
import type { Source } from './source.ts';

type Wording = readonly [message: string, suggestion?: string];

/** What the parser says, in words for somebody who did not read the YAML specification. */
const WORDINGS: Readonly<Record<string, Wording>> = {
  TAB_AS_INDENT: ['A tab stands where YAML wants spaces', 'Indent with two spaces'],
  BLOCK_AS_IMPLICIT_KEY: [
    'A second `key:` stands on the same line',
    'Put the value in quotes if the colon belongs to it, or begin a new line',
  ],
  RESOURCE_EXHAUSTION: [
    'This is nested too deeply to be read',
    'Nest less: a description needs about eight levels',
  ],
  DUPLICATE_KEY: ['This key is written twice'],
  MULTILINE_IMPLICIT_KEY: ['This line should be `key: value`', 'Is a colon missing, or the space after it?'],
  BAD_SCALAR_START: ['A plain value cannot begin with this character', 'Put the value in quotes'],
  BAD_ALIAS: ['`*` begins a reference to an anchor', 'Put the value in quotes if the star belongs to it'],
  BLOCK_IN_FLOW: ['Indented lines cannot stand inside `{ }` or `[ ]`', 'Close the bracket first'],
  BAD_DQ_ESCAPE: [
    'This backslash sequence means nothing in double quotes',
    'Use single quotes, or write \\\\',
  ],
};

/** A syntax error of the YAML parser as a problem at its place. */
export function syntaxProblem(source: Source, error: YAMLError): Problem {
  const start = Math.min(error.pos[0], Math.max(0, source.text.length - 1));
  const end = Math.max(start + 1, Math.min(error.pos[1], source.text.length));
  const [message, suggestion] = WORDINGS[error.code] ?? [plain(error.message)];
  return {
    code: 'yaml-syntax',
    message,
    file: source.file,
    ...source.place(start, end),
    ...(suggestion === undefined ? {} : { suggestion }),
  };
}

const plain = (message: string): string =>
  /["'] ?quote$/.test(message) ? 'The quote is never closed' : message;
