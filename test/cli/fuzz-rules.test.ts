import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'vitest';
import { folder, HOME, maestro } from '../support/cli.ts';
import { MUTATED, mutantsOf } from '../support/mutants.ts';
import { tryRule, WHOLE } from '../support/trial.ts';
import { tryMutants } from '../support/try-mutants.ts';

// A file of its own, so that it runs beside test/cli/fuzz.test.ts.
test('no change of a rule file crashes it', async () => {
  const cwd = folder({ [WHOLE]: readFileSync(join(HOME, 'test/golden', WHOLE)) });
  const mutants = mutantsOf(HOME);
  await tryMutants((seed) => {
    writeFileSync(join(cwd, `${MUTATED}.yaml`), mutants.rule(seed));
    return tryRule((argv) => maestro(cwd, argv), seed);
  });
});
