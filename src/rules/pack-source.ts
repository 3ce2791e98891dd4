import type { Problem } from '../finding/finding.ts';
import { byCodeUnit } from '../model/system.ts';
import type { Checked } from './cel.ts';
import { emit } from './emit.ts';
import { loadRule } from './load.ts';
import { type LoadedControl, loadVocabulary, runnable } from './load-vocabulary.ts';
import { mapExpressions, type RuleOf } from './rule.ts';
import { readThreats } from './threats.ts';

export interface TextFile {
  readonly path: string;
  readonly text: string;
}

export interface PackSource {
  readonly source: string;
  /** What the common run needs of it: the rules of the default profile, as short as they work. */
  readonly quick: string;
  readonly problems: readonly Problem[];
}

/**
 * The built-in pack as the source of a JavaScript module, so that neither rule files nor the expression engine are
 * read when the program starts. `files` is everything under rules/.
 */
export function packSource(files: readonly TextFile[]): PackSource {
  const file = (name: string) => files.find(({ path }) => path.endsWith(`/${name}`))!;
  const threats = new Set(readThreats(file('threats.yaml').text).map(({ id }) => id));
  const vocabulary = loadVocabulary('rules/controls.yaml', file('controls.yaml').text, threats);
  const catalogue = { vocabulary: runnable(vocabulary.controls), threats };
  const loads = files
    .filter(({ path }) => path.split('/').length > 2)
    .sort((a, b) => byCodeUnit(a.path, b.path))
    .map(({ path, text }) => loadRule(path, text, catalogue));
  const problems = [...vocabulary.problems, ...loads.flatMap((load) => load.problems)];
  const rules = loads.flatMap(({ loaded }) => (loaded ? [loaded.rule] : []));
  rules.sort((a, b) => byCodeUnit(a.id, b.id));
  const short = shortNames(threats);
  return {
    source: moduleOf(rules, vocabulary.controls, [...threats]),
    quick: moduleOf(
      rules
        .filter(({ profile }) => profile === 'essential' || profile === 'recommended')
        .map((rule) => bare(rule, short)),
      vocabulary.controls.map((control) => ({ ...control, means: '', answers: control.answers.map(short) })),
      [],
    ),
    problems,
  };
}

/** The same without what no line of the text report says. Of threats, only which controls answer them matters there. */
const bare = (rule: RuleOf<Checked>, short: (threat: string) => string): RuleOf<Checked> => ({
  ...rule,
  why: '',
  threats: rule.threats.map(short),
  since: '',
});

function shortNames(threats: ReadonlySet<string>): (threat: string) => string {
  const names = new Map([...threats].map((threat, i) => [threat, i.toString(36)]));
  return (threat) => names.get(threat)!;
}

const moduleOf = (
  rules: readonly RuleOf<Checked>[],
  controls: readonly LoadedControl[],
  threats: readonly string[],
): string => {
  const starts = startsOf(rules);
  return [
    '// Generated from rules/.',
    'export const pack = ($, f) => {',
    ...[...starts].map(([code, name]) => `const ${name} = ${code};`),
    'return {',
    `vocabulary: [${controls.map(controlSource).join(',\n')}],`,
    `rules: [${rules.map((rule) => ruleSource(rule, starts)).join(',\n')}],`,
    `threats: ${JSON.stringify(threats)},`,
    '}};\n',
  ].join('\n');
};

/** Path rules mostly begin at the same places. What stands there as one function is asked once. */
function startsOf(rules: readonly RuleOf<Checked>[]): ReadonlyMap<string, string> {
  const codes = rules.flatMap(({ form }) => (form.is === 'path' ? [emit(form.from.ast)] : []));
  return new Map([...new Set(codes)].map((code, i) => [code, `start${i}`]));
}

/** JSON with expressions written as functions in their places. */
class Code {
  readonly code: string;

  constructor(code: string) {
    this.code = code;
  }
}

const ruleSource = (rule: RuleOf<Checked>, starts: ReadonlyMap<string, string>): string =>
  write(
    mapExpressions(rule, ({ ast }) => {
      const code = emit(ast);
      return new Code(starts.get(code) ?? code);
    }),
  );

const controlSource = ({ impliedBy, contradictedBy, ...control }: LoadedControl): string =>
  write({ ...control, impliedBy: codeOf(impliedBy), contradictedBy: codeOf(contradictedBy) });

const codeOf = (byKind: LoadedControl['impliedBy']) =>
  Object.fromEntries(Object.entries(byKind).map(([kind, checked]) => [kind, new Code(emit(checked.ast))]));

function write(value: unknown): string {
  if (value instanceof Code) return value.code;
  if (Array.isArray(value)) return `[${value.map(write).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    return `{${Object.entries(value)
      .map(([key, each]) => `${JSON.stringify(key)}:${write(each)}`)
      .join(',')}}`;
  }
  return JSON.stringify(value);
}
