import { installTools } from './install.mjs';
import { removeFolders } from './support.mjs';

// The explicit list of checks: what the product does in the hands of other people's tools. None is ever skipped.
const CHECKS = [
  './checks/sarif-schema.mjs',
  './checks/sarif-multitool.mjs',
  './checks/sarif-own.mjs',
  './checks/mutations.mjs',
  './checks/mutated-configs.mjs',
  './checks/properties.mjs',
  './checks/node-versions.mjs',
  './checks/surroundings.mjs',
  './checks/no-network.mjs',
  './checks/editor.mjs',
  './checks/mermaid.mjs',
  './checks/formats.mjs',
  './checks/graphviz.mjs',
  './checks/svg.mjs',
  './checks/action.mjs',
  './checks/workflows.mjs',
  './checks/github-openapi.mjs',
  './checks/pre-commit.mjs',
  './checks/package.mjs',
  './checks/fresh-clone.mjs',
];

const wanted = process.argv[2] ?? '';
let passed = 0;
let failed = 0;

installTools();
for (const path of CHECKS.filter((each) => each.includes(wanted))) {
  const { checks } = await import(path);
  for (const { name, run } of checks) {
    const started = performance.now();
    try {
      await run();
      passed++;
      console.log(`ok   ${name} (${seconds(started)})`);
    } catch (error) {
      failed++;
      console.log(
        `FAIL ${name} (${seconds(started)})\n     ${String(error.message).replaceAll('\n', '\n     ')}`,
      );
    }
  }
}
removeFolders();
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;

function seconds(started) {
  return `${((performance.now() - started) / 1000).toFixed(1)} s`;
}
