import { STEP_KINDS } from '../../src/rules/graph.ts';
import { namesOf, variableOf } from '../../src/rules/names.ts';
import { VISITS } from '../../src/rules/rule.ts';
import { excessive, mutateTokens, randomBool, type Scope } from './mutate-cel.ts';
import { anywhere, type Mutation, misspelt } from './mutate-tree.ts';
import type { Random } from './random.ts';
import {
  drop,
  isExpression,
  isTemplate,
  listsOfSystem,
  printable,
  scopeAt,
  set,
  spotOf,
} from './rule-tree.ts';
import { list, map, ofData, raw, replace, type Tree, text } from './tree.ts';

/** What rule files may name, and where further models for their tests come from. */
export interface Shelf {
  readonly controls: readonly string[];
  readonly threats: readonly string[];
  /** Another version of the model of a test: `text` changed, or one from elsewhere. */
  readonly otherModel: (text: string, random: Random) => string;
}

/** Changes that leave most rule files such that they load, and see other things than before. */
export const gentleRule = ({ controls, threats, otherModel }: Shelf): readonly Mutation[] => [
  // Another condition, or one more.
  ...Array.from({ length: 4 }, () => (tree: Tree, random: Random) => {
    const spot = anywhere(tree, random, isExpression);
    if (!spot) return;
    const bool = randomBool(scopeAt(tree, spot, controls), random, random.next(4));
    const joined = random.pick([
      bool,
      bool,
      `(${spot.node.text.trim()}) && (${bool})`,
      `!(${spot.node.text.trim()})`,
    ]);
    replace(spot, text(joined, random.pick(['double', 'block'])));
  }),
  // A rule about something else altogether.
  (tree, random) => {
    const visit = random.pick(VISITS);
    const scope: Scope = { names: namesOf(visit), controls };
    drop(tree, 'at', 'path', 'each', 'group_by', 'about');
    set(tree, 'for', text(visit));
    set(tree, 'when', text(randomBool(scope, random, random.next(3)), 'double'));
    set(tree, 'message', text(`{${printable(scope, random)}} and {${printable(scope, random)}}`, 'double'));
    set(tree, 'fix', ofData({ say: 'Change it', edit: { description: `{${printable(scope, random)}}` } }));
  },
  (tree, random) => {
    const [field, type] = random.pick(listsOfSystem());
    const member = type.slice('list<'.length, -1);
    const scope: Scope = { names: { [variableOf(member)]: member }, controls };
    drop(tree, 'at', 'path', 'for', 'group_by', 'about');
    set(tree, 'each', text(`system.${field}`));
    set(tree, 'when', text(randomBool(scope, random, random.next(3)), 'double'));
    set(tree, 'message', text(`{${printable(scope, random)}}`, 'double'));
    set(tree, 'fix', ofData({ say: 'Change it' }));
  },
  (tree, random) => {
    const scope: Scope = { names: { node: 'Node' }, controls };
    const bool = () => text(randomBool(scope, random, random.next(2)), 'double');
    drop(tree, 'at', 'each', 'for', 'group_by', 'about', 'when');
    const stop = (): Tree => {
      const where = random.chance(50)
        ? { key: 'node', value: bool() }
        : { key: 'step', value: list(random.some(STEP_KINDS, 4).map((kind) => text(kind))) };
      return map([where, { key: 'control', value: text(random.pick(controls)) }], true);
    };
    const ends = [
      { key: 'from', value: bool() },
      { key: 'to', value: bool() },
      { key: 'stopped_by', value: list(Array.from({ length: random.next(4) }, stop)) },
    ];
    set(tree, 'path', map(random.chance(40) ? [...ends, { key: 'via', value: bool() }] : ends));
    set(tree, 'message', text('{path.from.id} to {path.to.id} over {path.agents.map(a, a.id)}', 'double'));
    set(tree, 'fix', ofData({ say: 'Change it', edit: { controls: { sandbox: true } } }));
  },
  (tree, random) => {
    const spot = spotOf(tree, 'message');
    const scope = spot && scopeAt(tree, spot, controls);
    if (spot) replace(spot, text(`${spot.node.text} {${printable(scope!, random)}}`, 'double'));
  },
  // Tests over other descriptions.
  ...Array.from({ length: 4 }, () => (tree: Tree, random: Random) => {
    const spot = anywhere(tree, random, ({ path }) => path.at(-1) === 'model');
    if (spot) replace(spot, text(otherModel(spot.node.text, random), 'block'));
  }),
  (tree, random) => {
    const word = (key: string, value: string | undefined) =>
      value !== undefined && set(tree, key, text(value));
    word('severity', random.pick(['critical', 'high', 'medium', 'low']));
    word('plane', random.pick(['runtime', 'development', 'any']));
    set(tree, 'threats', list(random.some(threats, 3).map((id) => text(id))));
    if (random.chance(50)) drop(tree, 'profile');
    if (random.chance(50)) drop(tree, 'at');
  },
  (tree, random) => {
    const spot = spotOf(tree, 'fix');
    if (spot?.node.is !== 'map') return;
    const edit = { controls: { [random.pick(controls)]: true }, auth: null, x: [{ a: '{{' }, 1, ['b']] };
    set(spot.node, 'edit', ofData(edit));
    set(spot.node, 'on', text(random.pick(['edge', 'system', 'file'])));
  },
];

/** Mistakes that loading a rule file finds: in expressions, templates, names, and what a rule may not hold. */
export const nearlyRule = ({ controls, threats }: Shelf): readonly Mutation[] => [
  ...Array.from({ length: 6 }, () => (tree: Tree, random: Random) => {
    const spot = anywhere(tree, random, isExpression);
    if (spot)
      replace(spot, text(mutateTokens(spot.node.text, scopeAt(tree, spot, controls), random), 'double'));
  }),
  ...Array.from({ length: 2 }, () => (tree: Tree, random: Random) => {
    const spot = anywhere(tree, random, isExpression);
    if (spot)
      replace(spot, text(excessive(spot.node.text.trim(), scopeAt(tree, spot, controls), random), 'double'));
  }),
  (tree, random) => {
    const spot = anywhere(tree, random, isTemplate);
    if (!spot) return;
    const slots = [
      '{',
      '}',
      '{}',
      '{{x}}',
      '{"}"}',
      '{agent',
      '{1 + }',
      '{[[1]]}',
      '{null}',
      "{'a' + 'b'}",
      '{system}',
      '{tool.id',
    ];
    const at = random.next(spot.node.text.length + 1);
    const changed = spot.node.text.slice(0, at) + random.pick(slots) + spot.node.text.slice(at);
    replace(spot, text(changed, 'double'));
  },
  (tree, random) => {
    const spot = anywhere(tree, random, isTemplate);
    const inner = spot && /\{([^{}]*)\}/.exec(spot.node.text)?.[1];
    if (!spot || inner === undefined) return;
    const scope = scopeAt(tree, spot, controls);
    replace(
      spot,
      text(
        spot.node.text.replace(inner, () => mutateTokens(inner, scope, random)),
        'double',
      ),
    );
  },
  (tree, random) => {
    const at = `${random.pick(['controls', 'auth', 'x', 'identity', 'system'])}.${random.pick([...controls, 'a', ''])}`;
    set(tree, 'at', text(at, 'double'));
  },
  (tree, random) => {
    set(tree, 'threats', list([text(misspelt(random.pick(threats), random), 'double')]));
  },
  (tree, random) => {
    set(
      tree,
      random.pick(['for', 'each', 'path', 'when', 'supersedes', 'rule', 'since']),
      raw(random.pick(['[]', '1', '{}', 'agent', '"system"'])),
    );
  },
];
