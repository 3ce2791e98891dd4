import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readYaml } from '../../src/model/yaml.ts';
import { folder, HOME, maestro } from '../support/cli.ts';
import { DESCRIPTIONS } from '../support/descriptions.ts';
import { mutantsOf } from '../support/mutants.ts';
import { parseTree, writeTree } from '../support/tree.ts';
import { tryDescription } from '../support/trial.ts';
import { tryMutants } from '../support/try-mutants.ts';

const NO_CRASH = [0, 1, 2, 3];

async function survives(cwd: string, content: string | Uint8Array): Promise<void> {
  writeFileSync(join(cwd, 'maestro.yaml'), content);
  const { code, stdout, stderr } = await maestro(cwd, ['-f', 'json', '--profile', 'strict', 'maestro.yaml']);
  const shown = typeof content === 'string' ? content : Buffer.from(content).toString('hex');
  expect(NO_CRASH, `${shown}\n${stderr}`).toContain(code);
  const report = JSON.parse(stdout);
  expect(report.complete, shown).toBe(code !== 2);
}

test('no bytes crash it', async () => {
  const cwd = folder({});
  const bytes = fc.uint8Array({ maxLength: 200 });
  const yamlish = fc
    .array(
      fc.constantFrom(
        ...[
          'maestro: 1\n',
          'system:',
          'agents:',
          ' ',
          '  ',
          '\n',
          '\t',
          '- ',
          '? ',
          ': ',
          '{',
          '}',
          '[',
          ']',
          ',',
          '"',
          "'",
        ],
        ...[
          '&a',
          '*a',
          '<<: *a',
          '!!str',
          '!x',
          '|',
          '>-',
          '#',
          '---\n',
          '...\n',
          '%YAML 1.2\n',
          '@',
          '`',
          'null',
          '~',
          '0x1',
        ],
        ...[
          'a',
          'b',
          'x-',
          '__proto__',
          'constructor',
          '\\',
          '\r\n',
          '\u{1f600}',
          '\ufeff',
          '\u0085',
          '\u2028',
        ],
      ),
      { maxLength: 40 },
    )
    .map((parts) => parts.join(''));
  await fc.assert(
    fc.asyncProperty(fc.oneof(bytes, yamlish, fc.string({ unit: 'binary', maxLength: 100 })), (content) =>
      survives(cwd, content),
    ),
    { numRuns: 300 },
  );
});

test('no change of a description crashes it', async () => {
  const cwd = folder({});
  const mutants = mutantsOf(HOME);
  await tryMutants((seed) => {
    writeFileSync(join(cwd, 'maestro.yaml'), mutants.description(seed));
    return tryDescription((argv) => maestro(cwd, argv), seed);
  });
});

test('what is mutated says the same when it is only written again', () => {
  for (const { name, text } of DESCRIPTIONS) {
    const { data } = readYaml(name, text);
    for (const step of [1, 2, 4]) {
      const written = writeTree(parseTree(text), { step, deepLists: step === 2 });
      expect(readYaml(name, written)).toMatchObject({ data, problems: [] });
    }
  }
});
