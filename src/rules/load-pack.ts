import { ASSERTED, type Problem } from '../finding/finding.ts';
import { similar } from '../finding/similar.ts';
import { byCodeUnit } from '../model/system.ts';
import { type DataMap, isDataMap, type Path, readYaml, type YamlFile } from '../model/yaml.ts';
import type { Rule } from './hit.ts';
import { type LoadedRule, loadRule } from './load.ts';
import { type LoadedVocabulary, loadVocabulary, runnable } from './load-vocabulary.ts';
import type { Pack } from './pack.ts';
import type { TextFile } from './pack-source.ts';
import { place } from './problem.ts';
import { mapExpressions } from './rule.ts';
import type { Vocabulary } from './vocabulary.ts';

export interface LoadedPack {
  /** The rules and words of `base` with those of the files. */
  readonly pack: Pack;
  /** What the files hold, in id order, with the tests they carry. */
  readonly own: readonly OwnRule[];
  /** Ids of rules that are there and cannot be loaded. */
  readonly broken: readonly string[];
  readonly problems: readonly Problem[];
}

export interface OwnRule {
  /** The file it is in. */
  readonly path: string;
  readonly rule: Rule;
  readonly tests: LoadedRule['tests'];
}

/**
 * Adds the rules and vocabularies of a team to `base`. A file with a mistake in it is a problem at its own place and
 * keeps none of the others from being loaded.
 */
export function loadPack(files: readonly TextFile[], base: Pack): LoadedPack {
  const problems: Problem[] = [];
  const sorted = files.map((file) => ({ ...file, yaml: readYaml(file.path, file.text) }));
  sorted.sort((a, b) => byCodeUnit(a.path, b.path));
  const of = (kind: Kind) => sorted.filter(({ yaml }) => kindOf(yaml) === kind);
  for (const { yaml } of of('unmarked')) problems.push(unmarked(yaml));
  const vocabulary = addWords(
    of('vocabulary').map(({ path, text }) => loadVocabulary(path, text, base.threats)),
    base.vocabulary,
    problems,
  );
  const loads = of('rule').map(({ path, text, yaml }) => ({
    path,
    yaml,
    ...loadRule(path, text, { vocabulary, threats: base.threats }),
  }));
  problems.push(...loads.flatMap((load) => load.problems));
  const loaded = distinct(
    loads.flatMap((load) => load.loaded ?? []),
    base,
    problems,
  );
  const broken = loads.filter((load) => load.loaded === null).map(({ path }) => idOf(path));
  const known = [...base.builtIn, ...loads.map(({ path }) => idOf(path))];
  for (const each of loaded) problems.push(...unknownSuperseded(each, known));
  const own = loaded.map((each) => ({
    path: each.file.source.file,
    rule: mapExpressions(each.rule, (checked) => checked.run),
    tests: each.tests,
  }));
  const rules = [...base.rules, ...own.map(({ rule }) => rule)].sort((a, b) => byCodeUnit(a.id, b.id));
  return { pack: { ...base, vocabulary, rules }, own, broken, problems };
}

const idOf = (path: string): string =>
  path
    .split('/')
    .at(-1)!
    .replace(/\.ya?ml$/, '');

type Kind = 'rule' | 'vocabulary' | 'unmarked' | 'other';

/** What a file of a pack is. Other YAML may lie beside rules; what is written like a rule is not passed over. */
function kindOf({ data, problems, source }: YamlFile): Kind {
  const has = (key: string) => (isDataMap(data) ? Object.hasOwn(data, key) : false);
  // Of a file that is no YAML, only its text is known.
  const begins = (key: string) => problems.length > 0 && new RegExp(`^${key}:`, 'm').test(source.text);
  if (has('rule') || begins('rule')) return 'rule';
  if (has('vocabulary') || begins('vocabulary')) return 'vocabulary';
  return RULE_KEYS.filter(has).length >= 3 ? 'unmarked' : 'other';
}

const RULE_KEYS = [
  'id',
  'title',
  'layer',
  'severity',
  'threats',
  'for',
  'when',
  'message',
  'why',
  'fix',
  'tests',
];

function unmarked(yaml: YamlFile): Problem {
  const message = 'This is written like a rule, and does not say which version of the format it follows';
  return place(yaml, [], 'no-rule', message, 'Begin it with `rule: 1`');
}

/** A word means the same to everybody: nobody declares one that is there already. */
function addWords(loads: readonly LoadedVocabulary[], base: Vocabulary, problems: Problem[]): Vocabulary {
  const all = new Map(base);
  const by = new Map<string, YamlFile>();
  for (const { controls, file, problems: wrong } of loads) {
    problems.push(...wrong);
    const fresh = controls.filter(({ name }) => {
      const path = ['controls', name];
      const earlier = by.get(name);
      if (earlier) problems.push(twice(file, path, `The control \`${name}\` is declared twice`, earlier));
      else if (base.has(name)) {
        const message = `The control \`${name}\` comes with maestro`;
        const advice = 'Use that one, or choose another name';
        problems.push(place(file, path, 'duplicate-control', message, advice, 'key'));
      }
      return !earlier && !base.has(name);
    });
    for (const [name, control] of runnable(fresh)) {
      all.set(name, control);
      by.set(name, file);
    }
  }
  return all;
}

/** Rules go by their ids everywhere: in findings, configs and waivers. */
function distinct(loaded: readonly LoadedRule[], base: Pack, problems: Problem[]): LoadedRule[] {
  const builtIn = new Set(base.rules.map(({ id }) => id));
  const by = new Map<string, YamlFile>();
  return [...loaded]
    .sort((a, b) => byCodeUnit(a.rule.id, b.rule.id))
    .filter(({ rule: { id }, file }) => {
      const earlier = by.get(id);
      if (earlier) problems.push(twice(file, ['id'], `Two rules are called \`${id}\``, earlier));
      else if (builtIn.has(id)) {
        const message = `A rule that comes with maestro is called \`${id}\` too`;
        problems.push(place(file, ['id'], 'duplicate-rule', message, 'Choose an id of your own'));
      } else if (id.startsWith(ASSERTED)) {
        const message = `Ids that begin with \`${ASSERTED}\` are those of own assertions`;
        problems.push(place(file, ['id'], 'duplicate-rule', message, 'Choose another id'));
      }
      by.set(id, file);
      return !earlier && !builtIn.has(id) && !id.startsWith(ASSERTED);
    });
}

function twice(file: YamlFile, path: Path, message: string, earlier: YamlFile): Problem {
  const [code, part] =
    path[0] === 'id' ? (['duplicate-rule', 'value'] as const) : (['duplicate-control', 'key'] as const);
  const { start, end } = earlier.find(path, part);
  return {
    ...place(file, path, code, message, 'Keep one of them', part),
    related: { message: 'the first one', ...earlier.source.place(start, end) },
  };
}

function unknownSuperseded({ file }: LoadedRule, known: readonly string[]): Problem[] {
  const written = ((file.data as DataMap)['supersedes'] as string[] | undefined) ?? [];
  return written.flatMap((id, i) => {
    if (known.includes(id)) return [];
    const near = similar(id, known);
    const advice = near ? `Did you mean \`${near}\`?` : '`maestro rules` lists them';
    return [place(file, ['supersedes', String(i)], 'unknown-rule', `No rule is called \`${id}\``, advice)];
  });
}
