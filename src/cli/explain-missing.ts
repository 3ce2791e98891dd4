import type { Finding } from '../finding/finding.ts';
import { visible } from '../report/escape.ts';
import { count, listed, place } from '../report/words.ts';
import { nearest } from './explain-find.ts';
import type { Relint } from './explain-task.ts';

const MAX_FILES = 5;
const MAX_CANDIDATES = 20;

/** Says that nothing has that name, what was probably meant, and which files nobody could look into. */
export function missing(what: string, run: Relint): string {
  const { verdict, systems } = run;
  const near = nearest(what, run);
  const failed = verdict.files.filter(({ status }) => status === 'failed').map(({ path }) => path);
  const problems = verdict.errors.filter(({ location }) => location === null).map(({ message }) => message);
  const searched =
    systems.length === 0
      ? 'there is no description here that could be read'
      : `searched ${count(systems.length, 'system')}`;
  return [
    `maestro: no rule, finding, fact or component is called ${visible(what)}; ${searched}`,
    `  ${near ? `Did you mean ${visible(near)}?` : 'Write a rule, the first six digits of a fingerprint or more, `component.fact`, or a component'}`,
    ...(failed.length > 0
      ? [`  Nothing is known about ${listed(failed, MAX_FILES)}: \`maestro lint\` says what is wrong there`]
      : problems.slice(0, 1).map((message) => `  ${visible(message)}`)),
  ]
    .join('\n')
    .concat('\n');
}

/** The findings whose fingerprints begin alike, each with enough of it to tell it from the others. */
export function ambiguous(findings: readonly Finding[]): string {
  const digits = distinguishing(findings.map(({ fingerprint }) => fingerprint));
  const lines = findings
    .slice(0, MAX_CANDIDATES)
    .map(
      ({ fingerprint, rule, subject, location }) =>
        `  ${fingerprint.slice(0, digits)}  ${visible(rule)}  ${visible(subject.join(' → '))}  ${place(location)}`,
    );
  return `maestro: ${count(findings.length, 'finding')} have a fingerprint that begins so; write more of it\n${lines.join('\n')}\n`;
}

/** Digits after which no two are the same. */
function distinguishing(fingerprints: readonly string[]): number {
  for (let digits = 6; digits < 32; digits++) {
    if (new Set(fingerprints.map((each) => each.slice(0, digits))).size === fingerprints.length)
      return digits;
  }
  return 32;
}
