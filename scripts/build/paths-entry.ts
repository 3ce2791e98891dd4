/** What bench/paths.mjs measures. */

export { cheapestCut } from '../../src/rules/cut.ts';
export { routes, sourceSets } from '../../src/rules/search.ts';
