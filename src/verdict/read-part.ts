import {
  type Finding,
  type Grade,
  type Location,
  type Placed,
  type Problem,
  type Related,
  type Risk,
  type Snippet,
  type Step,
  type Unknown,
  WORST_RISK,
} from '../finding/finding.ts';
import { CONFIDENCES, LAYERS, PROFILES, SEVERITIES } from '../finding/severity.ts';
import type { ClosingCount } from './closing-count.ts';
import type { Part, Shard } from './part.ts';
import type { FileRecord, RuleInfo, Silence, Verdict, Waived } from './verdict.ts';

/** A report that is not what a part has to be; the message says where. */
export class NotPart extends Error {}

type Read<T> = (value: unknown, at: string) => T;

const refuse = (at: string, wanted: string): never => {
  throw new NotPart(`${at === '' ? 'it' : at} is not ${wanted}`);
};
const text: Read<string> = (value, at) => (typeof value === 'string' ? value : refuse(at, 'a text'));
const flag: Read<boolean> = (value, at) => (typeof value === 'boolean' ? value : refuse(at, 'true or false'));
const from =
  (least: number): Read<number> =>
  (value, at) =>
    Number.isSafeInteger(value) && (value as number) >= least
      ? (value as number)
      : refuse(at, `a whole number from ${least} on`);
const oneOf =
  <T extends string>(words: readonly T[]): Read<T> =>
  (value, at) =>
    words.includes(value as T) ? (value as T) : refuse(at, `one of ${words.join(', ')}`);
const nullable =
  <T>(read: Read<T>): Read<T | null> =>
  (value, at) =>
    value === null ? null : read(value, at);
const list =
  <T>(read: Read<T>): Read<T[]> =>
  (value, at) =>
    Array.isArray(value) ? value.map((each, i) => read(each, `${at}[${i}]`)) : refuse(at, 'a list');
const data: Read<Record<string, unknown>> = (value, at) =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : refuse(at, 'an object');

type Shape<T> = { readonly [K in keyof T]-?: Read<T[K]> };
/** Keys that may be left out. */
type Optional<T> = { readonly [K in keyof T]?: Read<NonNullable<T[K]>> };

/** Takes the keys that are named and nothing else, in their order. */
const object =
  <T, O = unknown>(shape: Shape<T>, optional: Optional<O> = {}): Read<T & Partial<O>> =>
  (value, at) => {
    const given = data(value, at);
    const take = ([key, read]: [string, Read<unknown>]) => [
      key,
      read(given[key], at === '' ? key : `${at}.${key}`),
    ];
    const more = Object.entries(optional as Record<string, Read<unknown>>).filter(([key]) =>
      Object.hasOwn(given, key),
    );
    return Object.fromEntries(
      [...Object.entries(shape as Record<string, Read<unknown>>), ...more].map(take),
    ) as T & Partial<O>;
  };

const location = object<Location>({
  file: text,
  line: from(1),
  column: from(1),
  endLine: from(1),
  endColumn: from(1),
});
const line = object<{ line: number; text: string }>({ line: from(1), text });
const snippet = object<Snippet>({ firstLine: from(1), lines: list(text), parent: nullable(line) });
const PLACED: Shape<Placed> = { location, snippet };
const step = object<Pick<Step, 'node' | 'text' | keyof Placed>, { layer: Step['layer'] }>(
  { node: text, text, ...PLACED },
  { layer: nullable(oneOf(LAYERS)) as Read<never> },
);
const fix = object<Finding['fix']>({ say: text, file: text, path: list(text), edit: data, yaml: text });

type Path = Pick<Finding, 'steps' | 'sources' | 'risk' | 'related'>;
const FINDING: Shape<Omit<Finding, keyof Path>> = {
  rule: text,
  title: text,
  layer: oneOf(LAYERS),
  severity: oneOf(SEVERITIES),
  confidence: oneOf(CONFIDENCES),
  profile: nullable(oneOf(PROFILES)),
  system: text,
  subject: list(text),
  at: text,
  message: text,
  ...PLACED,
  fingerprint: text,
  threats: list(text),
  fix,
};
const upTo =
  (most: number): Read<number> =>
  (value, at) => {
    const number = from(1)(value, at);
    return number <= most ? number : refuse(at, `at most ${most}`);
  };
const grade = upTo(3) as Read<Grade>;
const three: Read<Risk['why']> = (value, at) => {
  const [p, i, e, ...more] = list(text)(value, at);
  return p === undefined || i === undefined || e === undefined || more.length > 0
    ? refuse(at, 'three sentences')
    : [p, i, e];
};
const risk = object<Risk>({
  probability: grade,
  impact: grade,
  exploitability: grade,
  score: upTo(WORST_RISK),
  why: three,
});
const related = object<Related>({ message: text, ...PLACED });
const PATH: Optional<Path> = {
  steps: list(step) as Read<Step[]>,
  sources: list(text),
  risk,
  related: nullable(related) as Read<Related>,
};
const finding = object<Omit<Finding, keyof Path>, Path>(FINDING, PATH) as Read<Finding>;
const silence = object<Silence>({
  by: oneOf(['waiver', 'comment'] as const),
  reason: text,
  owner: nullable(text),
  expires: nullable(text),
  at: object<Placed>(PLACED),
});
const waived = object<Omit<Waived, keyof Path>, Path>({ ...FINDING, silence }, PATH) as Read<Waived>;
const unknown = object<Unknown>({
  rule: text,
  system: text,
  subject: list(text),
  facts: list(text),
  ...PLACED,
});
const problem = object<Omit<Problem, 'suggestion' | 'related'>, Pick<Problem, 'suggestion' | 'related'>>(
  { code: text, message: text, file: text, location: nullable(location), snippet: nullable(snippet) },
  { suggestion: text, related },
) as Read<Problem>;
const file = object<FileRecord>({
  path: text,
  status: oneOf(['linted', 'included', 'failed', 'skipped'] as const),
  system: nullable(text),
  components: from(0),
});
const rule = object<RuleInfo>({
  id: text,
  title: text,
  layer: oneOf(LAYERS),
  severity: oneOf(SEVERITIES),
  confidence: oneOf(CONFIDENCES),
  profile: nullable(oneOf(PROFILES)),
  threats: list(text),
  why: text,
  remedy: text,
  url: nullable(text),
});
const nothing: Read<null> = (value, at) => (value === null ? null : refuse(at, 'null'));

const verdict = object<Omit<Verdict, 'errorOrder'>, Pick<Verdict, 'errorOrder'>>(
  {
    version: text,
    complete: flag,
    files: list(file),
    findings: list(finding),
    waived: list(waived),
    known: list(finding),
    warnings: list(problem),
    comparison: nothing,
    unknown: list(unknown),
    errors: list(problem),
    rules: list(rule),
  },
  { errorOrder: list(text) },
) as Read<Verdict>;

const closing = object<ClosingCount>({ paths: from(0), closed: from(0), changes: nullable(from(0)) });

interface Written {
  readonly shard: Shard;
  readonly fail_on: Part['failOn'];
  readonly fail_on_unknown: boolean;
  readonly closing: Part['closing'];
  readonly verdict: Verdict;
}
const part = object<Written>({
  shard: object<Shard>({ index: from(1), of: from(1) }),
  fail_on: oneOf([...SEVERITIES, 'never'] as const),
  fail_on_unknown: flag,
  closing: nullable(closing),
  verdict,
});

/**
 * The part that a report holds, from what JSON.parse gave: every key checked, and none taken that is not known. Throws
 * NotPart, and nothing else, for anything that `lint --shard` did not write.
 */
export function readPart(report: unknown): Part {
  const given = data(report, '');
  if (given['version'] !== 'json-v1') refuse('version', '`json-v1`');
  if (!Object.hasOwn(given, 'part'))
    throw new NotPart('it was not written by `lint --shard`: it has no `part`');
  const { fail_on: failOn, fail_on_unknown: failOnUnknown, ...read } = part(given['part'], 'part');
  if (read.shard.index > read.shard.of) refuse('part.shard.index', `at most ${read.shard.of}`);
  return { ...read, failOn, failOnUnknown };
}
