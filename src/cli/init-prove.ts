import { loadParts } from '../model/load.ts';
import { checkControls } from '../rules/check-controls.ts';
import type { Vocabulary } from '../rules/vocabulary.ts';

/**
 * A draft that is not valid would be a bug of ours, as nobody else wrote it: throws an error that says where. It is read
 * in parts, since a parse takes ten times the room of its text, and everything that was found is still in memory.
 */
export function proveValid(file: string, text: string, vocabulary: Vocabulary): void {
  const loaded = loadParts(file, [...partsOf(text)]);
  const problems = loaded.is === 'invalid' ? loaded.problems : [];
  const wrong = loaded.is === 'system' ? checkControls(loaded.system, vocabulary) : problems;
  if (loaded.is === 'system' && wrong.length === 0) return;
  const [first] = wrong;
  throw new Error(
    `the draft is not valid: ${first?.message ?? loaded.is} (line ${first?.location?.line ?? '?'})`,
  );
}

/** Characters of a part, about. */
const LENGTH = 50_000;

/**
 * The draft as texts that are descriptions each, the first with the head of it: cut before a line that begins a section,
 * or a member of one, which then begins with the name of its section.
 */
export function* partsOf(text: string, length = LENGTH): Generator<string> {
  let from = 0;
  let head = '';
  let section = { line: '', members: 0 };
  for (let at = 0, next = 0; next >= 0 && at < text.length; at = next + 1) {
    next = text.indexOf('\n', at);
    const isSection = SECTION.test(text.slice(at, at + LONGEST));
    const isMember = section.line !== '' && text.startsWith('  ', at) && MEMBER.test(text[at + 2] ?? '');
    // A section without its first member says nothing.
    if ((isSection || (isMember && section.members > 0)) && at - from > length) {
      yield head + text.slice(from, at);
      from = at;
      head = isSection ? '' : section.line;
    }
    if (isSection) section = { line: text.slice(at, next + 1), members: 0 };
    if (isMember) section.members++;
  }
  yield head + text.slice(from);
}

/** Sections of members; the first part has to say which system it is. */
const SECTION = /^(?!system:)[a-z_]+:\n/;
const LONGEST = 40;
/** What a member begins with; flows are a list. */
const MEMBER = /[^\s#-]/;
