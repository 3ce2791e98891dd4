import { language } from './language.ts';
import { byCodeUnit, type Component, NO_EDGES, textOf } from './system.ts';
import { type DataMap, isDataMap } from './yaml.ts';

/** Name of the one action of a tool that declares none. */
export const ONLY_ACTION = 'call';

/** The actions of a tool as components of their own, in id order. */
export function actionsOf(tool: Component): Component[] {
  const written = tool.raw['actions'];
  const names = isDataMap(written) ? Object.keys(written) : Array.isArray(written) ? written.map(String) : [];
  if (names.length === 0) {
    const effect = language.defaultEffects[textOf(tool.raw, 'kind')];
    return [action(tool, ONLY_ACTION, effect ? { effect } : {}, tool.path)];
  }
  return names.sort(byCodeUnit).map((name) => {
    const raw = isDataMap(written) ? written[name] : undefined;
    const last = isDataMap(written) ? name : String((written as string[]).indexOf(name));
    return action(tool, name, isDataMap(raw) ? raw : {}, [...tool.path, 'actions', last]);
  });
}

/** What has none shares this list. */
export const NO_ACTIONS: readonly Component[] = [];

const action = (tool: Component, name: string, raw: DataMap, path: readonly string[]): Component => ({
  id: `${tool.id}.${name}`,
  kind: 'action',
  layer: tool.layer,
  raw,
  definition: 'action',
  origin: tool.origin,
  path,
  out: NO_EDGES,
  in: NO_EDGES,
  actions: NO_ACTIONS,
  tool,
});
