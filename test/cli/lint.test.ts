import { execFileSync } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { folder, maestro, ONE_RULE, trader } from '../support/cli.ts';

const EXIT = { clean: 0, findings: 1, invalid: 2, nothing: 3, bug: 70 };
const json = async (cwd: string, argv: readonly string[] = []) => {
  const { code, stdout, stderr } = await maestro(cwd, ['lint', '--format', 'json', ...ONE_RULE, ...argv]);
  return { code, stderr, report: JSON.parse(stdout) };
};
const paths = (report: { files: { path: string; status: string }[] }, status = 'linted'): string[] =>
  report.files.filter((file) => file.status === status).map(({ path }) => path);

describe('commands', () => {
  test('nothing, a path and `lint` all lint', async () => {
    const cwd = folder({ 'a/maestro.yaml': trader() });
    const whole = await maestro(cwd, []);
    expect(whole.code).toBe(EXIT.findings);
    expect((await maestro(cwd, ['lint'])).stdout).toBe(whole.stdout);
    expect((await maestro(cwd, ['a'])).stdout).toBe(whole.stdout);
    expect((await maestro(cwd, ['lint', 'a/maestro.yaml'])).stdout).toBe(whole.stdout);
    expect((await maestro(cwd, ['--fail-on', 'never'])).code).toBe(EXIT.clean);
  });

  test('help of the program and of every command has an example', async () => {
    const { code, stdout, stderr } = await maestro('/', ['--help']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('Examples:');
    const commands = [
      ...stdout
        .split('Commands:')[1]!
        .split('\n\n')[0]!
        .matchAll(/^ {2}([a-z]+)/gm),
    ].map((match) => match[1]!);
    expect(commands).toEqual(expect.arrayContaining(['lint', 'explain', 'rules', 'test', 'schema']));
    for (const command of commands.filter((name) => name !== 'help')) {
      const help = await maestro('/', [command, '--help']);
      expect(help.code, command).toBe(0);
      expect(help.stdout, command).toMatch(new RegExp(`Examples?:\\n {2}maestro ${command}`));
      expect((await maestro('/', ['help', command])).stdout, command).toBe(help.stdout);
    }
  });

  test('--version', async () => {
    expect(await maestro('/', ['--version'])).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
    });
    expect((await maestro('/', ['-V'])).code).toBe(0);
  });

  test.each([
    [['lnit'], 'Did you mean `maestro lint`?'],
    [['explian', 'x'], 'Did you mean `maestro explain`?'],
    [['--formt', 'json'], 'Did you mean --format?'],
    [['lint', '--fail-onn', 'high'], 'Did you mean --fail-on?'],
    [['--format', 'jsn'], 'Did you mean json?'],
    [['--format', 'xml'], 'there are text, json, sarif'],
    [['--rule', 'kill-switch-mising'], 'Did you mean kill-switch-missing?'],
    [['--rule', 'zzz'], '`maestro rules` lists them'],
    [['--fail-on', 'hgih'], 'critical, high, medium, low, never'],
    [['--profile', 'loose'], 'essential, recommended, strict'],
    [['--output', 'x.json', '--format', 'json'], '--format text --output x.json'],
    [['--format', 'json', '--output', 'a', '--output', 'b'], 'Repeat --format as well'],
    [['--format', 'json', '--format', 'sarif'], 'Give the others an --output'],
    [['--format'], "'-f, --format <format>' argument missing"],
    [['explain', 'kill-switch-mising'], 'Did you mean kill-switch-missing?'],
    [['explain'], "missing required argument 'what'"],
    [['schema', 'modle'], 'model, part, rule, vocabulary, config, waivers, assert, baseline, report, diff'],
  ])('%j is a mistake of the user', async (argv, says) => {
    const cwd = folder({ 'maestro.yaml': trader() });
    const { code, stdout, stderr } = await maestro(cwd, argv);
    expect(code).toBe(EXIT.invalid);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/^maestro: /);
    expect(stderr).toContain(says);
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  test('what was typed is not printed raw', async () => {
    const hostile = 'x\x1b[31m\n::error::y';
    for (const argv of [
      [hostile],
      ['--rule', hostile],
      ['--format', hostile],
      [`--${hostile}`],
      ['explain', hostile],
    ]) {
      const { stdout, stderr } = await maestro(folder({}), argv);
      expect(stdout + stderr).not.toMatch(/\x1b|^\s*::error::/m);
    }
  });

  test('a mistake of ours exits with 70 and says where to report it', async () => {
    const cwd = folder({ 'maestro.yaml': trader() });
    const stdout = {
      isTTY: false,
      write: () => {
        throw new TypeError('the\x1b wrong\nthing');
      },
    };
    const { code, stderr } = await maestro(cwd, [], { stdout });
    expect(code).toBe(EXIT.bug);
    expect(stderr).toMatch(/^maestro \S+ has a bug\. Please report this at https:\/\/\S+\/issues\n/);
    expect(stderr).toContain('TypeError');
    expect(stderr).toMatch(/\n\s+at /);
    expect(stderr).not.toContain('\x1b');
  });
});

describe('exit codes', () => {
  test.each([
    [['--fail-on', 'critical'], EXIT.clean],
    [['--fail-on', 'high'], EXIT.findings],
    [['--fail-on', 'medium'], EXIT.findings],
    [['--fail-on', 'low'], EXIT.findings],
    [['--fail-on', 'never'], EXIT.clean],
    [[], EXIT.findings],
  ])('a high finding with %j gives %i', async (argv, expected) => {
    const cwd = folder({ 'maestro.yaml': trader() });
    for (const format of ['text', 'json', 'sarif']) {
      expect((await maestro(cwd, [...argv, '--format', format, ...ONE_RULE])).code).toBe(expected);
    }
  });

  test('nothing found is clean; what could not be judged fails only on demand', async () => {
    const stopped = trader('desk', 'autonomous, controls: { kill_switch: true }');
    expect((await maestro(folder({ 'maestro.yaml': stopped }), ONE_RULE)).code).toBe(EXIT.clean);
    const silent = folder({ 'maestro.yaml': 'maestro: 1\nsystem: { name: a }\nagents: { a: {} }\n' });
    const { code, stdout } = await maestro(silent, ONE_RULE);
    expect(code).toBe(EXIT.clean);
    expect(stdout).toContain('1 check could not judge; declare a.autonomy');
    expect((await maestro(silent, [...ONE_RULE, '--fail-on-unknown'])).code).toBe(EXIT.findings);
    expect((await maestro(silent, [...ONE_RULE, '--fail-on-unknown', '--fail-on', 'never'])).code).toBe(
      EXIT.findings,
    );
  });

  test('a file that cannot be read beats findings, also with --fail-on never', async () => {
    const cwd = folder({ 'maestro.yaml': trader(), 'b.maestro.yaml': 'maestro: 1\n' });
    expect((await maestro(cwd, ONE_RULE)).code).toBe(EXIT.invalid);
    expect((await maestro(cwd, [...ONE_RULE, '--fail-on', 'never'])).code).toBe(EXIT.invalid);
  });

  test('an empty folder is never green', async () => {
    const cwd = folder({ 'readme.md': 'x', 'notmaestro.yaml': trader(), 'maestro.json': '{}' });
    const { code, stdout, stderr } = await maestro(cwd, []);
    expect({ code, stdout }).toEqual({ code: EXIT.nothing, stdout: '' });
    expect(stderr).toContain('nothing to lint');
    expect((await maestro(cwd, ['--allow-empty'])).code).toBe(EXIT.clean);
    const asked = await json(cwd);
    expect(asked).toMatchObject({ code: EXIT.nothing, report: { complete: true, files: [], findings: [] } });
    // What it tells to start with is a description.
    const start = stderr
      .slice(stderr.indexOf('  maestro: 1'), stderr.indexOf('\nThen'))
      .replaceAll(/^ {2}/gm, '');
    expect((await json(folder({ 'maestro.yaml': start }))).report.complete).toBe(true);
  });
});

describe('which files', () => {
  test('by name, at any depth, hidden folders too, in the order of their paths', async () => {
    const cwd = folder({
      'maestro.yaml': trader('a'),
      'b/maestro.yml': trader('b'),
      'b/c/payments.maestro.yaml': trader('c'),
      '.github/x.maestro.yml': trader('d'),
      'maestro.config.yaml': 'config: 1\n',
      'xmaestro.yaml': 'no: thing\n',
    });
    expect(paths((await json(cwd)).report)).toEqual([
      '.github/x.maestro.yml',
      'b/c/payments.maestro.yaml',
      'b/maestro.yml',
      'maestro.yaml',
    ]);
  });

  test('any name when it is named, once however often', async () => {
    const cwd = folder({ 'a/system.yaml': trader('a'), 'maestro.yaml': trader('b') });
    const { report } = await json(cwd, [
      'a/system.yaml',
      './a/../a/system.yaml',
      join(cwd, 'maestro.yaml'),
      '.',
    ]);
    expect(paths(report)).toEqual(['a/system.yaml', 'maestro.yaml']);
  });

  test('from a folder below, paths are told as one would type them there', async () => {
    const cwd = folder({ 'a/maestro.yaml': trader('a'), 'b/maestro.yaml': trader('b') });
    expect(paths((await json(join(cwd, 'a'), ['../b', '.'])).report)).toEqual([
      '../b/maestro.yaml',
      'maestro.yaml',
    ]);
  });

  test('never node_modules; what git ignores only when it is named', async () => {
    const cwd = folder({
      'maestro.yaml': trader('a'),
      'node_modules/x/maestro.yaml': trader('b'),
      'b/node_modules/x/maestro.yaml': trader('c'),
      'out/maestro.yaml': trader('d'),
      'out/deep/maestro.yaml': trader('e'),
      '.gitignore': 'out/\n',
    });
    execFileSync('git', ['init', '-q'], { cwd });
    expect(paths((await json(cwd)).report)).toEqual(['maestro.yaml']);
    expect(paths((await json(cwd, ['out/maestro.yaml'])).report)).toEqual(['out/maestro.yaml']);
    expect(paths((await json(cwd, ['out'])).report)).toEqual(['out/deep/maestro.yaml', 'out/maestro.yaml']);
    expect(paths((await json(join(cwd, 'out'))).report)).toEqual(['deep/maestro.yaml', 'maestro.yaml']);
    expect(paths((await json(cwd, ['node_modules/x/maestro.yaml'])).report)).toEqual([
      'node_modules/x/maestro.yaml',
    ]);
  });

  test('patterns that no shell has opened', async () => {
    const cwd = folder({
      'a/maestro.yaml': trader('a'),
      'b/maestro.yaml': trader('b'),
      'c/maestro.yaml': trader('c'),
    });
    expect(paths((await json(cwd, ['[ab]'])).report)).toEqual(['a/maestro.yaml', 'b/maestro.yaml']);
    expect(paths((await json(cwd, ['{b,c}/*.yaml'])).report)).toEqual(['b/maestro.yaml', 'c/maestro.yaml']);
    expect(await json(cwd, ['x*'])).toMatchObject({
      code: EXIT.invalid,
      report: { errors: [{ code: 'not-there' }] },
    });
  });

  test('links to files are followed', async () => {
    const cwd = folder({ 'shared/system.yaml': trader('a'), 'b/readme.md': '' });
    symlinkSync('../shared/system.yaml', join(cwd, 'b/maestro.yaml'));
    expect(paths((await json(cwd)).report)).toEqual(['b/maestro.yaml']);
  });

  test('a path that is not there fails the run and not the others', async () => {
    const cwd = folder({ 'maestro.yaml': trader() });
    const { code, report } = await json(cwd, ['nowhere', 'maestro.yaml', 'maestro.yaml/x']);
    expect(code).toBe(EXIT.invalid);
    expect(report.errors).toMatchObject([
      { code: 'not-there', file: 'nowhere', message: 'There is no `nowhere`' },
      { code: 'not-there', file: 'maestro.yaml/x' },
    ]);
    expect(report.findings).toHaveLength(1);
  });
});

describe('files of other products', () => {
  const FOREIGN = {
    'flows/maestro.yaml': 'appId: com.example\n---\n- launchApp\n- tapOn: Login\n',
    'list/maestro.yaml': '- tapOn: x\n- assertVisible: y\n',
    'map/maestro.yaml': 'appId: com.example\nname: Login\nappId: twice\n',
  };

  test('are counted and left alone when they are found', async () => {
    const cwd = folder({ ...FOREIGN, 'maestro.yaml': trader() });
    const { code, report } = await json(cwd);
    expect(code).toBe(EXIT.findings);
    expect(report.complete).toBe(true);
    expect(paths(report, 'skipped')).toEqual(Object.keys(FOREIGN));
    expect((await maestro(cwd, ONE_RULE)).stdout).toContain('3 files skipped');
  });

  test('alone they are nothing to lint, and the message says why', async () => {
    const { code, stderr } = await maestro(folder(FOREIGN), []);
    expect(code).toBe(EXIT.nothing);
    expect(stderr).toContain('flows/maestro.yaml and 2 more');
  });

  test('are a mistake when they are named', async () => {
    const cwd = folder(FOREIGN);
    for (const name of Object.keys(FOREIGN)) {
      const { code, report } = await json(cwd, [name]);
      expect(code, name).toBe(EXIT.invalid);
      expect(report.errors, name).toMatchObject([{ code: 'foreign', file: name }]);
    }
  });

  test('one key that is ours, or nearly, is enough to be taken at its word', async () => {
    for (const text of ['agents: {}\n', 'agnets: {}\n', '- agents: {}\n', 'name: x\nmaestro: 1\n']) {
      expect((await json(folder({ 'maestro.yaml': text }))).code, text).toBe(EXIT.invalid);
    }
  });
});

describe('profiles and single rules', () => {
  const ran = async (argv: readonly string[]): Promise<string[]> => {
    const { stdout } = await maestro(folder({ 'maestro.yaml': trader() }), ['--format', 'sarif', ...argv]);
    return JSON.parse(stdout).runs[0].tool.driver.rules.map((rule: { id: string }) => rule.id);
  };

  test('each profile holds the ones before it; --rule runs that one alone', async () => {
    const essential = await ran(['--profile', 'essential']);
    const recommended = await ran(['--profile', 'recommended']);
    const strict = await ran(['--profile', 'strict']);
    expect(recommended).toEqual(expect.arrayContaining(essential));
    expect(strict).toEqual(expect.arrayContaining(recommended));
    expect(await ran([])).toEqual(recommended);
    expect(await ran(ONE_RULE)).toEqual(['kill-switch-missing']);
    expect(await ran([...ONE_RULE, '--profile', 'essential'])).toEqual(['kill-switch-missing']);
  });
});
