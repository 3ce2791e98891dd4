import { type Field, language } from '../../src/model/language.ts';
import { assertMore } from './mutate-assertions.ts';
import { anywhere, type Mutation, misspelt, remove } from './mutate-tree.ts';
import type { Random } from './random.ts';
import { type Placed, randomValue, type Words } from './random-system.ts';
import { copy, ofData, replace, type Spot, type Tree, text } from './tree.ts';

/** What the schema says about one part of a description. */
interface Known {
  readonly key: string;
  readonly field: Field;
  /** What controls below it may stand on. */
  readonly kind: string;
}

/** Changes that leave most descriptions valid: what somebody who knows the language writes otherwise. */
export function gentle(controls: readonly Placed[]): readonly Mutation[] {
  const words = (tree: Tree): Words => ({ ...namesIn(tree), controls });
  const set = (tree: Tree, random: Random, parent: Tree, { key, field, kind }: Known) => {
    const value = randomValue(random, words(tree), key, field, kind);
    if (value === undefined) return;
    const pair = parent.pairs.find((each) => each.key === key);
    if (pair) pair.value = ofData(value);
    else parent.pairs.push({ key, value: ofData(value) });
  };
  return [
    // A key of a component says something else, or something for the first time.
    ...Array.from({ length: 4 }, () => (tree: Tree, random: Random) => {
      const spot = anywhere(
        tree,
        random,
        ({ node, path }) => node.is === 'map' && definitionAt(path) !== null,
      );
      const at = spot && definitionAt(spot.path);
      if (!at) return;
      const [key, field] = random.pick(Object.entries(language.definitions[at.definition]!.fields)) ?? [];
      if (key && field) set(tree, random, spot!.node, { key, field, kind: at.kind });
    }),
    (tree, random) => {
      const spot = anywhere(tree, random, (each) => knownAt(each) !== null);
      if (spot?.parent.is === 'map') set(tree, random, spot.parent, knownAt(spot)!);
    },
    // A fact, a reference or a control less.
    (tree, random) => {
      const spot = anywhere(tree, random, ({ path, parent }) => path.length > 2 && parent.is === 'map');
      if (spot) remove(spot);
    },
    // A component or a flow more, or less.
    (tree, random) => {
      const spot = anywhere(tree, random, isComponent);
      spot?.parent?.pairs.push({
        key: `${spot.key}_${random.pick(['b', '2', 'é'])}`,
        value: copy(spot.node),
      });
    },
    (tree, random) => {
      const spot = anywhere(tree, random, isComponent);
      if (spot && random.chance(30)) remove(spot);
    },
    // Two components say of one key what the other said.
    (tree, random) => {
      const first = anywhere(tree, random, ({ path }) => path.length === 3);
      const second = anywhere(
        tree,
        random,
        ({ path }) => path[0] === first?.path[0] && path[2] === first?.path[2],
      );
      if (!first || !second) return;
      const [one, other] = [copy(first.node), copy(second.node)];
      replace(first, other);
      replace(second, one);
    },
    // Something that has to hold.
    assertMore(
      namesIn,
      controls.map(({ name }) => name),
    ),
    // Another word of the same list.
    (tree, random) => {
      const spot = anywhere(tree, random, (each) => each.node.is === 'text' && wordsAt(each).length > 0);
      if (spot) replace(spot, text(random.pick(wordsAt(spot))));
    },
  ];
}

/** Mistakes that a schema or a reference finds: words, ids and controls that are nearly right. */
export const NEARLY: readonly Mutation[] = [
  (tree, random) => {
    const spot = anywhere(tree, random, (each) => each.node.is === 'text' && wordsAt(each).length > 0);
    if (spot) replace(spot, text(misspelt(spot.node.text, random), 'double'));
  },
  (tree, random) => {
    const spot = anywhere(tree, random, (each) => knownAt(each)?.field.ref !== undefined);
    const target = random.pick(['nobody', ...Object.values(namesIn(tree).ids).flat()]);
    if (spot) replace(spot, text(random.chance(70) ? target : misspelt(target, random), 'double'));
  },
  (tree, random) => {
    const spot = anywhere(tree, random, ({ path }) => path.at(-2) === 'controls');
    if (spot?.parent.is === 'map') spot.parent.pairs[spot.at]!.key = misspelt(spot.key, random);
  },
  (tree, random) => {
    const key = random.pick(language.topKeys);
    tree.pairs.push({
      key,
      value: ofData(random.pick([null, 'a', [], {}, ['*.yaml'], [{ id: 'a' }], { a: {} }])),
    });
  },
];

const isComponent = ({ path, parent }: Spot): boolean =>
  path.length === 2 && parent.is === 'map' && Object.hasOwn(language.sections, path[0]!);

/** Ids by kind, and the actions of each tool, as a tree has them just now. */
function namesIn(tree: Tree): Pick<Words, 'ids' | 'actions'> {
  const ids: Record<string, string[]> = {};
  const actions: Record<string, string[]> = {};
  for (const { key, value } of tree.pairs) {
    if (!Object.hasOwn(language.sections, key)) continue;
    ids[language.sections[key]!.kind] = value.pairs.map((pair) => pair.key);
    if (key !== 'tools') continue;
    for (const tool of value.pairs) {
      const said = tool.value.pairs.find((pair) => pair.key === 'actions')?.value;
      actions[tool.key] = said
        ? [...said.pairs.map((pair) => pair.key), ...said.items.map((item) => item.text)]
        : [];
    }
  }
  return { ids, actions };
}

/** The definition that the map at these keys follows; null where there is none. */
function definitionAt(path: readonly string[]): { definition: string; kind: string } | null {
  const [section, id, ...rest] = path;
  const kind =
    section !== undefined && Object.hasOwn(language.sections, section)
      ? language.sections[section]!.kind
      : null;
  if (kind !== null) return id === undefined ? null : within(kind, kind, rest);
  if (section === 'system' || section === 'controls') return within(section, 'system', path.slice(1));
  return section === 'flows' ? within('flow', 'edge', path.slice(1)) : null;
}

function within(definition: string, kind: string, path: readonly string[]): ReturnType<typeof definitionAt> {
  const [key, ...rest] = path;
  if (key === undefined) return { definition, kind };
  const fields = language.definitions[definition]?.fields ?? {};
  const field = Object.hasOwn(fields, key) ? fields[key]! : null;
  if (field?.ref?.edge) return rest.length === 0 ? null : within(field.ref.edge, 'edge', rest.slice(1));
  if (!field?.of) return null;
  if (field.form === 'map') return rest.length === 0 ? null : within(field.of, 'edge', rest.slice(1));
  return within(field.of, kind, rest);
}

/** What the schema says about the key that a spot stands under. */
function knownAt({ path, parent }: Spot): Known | null {
  const key = path.at(-1);
  const at = definitionAt(path.slice(0, -1));
  if (key === undefined || at === null || parent === null) return null;
  const fields = language.definitions[at.definition]?.fields ?? {};
  return Object.hasOwn(fields, key) ? { key, field: fields[key]!, kind: at.kind } : null;
}

/** The words that may stand there; for the short form of an object, those of the key it stands for. */
function wordsAt(spot: Spot): readonly string[] {
  const field = knownAt(spot)?.field;
  const of = field?.of ? language.definitions[field.of] : undefined;
  return field?.values ?? (of?.short === undefined ? undefined : of.fields[of.short]?.values) ?? [];
}
