import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DESCRIPTIONS } from '../descriptions.mjs';
import { ensure, folder, maestro } from '../support.mjs';

/** One SARIF report for every set of descriptions: its name, its text and a file that holds it. */
export function sarifReports() {
  const out = folder();
  return DESCRIPTIONS.map(([name, make], i) => {
    const { code, stdout, stderr } = maestro(['lint', '.', '--fail-on', 'never', '--format', 'sarif'], {
      cwd: make(),
    });
    const expected = name.startsWith('invalid') || name.startsWith('good') ? 2 : 0;
    ensure(code === expected, `lint of ${name} ended with ${code}, not ${expected}\n${stderr}`);
    const path = join(out, `${i}.sarif`);
    writeFileSync(path, stdout);
    return { name, path, log: JSON.parse(stdout) };
  });
}

/** A report that is wrong in ways that a validator must see: proves that it looks at all. */
export const WRONG = {
  version: '2.1.0',
  $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
  runs: [
    {
      tool: { driver: { name: 'wrong', rules: [{ id: 'one' }] } },
      results: [
        { ruleId: 'two', ruleIndex: 7, locations: [{ physicalLocation: { region: { endLine: 3 } } }] },
      ],
    },
  ],
};
