import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { maestro, ONE_RULE } from '../support/cli.ts';
import { expectGolden } from '../support/golden.ts';

const CASES = new URL('../golden/bad-input/', import.meta.url).pathname;

test.each(readdirSync(CASES))('%s', async (name) => {
  const result = await maestro(join(CASES, name), ['maestro.yaml', ...ONE_RULE]);
  expectGolden(join(CASES, name, 'output.txt'), result.stdout);
  expect(result).toMatchObject({ code: 2, stderr: '' });
});
