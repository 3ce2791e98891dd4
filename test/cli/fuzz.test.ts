import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { folder, maestro } from '../support/cli.ts';
import { DESCRIPTIONS } from '../support/descriptions.ts';
import { Random } from '../support/random.ts';

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
}, 30_000);

/** One to four small changes, as a slip of the hand or a bad merge makes them. */
function mutated(text: string, random: Random): string {
  let lines = text.split('\n');
  for (let n = random.next(4); n >= 0; n--) {
    const i = random.next(lines.length);
    const line = lines[i]!;
    const at = random.next(line.length + 1);
    const changes: (() => void)[] = [
      () => lines.splice(i, 1),
      () => lines.splice(random.next(lines.length), 0, line),
      () => lines.splice(i, 1, line.slice(0, at) + line.slice(at + 1)),
      () =>
        lines.splice(i, 1, line.slice(0, at) + random.pick([...'{}[],:"\'&*!|>%@#-?\t ~']) + line.slice(at)),
      () => lines.splice(i, 1, ` ${line}`),
      () =>
        lines.splice(
          i,
          1,
          line.replace(
            /: .*/,
            random.pick([': null', ': []', ': {}', ': true', ': 7', ': [[]]', ': { a: b }', ':']),
          ),
        ),
      () =>
        lines.splice(
          i,
          1,
          line.replace(/[a-z_]+/, random.pick(['constructor', 'x-y', 'id', '1', 'intake', 'tools', '<<'])),
        ),
      () => {
        lines = lines.slice(0, Math.max(1, i));
      },
      () => {
        lines = random.shuffled(lines);
      },
    ];
    random.pick(changes.slice(0, random.next(10) === 0 ? changes.length : -2))();
  }
  return lines.join('\n');
}

test('no change of a description crashes it', async () => {
  const cwd = folder({});
  await fc.assert(
    fc.asyncProperty(fc.nat(), fc.nat(DESCRIPTIONS.length - 1), (seed, i) =>
      survives(cwd, mutated(DESCRIPTIONS[i]!.text, new Random(seed))),
    ),
    { numRuns: 300 },
  );
}, 60_000);
