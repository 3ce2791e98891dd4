import type { Finding } from '../finding/finding.ts';
import type { ClosingPlan, PlannedChange, SeparateWay } from '../verdict/closing.ts';
import { closingWords } from './closing-line.ts';
import { visible } from './escape.ts';
import { yamlLines } from './frame.ts';
import { type Paint, painter } from './paint.ts';
import type { PathsReport } from './paths-json.ts';
import { proseRoom, type TextOptions } from './text-options.ts';
import { lineDigits, pathLines } from './text-path.ts';
import { problemText } from './text-problem.ts';
import { plain, prose } from './text-prose.ts';
import { count, listed, place } from './words.ts';

const SHORT = 8;
const MAX_CLOSED = 6;
const MAX_WAYS = 8;
const MAX_UNREACHED = 5;

/**
 * For people: the attack paths of each system with their steps, then what closes all of them, why it takes as much, and
 * last what no control closes.
 */
export function pathsText(report: PathsReport, options: TextOptions): string {
  const paint = painter(options.color > 0, options.links);
  const several = report.plans.length > 1;
  const blocks = report.plans.flatMap((plan) => [
    ...(several ? [paint.strong(`── ${visible(plan.system)} (${visible(plan.file)})`)] : []),
    ...plan.paths.map((finding) => pathText(finding, paint, options)),
    ...changesText(plan, paint, options),
    ...(plan.beyond.length > 0 ? [beyondText(plan, paint, options)] : []),
    ...(plan.left.length > 0 ? [leftText(plan, paint, options)] : []),
  ]);
  const errors = report.errors.map((problem) => problemText(problem, paint, options));
  return `${[...blocks, ...errors, summary(report)].join('\n\n')}\n`;
}

/** A path as `lint` prints it, without the line and the remedy: what closes it is said for all of them together. */
function pathText(finding: Finding, paint: Paint, options: TextOptions): string {
  const { severity, location, fingerprint } = finding;
  const room = proseRoom(options);
  const tag = {
    text: `${severity}[${visible(finding.rule)}]`,
    look: (text: string) => paint.alarm(severity, text),
  };
  return [
    ...prose(tag, { text: visible(finding.message), look: paint.strong }, { room, indent: 0, hang: 4 }),
    `  ${place(location)} ${paint.faint(visible(fingerprint.slice(0, SHORT)))}`,
    ...pathLines(finding, lineDigits(finding), paint, room),
  ].join('\n');
}

function changesText(plan: ClosingPlan, paint: Paint, options: TextOptions): string[] {
  const { paths, changes, proof, beyond, left } = plan;
  if (changes.length === 0) return [];
  const isLeft = (finding: Finding) =>
    left.some(({ rule, target }) => rule === finding.rule && target === finding.subject.join(' '));
  const closed = paths.length - beyond.length - paths.filter(isLeft).length;
  const words = closingWords({ paths: paths.length, closed, changes: changes.length });
  const least =
    proof.length === changes.length
      ? '; fewer cannot'
      : `; at least ${proof.length} ${proof.length === 1 ? 'is' : 'are'} needed`;
  return [
    paint.strong(`${words}${least}`),
    ...changes.map((change, i) => changeText(change, i + 1, plan, paint, options)),
    ...(proof.length > 1 ? [proofText(proof, options)] : []),
  ];
}

function changeText(
  change: PlannedChange,
  number: number,
  { file, paths }: ClosingPlan,
  paint: Paint,
  options: TextOptions,
): string {
  const room = proseRoom(options);
  const closes = paths
    .filter(({ fingerprint }) => change.closes.includes(fingerprint))
    .map(
      ({ rule, subject, fingerprint }) =>
        `${rule} of ${subject.join(' → ')} (${fingerprint.slice(0, SHORT)})`,
    );
  const where = change.file === file ? '' : ` in ${visible(change.file)}`;
  const label = { text: `${number}. ${visible(change.control)}`, look: paint.strong };
  const what = `on ${placeWords(change)}${where}: ${visible(change.means)}`;
  return [
    ...prose(label, { text: what, look: plain }, { room, indent: 2, hang: 5 }),
    ...prose(
      { text: 'without it:', look: paint.faint },
      {
        text: closes.length > 0 ? listed(closes, MAX_CLOSED) : 'a path that the others bring into view',
        look: plain,
      },
      { room, indent: 5, hang: 7 },
    ),
    ...yamlLines(change.yaml).map((line) => (line === '' ? '' : `       ${paint.edit(line)}`)),
  ].join('\n');
}

const PLACES = {
  component: (ids: readonly string[]) => ids[0],
  action: (ids: readonly string[]) => `the action ${ids[0]}, whoever calls it`,
  edge: (ids: readonly string[]) => ids.join(' → '),
  'granted-action': (ids: readonly string[]) => `${ids[0]} calling ${ids[1]}`,
} as const;

const placeWords = ({ place: { is, ids } }: PlannedChange): string => PLACES[is](ids.map(visible)) ?? '';

function proofText(proof: readonly SeparateWay[], options: TextOptions): string {
  const room = proseRoom(options);
  const more = proof.length - MAX_WAYS;
  return [
    ...prose(
      { text: `why ${proof.length}:`, look: plain },
      { text: 'no single change closes two of these ways', look: plain },
      { room, indent: 2, hang: 4 },
    ),
    ...proof.slice(0, MAX_WAYS).map(({ nodes }) => `    ${nodes.map(visible).join(' → ')}`),
    ...(more > 0 ? [`    and ${more} more`] : []),
  ].join('\n');
}

function beyondText({ beyond }: ClosingPlan, paint: Paint, options: TextOptions): string {
  const room = proseRoom(options);
  const which = beyond.map(({ rule, subject }) => `${rule} of ${subject.join(' → ')}`);
  const label = { text: `no control closes ${beyond.length === 1 ? 'this' : 'these'}:`, look: paint.strong };
  const text = `change the design for ${which.map(visible).join(', ')}`;
  return prose(label, { text, look: plain }, { room, indent: 0, hang: 4 }).join('\n');
}

function leftText({ left }: ClosingPlan, paint: Paint, options: TextOptions): string {
  const room = proseRoom(options);
  const which = left.map(({ rule, target }) => `${rule} of ${target}`).map(visible);
  const label = {
    text: 'still open after these changes:',
    look: (text: string) => paint.alarm('error', text),
  };
  return prose(label, { text: which.join(', '), look: plain }, { room, indent: 0, hang: 4 }).join('\n');
}

function summary({ plans, systems, rules, unreached, complete }: PathsReport): string {
  const open = plans.reduce((total, { paths }) => total + paths.length, 0);
  const none = complete ? 'no open attack path' : 'no open attack path in what could be read';
  const found = open === 0 ? none : count(open, 'open attack path');
  const looked = `looked at ${count(systems, 'system')} with ${count(rules, 'rule')} about attack paths`;
  const where = unreached.length === systems ? '' : ` in ${listed(unreached.map(visible), MAX_UNREACHED)}`;
  const blind = unreached.length > 0 ? `\nno path can begin${where}: ${NO_START}` : '';
  return `${complete ? '' : 'incomplete: not everything could be read and checked\n'}${found}; ${looked}${blind}`;
}

/** Nobody should take a description that is silent about strangers for a system without any. */
const NO_START =
  'nothing is described that strangers write (an actor with `kind: content` in a boundary with `trust: untrusted`)';
