import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { folder, maestro, ONE_RULE, trader } from '../support/cli.ts';

const RULE = 'kill-switch-missing';
interface Report {
  readonly complete: boolean;
  readonly files: { readonly path: string; readonly status: string }[];
  readonly findings: { readonly rule: string; readonly severity: string; readonly system: string }[];
  readonly errors: { readonly code: string; readonly message: string; readonly suggestion?: string }[];
}
const lint = async (cwd: string, ...argv: string[]) => {
  const { code, stdout } = await maestro(cwd, ['lint', '-f', 'json', ...argv]);
  return { code, report: JSON.parse(stdout) as Report };
};
const paths = ({ files }: Report): string[] => files.map(({ path }) => path);
/** Severity of the one rule in each system. */
const severities = ({ findings }: Report) =>
  Object.fromEntries(
    findings.filter(({ rule }) => rule === RULE).map((each) => [each.system, each.severity]),
  );

describe('where the config is', () => {
  const files = {
    'repo/maestro.config.yaml': `config: 1\nrules: { ${RULE}: low }\n`,
    'repo/a/b/maestro.yaml': trader(),
    'maestro.config.yaml': 'this: is not looked at\n',
  };

  test('upwards to the root of the repository, and no further', async () => {
    const cwd = folder(files);
    execFileSync('git', ['init', '-q'], { cwd: join(cwd, 'repo') });
    expect(severities((await lint(join(cwd, 'repo/a/b'))).report)).toEqual({ desk: 'low' });
    const without = folder({ 'repo/a/maestro.yaml': trader(), 'maestro.config.yaml': 'wrong' });
    mkdirSync(join(without, 'repo/.git'));
    expect(severities((await lint(join(without, 'repo/a'))).report)).toEqual({ desk: 'high' });
  });

  test('--config names another one', async () => {
    const cwd = folder({ ...files, 'strict.yaml': `config: 1\nrules: { ${RULE}: critical }\n` });
    expect(severities((await lint(join(cwd, 'repo'), '--config', '../strict.yaml')).report)).toEqual({
      desk: 'critical',
    });
  });

  test('one that is not there, not a file or not readable is told', async () => {
    const cwd = folder({
      'maestro.yaml': trader(),
      'bin.yaml': Buffer.from([1, 2, 3, 4, 5, 0]),
      'empty.yaml': '',
    });
    mkdirSync(join(cwd, 'dir'));
    symlinkSync('nowhere', join(cwd, 'link.yaml'));
    execFileSync('mkfifo', [join(cwd, 'pipe')]);
    for (const [name, code] of [
      ['nope.yaml', 'not-there'],
      ['dir', 'directory'],
      ['link.yaml', 'unreadable'],
      ['pipe', 'unreadable'],
      ['bin.yaml', 'binary'],
      ['empty.yaml', 'wrong-type'],
    ] as const) {
      const result = await lint(cwd, '--config', name);
      expect(result, name).toMatchObject({
        code: 2,
        report: { complete: false, errors: [{ code, file: name }] },
      });
    }
  });
});

describe('a config that is wrong', () => {
  test.each([
    ['config: 2\n', 'unknown-word', '`config` cannot be `2`; it is one of 1', undefined],
    ['rules: {}\n', 'missing-key', '`config` is missing', 'Begin the file with `config: 1`'],
    [
      'config: 1\nrule: {}\n',
      'unknown-key',
      '`rule` is no key at the top of the file',
      'Did you mean `rules`?',
    ],
    [
      'config: 1\nfail_on: hgih\n',
      'unknown-word',
      'critical, high, medium, low, never',
      'Did you mean `high`?',
    ],
    ['config: 1\nfail_on_unknown: yes\n', 'wrong-type', 'it takes `true` or `false`', 'write `true`'],
    [`config: 1\nrules: { ${RULE}: no }\n`, 'unknown-word', 'cannot be `no`; it is one of off', undefined],
    [
      'config: 1\nrules: { kill-switch-mising: off }\n',
      'unknown-rule',
      'kill-switch-mising',
      `Did you mean \`${RULE}\`?`,
    ],
    ['config: 1\nrules: { zzz: off }\n', 'unknown-rule', '`zzz`', '`maestro rules` lists them'],
    ['config: 1\noverrides: [{ paths: [a], rules: { zzz: off } }]\n', 'unknown-rule', '`zzz`', undefined],
    [
      'config: 1\noverrides: [{ rules: {} }]\n',
      'missing-key',
      '`paths` is missing in `overrides.0`',
      undefined,
    ],
    ['config: 1\noverrides: [{ paths: [] }]\n', 'empty-value', '`paths` is empty', undefined],
    [
      'config: 1\noverrides: [{ paths: [a], profle: strict }]\n',
      'unknown-key',
      'profle',
      'Did you mean `profile`?',
    ],
    [
      'config: 1\npaths: services\n',
      'wrong-type',
      '`paths` is `services`; it takes a list',
      'Write `[services]`',
    ],
    ['config: 1\npaths: [""]\n', 'empty-value', 'An entry of `paths` is empty', undefined],
    [
      'config: 1\npacks: [security/rules]\n',
      'not-there',
      'There is no `security/rules`',
      'Name a folder with rules, or a rule file',
    ],
    ['config: 1\nconfig: 1\n', 'duplicate-key', '`config` is written twice', undefined],
    ['config: [\n', 'yaml-syntax', '`[` is still open', undefined],
    ['- config: 1\n', 'wrong-type', 'The file is a list', 'Begin the file with `config: 1`'],
    ['config: 1\n---\nconfig: 1\n', 'several-documents', 'second YAML document', undefined],
  ])('%j', async (config, code, message, suggestion) => {
    const cwd = folder({ 'maestro.config.yaml': config, 'maestro.yaml': trader() });
    const { code: exit, report } = await lint(cwd);
    expect(exit).toBe(2);
    expect(report).toMatchObject({ complete: false, errors: [{ code, file: 'maestro.config.yaml' }] });
    expect(report.errors[0]!.message).toContain(message);
    if (suggestion) expect(report.errors[0]!.suggestion).toContain(suggestion);
    const text = await maestro(cwd, []);
    expect(text).toMatchObject({ code: 2, stderr: '' });
    expect(text.stdout).toMatch(/maestro\.config\.yaml:\d+:\d+\n[\s\S]*\^/);
  });
});

describe('what the config says', () => {
  const twenty = (config: string) =>
    folder({
      'maestro.config.yaml': `config: 1\n${config}`,
      'a/maestro.yaml': trader('a'),
      'labs/maestro.yaml': trader('labs'),
      'labs/old/maestro.yaml': trader('old'),
    });

  test('rules off, and with another severity', async () => {
    expect(severities((await lint(twenty(`rules: { ${RULE}: off }\n`))).report)).toEqual({});
    const low = await lint(twenty(`rules: { ${RULE}: low }\n`), ...ONE_RULE);
    expect(severities(low.report)).toEqual({ a: 'low', labs: 'low', old: 'low' });
    expect(low.code).toBe(0);
    // Who asks for a rule by name gets it.
    expect((await lint(twenty(`rules: { ${RULE}: off }\n`), ...ONE_RULE)).report.findings).toHaveLength(3);
  });

  test.each([
    ['labs', { a: 'high', labs: 'low', old: 'low' }],
    ['labs/', { a: 'high', labs: 'low', old: 'low' }],
    ['./labs/**', { a: 'high', labs: 'low', old: 'low' }],
    ['labs/maestro.yaml', { a: 'high', labs: 'low', old: 'high' }],
    ['**/old/**', { a: 'high', labs: 'high', old: 'low' }],
    ['{a,labs}/*.yaml', { a: 'low', labs: 'low', old: 'high' }],
  ])('an override for %s', async (path, expected) => {
    const cwd = twenty(`overrides: [{ paths: ["${path}"], rules: { ${RULE}: low } }]\n`);
    expect(severities((await lint(cwd, ...ONE_RULE)).report)).toEqual(expected);
    // The same from a folder below: overrides start from the folder of the config.
    expect(severities((await lint(join(cwd, 'labs'), '..', ...ONE_RULE)).report)).toEqual(expected);
  });

  test('later overrides win, over the rules of all', async () => {
    const cwd = twenty(
      `rules: { ${RULE}: medium }\noverrides:\n  - { paths: [labs], rules: { ${RULE}: critical } }\n  - { paths: [labs/old], rules: { ${RULE}: off } }\n`,
    );
    expect(severities((await lint(cwd)).report)).toEqual({ a: 'medium', labs: 'critical' });
  });

  test('paths: files, folders and patterns, from the folder of the config', async () => {
    expect(paths((await lint(twenty('paths: [labs]\n'))).report)).toEqual([
      'labs/maestro.yaml',
      'labs/old/maestro.yaml',
    ]);
    expect(paths((await lint(twenty('paths: ["l*/old", a/maestro.yaml]\n'))).report)).toEqual([
      'a/maestro.yaml',
      'labs/old/maestro.yaml',
    ]);
    expect(paths((await lint(join(twenty('paths: [a]\n'), 'labs'))).report)).toEqual(['../a/maestro.yaml']);
    // The command line counts.
    expect(paths((await lint(twenty('paths: [a]\n'), 'labs/old')).report)).toEqual(['labs/old/maestro.yaml']);
    expect(await lint(twenty('paths: [nowhere]\n'))).toMatchObject({
      code: 2,
      report: { errors: [{ code: 'not-there' }] },
    });
  });

  test('ignore: from the folder of the config, and never what is named', async () => {
    for (const pattern of ['labs/**', 'labs', './labs/', '**/labs/**']) {
      const cwd = twenty(`ignore: ["${pattern}"]\n`);
      expect(paths((await lint(cwd)).report), pattern).toEqual(['a/maestro.yaml']);
      expect(paths((await lint(cwd, '.')).report), pattern).toEqual(['a/maestro.yaml']);
      expect(paths((await lint(cwd, 'labs/maestro.yaml')).report), pattern).toEqual(['labs/maestro.yaml']);
      expect(paths((await lint(cwd, 'labs')).report), pattern).toHaveLength(2);
    }
    const cwd = twenty('ignore: [labs/old/**]\n');
    expect(paths((await lint(cwd, 'labs')).report)).toEqual(['labs/maestro.yaml']);
    expect(paths((await lint(join(cwd, 'labs'))).report)).toEqual(['maestro.yaml']);
  });

  test('fail_on and fail_on_unknown; flags beat them', async () => {
    expect((await lint(twenty('fail_on: critical\n'), ...ONE_RULE)).code).toBe(0);
    expect((await lint(twenty('fail_on: never\n'), ...ONE_RULE)).code).toBe(0);
    expect((await lint(twenty('fail_on: never\n'), ...ONE_RULE, '--fail-on', 'high')).code).toBe(1);
    const silent = folder({
      'maestro.config.yaml': 'config: 1\nfail_on_unknown: true\n',
      'maestro.yaml': 'maestro: 1\nsystem: { name: a }\nagents: { a: {} }\n',
    });
    expect((await lint(silent, ...ONE_RULE)).code).toBe(1);
  });
});
