import type { Problem } from '../finding/finding.ts';
import { actionsOf, NO_ACTIONS } from './actions.ts';
import { endlessChain } from './chains.ts';
import { type Kind, language } from './language.ts';
import { resolveReferences } from './references.ts';
import { byCodeUnit, type Component, type Edge, NO_EDGES, type System } from './system.ts';
import { waiversOf } from './waivers.ts';
import { withArticle } from './words.ts';
import { type Data, type DataMap, isDataMap, type Path, type YamlFile } from './yaml.ts';

/**
 * A checked description as one typed system, or the places where ids and references do not fit. `files` are the
 * description itself and what it includes.
 */
export function buildSystem(files: readonly YamlFile[]): { system: System; problems: Problem[] } {
  const origin = files[0]!;
  const problems: Problem[] = [];
  const byId = new Map<string, Component>();
  for (const file of files) {
    for (const component of declared(file)) {
      const earlier = byId.get(component.id);
      if (earlier) problems.push(sameId(component, earlier));
      else byId.set(component.id, component);
    }
  }
  const components = [...byId.values()].sort((a, b) => byCodeUnit(a.id, b.id));
  const flows: Edge[] = [];
  resolveReferences({ files, components, byId, flows, problems });
  problems.push(...endlessChain(components));
  const header = map((origin.data as DataMap)['system']);
  const system: System = {
    name: String(header['name'] ?? ''),
    file: origin.source.file,
    raw: header,
    controls: systemControls(files, problems),
    origin,
    files,
    components,
    byId,
    flows,
    waivers: files.flatMap((file) => waiversOf(file, 'waivers')),
  };
  return { system, problems };
}

/** The system-wide controls of all files; each may be said once. */
function systemControls(files: readonly YamlFile[], problems: Problem[]): DataMap {
  const all: DataMap = {};
  const by = new Map<string, YamlFile>();
  for (const file of files) {
    for (const [control, value] of Object.entries(map((file.data as DataMap)['controls']))) {
      const earlier = by.get(control);
      if (earlier) problems.push(sameControl(control, file, earlier));
      by.set(control, file);
      all[control] = value;
    }
  }
  return all;
}

const map = (data: Data | undefined): DataMap => (isDataMap(data) ? data : {});

type Mutable<Type> = { -readonly [key in keyof Type]: Type[key] };

/** In the order of the file, so that of two equal ids the later one is the mistake. */
function* declared(origin: YamlFile): Generator<Component> {
  const root = origin.data as DataMap;
  for (const section of Object.keys(root)) {
    if (!Object.hasOwn(language.sections, section)) continue;
    const { kind, layer } = language.sections[section]!;
    for (const [id, data] of Object.entries(map(root[section]))) {
      const component: Mutable<Component> = {
        id,
        kind: kind as Kind,
        layer,
        raw: map(data),
        definition: kind,
        origin,
        path: [section, id],
        out: NO_EDGES,
        in: NO_EDGES,
        actions: NO_ACTIONS,
        tool: null,
      };
      if (kind === 'tool') component.actions = actionsOf(component);
      yield component;
    }
  }
}

function sameId(component: Component, earlier: Component): Problem {
  const { file } = component.origin.source;
  const there = earlier.origin.source.file === file ? 'above' : `in \`${earlier.origin.source.file}\``;
  return {
    code: 'duplicate-id',
    message: `\`${component.id}\` is ${withArticle(component.kind)} here and ${withArticle(earlier.kind)} ${there}; all ids share one namespace, boundaries too`,
    file,
    ...place(component.origin, component.path),
    related: { message: 'the first one', ...place(earlier.origin, earlier.path) },
    suggestion: `Rename one of them, for example \`${component.id}_${component.kind}\``,
  };
}

function sameControl(control: string, file: YamlFile, earlier: YamlFile): Problem {
  const path = ['controls', control];
  return {
    code: 'duplicate-control',
    message: `The system-wide control \`${control}\` is declared in \`${earlier.source.file}\` too`,
    file: file.source.file,
    ...place(file, path),
    related: { message: 'the first one', ...place(earlier, path) },
    suggestion: 'Keep one of them',
  };
}

const place = (origin: YamlFile, path: Path) => {
  const { start, end } = origin.find(path);
  return origin.source.place(start, end);
};
