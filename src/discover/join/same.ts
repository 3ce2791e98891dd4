import { addTo } from '../../finding/grouped.ts';
import type { Fact } from '../fact.ts';
import { mayBe } from '../mcp/script.ts';
import { folderOf, foldersAbove, isBelow } from '../paths.ts';

/** Groups of facts that speak of one thing, in the order of the facts. */
export function sameThings(facts: readonly Fact[]): Fact[][] {
  const parent = facts.map((_, i) => i);
  const root = (i: number): number => {
    let at = i;
    while (parent[at] !== at) {
      parent[at] = parent[parent[at]!]!;
      at = parent[at]!;
    }
    return at;
  };
  const join = (a: number, b: number): void => {
    const [low, high] = [root(a), root(b)].sort((x, y) => x - y) as [number, number];
    parent[high] = low;
  };
  joinAlike(facts, join);
  for (const [a, b] of [...configured(facts), ...models(facts), ...stores(facts), ...started(facts)])
    join(a, b);
  const groups = new Map<number, Fact[]>();
  for (const [i, fact] of facts.entries()) addTo(groups, root(i), fact);
  return [...groups.values()];
}

/** Joins facts that share a key. What lies at one place is in one file, and those of one file follow each other. */
function joinAlike(facts: readonly Fact[], join: (a: number, b: number) => void): void {
  const first = new Map<string, number>();
  const note = (keys: Map<string, number>, key: string, i: number): void => {
    const known = keys.get(key);
    if (known === undefined) keys.set(key, i);
    else join(known, i);
  };
  const named = new Set(facts.flatMap((fact) => text(fact, 'code') ?? []));
  let here = { file: '', keys: new Map<string, number>() };
  for (const [i, fact] of facts.entries()) {
    const { kind, name, source } = fact;
    if (here.file !== source.file) here = { file: source.file, keys: new Map() };
    note(here.keys, `${kind} ${source.pointer} ${name}`, i);
    for (const key of keysOf(fact, named)) note(first, key, i);
  }
}

const text = (fact: Fact, key: string): string | null => {
  const value = fact.attributes[key]?.value;
  return typeof value === 'string' ? value : null;
};

/** Facts that share one of these are one thing, in whatever files; `named` are the places that a configuration names. */
function keysOf(fact: Fact, named: ReadonlySet<string>): string[] {
  const { kind, name, plane, reader, source } = fact;
  const keys: string[] = [];
  if (reader === 'compose' && !source.pointer.endsWith('/command'))
    keys.push(`compose ${kind} ${folderOf(source.file)} ${name}`);
  // A server in the configurations of three editors is one server, as long as all of them start or ask the same.
  if (reader === 'mcp-config') {
    const target = text(fact, 'package') ?? text(fact, 'url') ?? text(fact, 'command') ?? '';
    keys.push(`server ${plane} ${name} ${target}`);
  }
  // What a package brings along is one thing, whoever has it.
  const brought = kind === 'tool' && text(fact, 'kind') !== 'mcp-server' ? text(fact, 'package') : null;
  if (brought !== null) keys.push(`package ${plane} ${brought} ${name}`);
  // `src/agent.py#graph` of a configuration is the agent that the code of that place makes.
  const code = text(fact, 'code');
  if (code?.includes('#')) keys.push(`code ${kind} ${code}`);
  else if (kind === 'agent' && source.pointer !== '' && !source.pointer.startsWith('/')) {
    const place = `${source.file}#${source.pointer}`;
    if (named.has(place)) keys.push(`code ${kind} ${place}`);
  }
  return keys;
}

/** Agents of code with the entries of the configuration that they take their rest from. */
function configured(facts: readonly Fact[]): [number, number][] {
  const pairs: [number, number][] = [];
  const entries = facts.flatMap((fact, i) =>
    fact.kind === 'agent' && fact.reader === 'crewai-yaml' ? [{ fact, i }] : [],
  );
  facts.forEach(({ kind, configKey, source }, i) => {
    if (kind !== 'agent' || configKey === undefined) return;
    const named = entries.filter(({ fact }) => fact.name === configKey);
    const home = folderOf(source.file);
    const beside = named.filter(
      ({ fact }) => folderOf(folderOf(fact.source.file)) === home || folderOf(fact.source.file) === home,
    );
    const below = named.filter(({ fact }) => isBelow(fact.source.file, home));
    // The nearest; where several are as near, none is certain.
    const nearest = [beside, below, named].find((list) => list.length > 0) ?? [];
    if (nearest.length === 1) pairs.push([i, nearest[0]!.i]);
  });
  return pairs;
}

/** What a client of the product starts is the server that is written in that file, or published from its folder. */
function started(facts: readonly Fact[]): [number, number][] {
  const own = facts.flatMap((fact, i) =>
    fact.attributes['written_here']?.value === true ? [{ fact, i }] : [],
  );
  if (own.length === 0) return [];
  return facts.flatMap((fact, i): [number, number][] => {
    if (fact.kind !== 'tool' || fact.plane !== 'runtime') return [];
    const script = text(fact, 'starts');
    const isPublished = fact.reader === 'mcp-server-json';
    const folder = folderOf(fact.source.file);
    const found = own.filter(
      (each) =>
        each.i !== i &&
        (isPublished
          ? isBelow(each.fact.source.file, folder)
          : script !== null && mayBe(script, each.fact.source.file, fact.source.file)),
    );
    return found.length === 1 ? [[i, found[0]!.i]] : [];
  });
}

/** Models are one when they are called the same: `gpt-4o` and `openai/gpt-4o`, but not `azure/gpt-4o` with those. */
function models(facts: readonly Fact[]): [number, number][] {
  const pairs: [number, number][] = [];
  const byVersion = new Map<string, { i: number; provider: string }[]>();
  facts.forEach((fact, i) => {
    const version = fact.kind === 'model' ? nameOfModel(fact) : null;
    if (version === null) return;
    const key = `${fact.plane} ${version}`;
    addTo(byVersion, key, { i, provider: providerOf(fact) });
  });
  for (const found of byVersion.values()) {
    const providers = [
      ...new Set(found.map(({ provider }) => provider).filter((provider) => provider !== '')),
    ];
    for (const { i, provider } of found) {
      const like = provider === '' && providers.length === 1 ? providers[0] : provider;
      const other = found.find(
        (each) =>
          each.i !== i &&
          (each.provider === like ||
            (each.provider === '' && like === providers[0] && providers.length === 1)),
      );
      if (other) pairs.push([i, other.i]);
    }
  }
  return pairs;
}

/** Stores are one when they keep the same in the same place, as files of one folder and those below say it. */
function stores(facts: readonly Fact[]): [number, number][] {
  const first = new Map<string, number>();
  const placed = facts.flatMap((fact, i) => {
    const place = fact.kind === 'store' ? text(fact, 'kept_at') : null;
    if (place === null) return [];
    const folders = foldersAbove(fact.source.file).map(
      (folder) => `${text(fact, 'product')} ${place} ${folder}`,
    );
    if (!first.has(folders[0]!)) first.set(folders[0]!, i);
    return [{ i, folders }];
  });
  return placed.flatMap(({ i, folders }) =>
    folders.flatMap((folder): [number, number][] => {
      const other = first.get(folder);
      return other === undefined || other === i ? [] : [[i, other]];
    }),
  );
}

const providerOf = (fact: Fact): string =>
  (text(fact, 'provider') ?? /^([a-z][\w-]*)[/:]/i.exec(fact.name)?.[1] ?? '').toLowerCase();

/** The version of a model that is called after it; null for one with a name or an address of its own. */
function nameOfModel(fact: Fact): string | null {
  const bare = (name: string): string => name.replace(/^[a-z][\w-]*[/:](?=.)/i, '').toLowerCase();
  const version = text(fact, 'version') ?? text(fact, 'name') ?? fact.name;
  if (fact.attributes['url'] || fact.attributes['hosting']) return null;
  return bare(version) === bare(fact.name) ? bare(version) : null;
}
