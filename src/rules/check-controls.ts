import type { Problem } from '../finding/finding.ts';
import { similar } from '../finding/similar.ts';
import type { Component, Edge, System } from '../model/system.ts';
import { type DataMap, isDataMap, type Path, type YamlFile } from '../model/yaml.ts';
import { controlsOf } from './enforces.ts';
import type { Vocabulary } from './vocabulary.ts';

/**
 * Controls that no loaded vocabulary knows, and controls on a kind of component where nobody would ever look for
 * them: both would give a false sense of protection.
 */
export function checkControls(system: System, vocabulary: Vocabulary): Problem[] {
  const problems: Problem[] = [];
  const check = (controls: DataMap, kinds: readonly string[], origin: YamlFile, path: Path) => {
    for (const name of Object.keys(controls)) {
      if (name.startsWith('x-')) continue;
      const wrong = wrongName(name, kinds, vocabulary);
      if (!wrong) continue;
      const { start, end } = origin.find([...path, 'controls', name]);
      problems.push({ ...wrong, file: origin.source.file, ...origin.source.place(start, end) });
    }
  };
  for (const component of system.components) {
    check(controlsOf(component.raw), [component.kind], component.origin, component.path);
    for (const action of component.actions) {
      if (action.path !== component.path)
        check(controlsOf(action.raw), ['tool', 'action', 'edge'], action.origin, action.path);
    }
    for (const edge of edges(component)) {
      check(controlsOf(edge.raw), ['edge'], edge.origin, edge.path);
      for (const [name, raw] of granted(edge))
        check(controlsOf(raw), ['edge', 'tool'], edge.origin, [...edge.path, 'actions', name]);
    }
  }
  for (const flow of system.flows) check(controlsOf(flow.raw), ['edge'], flow.origin, flow.path);
  check(system.controls, ['system'], system.origin, []);
  return problems;
}

const edges = (component: Component): Edge[] => [...component.out.values()].flat();

function granted(edge: Edge): [string, DataMap][] {
  const actions = edge.definition === 'grant' ? edge.raw['actions'] : null;
  if (!isDataMap(actions ?? null)) return [];
  return Object.entries(actions as DataMap).flatMap(([name, raw]) =>
    isDataMap(raw) ? [[name, raw] as [string, DataMap]] : [],
  );
}

type Wrong = Pick<Problem, 'code' | 'message' | 'suggestion'>;

function wrongName(name: string, kinds: readonly string[], vocabulary: Vocabulary): Wrong | null {
  const control = vocabulary.get(name);
  if (control) {
    if (kinds.some((kind) => control.for.includes(kind))) return null;
    const places = control.for.map((kind) => PLACES[kind] ?? kind).join(', ');
    return {
      code: 'misplaced-control',
      message: `\`${name}\` says nothing ${PLACES[kinds[0]!] ?? 'here'}: no rule looks for it there`,
      suggestion: `It may stand ${places}`,
    };
  }
  const near = similar(name, vocabulary.keys());
  return {
    code: 'unknown-control',
    message: `No vocabulary knows the control \`${name}\``,
    suggestion: near ? `Did you mean \`${near}\`?` : 'Notes of your own begin with `x-`',
  };
}

const PLACES: Readonly<Record<string, string>> = {
  agent: 'on an agent',
  model: 'on a model',
  store: 'on an entry of `data`',
  tool: 'on a tool',
  host: 'on an entry of `infrastructure`',
  monitor: 'on an entry of `observability`',
  service: 'on an entry of `security`',
  peer: 'on an entry of `ecosystem`',
  actor: 'on an actor',
  boundary: 'on a boundary',
  edge: 'on a reference, grant or flow',
  system: 'at the top of the file',
};
