import { isDataMap, readYaml } from '../model/yaml.ts';
import type { Rule } from './hit.ts';
import { stopsOf, tellsWay } from './rule.ts';
import type { Framework, Threat } from './threats.ts';
import type { Vocabulary } from './vocabulary.ts';

/** What speaks to one entry of a framework that no threat refers to. */
export interface Criterion {
  /** As references are written: `soc2:CC6.1:2017`. */
  readonly ref: string;
  readonly controls: readonly string[];
  readonly rules: readonly string[];
}

/** Reads rules/criteria.yaml; the file is ours, so a mistake in it is thrown. */
export function readCriteria(text: string): Criterion[] {
  const { data, problems } = readYaml('criteria', text);
  if (problems[0]) throw new Error(`criteria: ${problems[0].message}`);
  const all = isDataMap(data) ? data['criteria'] : null;
  if (!isDataMap(all ?? null)) throw new Error('criteria: a map is missing');
  const texts = (value: unknown) => (Array.isArray(value) ? value.map(String) : []);
  return Object.entries(all as Record<string, Record<string, unknown>>).map(([ref, raw]) => ({
    ref,
    controls: texts(raw['controls']),
    rules: texts(raw['rules']),
  }));
}

/** One entry of a framework with everything that looks at it. */
export interface Mapped {
  readonly id: string;
  readonly ref: string;
  readonly title: string;
  /** Names of controls and ids of rules. */
  readonly controls: ReadonlySet<string>;
  readonly rules: ReadonlySet<string>;
}

export interface MappingGround {
  readonly threats: readonly Threat[];
  readonly criteria: readonly Criterion[];
  readonly rules: readonly Rule[];
  readonly vocabulary: Vocabulary;
}

/**
 * Every entry of a framework with the controls and rules that speak to it: through the threats that refer to the entry,
 * through its layer where the entries are layers, and through rules/criteria.yaml.
 */
export function mapFramework({ prefix, edition, entries }: Framework, ground: MappingGround): Mapped[] {
  const { threats, criteria, rules, vocabulary } = ground;
  return Object.entries(entries).map(([id, title]) => {
    const ref = [prefix, id, ...(edition ? [edition] : [])].join(':');
    const meant = new Set(threats.filter(({ refs }) => refs.includes(ref)).map((threat) => threat.id));
    const said = criteria.find((each) => each.ref === ref);
    const isLayer = (layer: string) => prefix === 'csa-maestro' && layer === id;
    const asked = new Set(said?.controls);
    return {
      id,
      ref,
      title,
      controls: new Set([
        ...asked,
        ...[...vocabulary.values()]
          .filter(({ layer, answers }) => isLayer(layer) || answers.some((each) => meant.has(each)))
          .map(({ name }) => name),
      ]),
      rules: new Set([
        ...(said?.rules ?? []),
        ...rules
          .filter(
            (rule) =>
              isLayer(rule.layer) ||
              rule.threats.some((each) => meant.has(each)) ||
              controlsAskedBy(rule).some((control) => asked.has(control)),
          )
          .map((rule) => rule.id),
      ]),
    };
  });
}

/** Controls that would silence a rule: those its remedy declares, and those that stop its path. */
export function controlsAskedBy({ fix, form }: Pick<Rule, 'fix' | 'form'>): string[] {
  const stops = tellsWay(form) ? stopsOf(form).map(({ control }) => control) : [];
  return [...stops, ...declaredIn(fix.edit)];
}

function declaredIn(edit: unknown): string[] {
  if (typeof edit !== 'object' || edit === null) return [];
  return Object.entries(edit).flatMap(([key, value]) =>
    key === 'controls' && isDataMap(value as never) ? Object.keys(value as object) : declaredIn(value),
  );
}
