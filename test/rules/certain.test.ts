import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { DataMap } from '../../src/model/yaml.ts';
import { DOUBTFUL } from '../../src/rules/certain.ts';
import { worldOf } from '../../src/rules/evaluate.ts';
import { nodeView } from '../../src/rules/node-names.ts';
import { contextOf } from '../../src/rules/rule-tests.ts';
import { judge } from '../../src/rules/undeclared.ts';
import { View } from '../../src/rules/view.ts';
import { VIEW_TYPES } from '../../src/rules/views.ts';
import { systemView } from '../../src/rules/visit.ts';
import { systemOf, vocabulary } from '../support/pack.ts';
import { Random } from '../support/random.ts';
import { randomSystem } from '../support/random-system.ts';

/** Every view that can be got at from `start` by certain fields, one of each type and thing shown. */
function walk(start: readonly View[], fields: (view: View) => readonly string[]): Map<string, number> {
  const queue = [...start];
  const seen = new Map<unknown, Set<string>>();
  const read = new Map<string, number>();
  for (const view of queue) {
    const type = view.constructor.name;
    for (const field of fields(view)) {
      const judgement = judge(() => {
        const value = (view as unknown as Record<string, unknown>)[field];
        for (const each of Array.isArray(value) ? value : [value]) if (each instanceof View) add(each);
        return true;
      });
      expect(judgement, `${type}.${field} of ${view.factOwner}`).toEqual({ is: 'true' });
      read.set(`${type}.${field}`, (read.get(`${type}.${field}`) ?? 0) + 1);
    }
  }
  return read;

  function add(view: View): void {
    const types = seen.get(view.it) ?? new Set();
    seen.set(view.it, types);
    if (types.has(view.constructor.name)) return;
    types.add(view.constructor.name);
    queue.push(view);
  }
}

const certainOf = (view: View): readonly string[] =>
  Object.keys(VIEW_TYPES.get(view.constructor.name)?.fields ?? {}).filter((field) => !DOUBTFUL.has(field));

test('a field that is not marked as a fact never hangs on one, however little a description declares', () => {
  const read = new Set<string>();
  for (let seed = 1; seed <= 14; seed++) {
    const data = randomSystem(new Random(seed), [...vocabulary.values()]);
    const system = systemOf(seed % 2 === 0 ? data : bare(data));
    const world = worldOf(system, vocabulary, contextOf([]));
    const nodes = world.graph.nodes.map((node) => nodeView(world, node));
    for (const name of walk([systemView(world), ...nodes], certainOf).keys()) read.add(name);
  }
  const types = new Set([...read].map((name) => name.split('.')[0]));
  expect([...types]).toEqual(
    expect.arrayContaining(['System', 'Agent', 'Tool', 'GrantedAction', 'Flow', 'Node']),
  );
  expect(read.size).toBeGreaterThan(200);
});

test('the built-in rules do read facts', () => {
  const pack = readFileSync(new URL('../../build/pack.js', import.meta.url), 'utf8');
  expect(pack).toContain('$.and(');
  expect(pack).toContain('&&');
});

/** The same system with nothing but ids and references. */
function bare(data: DataMap): DataMap {
  const facts = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
    return Object.fromEntries(
      Object.entries(value)
        .filter(([key]) => !DOUBTFUL.has(key))
        .map(([key, each]) => [key, facts(each)]),
    );
  };
  return facts(data) as DataMap;
}
