import type { Fact, FactValue } from '../fact.ts';
import { opennessOf } from '../openness.ts';
import { compare, type Dispute, type Draft, type JoinedValue } from './component.ts';

/** Facts in the order that all of this goes by: the same whatever order files were read in. */
export const inOrder = (facts: readonly Fact[]): Fact[] =>
  [...facts].sort(
    (a, b) =>
      compare(a.source.file, b.source.file) ||
      a.source.line - b.source.line ||
      a.source.column - b.source.column ||
      compare(a.kind, b.kind) ||
      compare(a.name, b.name) ||
      compare(a.reader, b.reader) ||
      compare(a.source.pointer, b.source.pointer),
  );

const SURE = ['declared', 'parsed', 'inferred'];

/** The fact that says most surely what a thing is comes first, then that of the plainest path; changes come last. */
const bySureness = (facts: readonly Fact[]): Fact[] =>
  [...facts].sort(
    (a, b) =>
      Number(a.overrides !== undefined) - Number(b.overrides !== undefined) ||
      Number(a.configKey !== undefined) - Number(b.configKey !== undefined) ||
      SURE.indexOf(a.confidence) - SURE.indexOf(b.confidence) ||
      a.source.file.length - b.source.file.length,
  );

export function joined({ value, line, column, unresolved, env, file }: FactValue, fact: Fact): JoinedValue {
  // Key by key: a copy by `...` is of a shape of its own, which takes more room than the values, and there are thousands.
  const made: { -readonly [key in keyof JoinedValue]: JoinedValue[key] } = {
    value,
    line,
    column,
    file: file ?? fact.source.file,
  };
  if (unresolved !== undefined) made.unresolved = unresolved;
  if (env !== undefined) made.env = env;
  return made;
}

export function joinedAll(
  values: Readonly<Record<string, FactValue>> | undefined,
  fact: Fact,
): Readonly<Record<string, JoinedValue>> {
  const all = Object.entries(values ?? {});
  return all.length === 0
    ? NOTHING
    : Object.fromEntries(all.map(([key, value]) => [key, joined(value, fact)]));
}

/** What thousands of links and things share that say nothing: an empty object takes as much room as four values. */
const NOTHING: Readonly<Record<string, JoinedValue>> = Object.freeze({});
/** The same of lists. */
export const NONE: readonly never[] = Object.freeze([]);

/** What facts of one thing say together. */
export function merge(group: readonly Fact[]): Draft {
  const facts = group.length === 1 ? group : bySureness(inOrder(group));
  const [main] = facts as [Fact, ...Fact[]];
  const disputes: Dispute[] = [];
  const attributes = choose(facts, (fact) => fact.attributes, disputes);
  const controls = choose(facts, (fact) => fact.controls, disputes);
  return {
    id: '',
    kind: main.kind,
    name: main.name,
    facts,
    traces: NONE,
    confidence: main.confidence,
    plane: facts.some(({ plane }) => plane === 'runtime') ? 'runtime' : 'development',
    attributes,
    controls: Object.keys(controls).length === 0 ? NOTHING : controls,
    disputes: disputes.length === 0 ? NONE : disputes,
    links: [],
    open: NONE,
  };
}

/**
 * Of each key the value of a file that changes others, else the first that is known, else the first. Who can reach a
 * thing and where it may send to is what the file says that opens most: each of them is started by somebody.
 */
function choose(
  facts: readonly Fact[],
  pick: (fact: Fact) => Readonly<Record<string, FactValue>>,
  disputes: Dispute[],
): Record<string, JoinedValue> {
  const chosen: Record<string, JoinedValue> = {};
  const keys = [...new Set(facts.flatMap((fact) => Object.keys(pick(fact))))];
  for (const key of keys) {
    const said = facts.flatMap((fact) => {
      const value = pick(fact)[key];
      return value ? [{ fact, value: joined(value, fact) }] : [];
    });
    const sure = said.filter(({ value }) => value.value !== null);
    const change = sure.findLast(({ fact }) => fact.overrides !== undefined);
    chosen[key] = (change ?? mostOpen(key, sure) ?? said[0]!).value;
    const rivals = sure.filter(({ fact }) => fact.overrides === undefined);
    const different = rivals.filter(
      ({ value }, i) => rivals.findIndex((each) => same(each.value, value)) === i,
    );
    // Models are one because their names are, but for who serves them.
    if (different.length > 1 && !(key === 'name' && facts[0]?.kind === 'model'))
      disputes.push({ key, values: different.map(({ value }) => value) });
  }
  return chosen;
}

function mostOpen<T extends { readonly value: FactValue }>(key: string, said: readonly T[]): T | undefined {
  const open = ({ value }: T): number => opennessOf(key, value.value) ?? -1;
  return said.reduce<T | undefined>(
    (most, each) => (most && open(most) >= open(each) ? most : each),
    undefined,
  );
}

const same = (a: FactValue, b: FactValue): boolean => JSON.stringify(a.value) === JSON.stringify(b.value);
