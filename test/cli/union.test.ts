import { expect, test } from 'vitest';
import type { DataMap } from '../../src/model/yaml.ts';
import { folder, maestro } from '../support/cli.ts';
import { DESCRIPTIONS } from '../support/descriptions.ts';
import { someSystems } from '../support/lint-data.ts';
import { Random } from '../support/random.ts';

const systems = someSystems(40, 20);
const examples = systems.slice(0, DESCRIPTIONS.length);

/** Every example beside its own double and beside the next one, and others by chance. */
const pairs: [DataMap, DataMap][] = [
  ...examples.flatMap((one, i): [DataMap, DataMap][] => [
    [one.data, one.data],
    [one.data, examples[(i + 1) % examples.length]!.data],
  ]),
  ...Array.from({ length: 10 }, (_, seed): [DataMap, DataMap] => {
    const random = new Random(seed);
    return [random.pick(systems).data, random.pick(systems).data];
  }),
];

/** Two systems cannot share a name. JSON is YAML. */
const named = (data: DataMap, name: string): string =>
  JSON.stringify({ ...data, system: { ...(data['system'] as DataMap), name } });

type Entry = Readonly<Record<string, unknown>>;

interface Report {
  readonly complete: boolean;
  readonly findings: readonly Entry[];
  readonly unknown: readonly Entry[];
  readonly files: readonly Entry[];
}

async function lint(cwd: string, ...files: string[]): Promise<Report> {
  const { stdout } = await maestro(cwd, ['lint', '--format', 'json', '--profile', 'strict', ...files]);
  return JSON.parse(stdout);
}

const inOrder = (entries: readonly Entry[]): string[] => entries.map((entry) => JSON.stringify(entry)).sort();

test('two systems in one run give what each gives alone', async () => {
  let found = 0;
  for (const [one, other] of pairs) {
    const cwd = folder({
      'a.maestro.yaml': named(one, 'one'),
      'b.maestro.yaml': named(other, 'other'),
      'broken.maestro.yaml': 'maestro: 1\nagents: [\n',
    });
    const a = await lint(cwd, 'a.maestro.yaml');
    const b = await lint(cwd, 'b.maestro.yaml');
    const both = await lint(cwd, 'a.maestro.yaml', 'b.maestro.yaml');
    for (const list of ['findings', 'unknown', 'files'] as const)
      expect(inOrder(both[list])).toEqual(inOrder([...a[list], ...b[list]]));
    expect(await lint(cwd, 'b.maestro.yaml', 'a.maestro.yaml')).toEqual(both);
    const broken = await lint(cwd);
    expect(broken).toMatchObject({ complete: false, findings: both.findings, unknown: both.unknown });
    found += both.findings.length;
  }
  expect(found).toBeGreaterThan(100);
});
