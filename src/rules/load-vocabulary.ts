import { validate } from '../../build/validate-vocabulary.js';
import type { Problem } from '../finding/finding.ts';
import { similar } from '../finding/similar.ts';
import { checkSchema } from '../model/schema-errors.ts';
import { type DataMap, isDataMap, type Path, readYaml, type YamlFile } from '../model/yaml.ts';
import type { Checked } from './cel.ts';
import { Expressions } from './expressions.ts';
import { STEP_KINDS } from './graph.ts';
import { place } from './problem.ts';
import { TYPE_OF_KIND } from './types.ts';
import type { Control, Vocabulary } from './vocabulary.ts';

/** A control with its implying expressions still in the form they were checked in. */
export type LoadedControl = Omit<Control, 'impliedBy' | 'contradictedBy'> & {
  readonly impliedBy: Readonly<Record<string, Checked>>;
  readonly contradictedBy: Readonly<Record<string, Checked>>;
};

export interface LoadedVocabulary {
  readonly controls: readonly LoadedControl[];
  readonly problems: readonly Problem[];
  readonly file: YamlFile;
}

/** Reads a vocabulary file (`vocabulary: 1`): controls by name, each with the facts that already say it. */
export function loadVocabulary(path: string, text: string, threats: ReadonlySet<string>): LoadedVocabulary {
  const file = readYaml(path, text);
  const wrong = file.problems.length > 0 ? file.problems : checkSchema(file, validate);
  if (wrong.length > 0) return { controls: [], problems: wrong, file };
  const problems: Problem[] = [];
  const controls = (file.data as DataMap)['controls'] as DataMap;
  const expressions = new Expressions(file, new Map());
  const loaded = Object.entries(controls).map(([name, data]) => {
    const raw = isDataMap(data) ? data : {};
    problems.push(...unknownThreats(file, ['controls', name, 'answers'], texts(raw['answers']), threats));
    problems.push(...unknownSteps(file, ['controls', name, 'closes'], texts(raw['closes'])));
    return {
      name,
      layer: String(raw['layer'] ?? ''),
      for: texts(raw['for']),
      means: String(raw['means'] ?? ''),
      answers: texts(raw['answers']),
      ...(Array.isArray(raw['closes']) ? { closes: texts(raw['closes']) } : {}),
      ...(typeof raw['deprecated'] === 'string' ? { deprecated: raw['deprecated'] } : {}),
      impliedBy: byKind(name, 'implied_by', raw, expressions),
      contradictedBy: byKind(name, 'contradicted_by', raw, expressions),
    };
  });
  return { controls: loaded, problems: [...problems, ...expressions.problems], file };
}

/** Ids that the threat catalogue does not have, each at its place in a list. */
export const unknownThreats = (
  file: YamlFile,
  path: Path,
  ids: readonly string[],
  threats: ReadonlySet<string>,
): Problem[] =>
  ids.flatMap((id, i) => {
    if (threats.has(id)) return [];
    const near = similar(id, threats);
    const advice = near && `Did you mean \`${near}\`?`;
    return [place(file, [...path, String(i)], 'unknown-threat', `No threat is called \`${id}\``, advice)];
  });

const unknownSteps = (file: YamlFile, path: Path, kinds: readonly string[]): Problem[] =>
  kinds.flatMap((kind, i) => {
    if ((STEP_KINDS as readonly string[]).includes(kind)) return [];
    const near = similar(kind, STEP_KINDS);
    const advice = near ? `Did you mean \`${near}\`?` : `One of ${STEP_KINDS.join(', ')}`;
    return [
      place(file, [...path, String(i)], 'unknown-step', `No step of a path is called \`${kind}\``, advice),
    ];
  });

const texts = (data: unknown): string[] => (Array.isArray(data) ? data.map(String) : []);

/** Expressions of one control by the kind they are about. */
function byKind(name: string, key: string, raw: DataMap, expressions: Expressions): Record<string, Checked> {
  const written = isDataMap(raw[key] ?? null) ? (raw[key] as DataMap) : {};
  const checked: Record<string, Checked> = {};
  for (const [kind, text] of Object.entries(written)) {
    const type = kind === 'edge' ? 'Flow' : (TYPE_OF_KIND[kind] ?? 'Component');
    const expression = expressions.compile(String(text), ['controls', name, key, kind], { [kind]: type }, [
      'bool',
    ]);
    if (expression) checked[kind] = expression;
  }
  return checked;
}

/** The vocabulary ready to run. */
export const runnable = (controls: readonly LoadedControl[]): Vocabulary =>
  new Map(
    controls.map((control) => {
      const run = (by: LoadedControl['impliedBy']) =>
        Object.fromEntries(Object.entries(by).map(([kind, checked]) => [kind, checked.run]));
      return [
        control.name,
        { ...control, impliedBy: run(control.impliedBy), contradictedBy: run(control.contradictedBy) },
      ];
    }),
  );
