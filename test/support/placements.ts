import type { System } from '../../src/model/system.ts';
import type { Path } from '../../src/model/yaml.ts';
import { controlsOf } from '../../src/rules/enforces.ts';
import { editable, editableComponent } from '../../src/rules/visit.ts';

/** A place of a description where controls may stand. */
export interface Placement {
  /** Keys to what they stand on, in the form that can carry them. */
  readonly path: Path;
  /** Kinds of which a control has to fit one. */
  readonly kinds: readonly string[];
  /** How findings about the control call what it stands on. */
  readonly subject: readonly string[];
  /** Names of those that stand there. */
  readonly taken: ReadonlySet<string>;
}

/** Every component, action, reference, granted action and flow, and the system as a whole. */
export function placementsOf(system: System): Placement[] {
  const found: Placement[] = [];
  const add = (path: Path, kinds: readonly string[], subject: readonly string[], raw: object) =>
    found.push({ path, kinds, subject, taken: new Set(Object.keys(controlsOf(raw as never))) });
  for (const component of system.components) {
    add(component.path, [component.kind], [component.id], component.raw);
    for (const action of component.actions) {
      // The only action of a tool that declares none is the tool itself.
      if (action.path === component.path) continue;
      add(editableComponent(action), ['action', 'tool', 'edge'], [action.id], action.raw);
    }
    for (const edge of [...component.out.values()].flat()) {
      if (edge.definition === null) continue;
      add(editable(edge), ['edge'], [edge.from.id, edge.to.id], edge.raw);
      for (const name of edge.definition === 'grant' ? namesOf(edge.raw['actions']) : []) {
        const said = (edge.raw['actions'] as Record<string, object>)[name] ?? {};
        if (name === '*') continue;
        add(
          [...editable(edge), 'actions', name],
          ['edge', 'tool'],
          [edge.from.id, `${edge.to.id}.${name}`],
          said,
        );
      }
    }
  }
  for (const flow of system.flows) add(flow.path, ['edge'], [flow.from.id, flow.to.id], flow.raw);
  add([], ['system'], ['controls'], { controls: system.controls });
  return found;
}

const namesOf = (actions: unknown): string[] =>
  Array.isArray(actions) ? actions.map(String) : Object.keys((actions as object | undefined) ?? {});
