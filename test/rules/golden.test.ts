import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { header } from '../../src/rules/rule-tests.ts';
import { folder, maestro } from '../support/cli.ts';
import { ruleFiles } from '../support/pack.ts';

/** One file a rule: what people see for each of its tests that finds something, with the key each finding points at. */
describe.each(ruleFiles)('$name', ({ name, rule, tests }) => {
  test('points at the key it is about', async () => {
    const failing = tests.filter(({ finds }) => finds.length > 0);
    // The one file that a test of a rule wants to be there.
    const cwd = folder({ 'plan.md': 'Attack it once a quarter.\n' });
    const pages: string[] = [];
    for (const { name: what, model, finds } of failing) {
      writeFileSync(join(cwd, 'maestro.yaml'), header(model));
      const { stdout } = await maestro(cwd, ['lint', '--rule', name, '--as-of', '2026-01-01']);
      expect(stdout.match(new RegExp(`\\[${rule!.id}\\]`, 'g'))?.length, what).toBe(finds.length);
      pages.push(`# ${what}\n\n${stdout}`);
    }
    await expect(pages.join('\n')).toMatchFileSnapshot(`../golden/rules/${name}.txt`);
  });
});
