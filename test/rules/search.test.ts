import { describe, expect, test } from 'vitest';
import { cheapestCut, type Place } from '../../src/rules/cut.ts';
import type { Graph, Node, Step } from '../../src/rules/graph.ts';
import { type Open, type Question, reach, routes, sourceSets } from '../../src/rules/search.ts';
import { graphOf, numbers } from '../support/graphs.ts';

interface Case {
  readonly graph: Graph;
  readonly sources: Node[];
  readonly targets: Node[];
  readonly way: Set<Node>;
  readonly closedNodes: Set<Node>;
  readonly closedSteps: Set<Step>;
  readonly placeNodes: Set<Node>;
  readonly placeSteps: Set<Step>;
}

/** A small random graph with some of it closed and some of it closable. */
function randomCase(seed: number): Case {
  const next = numbers(seed);
  const size = 2 + Math.floor(next() * 7);
  const edges: [number, number][] = [];
  for (let a = 0; a < size; a++) {
    for (let b = 0; b < size; b++) if (a !== b && next() < 0.28) edges.push([a, b]);
  }
  const graph = graphOf(size, edges);
  const some = <T>(items: readonly T[], share: number): T[] => items.filter(() => next() < share);
  const steps = graph.nodes.flatMap((node) => node.out);
  const sources = some(graph.nodes, 0.3);
  return {
    graph,
    sources,
    targets: some(graph.nodes, 0.3),
    way: new Set(some(graph.nodes, 0.4)),
    closedNodes: new Set(some(graph.nodes, 0.1)),
    closedSteps: new Set(some(steps, 0.1)),
    placeNodes: new Set(some(graph.nodes, 0.5)),
    placeSteps: new Set(some(steps, 0.3)),
  };
}

const openOf = ({ closedNodes, closedSteps }: Case): Open => ({
  node: (node) => !closedNodes.has(node),
  step: (step) => !closedSteps.has(step),
});

/** Every open walk from `from` to `to` in which no (node, seen) repeats, shortest first, as lists of ids. */
function walks(one: Case, from: Node, to: Node, way: ((node: Node) => boolean) | null): string[][] {
  const open = openOf(one);
  const found: string[][] = [];
  const go = (node: Node, seen: boolean, path: Node[], used: Set<string>): void => {
    if (node === to && path.length > 1 && seen) found.push(path.map(({ id }) => id));
    for (const step of node.out) {
      if (!open.step(step) || !open.node(step.to)) continue;
      const now = seen || way === null || way(step.to);
      const state = `${step.to.id} ${now}`;
      if (used.has(state)) continue;
      go(step.to, now, [...path, step.to], new Set([...used, state]));
    }
  };
  const seen = way === null || way(from);
  go(from, seen, [from], new Set([`${from.id} ${seen}`]));
  return found;
}

const CASES = 1500;

describe('attack paths agree with brute force', () => {
  for (const withWaypoint of [false, true]) {
    test(`shortest walks and source sets, ${withWaypoint ? 'with' : 'without'} a waypoint`, () => {
      let compared = 0;
      for (let seed = 1; seed <= CASES; seed++) {
        const one = randomCase(seed);
        const way = withWaypoint ? (node: Node) => one.way.has(node) : null;
        const question: Question = {
          sources: one.sources,
          targets: new Set(one.targets.filter((target) => !one.sources.includes(target))),
          waypoint: way,
          open: openOf(one),
        };
        const found = new Map(routes(one.graph, question).map((route) => [route.target, route]));
        const sets = sourceSets(question);
        for (const target of question.targets) {
          const all = one.sources.flatMap((source) => walks(one, source, target, way));
          const best = all.sort((a, b) => a.length - b.length || (a.join() < b.join() ? -1 : 1))[0];
          const steps = found.get(target)?.steps;
          const ids = steps ? [steps[0]!.from.id, ...steps.map((step) => step.to.id)] : undefined;
          expect(ids?.length, `seed ${seed}`).toBe(best?.length);
          if (!withWaypoint) expect(ids, `seed ${seed}`).toEqual(best);
          const reaching = one.sources.filter((source) => walks(one, source, target, way).length > 0);
          expect(sets.get(target), `seed ${seed}`).toEqual(reaching);
          compared += reaching.length;
        }
      }
      expect(compared).toBeGreaterThan(CASES / 2);
    });
  }

  test('cuts are as small as the smallest, close everything, and prove themselves', () => {
    let places = 0;
    for (let seed = 1; seed <= CASES; seed++) {
      const one = randomCase(seed);
      const open = openOf(one);
      const isPlace = {
        node: (node: Node) => one.placeNodes.has(node) && open.node(node),
        step: (step: Step) => one.placeSteps.has(step) && open.step(step),
      };
      const targets = one.targets.filter((target) => !one.sources.includes(target));
      const cut = cheapestCut({ sources: one.sources, targets, open, places: isPlace });
      const wanted = targets.filter((target) => !cut.beyond.includes(target));
      expect(closes(one, open, cut.places, wanted), `seed ${seed} closes`).toBe(true);
      expect(cut.proof.length, `seed ${seed} proof`).toBe(cut.places.length);
      expect(smallest(one, open, isPlace, wanted), `seed ${seed} smallest`).toBe(cut.places.length);
      for (const target of cut.beyond) {
        expect(closes(one, open, allPlaces(one, isPlace), [target]), `seed ${seed} beyond`).toBe(false);
      }
      places += cut.places.length;
    }
    expect(places).toBeGreaterThan(CASES / 4);
  });
});

const allPlaces = (
  one: Case,
  isPlace: { node: (n: Node) => boolean; step: (s: Step) => boolean },
): Place[] => [
  ...one.graph.nodes
    .filter((node) => isPlace.node(node) && !one.sources.includes(node))
    .map((node) => ({ node })),
  ...one.graph.nodes.flatMap((node) => node.out.filter(isPlace.step).map((step) => ({ step }))),
];

function closes(one: Case, open: Open, places: readonly Place[], targets: readonly Node[]): boolean {
  const nodes = new Set(places.flatMap((place) => ('node' in place ? [place.node] : [])));
  const steps = new Set(places.flatMap((place) => ('step' in place ? [place.step] : [])));
  const left = reach(one.sources, {
    node: (node) => open.node(node) && !nodes.has(node),
    step: (step) => open.step(step) && !steps.has(step),
  });
  return targets.every((target) => !left.has(target));
}

/** Size of the smallest set of places that closes all targets, by trying sets in order of size. */
function smallest(
  one: Case,
  open: Open,
  isPlace: { node: (n: Node) => boolean; step: (s: Step) => boolean },
  targets: readonly Node[],
): number {
  const all = allPlaces(one, isPlace);
  const pick = (from: number, size: number, chosen: Place[]): boolean => {
    if (size === 0) return closes(one, open, chosen, targets);
    for (let i = from; i <= all.length - size; i++)
      if (pick(i + 1, size - 1, [...chosen, all[i]!])) return true;
    return false;
  };
  for (let size = 0; ; size++) if (pick(0, size, [])) return size;
}
