import { NAMES, nested, VALUES } from './hostile.ts';
import type { Random } from './random.ts';
import { copy, list, map, raw, replace, type Spot, spots, type Tree, text } from './tree.ts';

/** One change of a tree, in place; where there is nothing to change, none. */
export type Mutation = (tree: Tree, random: Random) => void;

/** A part that fits: most do at the first tries, and asking all of them takes long. */
export function anywhere(
  tree: Tree,
  random: Random,
  fits: (spot: Spot) => boolean = () => true,
): Spot | undefined {
  const all = spots(tree);
  for (let tries = 0; tries < 10; tries++) {
    const spot = random.pick(all);
    if (!spot || fits(spot)) return spot;
  }
  return random.pick(all.filter(fits));
}

const isText = ({ node }: Spot): boolean => node.is === 'text' && node.style !== 'raw';
const isKeyed = ({ parent }: Spot): boolean => parent.is === 'map';

/** Changes how something is written and nothing of what it says. */
export const STYLE: readonly Mutation[] = [
  (tree, random) => {
    const node = anywhere(tree, random, ({ node }) => node.is !== 'text')?.node;
    if (node) node.flow = !node.flow;
  },
  (tree, random) => {
    const node = anywhere(tree, random, (spot) => isText(spot) && spot.node.style !== 'plain')?.node;
    if (node) node.style = random.pick(['single', 'double', 'block']);
  },
  (tree, random) => {
    const spot = anywhere(tree, random);
    if (spot)
      spot.node.remark = random.pick(['why', 'a: b', '- [x] {', 'maestro: ignore[x] y', '表 \u{1f600}']);
  },
  (tree, random) => {
    const node = anywhere(tree, random, ({ node }) => node.is === 'map')?.node ?? tree;
    node.pairs = random.shuffled(node.pairs);
  },
];

/** Anchors, aliases, merges and tags: valid mostly, and seldom written by hand. */
export const REFERENCES: readonly Mutation[] = [
  // The second of two equal keys says the same as the first.
  (tree, random) => {
    const all = spots(tree).filter((spot) => isKeyed(spot) && spot.node.style !== 'raw');
    const first = random.pick(all);
    const twins = all.slice(all.indexOf(first!) + 1).filter((spot) => spot.key === first!.key);
    const second = random.pick(twins);
    if (!first || !second) return;
    first.node.marks = '&one';
    replace(second, raw('*one'));
  },
  // A map takes over what another map says.
  (tree, random) => {
    const maps = spots(tree).filter(({ node }) => node.is === 'map');
    const from = random.next(Math.max(1, maps.length - 1));
    const [first, second] = [maps[from], maps[from + 1 + random.next(4)]];
    if (!first || !second) return;
    first.node.marks = '&base';
    second.node.pairs.unshift({ key: '<<', value: raw(random.pick(['*base', '[*base]', '[*base, *base]'])) });
  },
  (tree, random) => {
    const spot = anywhere(tree, random);
    if (spot) spot.node.marks = random.pick(['!!str', '!!map', '!!seq', '!!int', '!custom', '&a &b', '&a']);
  },
  (tree, random) => {
    const spot = anywhere(tree, random);
    if (spot) replace(spot, raw(random.pick(['*one', '*base', '*nowhere', '*a'])));
  },
];

/** Changes what a file says into what nobody meant. */
export const ROUGH: readonly Mutation[] = [
  (tree, random) => {
    const spot = anywhere(tree, random);
    if (spot) remove(spot);
  },
  // Twice there: the same key again, or the same member.
  (tree, random) => {
    const spot = anywhere(tree, random);
    if (spot?.parent.is === 'map') spot.parent.pairs.push({ key: spot.key, value: copy(spot.node) });
    else spot?.parent?.items.push(copy(spot.node));
  },
  // Elsewhere.
  (tree, random) => {
    const spot = anywhere(tree, random, isKeyed);
    const target = anywhere(tree, random, ({ node }) => node.is === 'map' && node !== spot?.node)?.node;
    if (!spot || !target || spots(spot.node).some(({ node }) => node === target)) return;
    remove(spot);
    target.pairs.push({ key: spot.key, value: spot.node });
  },
  // A key under another name: one from elsewhere in the file, one of ill repute, or misspelt.
  (tree, random) => {
    const spot = anywhere(tree, random, isKeyed);
    if (!spot) return;
    const others = [anywhere(tree, random, isKeyed)!.key, random.pick(NAMES), misspelt(spot.key, random)];
    spot.parent.pairs[spot.at]!.key = random.pick(others);
  },
  (tree, random) => {
    const spot = anywhere(tree, random, isText);
    if (spot) replace(spot, text(misspelt(spot.node.text, random), spot.node.style));
  },
  // Two values change places, of one key or of any two.
  (tree, random) => {
    const first = anywhere(tree, random);
    const same = random.chance(60);
    const second = anywhere(tree, random, (spot) => !same || spot.key === first!.key);
    if (!first || !second) return;
    const [one, other] = [copy(first.node), copy(second.node)];
    replace(first, other);
    replace(second, one);
  },
  (tree, random) => {
    const spot = anywhere(tree, random);
    if (spot) replace(spot, raw(random.pick(VALUES)));
  },
  // Wrapped once too often, or not at all.
  (tree, random) => {
    const spot = anywhere(tree, random);
    if (!spot) return;
    const node = copy(spot.node);
    replace(spot, random.chance(50) ? list([node]) : map([{ key: random.pick(NAMES), value: node }], true));
  },
  (tree, random) => {
    const spot = anywhere(tree, random, ({ node }) => node.is !== 'text');
    const inner = spot && random.pick([...spot.node.items, ...spot.node.pairs.map(({ value }) => value)]);
    if (inner) replace(spot, inner);
  },
  (tree, random) => {
    const spot = anywhere(tree, random);
    const levels = random.pick([3, 30, 99, 101, 500, 5000]);
    if (spot) replace(spot, raw(nested(levels, random.pick(['[', '{ a: ']))));
  },
  // Far more of something than anybody writes.
  (tree, random) => {
    const spot = anywhere(tree, random, ({ parent }) => parent !== null);
    if (!spot) return;
    const many = Math.min(random.pick([20, 100, 400]), 4000 / (1 + spots(spot.node).length));
    for (let i = 0; i < many; i++) {
      // Each a copy: of one that stands there many times, many more would be too many to hold.
      const node = copy(spot.node);
      if (spot.parent.is === 'list') spot.parent.items.push(node);
      else spot.parent.pairs.push({ key: `${spot.key}_${i}`, value: node });
    }
  },
  (tree, random) => {
    const spot = anywhere(tree, random, isText);
    if (spot)
      replace(
        spot,
        text(random.pick(['a', 'ab ', '{', '表', '\u0301', 'a.']).repeat(1 + random.next(4000)), 'double'),
      );
  },
];

export function remove({ parent, at }: Spot): void {
  if (parent.is === 'map') parent.pairs.splice(at, 1);
  else parent?.items.splice(at, 1);
}

/** A letter too few, too many, twice, in another case, or two that changed places. */
export function misspelt(word: string, random: Random): string {
  const at = random.next(Math.max(1, word.length));
  const [before, letter, after] = [word.slice(0, at), word.charAt(at), word.slice(at + 1)];
  return random.pick([
    before + after,
    before + letter + letter + after,
    before + random.pick([...'aeinrst_-. 0é\u202e']) + letter + after,
    before + letter.toUpperCase() + after,
    before + after.charAt(0) + letter + after.slice(1),
    word.replaceAll('_', '-'),
  ]);
}
