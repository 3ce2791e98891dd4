/** What the pages are made with: the program as it runs, so that they show what it really says. */

export { frameworks, threats } from '../../build/catalogue.js';
export { main } from '../../src/cli/main.ts';
export { LAYERS } from '../../src/finding/severity.ts';
export { loadText } from '../../src/model/load.ts';
export { writeEdit } from '../../src/model/write-yaml.ts';
export { readYaml } from '../../src/model/yaml.ts';
export { markdownProse } from '../../src/report/escape.ts';
export { checkControls } from '../../src/rules/check-controls.ts';
export { evaluate } from '../../src/rules/evaluate.ts';
export { loadRule } from '../../src/rules/load.ts';
export { builtInPack } from '../../src/rules/pack.ts';
export { mapExpressions } from '../../src/rules/rule.ts';
export { contextOf, header, runRuleTests } from '../../src/rules/rule-tests.ts';
