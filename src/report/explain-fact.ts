import type { ExplainedFact, ExplainedValue } from '../verdict/explained-fact.ts';
import { visible } from './escape.ts';
import type { Look } from './explain-table.ts';
import { codeFrame, yamlLines } from './frame.ts';
import { proseRoom } from './text-options.ts';
import { plain, prose } from './text-prose.ts';
import { columns } from './width.ts';
import { count, listed, place } from './words.ts';

const MAX_SUBJECTS = 5;
/** More do not fit behind an edit; they stand above it anyway. */
const MAX_WORDS = 8;

/** A fact: where it is or would be, who waits for it and why, what each value would mean, and the edit. */
export const factPage = (fact: ExplainedFact, look: Look): string =>
  [head(fact, look), ...waiting(fact, look), ...values(fact, look), ...fix(fact, look)].join('\n\n');

function head({ name, declare, value, means, location, snippet, system }: ExplainedFact, look: Look): string {
  const { paint, options } = look;
  const said = value === null ? 'is not declared' : `is ${visible(value)}`;
  const really = declare === name ? '' : `, because ${visible(declare)} is not`;
  const frame = codeFrame(location, snippet, {
    width: options.width - 2,
    around: 'parent',
    caret: paint.strong,
    gutter: paint.faint,
  });
  return [
    `${paint.strong(visible(name))} ${said}${really} (${visible(system)})`,
    `  ${place(location)}`,
    ...frame.map((line) => `  ${line}`),
    ...sentence('  ', means, look),
  ].join('\n');
}

const sentence = (indent: string, text: string, { options }: Look): string[] =>
  text === ''
    ? []
    : prose(
        { text: '', look: plain },
        { text: visible(text), look: plain },
        { room: proseRoom(options), indent: indent.length - 1, hang: indent.length },
      );

function waiting({ waiting: rules, value }: ExplainedFact, look: Look): string[] {
  const { paint } = look;
  if (rules.length === 0)
    return [value === null ? 'No check waits for it.' : 'No check waits for it: it is declared.'];
  const blocks = rules.map(({ rule, title, severity, why, subjects }) => {
    const about = listed(
      subjects.map((ids) => ids.join(' → ')),
      MAX_SUBJECTS,
    );
    return [
      `  ${paint.alarm(severity, `${severity}[${visible(rule)}]`)} ${visible(title)}, for ${about}`,
      ...sentence('    ', firstSentence(why), look),
    ].join('\n');
  });
  const title = `${count(rules.length, 'check')} cannot judge without it`;
  return [[paint.strong(title), ...blocks].join('\n')];
}

/** Enough to see what is at stake; the page of the rule has the rest. */
const firstSentence = (text: string): string =>
  text
    .replace(/\s+/g, ' ')
    .trim()
    .split(/(?<=[.!?]) /)[0]!;

function values({ values: all, isOpen, waiting: rules }: ExplainedFact, { paint }: Look): string[] {
  if (all.length === 0) return [];
  const width = Math.max(...all.map(({ value }) => columns(visible(value))));
  const meant = Math.max(...all.map(({ means }) => columns(visible(means))));
  const lines = all.map((each) => {
    const value = visible(each.value);
    const means = visible(each.means);
    const cells = [
      value + ' '.repeat(width - columns(value)),
      ...(meant > 0 ? [means + ' '.repeat(meant - columns(means))] : []),
      ...(rules.length > 0 ? [outcome(each)] : []),
    ];
    return `  ${cells.join('  ')}`.trimEnd();
  });
  const title = isOpen ? 'What it may say, for example' : 'What it may say';
  const then = rules.length > 0 ? ', and what these checks say then' : '';
  return [[paint.strong(title + then), ...lines].join('\n')];
}

function outcome({ finds, waits }: ExplainedValue): string {
  const said = [
    ...(finds.length > 0
      ? [`${finds.map(visible).join(', ')} ${finds.length === 1 ? 'fires' : 'fire'}`]
      : []),
    ...waits.map(({ rule, facts }) => `${visible(rule)} then waits for ${listed(facts, MAX_SUBJECTS)}`),
  ];
  return said.length > 0 ? said.join('; ') : 'nothing to report';
}

function fix({ fix: { file, yaml }, value, values: all, isOpen }: ExplainedFact, { paint }: Look): string[] {
  if (value !== null || yaml === '') return [];
  const words =
    isOpen || all.length > MAX_WORDS ? '' : `  # ${all.map((each) => visible(each.value)).join(' | ')}`;
  const lines = yamlLines(yaml);
  const edit = lines.map(
    (line, i) => `  ${paint.edit(line)}${i === lines.length - 1 ? paint.faint(words) : ''}`,
  );
  return [[`${paint.strong('fix:')} declare what is true in ${visible(file)}`, ...edit].join('\n')];
}
