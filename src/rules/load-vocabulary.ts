import type { Problem } from '../finding/finding.ts';
import { type DataMap, isDataMap, readYaml } from '../model/yaml.ts';
import type { Checked } from './cel.ts';
import { Expressions } from './expressions.ts';
import { place } from './problem.ts';
import { TYPE_OF_KIND } from './types.ts';
import type { Control, Vocabulary } from './vocabulary.ts';

/** A control with its implying expressions still in the form they were checked in. */
export type LoadedControl = Omit<Control, 'impliedBy' | 'contradictedBy'> & {
  readonly impliedBy: Readonly<Record<string, Checked>>;
  readonly contradictedBy: Readonly<Record<string, Checked>>;
};

const KINDS = [...Object.keys(TYPE_OF_KIND), 'edge', 'system'];

/** Reads a vocabulary file (`vocabulary: 1`): controls by name, each with the facts that already say it. */
export function loadVocabulary(
  path: string,
  text: string,
): { controls: LoadedControl[]; problems: Problem[] } {
  const file = readYaml(path, text);
  const root = isDataMap(file.data) ? file.data : {};
  const problems = [...file.problems];
  if (problems.length === 0 && root['vocabulary'] !== '1') {
    problems.push(place(file, [], 'vocabulary', 'A vocabulary begins with `vocabulary: 1`'));
  }
  const controls = isDataMap(root['controls']) ? root['controls'] : {};
  const expressions = new Expressions(file, new Map());
  const loaded = Object.entries(controls).map(([name, data]) => {
    const raw = isDataMap(data) ? data : {};
    const kinds = texts(raw['for']);
    for (const kind of kinds) {
      if (!KINDS.includes(kind))
        problems.push(
          place(file, ['controls', name, 'for'], 'unknown-word', `\`${kind}\` is no kind of component`),
        );
    }
    return {
      name,
      layer: String(raw['layer'] ?? ''),
      for: kinds,
      means: String(raw['means'] ?? ''),
      answers: texts(raw['answers']),
      ...(typeof raw['deprecated'] === 'string' ? { deprecated: raw['deprecated'] } : {}),
      impliedBy: byKind(name, 'implied_by', raw, expressions),
      contradictedBy: byKind(name, 'contradicted_by', raw, expressions),
    };
  });
  return { controls: loaded, problems: [...problems, ...expressions.problems] };
}

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
