import type { Finding, Problem, Unknown } from '../finding/finding.ts';
import { grouped } from '../finding/grouped.ts';
import type { Verdict } from '../verdict/verdict.ts';
import { visible, xmlText } from './escape.ts';
import { pressing } from './headline.ts';
import { byCodeUnit, place } from './words.ts';

interface Case {
  readonly name: string;
  readonly result: 'passed' | 'failure' | 'error' | 'skipped';
  /** One line. */
  readonly message: string;
  readonly lines: readonly string[];
  /** Tells cases with one name apart. */
  readonly key: string;
}

/**
 * JUnit XML, as CI servers show tests: a suite a system, a failed case a finding, a skipped one for what is waived,
 * known, or could not be judged. A system without findings has one case that passed, so that what was checked is
 * always seen; what could not be read is a suite of its own with errors. No times: nothing is measured.
 */
export function junitReport(verdict: Verdict): string {
  const suites = [
    ...byKey(verdict.errors, ({ file }) => file).map(([file, problems]) =>
      suite(visible(file), file, problems.map(ofProblem)),
    ),
    ...verdict.files
      .filter(({ status, system }) => status === 'linted' && system !== null)
      .map(({ system, path }) => suite(visible(system!), path, casesOf(system!, verdict))),
  ];
  const all = suites.flatMap(({ cases }) => cases);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>\n',
    `<testsuites name="maestro" tests="${all.length}" failures="${of(all, 'failure')}" errors="${of(all, 'error')}">\n`,
    ...suites.map(({ text }) => text),
    '</testsuites>\n',
  ].join('');
}

function casesOf(system: string, verdict: Verdict): Case[] {
  const own = <T extends { readonly system: string }>(all: readonly T[]) =>
    all.filter((each) => each.system === system);
  const failing = new Set(pressing(verdict).map(({ fingerprint }) => fingerprint));
  const cases = [
    ...own(verdict.findings).map((finding) =>
      failing.has(finding.fingerprint) ? failed(finding) : skipped(finding, 'was there before'),
    ),
    ...own(verdict.waived).map((finding) => {
      const { owner, reason } = finding.silence;
      return skipped(finding, `waived${owner === null ? '' : ` by ${owner}`}: ${reason}`);
    }),
    ...own(verdict.known).map((finding) => skipped(finding, 'in the baseline')),
    ...own(verdict.unknown).map(ofUnknown),
  ];
  if (own(verdict.findings).some((finding) => failing.has(finding.fingerprint))) return cases;
  return [{ name: 'no findings', result: 'passed', message: '', lines: [], key: '' }, ...cases];
}

const named = ({ rule, subject }: Finding | Unknown): string => `${rule}: ${subject.join(', ')}`;

function failed(finding: Finding): Case {
  const { severity, message, location, fix, steps = [], fingerprint } = finding;
  return {
    name: named(finding),
    result: 'failure',
    message: `${severity}: ${message}`,
    lines: [
      place(location),
      ...steps.map((step, i) => `${i + 1}. ${visible(step.text)} (${place(step.location)})`),
      visible(`Fix: ${fix.say}`),
      ...fix.yaml.trimEnd().split(/\r?\n/).map(visible),
    ],
    key: fingerprint,
  };
}

const skipped = (finding: Finding, why: string): Case => ({
  name: named(finding),
  result: 'skipped',
  message: `${finding.severity}, ${why}`,
  lines: [],
  key: finding.fingerprint,
});

const ofUnknown = (unknown: Unknown): Case => ({
  name: named(unknown),
  result: 'skipped',
  message: `could not judge: not declared: ${unknown.facts.join(', ')}`,
  lines: [],
  key: unknown.facts.join(','),
});

const ofProblem = ({ code, message, location, file, suggestion }: Problem): Case => ({
  name: code,
  result: 'error',
  message,
  lines: [
    location ? place(location) : visible(file),
    ...(suggestion === undefined ? [] : [visible(`Help: ${suggestion}`)]),
  ],
  key: location ? place(location) : message,
});

function suite(name: string, file: string, given: readonly Case[]) {
  const cases = told(given);
  const counts = `tests="${cases.length}" failures="${of(cases, 'failure')}" errors="${of(cases, 'error')}" skipped="${of(cases, 'skipped')}"`;
  const text = [
    `  <testsuite name="${xmlText(name)}" ${counts}>\n`,
    `    <properties><property name="file" value="${xmlText(file)}"/></properties>\n`,
    ...cases.map((each) => caseText(each, name)),
    '  </testsuite>\n',
  ].join('');
  return { cases, text };
}

function caseText({ name, result, message, lines }: Case, suiteName: string): string {
  const head = `    <testcase name="${xmlText(name)}" classname="${xmlText(suiteName)}"`;
  if (result === 'passed') return `${head}/>\n`;
  // Older readers know no message of what is skipped, only its text.
  if (result === 'skipped')
    return `${head}>\n      <skipped>${xmlText(message)}</skipped>\n    </testcase>\n`;
  const type = result === 'error' ? 'not checked' : 'finding';
  const body = lines.map((line) => `${xmlText(line)}\n`).join('');
  const inside = body === '' ? '/>' : `>${body}</${result}>`;
  return `${head}>\n      <${result} message="${xmlText(message)}" type="${type}"${inside}\n    </testcase>\n`;
}

const of = (cases: readonly Case[], result: Case['result']): number =>
  cases.filter((each) => each.result === result).length;

/** Servers follow a test over time by its name: equal names get a part of what tells them apart. */
function told(cases: readonly Case[]): Case[] {
  const times = new Map<string, number>();
  for (const { name } of cases) times.set(name, (times.get(name) ?? 0) + 1);
  return cases.map((each) =>
    times.get(each.name)! > 1 ? { ...each, name: `${each.name} (${each.key.slice(0, 32)})` } : each,
  );
}

function byKey<T>(items: readonly T[], keyOf: (item: T) => string): [string, T[]][] {
  return [...grouped(items, keyOf)].sort(([a], [b]) => byCodeUnit(a, b));
}
