/** What the build needs of the program itself; bundled, because Node 20 does not run TypeScript. */

export { readCriteria } from '../../src/rules/criteria.ts';
export { packSource } from '../../src/rules/pack-source.ts';
export { readFrameworks, readThreats } from '../../src/rules/threats.ts';
