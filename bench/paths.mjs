import { fromSource } from '../scripts/build/source.mjs';
import { GRAPHS } from './graphs.mjs';
import { interleaved } from './measure.mjs';

/** How many times the planned multiple of the search on the same graph may be reached. */
const SLACK = 2;

/**
 * What it costs, for one path rule, to say who can start (`sourceSets`) and what to close (`cheapestCut`), each against
 * the search for the paths themselves (`routes`) on the same graph. Everything is open, and a control may stand anywhere
 * but at the start.
 */
export async function paths() {
  const { routes, sourceSets, cheapestCut } = await fromSource('paths-entry');
  const open = { node: () => true, step: () => true };
  return GRAPHS.flatMap(({ name, planned, rounds, make }) => {
    const { graph, sources, targets } = make();
    const question = { sources, targets: new Set(targets), waypoint: null, open };
    const [search, sets, cut] = interleaved(rounds, 3, [
      timed(() => routes(graph, question)),
      timed(() => sourceSets(question)),
      timed(() => cheapestCut({ sources, targets, open, places: open })),
    ]);
    const bound = (time) => (SLACK * time) / planned.search;
    return [
      { what: `source sets / search, ${name}`, measured: sets, against: search, bound: bound(planned.sets) },
      { what: `cheapest cut / search, ${name}`, measured: cut, against: search, bound: bound(planned.cut) },
    ];
  });
}

/** Milliseconds that one call takes. */
const timed = (run) => () => {
  const started = performance.now();
  run();
  return performance.now() - started;
};
