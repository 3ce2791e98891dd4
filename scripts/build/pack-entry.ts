/** What the build needs of the program itself; bundled, because Node 20 does not run TypeScript. */
export { packSource } from '../../src/rules/pack-source.ts';
export { readFrameworks, readThreats } from '../../src/rules/threats.ts';
