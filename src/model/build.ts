import type { Problem } from '../finding/finding.ts';
import { actionsOf } from './actions.ts';
import { type Kind, language } from './language.ts';
import { resolveReferences } from './references.ts';
import { byCodeUnit, type Component, type Edge, type System } from './system.ts';
import { withArticle } from './words.ts';
import { type Data, type DataMap, isDataMap, type YamlFile } from './yaml.ts';

/** A checked description as one typed system, or the places where ids and references do not fit. */
export function buildSystem(origin: YamlFile): { system: System; problems: Problem[] } {
  const root = origin.data as DataMap;
  const problems: Problem[] = [];
  const byId = new Map<string, Component>();
  for (const component of declared(origin, root)) {
    const earlier = byId.get(component.id);
    if (earlier) problems.push(sameId(component, earlier));
    else byId.set(component.id, component);
  }
  const components = [...byId.values()].sort((a, b) => byCodeUnit(a.id, b.id));
  const flows: Edge[] = [];
  resolveReferences({ origin, root, components, byId, flows, problems });
  const header = map(root['system']);
  const system: System = {
    name: String(header['name'] ?? ''),
    file: origin.source.file,
    raw: header,
    controls: map(root['controls']),
    origin,
    files: [origin],
    components,
    byId,
    flows,
  };
  return { system, problems };
}

const map = (data: Data | undefined): DataMap => (isDataMap(data) ? data : {});

/** In the order of the file, so that of two equal ids the later one is the mistake. */
function* declared(origin: YamlFile, root: DataMap): Generator<Component> {
  for (const section of Object.keys(root)) {
    if (!Object.hasOwn(language.sections, section)) continue;
    const { kind, layer } = language.sections[section]!;
    for (const [id, data] of Object.entries(map(root[section]))) {
      const actions: Component[] = [];
      const component: Component = {
        id,
        kind: kind as Kind,
        layer,
        raw: map(data),
        definition: kind,
        origin,
        path: [section, id],
        out: new Map(),
        in: new Map(),
        actions,
        tool: null,
      };
      if (kind === 'tool') actions.push(...actionsOf(component));
      yield component;
    }
  }
}

function sameId(component: Component, earlier: Component): Problem {
  const here = place(component);
  return {
    code: 'duplicate-id',
    message: `\`${component.id}\` is ${withArticle(component.kind)} here and ${withArticle(earlier.kind)} above; all ids share one namespace, boundaries too`,
    file: component.origin.source.file,
    ...here,
    related: { message: 'the first one', ...place(earlier) },
    suggestion: `Rename one of them, for example \`${component.id}_${component.kind}\``,
  };
}

const place = (component: Component) => {
  const { start, end } = component.origin.find(component.path);
  return component.origin.source.place(start, end);
};
