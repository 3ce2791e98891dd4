import type { Mutation } from './mutate-tree.ts';
import type { Random } from './random.ts';
import { ofData, type Tree } from './tree.ts';

/** What a mutant may name. */
interface Names {
  readonly ids: Readonly<Record<string, readonly string[]>>;
  readonly actions: Readonly<Record<string, readonly string[]>>;
}

const EXPRESSIONS = [
  'system.agents.all(a, a.autonomy != "autonomous")',
  'system.models.exists(m, m.provider == "example-vendor") || system.models.size() == 0',
  'system.components.all(c, c.enforces("audit_log"))',
  'system.agents.filter(a, a.tools.size() > 1).all(a, a.owner != "")',
  'system.agents.all(a, (a.id == "x") || (a.id == "y"))',
  'system.enforces("red_teaming") && system.name != ""',
];
/** Wrong in one way or another, or rather long. */
const ODD = [
  '',
  'tru',
  'system.agents.all(a, a)',
  '((((((((true',
  'system.agents.all(x',
  '"{{{" == "',
  `${'!'.repeat(500)}true`,
];

/** An assertion more, mostly about what is there. */
export const assertMore =
  (namesIn: (tree: Tree) => Names, controls: readonly string[]): Mutation =>
  (tree, random) => {
    const { ids, actions } = namesIn(tree);
    const components = Object.values(ids).flat();
    const calls = Object.entries(actions).flatMap(([tool, names]) => names.map((name) => `${tool}.${name}`));
    const id = `stated-${random.next(3)}`;
    const some = (all: readonly string[]) => (all.length === 0 ? 'nobody' : random.pick(all));
    const form = random.pick([
      { never: never(random, some, components, calls, controls) },
      { only: { agent: some(ids['agent'] ?? []), may: [some(calls), some(ids['tool'] ?? [])] } },
      { that: random.chance(80) ? random.pick(EXPRESSIONS) : random.pick(ODD) },
      {},
    ]);
    const written = tree.pairs.find(({ key }) => key === 'assert');
    if (written?.value.is === 'list') written.value.items.push(ofData({ id, ...form }));
    else if (!written) tree.pairs.push({ key: 'assert', value: ofData([{ id, ...form }]) });
  };

function never(
  random: Random,
  some: (all: readonly string[]) => string,
  components: readonly string[],
  calls: readonly string[],
  controls: readonly string[],
): Record<string, string | string[]> {
  const ends = {
    from: random.chance(50) ? some(components) : [some(components), some(components)],
    to: some([...calls, ...components]),
  };
  return random.chance(60) ? { ...ends, unless: some(controls) } : ends;
}
