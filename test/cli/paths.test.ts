import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { type Data, type DataMap, readYaml } from '../../src/model/yaml.ts';
import { pathsText } from '../../src/report/paths-text.ts';
import { applyEdit } from '../../src/rules/apply.ts';
import { folder, HOME, maestro, trader } from '../support/cli.ts';
import { report } from '../support/paths-reports.ts';

const GOLDEN = join(HOME, 'test/golden/paths');
/** The rules that the descriptions here were written for, so that new ones change nothing. */
const RULES = ['trifecta-across-agents', 'untrusted-input-reaches-code'].flatMap((id) => ['--rule', id]);
const read = (name: string): string => readFileSync(join(GOLDEN, name), 'utf8');
const schema = JSON.parse(readFileSync(join(HOME, 'schemas/paths-1.schema.json'), 'utf8'));
const isValid = new Ajv({ strict: false }).compile(schema);

/** With the rule below, calls can be approved; that the agent reads what strangers write cannot. */
const BEYOND = `maestro: 1
system: { name: beyond }
boundaries: { internet: { trust: untrusted } }
actors: { stranger: { kind: content, boundary: internet } }
agents:
  reader: { reads: [stranger], tools: { mail: { actions: [send] } } }
tools: { mail: { actions: { send: { effect: send }, drop: { effect: delete } } } }
`;

const RULE = `rule: 1
id: strangers-act
title: Strangers act
layer: cross-layer
severity: medium
confidence: low
profile: recommended
since: 0.1.0
threats: []
path:
  from: node.attacker_controlled
  to: node.type == "action" || node.type == "agent"
  stopped_by:
    - { step: [invokes], control: human_approval }
message: "{path.from.id} gets to {path.to.id}"
why: It does.
fix: { say: Stop it, on: edge, edit: { approval: human } }
tests: [{ name: none, model: "agents: {}", finds: [] }]
`;

describe('maestro paths', () => {
  for (const name of ['desk', 'crossing']) {
    test(`${name}: the paths, and what closes all of them`, async () => {
      const { code, stdout, stderr } = await maestro(GOLDEN, ['paths', `${name}.maestro.yaml`, ...RULES]);
      expect([code, stderr]).toEqual([1, '']);
      await expect(stdout).toMatchFileSnapshot(join(GOLDEN, `${name}.txt`));
    });

    test(`${name}: for programs`, async () => {
      const argv = ['paths', `${name}.maestro.yaml`, '--format', 'json', '--fail-on', 'never', ...RULES];
      const { code, stdout } = await maestro(GOLDEN, argv);
      expect(code).toBe(0);
      await expect(stdout).toMatchFileSnapshot(join(GOLDEN, `${name}.json`));
      expect(isValid(JSON.parse(stdout)), JSON.stringify(isValid.errors)).toBe(true);
    });

    test(`${name}: with the edits written into the file no path is left`, async () => {
      const argv = ['paths', `${name}.maestro.yaml`, '--format', 'json', ...RULES];
      const [system] = JSON.parse((await maestro(GOLDEN, argv)).stdout).systems;
      expect([system.verified, system.changes.length > 0]).toEqual([true, true]);
      const edited = (changes: readonly { path: string[]; edit: DataMap }[]): Data =>
        changes.reduce(
          (data, { path, edit }) => applyEdit(data, path, edit),
          readYaml(name, read(`${name}.maestro.yaml`)).data,
        );
      const pageOf = async (data: Data) =>
        (await maestro(folder({ 'maestro.yaml': JSON.stringify(data) }), ['paths', ...RULES])).stdout;
      expect(await pageOf(edited(system.changes))).toMatch(/^no open attack path;/);
      for (const change of system.changes) {
        const others = system.changes.filter((each: unknown) => each !== change);
        expect(await pageOf(edited(others))).toContain(`${change.closes.length} open attack path`);
      }
    });
  }

  test('every example as it was found: verified, and none of the changes is too many', async () => {
    const found = readdirSync(join(HOME, 'examples')).map((name) => `examples/${name}/as-found.maestro.yaml`);
    const files = found.filter((name) => !name.includes('workflows'));
    const argv = ['paths', ...files, '--profile', 'strict', '--fail-on', 'never'];
    const { code, stdout } = await maestro(HOME, [...argv, '--format', 'json']);
    expect(code).toBe(0);
    const { complete, systems, unreached, summary } = JSON.parse(stdout);
    expect(complete).toBe(true);
    expect(unreached).toEqual(['a2a-analysis']);
    expect(systems.length).toBe(files.length - unreached.length);
    expect(summary.systems).toBe(files.length);
    for (const each of systems) {
      expect(each.left, each.system).toEqual([]);
      expect(each.needed, each.system).toBeLessThanOrEqual(each.changes.length);
      expect(each.needed, each.system).toBeGreaterThan(0);
      for (const { closes, control } of each.changes)
        expect(closes.length, `${each.system} ${control}`).toBeGreaterThan(0);
    }
    await expect((await maestro(HOME, argv)).stdout).toMatchFileSnapshot(join(GOLDEN, 'as-found.txt'));
  });

  test('says which paths no control closes', async () => {
    const cwd = folder({ 'maestro.yaml': BEYOND, 'pack/cross-layer/strangers-act.yaml': RULE });
    const argv = ['paths', '--pack', 'pack', '--rule', 'strangers-act'];
    const { code, stdout } = await maestro(cwd, argv);
    expect(code).toBe(0);
    expect(stdout).toContain('1 change closes 1 of 2 attack paths; fewer cannot\n');
    expect(stdout).toContain('no control closes this: change the design for strangers-act of reader\n');
    expect((await maestro(cwd, [...argv, '--fail-on', 'medium'])).code).toBe(1);
  });

  test('does not count what is waived', async () => {
    const waiver =
      'waivers: [{ rule: strangers-act, component: reader, reason: Known, owner: desk, expires: 2999-12-31 }]\n';
    const cwd = folder({ 'maestro.yaml': BEYOND + waiver, 'pack/cross-layer/strangers-act.yaml': RULE });
    const { stdout } = await maestro(cwd, ['paths', '--pack', 'pack', '--rule', 'strangers-act']);
    expect(stdout).toContain('1 change closes the attack path; fewer cannot\n');
    expect(stdout).not.toContain('change the design');
  });

  test('says what it claims of what was looked at, and nothing of what was not', async () => {
    const stranger =
      'boundaries: { internet: { trust: untrusted } }\nactors: { inbox: { kind: content, boundary: internet } }\n';
    const clean = await maestro(folder({ 'maestro.yaml': `${trader()}${stranger}` }), ['paths']);
    expect(clean.code).toBe(0);
    expect(clean.stdout).toMatch(
      /^no open attack path; looked at 1 system with \d+ rules about attack paths\n$/,
    );
    const silent = await maestro(folder({ 'maestro.yaml': trader() }), ['paths']);
    expect(silent.code).toBe(0);
    expect(silent.stdout).toMatch(
      /^no open attack path; .*\nno path can begin: nothing is described that strangers write .*\n$/,
    );
    const broken = await maestro(folder({ 'maestro.yaml': 'maestro: 1\nsystem: {}\n' }), ['paths']);
    expect(broken.code).toBe(2);
    expect(broken.stdout).toContain('no open attack path in what could be read;');
    const none = await maestro(folder({}), ['paths', '--format', 'json']);
    expect(none.code).toBe(3);
    expect(JSON.parse(none.stdout).systems).toEqual([]);
    const wrong = await maestro(folder({}), ['paths', '--rule', 'no-such']);
    expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining('no rule is called no-such')]);
  });

  test('claims nothing that did not come true', () => {
    const text = pathsText(report, { color: 0, width: 100, wrap: false, links: false });
    expect(text).toContain('4 changes close 3 of 5 attack paths; at least 1 is needed');
    expect(text).toContain('still open after these changes:');
  });
});

describe('the line in a lint', () => {
  test('says what closes several paths at once', async () => {
    const { stdout } = await maestro(GOLDEN, ['lint', 'desk.maestro.yaml', ...RULES]);
    expect(stdout).toContain('\n2 changes close all 3 attack paths: maestro paths\n');
  });

  test('counts over several systems', async () => {
    const { stdout } = await maestro(GOLDEN, ['lint', '.', ...RULES]);
    expect(stdout).toContain('\n3 changes close all 5 attack paths: maestro paths\n');
  });

  test('names no number where counting takes long, unless it is for a page', async () => {
    const agents = Array.from({ length: 21 }, (_, i) => `  a${i}: { reads: [inbox], tools: { mail: {} } }\n`);
    const many = `maestro: 1
system: { name: many }
boundaries: { internet: { trust: untrusted } }
actors: { inbox: { kind: content, boundary: internet } }
tools: { mail: { kind: email } }
agents:
${agents.join('')}`;
    const cwd = folder({ 'maestro.yaml': many });
    expect((await maestro(cwd, ['lint'])).stdout).toContain(
      '\nseveral attack paths to close together: maestro paths\n',
    );
    expect((await maestro(cwd, ['lint', '-f', 'markdown'])).stdout).toContain(
      '**1 change closes all 21 attack paths.**',
    );
  });

  test('is not there for one path, nor in a part of a lint', async () => {
    const one = await maestro(GOLDEN, ['lint', 'desk.maestro.yaml', '--rule', 'trifecta-across-agents']);
    expect(one.stdout).not.toContain('maestro paths');
    const part = await maestro(GOLDEN, ['lint', '.', '--shard', '1/2', ...RULES]);
    expect(part.stdout).not.toContain('maestro paths');
  });

  test('stands in the page for reviewers too', async () => {
    const { stdout } = await maestro(GOLDEN, ['lint', 'desk.maestro.yaml', '-f', 'markdown', ...RULES]);
    expect(stdout).toContain('**2 changes close all 3 attack paths.** `maestro paths` has the edits.');
  });
});
