import { describe, expect, test } from 'vitest';
import { type Data, type DataMap, isDataMap } from '../../src/model/yaml.ts';
import { builtInPack } from '../../src/rules/pack.ts';
import { compare } from '../../src/verdict/compare.ts';
import { comparing, said, side } from '../support/compare.ts';
import { DESCRIPTIONS } from '../support/descriptions.ts';
import { Random } from '../support/random.ts';
import { randomSystem } from '../support/random-system.ts';
import { renamed } from '../support/rename.ts';
import { runs } from '../support/runs.ts';

const RUNS = runs(120);
const vocabulary = [...builtInPack().vocabulary.values()];
const systems = Array.from({ length: RUNS }, (_, seed) => randomSystem(new Random(seed + 1), vocabulary));

/** JSON is YAML. */
const text = (root: Data): string => JSON.stringify(root);

/** The same description with keys and lists of references in any order, and references in any form. */
function rewritten(data: Data, random: Random, key = ''): Data {
  if (Array.isArray(data)) {
    const items = data.map((each) => rewritten(each, random));
    if (!REFERENCES.has(key)) return items;
    if (random.chance(40)) return Object.fromEntries(data.map((id) => [String(id), random.pick([null, {}])]));
    return shuffled(items, random);
  }
  if (typeof data === 'string' && REFERENCES.has(key) && random.chance(50))
    return random.chance(50) ? [data] : { [data]: {} };
  if (!isDataMap(data)) return data;
  return Object.fromEntries(
    shuffled(Object.entries(data), random).map(([name, value]) => [name, rewritten(value, random, name)]),
  );
}

const REFERENCES = new Set([
  'models',
  'reads',
  'writes',
  'memory',
  'serves',
  'delegates_to',
  'tools',
  'observes',
  'covers',
]);

function shuffled<T>(items: readonly T[], random: Random): T[] {
  const left = [...items];
  return items.map(() => left.splice(random.next(left.length), 1)[0]!);
}

/** Sections hold components, not references, although `models` and `tools` name both. */
const whole = (root: DataMap, random: Random): DataMap =>
  Object.fromEntries(
    shuffled(Object.entries(root), random).map(([section, value]) => [section, rewritten(value, random)]),
  );

/** Ids of all components. */
const ids = (root: DataMap) =>
  Object.entries(root).flatMap(([section, value]) =>
    ['maestro', 'system', 'flows', 'controls'].includes(section) || !isDataMap(value)
      ? []
      : Object.keys(value),
  );

describe('what is written differently and says the same', () => {
  test('order and form of anything', () => {
    systems.forEach((root, seed) => {
      const other = whole(root, new Random(seed + 1000));
      expect(said(comparing(text(root), text(other))), `seed ${seed}`).toEqual([]);
    });
  });

  test('moved lines and comments in real descriptions', () => {
    for (const { name, text: one } of DESCRIPTIONS) {
      const other = `# new\n${'\n# moved\n'.repeat(200)}${one.replaceAll('\n', '  # here\n')}`;
      if (!/\||>/.test(one)) expect(said(comparing(one, other)), name).toEqual([]);
      expect(said(comparing(one, `${'# moved\n'.repeat(200)}${one}`)), name).toEqual([]);
      expect(said(comparing(one, one.replaceAll('\n', '\r\n'))), name).toEqual([]);
    }
  });
});

describe('ids that are all others', () => {
  test('bring nothing and fix nothing, whatever order they have now', () => {
    systems.forEach((root, seed) => {
      const random = new Random(seed + 2000);
      const own = ids(root);
      const names = new Map(shuffled(own, random).map((id, i) => [id, `n${i}`]));
      const other = renamed(root, (id) => names.get(id) ?? id);
      const { added, fixed, grown, components, grants, controls } = comparing(text(root), text(other));
      expect({ added, fixed, grown, grants, controls }, `seed ${seed}`).toEqual({
        added: [],
        fixed: [],
        grown: [],
        grants: { widened: [], narrowed: [] },
        controls: { added: [], removed: [], weakened: [] },
      });
      expect(components.added.length + components.removed.length, `seed ${seed}`).toBe(0);
      expect(components.renamed.length).toBe(own.length);
    });
  });
});

describe('ids that changed places', () => {
  test('bring nothing and fix nothing', () => {
    // Of system 234 two actors are alike, and one of their ids stands in a longer circle.
    const alike = randomSystem(new Random(235), vocabulary);
    for (const [seed, root] of [...systems.entries(), [234, alike] as const]) {
      const own = ids(root);
      const there = new Random(seed + 3000).shuffled(own);
      const names = new Map(own.map((id, i) => [id, there[i]!]));
      const other = renamed(root, (id) => names.get(id) ?? id);
      const { added, fixed, grown } = comparing(text(root), text(other));
      expect({ added, fixed, grown }, `seed ${seed}`).toEqual({ added: [], fixed: [], grown: [] });
    }
  });
});

describe('both ways', () => {
  test('what is added one way is fixed the other way, and nothing is lost', () => {
    for (let i = 0; i + 1 < systems.length; i += 2) {
      const [one, other] = [side(text(systems[i]!)), side(text(systems[i + 1]!))];
      const there = compare(one, other);
      const back = compare(other, one);
      expect(there.added.length).toBe(back.fixed.length);
      expect(there.fixed.length).toBe(back.added.length);
      const all = there.added.length + there.grown.length + there.standing.length;
      expect(all).toBe(other.verdict.findings.length);
      expect(there.components.added.length).toBe(back.components.removed.length);
    }
  });
});
