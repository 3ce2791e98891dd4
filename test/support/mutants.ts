import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FILE_NAME } from '../../src/model/language.ts';
import { header } from '../../src/rules/rule-tests.ts';
import { gentle, NEARLY } from './mutate-description.ts';
import { gentleRule, nearlyRule, type Shelf } from './mutate-rule.ts';
import { asSaved, mutateText } from './mutate-text.ts';
import { type Mutation, REFERENCES, ROUGH, STYLE } from './mutate-tree.ts';
import { Random } from './random.ts';
import { type Placed, randomSystem } from './random-system.ts';
import { copy, ofData, parseTree, type Tree, writeTree } from './tree.ts';

/** Mutated files, each by its number: the same number gives the same file as long as what they are made from is the same. */
export interface Mutants {
  readonly description: (seed: number) => string;
  /** A rule file; it has to be called as `MUTATED` says. */
  readonly rule: (seed: number) => string;
}

/** What mutants are made from: the examples, rules and vocabulary of the repository at `home`. */
export function mutantsOf(home: string): Mutants {
  const rules = filesBelow(join(home, 'rules'), /[/\\].*\.yaml$/)
    .map(parseTree)
    .map(underOwnId);
  const controls = controlsOf(parseTree(readFileSync(join(home, 'rules/controls.yaml'), 'utf8')));
  const threats = [...readFileSync(join(home, 'rules/threats.yaml'), 'utf8').matchAll(/^ {2}- id: (\S+)/gm)];
  const models = rules.flatMap(modelsOf);
  const written = [
    readFileSync(join(home, 'test/golden/whole.maestro.yaml'), 'utf8'),
    ...filesBelow(join(home, 'examples'), FILE_NAME),
  ];
  const bases = [written, models.map(header), models.map(header)].map((texts) => texts.map(parseTree));
  const mutations = gentle(controls);
  const base = (random: Random): Tree =>
    random.chance(25) ? ofData(randomSystem(random, controls, 2)) : copy(random.pick(random.pick(bases)));
  const shelf: Shelf = {
    controls: controls.map(({ name }) => name),
    threats: threats.map((match) => match[1]!),
    otherModel: (model, random) => {
      const tree = random.chance(60) ? parseTree(model) : withoutHeader(base(random));
      mutate(tree, random, mutations, 1 + random.next(4));
      if (random.chance(10)) mutate(tree, random, [...ROUGH, ...NEARLY, ...REFERENCES], 1);
      const changed = writtenAs(tree, random);
      return random.chance(10) ? mutateText(changed, random.pick(models), random) : changed;
    },
  };
  const ofRules = { gentle: gentleRule(shelf), nearly: nearlyRule(shelf) };
  return {
    description: (seed) => {
      const random = new Random(seed);
      return mutant(base(random), base, random, { gentle: mutations, nearly: NEARLY });
    },
    rule: (seed) => {
      const random = new Random(seed);
      const rule = copy(random.pick(rules));
      const tests = under(rule, 'tests');
      tests.items = random.shuffled(tests.items).slice(0, MOST_TESTS);
      return mutant(rule, () => random.pick(rules), random, ofRules);
    },
  };
}

/** Tests that a mutated rule keeps: it is as wrong with few as with many. */
const MOST_TESTS = 4;

const under = (tree: Tree, key: string): Tree => tree.pairs.find((pair) => pair.key === key)!.value;

/** The id of every mutated rule, and the name of its file: those of the built-in rules are taken. */
export const MUTATED = 'mutated-rule';

function underOwnId(rule: Tree): Tree {
  under(rule, 'id').text = MUTATED;
  return rule;
}

interface Ways {
  readonly gentle: readonly Mutation[];
  readonly nearly: readonly Mutation[];
}

/** Characters of the largest mutant: beyond that, reading takes its time by right. */
const LARGEST = 100_000;

/** Half of all mutants are meant to be read to the end; the others are wrong in one or several ways. */
function mutant(
  tree: Tree,
  other: (random: Random) => Tree,
  random: Random,
  { gentle, nearly }: Ways,
): string {
  const way = random.next(100);
  mutate(tree, random, gentle, way < 50 ? 1 + random.next(6) : random.next(4));
  mutate(tree, random, STYLE, random.next(4));
  if (way >= 50 && way < 60) mutate(tree, random, REFERENCES, 1 + random.next(2));
  if (way >= 60 && way < 70) mutate(tree, random, nearly, 1 + random.next(2));
  if (way >= 70 && way < 85) mutate(tree, random, ROUGH, 1 + random.next(3));
  let written = writtenAs(tree, random);
  if (way >= 85)
    for (let n = random.next(3); n >= 0; n--)
      written = mutateText(written, writtenAs(other(random), random), random);
  return asSaved(written.slice(0, LARGEST), random);
}

function mutate(tree: Tree, random: Random, mutations: readonly Mutation[], times: number): void {
  for (let n = 0; n < times; n++) random.pick(mutations)(tree, random);
}

const writtenAs = (tree: Tree, random: Random): string =>
  writeTree(tree, { step: random.pick([2, 2, 2, 4, 1]), deepLists: random.chance(60) });

const withoutHeader = (tree: Tree): Tree => ({
  ...tree,
  pairs: tree.pairs.filter(({ key }) => key !== 'maestro' && key !== 'system'),
});

/** The vocabulary as far as it says where each control may stand. */
const controlsOf = (vocabulary: Tree): Placed[] =>
  under(vocabulary, 'controls').pairs.map(({ key, value }) => ({
    name: key,
    for: under(value, 'for').items.map((item) => item.text),
  }));

const modelsOf = (rule: Tree): string[] =>
  under(rule, 'tests').items.map((test) => under(test, 'model').text);

const filesBelow = (folder: string, name: RegExp): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => name.test(path))
    .sort()
    .map((path) => readFileSync(join(folder, path), 'utf8'));
