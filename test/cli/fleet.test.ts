import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FORMATS } from '../../src/cli/output.ts';
import { split } from '../../src/cli/shard.ts';
import { folder, maestro, trader } from '../support/cli.ts';
import { runs } from '../support/runs.ts';

const FLAGS = ['--as-of', '2026-06-01', '--profile', 'strict'];

/** A system with an attack path, a comment that ignores, and waivers: one in use, one of no use. */
const path = (name: string, include = '') => `maestro: 1
system: { name: ${name} }
${include}
boundaries: { internet: { trust: untrusted } }
actors: { stranger: { kind: content, boundary: internet } }
data: { inbox: { kind: files, boundary: internet } }
agents:
  # maestro: ignore[run-unbounded] it is stopped by hand
  helper: { autonomy: autonomous, reads: inbox, serves: stranger, tools: { runner: { actions: [run] } } }
tools: { runner: { kind: code-interpreter, actions: { run: { effect: execute } } } }
waivers:
  - { rule: kill-switch-missing, component: helper, reason: it is being built, owner: team }
  - { rule: audit-trail-missing, component: inbox, reason: of no use, owner: team }
`;
const PIECE =
  'models: { m: { provider: acme, hosting: vendor } }\nagents: { shared: { autonomy: autonomous, models: m } }\n';

type Kind = 'trader' | 'path' | 'includes' | 'broken' | 'foreign';
const content: Record<Kind, (i: number) => string> = {
  trader: (i) => trader(`desk-${i}`),
  path: (i) => path(`path-${i}`),
  includes: (i) => path(`whole-${i}`, 'include: [../common/piece.maestro.yaml]'),
  broken: () => 'maestro: 1\nsystem: { name: }\nagents: { a: { autonomi: x }, b: 3 }\n',
  foreign: () => 'kind: something else\n',
};

function fleet(kinds: readonly Kind[], around: Readonly<Record<string, string>> = {}): string {
  const files = kinds.map((kind, i) => [`s${i}/maestro.yaml`, content[kind](i)]);
  const piece = kinds.includes('includes') ? { 'common/piece.maestro.yaml': PIECE } : {};
  return folder({ ...Object.fromEntries(files), ...piece, ...around });
}

async function parts(cwd: string, of: number, ...flags: string[]) {
  const codes: number[] = [];
  for (let index = 1; index <= of; index++) {
    const argv = [
      'lint',
      '--shard',
      `${index}/${of}`,
      '-f',
      'json',
      '-o',
      `parts/${index}.json`,
      ...FLAGS,
      ...flags,
    ];
    const { code, stderr } = await maestro(cwd, argv);
    expect(stderr).toMatch(/^$|this part is empty/);
    codes.push(code);
  }
  return codes;
}

const names = (of: number) => Array.from({ length: of }, (_, i) => `parts/${i + 1}.json`);

describe('the parts put together say what one lint says, byte for byte', () => {
  const check = async (cwd: string, of: number, order: readonly string[]) => {
    await parts(cwd, of);
    for (const format of FORMATS) {
      const whole = await maestro(cwd, ['lint', '-f', format, ...FLAGS]);
      const merged = await maestro(cwd, ['merge', ...order, '-f', format]);
      expect(merged.stderr).toBe('');
      expect(merged.stdout, format).toBe(whole.stdout);
      expect(merged.code, format).toBe(whole.code);
    }
  };

  test('of any systems, in any number of parts and any order', async () => {
    const kinds = fc.array(fc.constantFrom<Kind>('trader', 'path', 'includes', 'broken', 'foreign'), {
      minLength: 1,
      maxLength: 6,
    });
    await fc.assert(
      fc.asyncProperty(kinds, fc.integer({ min: 1, max: 4 }), fc.nat(23), async (some, of, turn) => {
        fc.pre(some.some((kind) => kind !== 'foreign'));
        const order = names(of);
        for (let i = 0; i < turn; i++) order.splice(i % of, 0, order.pop()!);
        await check(fleet(some), of, order);
      }),
      { numRuns: runs(24) },
    );
  });

  test('with a file of waivers and a baseline', async () => {
    const kinds: Kind[] = ['trader', 'path', 'includes', 'path', 'trader', 'includes', 'trader'];
    const cwd = fleet(kinds, {
      'maestro.waivers.yaml': `waivers: 1
accepted:
  - { system: desk-0, rule: kill-switch-missing, component: trader, reason: tried out, owner: team }
  - { system: desk-4, rule: kill-switch-missing, component: nobody, reason: tried out, owner: team }
`,
    });
    expect((await maestro(cwd, ['baseline', 'create', ...FLAGS])).code).toBe(0);
    const file = join(cwd, 'maestro.baseline.json');
    const baseline = JSON.parse(readFileSync(file, 'utf8'));
    expect(baseline.entries?.length ?? baseline.findings?.length).toBeGreaterThan(3);
    // A system that gets better leaves entries behind; so do two, in two parts.
    for (const i of [1, 3])
      writeFileSync(join(cwd, `s${i}/maestro.yaml`), content.trader(i).replace(`desk-${i}`, `path-${i}`));
    await check(cwd, 3, names(3));
  });
});

describe('a part', () => {
  test('without anything to lint is no failure when others have some, and nothing at all is none either', async () => {
    const cwd = fleet(['trader']);
    const codes = await parts(cwd, 3, '--fail-on', 'never');
    expect(codes).toEqual([0, 0, 0]);
    expect((await maestro(cwd, ['merge', ...names(3)])).code).toBe(0);
    const empty = folder({});
    const { code } = await maestro(empty, ['lint', '--shard', '1/2', '-f', 'json', '-o', 'parts/1.json']);
    expect(code).toBe(3);
    await maestro(empty, ['lint', '--shard', '2/2', '-f', 'json', '-o', 'parts/2.json']);
    expect((await maestro(empty, ['merge', ...names(2)])).code).toBe(3);
    expect((await maestro(empty, ['merge', ...names(2), '--allow-empty'])).code).toBe(0);
  });

  test('fails as it would alone', async () => {
    const cwd = fleet(['trader']);
    expect((await parts(cwd, 2)).sort()).toEqual([0, 1]);
  });

  test('needs a number within', async () => {
    const cwd = fleet(['trader']);
    for (const shard of ['0/2', '3/2', '1', 'a/b', '1/0', '1/99999', '-1/2', '1.5/2'])
      expect((await maestro(cwd, ['lint', '--shard', shard])).code, shard).toBe(2);
    for (const flag of [['--base', 'HEAD'], ['--staged']])
      expect((await maestro(cwd, ['lint', '--shard', '1/2', ...flag])).stderr).toContain(
        'do not go together',
      );
  });

  test('keeps its files when others come or go, and all parts have each file once', () => {
    const file = (name: string) => ({ name, path: name, named: false });
    const someNames = fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(someNames, fc.integer({ min: 1, max: 9 }), (all, of) => {
        const files = all.map(file);
        const mine = (some: typeof files) =>
          Array.from({ length: of }, (_, i) =>
            split(some, { index: i + 1, of }).mine.map(({ name }) => name),
          );
        const whole = mine(files);
        expect(whole.flat().sort()).toEqual([...all].sort());
        const fewer = files.filter((_, i) => i % 3 !== 0);
        const isLeft = (name: string) => fewer.some((each) => each.name === name);
        for (const [i, part] of mine(fewer).entries()) expect(part).toEqual(whole[i]!.filter(isLeft));
      }),
    );
  });

  test('parts are of much the same size', () => {
    const files = Array.from({ length: 4000 }, (_, i) => ({
      name: `team-${i % 7}/s${i}/maestro.yaml`,
      path: '',
      named: false,
    }));
    for (let index = 1; index <= 8; index++) {
      const { length } = split(files, { index, of: 8 }).mine;
      expect(length).toBeGreaterThan(425);
      expect(length).toBeLessThan(575);
    }
  });
});

describe('parts that are no whole', () => {
  const merged = async (cwd: string, reports: readonly string[]) => {
    const { code, stdout } = await maestro(cwd, ['merge', ...reports, '-f', 'json', '--fail-on', 'never']);
    const { complete, errors } = JSON.parse(stdout);
    return { code, complete, codes: errors.map((error: { code: string }) => error.code) };
  };

  test('one is missing, one is there twice', async () => {
    const cwd = fleet(['trader', 'path', 'trader']);
    await parts(cwd, 3);
    expect(await merged(cwd, names(3))).toEqual({ code: 0, complete: true, codes: [] });
    expect(await merged(cwd, names(2))).toEqual({ code: 2, complete: false, codes: ['parts-missing'] });
    const twice = await merged(cwd, [...names(3), 'parts/1.json']);
    expect(twice.code).toBe(2);
    expect(twice.codes).toContain('parts-twice');
    for (const format of FORMATS) {
      const { code, stdout } = await maestro(cwd, ['merge', ...names(2), '-f', format]);
      expect(code, format).toBe(2);
      expect(stdout, format).toContain('Parts are missing: 3/3');
    }
  });

  test('they were split otherwise, or by other rules, or two have a system of one name', async () => {
    const cwd = fleet(Array(8).fill('trader'));
    await parts(cwd, 2);
    const other = folder({ 's9/maestro.yaml': trader('desk-0') });
    mkdirSync(join(cwd, 'other'));
    await maestro(other, ['lint', '--shard', '1/1', '-f', 'json', '-o', join(cwd, 'other/1.json'), ...FLAGS]);
    const { code, codes } = await merged(cwd, [...names(2), 'other/1.json']);
    expect(code).toBe(2);
    expect(codes).toEqual(expect.arrayContaining(['parts-split', 'duplicate-system']));
    writeFileSync(join(cwd, 'maestro.config.yaml'), 'config: 1\nrules: { kill-switch-missing: low }\n');
    await maestro(cwd, ['lint', '--shard', '2/2', '-f', 'json', '-o', 'parts/2.json', ...FLAGS]);
    expect(await merged(cwd, names(2))).toEqual({ code: 2, complete: false, codes: ['parts-rules'] });
  });

  test('a part that could not read everything makes the whole incomplete', async () => {
    const cwd = fleet(['trader', 'broken']);
    await parts(cwd, 2, '--fail-on', 'never');
    expect(await merged(cwd, names(2))).toMatchObject({ code: 2, complete: false });
  });

  test('the strictest part decides, unless the command line does', async () => {
    const cwd = fleet(['trader']);
    await parts(cwd, 2, '--fail-on', 'never');
    expect((await maestro(cwd, ['merge', ...names(2)])).code).toBe(0);
    expect((await maestro(cwd, ['merge', ...names(2), '--fail-on', 'low'])).code).toBe(1);
    await maestro(cwd, [
      'lint',
      '--shard',
      '1/2',
      '-f',
      'json',
      '-o',
      'parts/1.json',
      ...FLAGS,
      '--fail-on',
      'low',
    ]);
    expect((await maestro(cwd, ['merge', ...names(2)])).code).toBe(1);
  });
});

describe('what is no part', () => {
  test('is refused with the file and the reason', async () => {
    const cwd = fleet(['trader']);
    await maestro(cwd, ['lint', '-f', 'json', '-o', 'whole.json']);
    writeFileSync(join(cwd, 'text.json'), 'no json');
    writeFileSync(join(cwd, 'bytes.json'), Buffer.from([0xff, 0xfe, 0x00]));
    for (const [file, why] of [
      ['whole.json', 'it has no `part`'],
      ['text.json', 'it is not JSON'],
      ['bytes.json', 'it is not JSON'],
      ['gone.json', 'cannot be read'],
      ['s0', 'cannot be read'],
    ] as const) {
      const { code, stdout, stderr } = await maestro(cwd, ['merge', file]);
      expect({ code, stdout }, file).toEqual({ code: 2, stdout: '' });
      expect(stderr, file).toContain(why);
    }
  });

  test('any value in any place is read or refused, and never a bug', async () => {
    const cwd = fleet(['path']);
    await parts(cwd, 1);
    const good = readFileSync(join(cwd, 'parts/1.json'), 'utf8');
    const places: (readonly (string | number)[])[] = [];
    const walk = (value: unknown, at: (string | number)[]) => {
      places.push(at);
      if (typeof value !== 'object' || value === null) return;
      const inner = Array.isArray(value) ? [...value.slice(0, 2).entries()] : Object.entries(value);
      for (const [key, each] of inner) walk(each, [...at, key]);
    };
    walk(JSON.parse(good).part, ['part']);
    const wrong = [null, 0, -1, 1.5, '', 'x', [], {}, [null], true, { __proto__: 1 }, '\u001b[31m'];
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...places), fc.constantFrom(...wrong), async (place, value) => {
        const report = JSON.parse(good);
        let at = report;
        for (const key of place.slice(0, -1)) at = at[key];
        at[place.at(-1)!] = value;
        writeFileSync(join(cwd, 'odd.json'), JSON.stringify(report));
        for (const format of ['text', 'sarif', 'markdown']) {
          const { code, stdout } = await maestro(cwd, ['merge', 'odd.json', '-f', format]);
          expect([0, 1, 2, 3], JSON.stringify([place, value])).toContain(code);
          expect(stdout).not.toContain('\u001b');
        }
      }),
      { numRuns: runs(600) },
    );
  });
});
