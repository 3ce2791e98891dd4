// What test/tools/mutation-worker.mjs takes from here in one bundle: Node 20 does not run TypeScript.
export { mcpConfig } from '../../src/discover/mcp-config.ts';
export { CONFIGS } from '../discover/samples.ts';
export { MUTATED, mutantsOf } from './mutants.ts';
export { mutatedConfig, wrongWith } from './mutate-config.ts';
export { STAGES, tryDescription, tryRule, WHOLE } from './trial.ts';
