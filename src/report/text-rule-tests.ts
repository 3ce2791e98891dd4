import type { Problem } from '../finding/finding.ts';
import type { TestOutcome } from '../rules/rule-tests.ts';
import { visible } from './escape.ts';
import { type Paint, painter } from './paint.ts';
import { proseRoom, type TextOptions } from './text-options.ts';
import { problemText } from './text-problem.ts';
import { plain, prose } from './text-prose.ts';
import { columns } from './width.ts';
import { byCodeUnit, count, place } from './words.ts';

/**
 * How the tests of rules ended, for people: mistakes in rule files, then every test that failed with what it wanted
 * beside what came, then one line `n passed, n failed`. A file with mistakes counts by its mistakes.
 */
export function ruleTestsText(
  problems: readonly Problem[],
  outcomes: readonly TestOutcome[],
  options: TextOptions,
): string {
  const paint = painter(options.color > 0, options.links);
  const failed = outcomes.filter(({ passed }) => !passed);
  const blocks = [
    ...problems.map((problem) => problemText(problem, paint, options)),
    ...failed.flatMap((outcome) => failedTest(outcome, paint, options)),
  ];
  const passed = outcomes.length - failed.length;
  return `${[...blocks, `${passed} passed, ${failed.length + problems.length} failed`].join('\n\n')}\n`;
}

/** One block; one more for every mistake in its model. */
function failedTest(outcome: TestOutcome, paint: Paint, options: TextOptions): string[] {
  const { rule, test, location, problems } = outcome;
  const tag = { text: `failed[${visible(rule)}]`, look: (text: string) => paint.alarm('error', text) };
  const head = [
    ...prose(
      tag,
      { text: visible(test), look: paint.strong },
      { room: proseRoom(options), indent: 0, hang: 4 },
    ),
    `  ${place(location)}`,
  ];
  if (problems.length > 0) {
    const why = `  its model is not valid: ${count(problems.length, 'mistake')}`;
    return [[...head, why].join('\n'), ...problems.map((problem) => problemText(problem, paint, options))];
  }
  return [[...head, ...comparison(rowsOf(outcome), paint, options.width)].join('\n')];
}

/** A line that a test expected, that was found, or both. */
interface Row {
  readonly text: string;
  readonly mark: '' | 'missing' | 'extra';
}

function rowsOf({ expected, actual }: TestOutcome): Row[] {
  const extra = [...actual];
  const rows = expected.map((line): Row => {
    const at = extra.indexOf(line);
    if (at >= 0) extra.splice(at, 1);
    return { text: visible(line), mark: at < 0 ? 'missing' : '' };
  });
  rows.push(...extra.map((line): Row => ({ text: visible(line), mark: 'extra' })));
  return rows.sort((a, b) => byCodeUnit(a.text, b.text));
}

const MARGIN = '  ';
const MARK = 'missing'.length;

/** What was expected on the left, what was found on the right; one under the other where there is no room. */
function comparison(rows: readonly Row[], paint: Paint, width: number): string[] {
  const expected = rows.filter(({ mark }) => mark !== 'extra');
  const found = rows.filter(({ mark }) => mark !== 'missing');
  const left = Math.max('expected'.length, 'nothing'.length, ...expected.map(({ text }) => columns(text)));
  const right = Math.max('nothing'.length, ...found.map(({ text }) => columns(text)));
  const line = (mark: Row['mark'], text: string) =>
    `${MARGIN}${marked(mark, paint)}${MARGIN}${text}`.trimEnd();
  if (MARGIN.length * 3 + MARK + left + right > width) {
    const list = (some: readonly Row[]) =>
      some.length > 0 ? some.map(({ mark, text }) => line(mark, text)) : [line('', paint.faint('nothing'))];
    return [
      `${MARGIN}${paint.strong('expected')}`,
      ...list(expected),
      `${MARGIN}${paint.strong('found')}`,
      ...list(found),
    ];
  }
  const both = (mark: Row['mark'], one: string, other: string, look = plain) =>
    line(mark, `${look(one)}${other === '' ? '' : ' '.repeat(left - columns(one)) + MARGIN + look(other)}`);
  return [
    both('', 'expected', 'found', paint.strong),
    ...(expected.length === 0 || found.length === 0
      ? [both('', expected.length === 0 ? 'nothing' : '', found.length === 0 ? 'nothing' : '', paint.faint)]
      : []),
    ...rows.map(({ mark, text }) => both(mark, mark === 'extra' ? '' : text, mark === 'missing' ? '' : text)),
  ];
}

const marked = (mark: Row['mark'], paint: Paint): string =>
  (mark === '' ? '' : paint.alarm(mark === 'missing' ? 'error' : 'medium', mark)) +
  ' '.repeat(MARK - mark.length);
