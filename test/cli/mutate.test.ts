import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { mutationText } from '../../src/report/mutation-text.ts';
import { OPERATORS } from '../../src/rules/mutate/operators.ts';
import { folder, HOME, maestro } from '../support/cli.ts';
import { report } from '../support/mutation-reports.ts';

const GOLDEN = join(HOME, 'test/golden/mutate');
/** Characters that nobody sees and terminals act on; only the end of a line is printed as it is. */
const HIDDEN = /[\0-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/;
const schema = JSON.parse(readFileSync(join(HOME, 'schemas/mutation-1.schema.json'), 'utf8'));
const isValid = new Ajv({ strict: false }).compile(schema);

interface Report {
  readonly systems: readonly {
    readonly file: string;
    readonly counted: number;
    readonly noticed: number;
    readonly equivalent: number;
    readonly mistakes: readonly unknown[];
    readonly kill_rate: number;
    readonly operators: readonly {
      readonly id: string;
      readonly counted: number;
      readonly noticed: number;
    }[];
    readonly mutants: readonly {
      readonly change: string;
      readonly outcome: string;
      readonly by: readonly string[];
    }[];
  }[];
  readonly summary: { readonly counted: number };
}

const run = async (cwd: string, ...argv: string[]) => {
  const ended = await maestro(cwd, ['test', '--mutate', '--format', 'json', ...argv]);
  const said = JSON.parse(ended.stdout) as Report;
  expect(isValid(said), JSON.stringify(isValid.errors)).toBe(true);
  return { ...ended, said };
};

const STOPPABLE = `maestro: 1
system: { name: stoppable }
agents: { a: { autonomy: bounded, controls: { kill_switch: true, ai_disclosure: true } } }
`;
/** Takes away what nothing asks for, with what is asked for as its partner: that proves nothing. */
const EMPTY_CLAIM = `equivalents: 1
changes:
  - { change: control-removed, on: a, key: controls.ai_disclosure, with: [{ change: control-removed, on: a, key: controls.kill_switch }], reason: x }
`;

describe('maestro test --mutate', () => {
  test('every operator is at work, and changes to what rules ask for are noticed', async () => {
    const { code, said } = await run(GOLDEN, 'payments.maestro.yaml');
    expect(code).toBe(1);
    const [system] = said.systems;
    expect(system!.operators.map(({ id }) => id)).toEqual(OPERATORS.map(({ id }) => id));
    expect(system!.operators.filter(({ counted }) => counted === 0)).toEqual([]);
    const noticed = (change: string) =>
      system!.mutants.filter((each) => each.change === change && each.outcome === 'noticed').length;
    expect(noticed('evidence-missing')).toBe(2);
    expect(noticed('token-forwarded')).toBe(1);
    expect(noticed('identity-shared')).toBe(2);
    expect(system!.kill_rate).toBe(Math.floor((system!.noticed / system!.counted) * 10_000) / 10_000);
  });

  test('the text lists every change that nobody noticed, and the kill rate', async () => {
    const text = mutationText(report(), { color: 0, width: 100, wrap: false, links: false });
    await expect(text).toMatchFileSnapshot(join(GOLDEN, 'report.txt'));
  });

  test('noticed: exit 0; not noticed: exit 1; nothing there: exit 3; not a description: exit 2', async () => {
    const strict = STOPPABLE.replace(', ai_disclosure: true', '');
    const cwd = folder({
      'strict.maestro.yaml': strict,
      'loose.maestro.yaml': STOPPABLE.replace('stoppable', 'loose').replace(
        'time_limit: 5m',
        'ai_disclosure: true',
      ),
      'bare/maestro.yaml': 'maestro: 1\nsystem: { name: bare }\nagents: { a: { autonomy: suggest } }\n',
      'broken/maestro.yaml': 'maestro: 1\nsystem: { name: broken }\nagents: { a: { rol: worker } }\n',
    });
    expect(await run(cwd, 'strict.maestro.yaml')).toMatchObject({
      code: 0,
      said: { summary: { noticed: 1 } },
    });
    expect(await run(cwd, 'loose.maestro.yaml')).toMatchObject({
      code: 1,
      said: { summary: { survived: 1 } },
    });
    expect(await run(cwd, 'bare')).toMatchObject({ code: 3, said: { summary: { counted: 0 } } });
    expect(await run(cwd, 'broken')).toMatchObject({ code: 2, said: { complete: false } });
    expect(await run(cwd, 'nowhere')).toMatchObject({ code: 2 });
  });

  test('fewer rules notice less', async () => {
    const cwd = folder({ 'maestro.yaml': STOPPABLE.replace(', ai_disclosure: true', '') });
    expect((await run(cwd, '--profile', 'essential')).code).toBe(1);
    expect((await run(cwd, '--profile', 'recommended')).code).toBe(0);
  });

  test('included files are weakened with the file that includes them, and evidence is looked up from there', async () => {
    const cwd = folder({
      'maestro.yaml': 'maestro: 1\nsystem: { name: split }\ninclude: [parts/*.yaml]\n',
      'parts/a.yaml':
        'agents: { a: { autonomy: bounded, controls: { kill_switch: { evidence: stop.md } } } }\n',
      'parts/stop.md': 'stop',
    });
    const { code, said } = await run(cwd);
    expect(code).toBe(0);
    expect(said.systems[0]!.mutants).toMatchObject([
      { change: 'control-removed', by: ['kill-switch-missing'], location: { file: 'parts/a.yaml', line: 1 } },
      { change: 'evidence-missing', by: ['evidence-missing'] },
    ]);
  });

  test('an entry that does not hold is told at its line', async () => {
    const cwd = folder({ 'maestro.yaml': STOPPABLE, 'maestro.equivalents.yaml': EMPTY_CLAIM });
    const { code, stdout } = await maestro(cwd, ['test', '--mutate', 'maestro.yaml']);
    expect(code).toBe(1);
    expect(stdout).toContain(
      'error[equivalent] control-removed a controls.ai_disclosure is not noticed either',
    );
    expect(stdout).toContain('maestro.equivalents.yaml:3:');
    expect(stdout).toContain('survived[control-removed] a: ai_disclosure: true removed');
  });

  test('a list that cannot be read is told, and not passed over', async () => {
    for (const [text, code] of [
      ['equivalents: 1\nchanges: [{ change: x }]\n', 'missing-key'],
      ['equivalents: 2\nchanges: []\n', 'unknown-word'],
      ['equivalents: [1\n', 'yaml-syntax'],
    ]) {
      const cwd = folder({ 'maestro.yaml': STOPPABLE, 'maestro.equivalents.yaml': text! });
      const ended = await run(cwd);
      expect(ended.code).toBe(2);
      expect((ended.said as unknown as { errors: { code: string }[] }).errors[0]!.code, text).toBe(code);
    }
  });

  test('names are hostile input', async () => {
    const evil = '\\u001b[31m\\u202e{{ x }}';
    const secret = `ghp_${'a1B2'.repeat(9)}`;
    const cwd = folder({
      'maestro.yaml': `maestro: 1
system: { name: "s${evil}" }
agents:
  hasOwnProperty: { autonomy: bounded, controls: { kill_switch: { evidence: "${evil}" } }, identity: { principal: "${secret}" } }
  constructor: { identity: { principal: "p${evil}" }, tools: { toString: { limits: { rate: 1/s, x-y: 2 }, allow: { scope: ["${evil}"] } } } }
tools: { toString: { version: "${evil}", actions: { valueOf: { effect: pay }, isPrototypeOf: { effect: send } } } }
`,
      'maestro.equivalents.yaml': `equivalents: 1
changes: [{ change: control-removed, on: ["${evil}"], key: "${evil}", with: [{ change: y, key: "${evil}" }], reason: "${evil}" }]
`,
    });
    const { code, stdout } = await maestro(cwd, ['test', '--mutate', 'maestro.yaml']);
    expect(code).toBe(1);
    expect(stdout).not.toMatch(HIDDEN);
    expect(stdout).not.toContain(secret);
    const { stdout: json } = await run(cwd);
    expect(json).not.toContain(secret);
  });

  test('tests of rules take none of its options', async () => {
    const ended = await maestro(folder({}), ['test', '--format', 'json']);
    expect(ended).toMatchObject({ code: 2, stdout: '' });
    expect(ended.stderr).toContain('--mutate');
  });
});

describe('hardened examples', () => {
  const examples = readdirSync(join(HOME, 'examples')).filter((name) => name !== 'workflows');

  test.each(examples)(
    '%s: of at least 60 changes all are noticed but one in twenty, for which a partner stands in',
    async (name) => {
      const { code, said } = await run(HOME, `examples/${name}/hardened.maestro.yaml`);
      const { counted, equivalent, mistakes, mutants } = said.systems[0]!;
      const open = mutants.filter(({ outcome }) => !['noticed', 'equivalent', 'refused'].includes(outcome));
      expect(open).toEqual([]);
      expect(mistakes).toEqual([]);
      expect(counted).toBeGreaterThanOrEqual(60);
      expect(equivalent / counted).toBeLessThanOrEqual(0.05);
      expect(code).toBe(0);
    },
  );
});
