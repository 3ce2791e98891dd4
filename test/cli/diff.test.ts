import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { folder, maestro, ONE_RULE, trader } from '../support/cli.ts';
import { DESCRIPTIONS } from '../support/descriptions.ts';
import { repository } from '../support/repository.ts';

const AS_OF = ['--as-of', '2026-11-01'];
const whole = DESCRIPTIONS.find(
  ({ name }) => name.includes('support-rag') && name.includes('as-found'),
)!.text;
const safe = trader('desk', 'suggest');
const json = (text: string) => JSON.parse(text);

/** Top sections of a description, each with its text. */
function sectionsOf(text: string): { readonly name: string; readonly text: string }[] {
  const parts = text.split(/^(?=[a-z]+:)/m).filter((part) => /^[a-z]+:/.test(part));
  return parts.map((part) => ({ name: part.split(':', 1)[0]!, text: part }));
}

describe('what changes nothing', () => {
  const rewritten: Record<string, Record<string, string | null>> = {
    'lines that moved': { 'maestro.yaml': `${'# moved\n'.repeat(200)}${whole}` },
    'sections in another order': {
      'maestro.yaml': sectionsOf(whole)
        .reverse()
        .map(({ text }) => text)
        .join('\n'),
    },
    'a file that is split': {
      'maestro.yaml': `${sectionsOf(whole)
        .filter(({ name }) => ['maestro', 'system'].includes(name))
        .map(({ text }) => text)
        .join('\n')}\ninclude: [parts/*.yaml]\n`,
      ...Object.fromEntries(
        sectionsOf(whole)
          .filter(({ name }) => !['maestro', 'system'].includes(name))
          .map(({ name, text }) => [`parts/${name}.yaml`, text]),
      ),
    },
    'a file under another name': { 'maestro.yaml': null, 'elsewhere/other.maestro.yaml': whole },
    'line ends of Windows': { 'maestro.yaml': whole.replaceAll('\n', '\r\n') },
  };

  test.each(Object.entries(rewritten))('%s', async (_, files) => {
    const { commit, maestro } = repository({ 'maestro.yaml': whole });
    commit(files);
    const { code, stdout, stderr } = await maestro(['diff', 'HEAD~1', 'HEAD', '--format', 'json', ...AS_OF]);
    expect(stderr).toBe('');
    const { findings, paths, grants, controls, components } = json(stdout);
    expect(findings).toMatchObject({ added: [], grown: [], fixed: [] });
    expect(findings.standing.length).toBeGreaterThan(10);
    expect(paths).toEqual({ opened: [], closed: [] });
    expect(grants).toEqual({ widened: [], narrowed: [] });
    expect(controls).toEqual({ added: [], removed: [], weakened: [] });
    expect(components).toEqual({ added: [], removed: [], renamed: [] });
    expect(code).toBe(0);
  });
});

describe('sides', () => {
  test('a revision and the working tree', async () => {
    const { write, maestro } = repository({ 'maestro.yaml': safe });
    write({ 'maestro.yaml': trader() });
    const { code, stdout } = await maestro(['diff', 'main', ...ONE_RULE]);
    expect(code).toBe(1);
    expect(stdout).toMatch(
      /^── what agents may do\n {2}! trader: autonomy suggest → autonomous \(maestro\.yaml:4:/,
    );
    expect(stdout).toContain('── new: 1 finding\n\nhigh[kill-switch-missing]');
    expect(stdout).toMatch(
      /main → the working tree\n1 new finding; 0 fixed; 0 still there; 1 grant widened\n$/,
    );
    expect((await maestro(['diff', 'main', ...ONE_RULE, '--fail-on', 'never'])).code).toBe(0);
    expect((await maestro(['diff', 'main', ...ONE_RULE, '--fail-on', 'critical'])).code).toBe(0);
  });

  test('two revisions, either way; the working tree is not looked at', async () => {
    const { commit, write, maestro } = repository({ 'maestro.yaml': safe });
    commit({ 'maestro.yaml': trader() });
    write({ 'maestro.yaml': 'broken: [' });
    expect((await maestro(['diff', 'HEAD~1', 'HEAD', ...ONE_RULE])).code).toBe(1);
    const back = await maestro(['diff', 'HEAD', 'HEAD~1', ...ONE_RULE]);
    expect(back).toMatchObject({ code: 0 });
    expect(back.stdout).toContain('── fixed: 1 finding\n  - high[kill-switch-missing] trader');
  });

  test('two files, whatever their systems are called, without a repository', async () => {
    const cwd = folder({ 'a.maestro.yaml': trader('one'), 'b.maestro.yaml': trader('two', 'suggest') });
    const { code, stdout } = await maestro(cwd, ['diff', 'a.maestro.yaml', 'b.maestro.yaml', ...ONE_RULE]);
    expect(code).toBe(0);
    expect(stdout).toContain('a.maestro.yaml → b.maestro.yaml\n0 new findings; 1 fixed; 0 still there');
  });

  test('a file wins over a revision of its name', async () => {
    const { git, commit, maestro } = repository({ 'maestro.yaml': safe });
    git('tag', 'notes');
    commit({ notes: 'no description', 'maestro.yaml': trader() });
    const { code, stderr, stdout } = await maestro(['diff', 'notes', 'maestro.yaml', ...ONE_RULE]);
    expect(code).toBe(2);
    expect(stdout + stderr).toContain('notes');
    expect((await maestro(['diff', 'refs/tags/notes', ...ONE_RULE])).code).toBe(1);
  });

  test('a file and a revision: only that system', async () => {
    const { write, maestro } = repository({ 'a.maestro.yaml': safe, 'b.maestro.yaml': trader('other') });
    write({ 'moved/a.maestro.yaml': trader(), 'a.maestro.yaml': null });
    const { stdout } = await maestro([
      'diff',
      'main',
      'moved/a.maestro.yaml',
      '--format',
      'json',
      ...ONE_RULE,
    ]);
    const { findings, components } = json(stdout);
    expect(findings).toMatchObject({ added: [{ system: 'desk' }], fixed: [], standing: [] });
    expect(components).toEqual({ added: [], removed: [], renamed: [] });
  });

  test('from a folder below the root', async () => {
    const { write, maestro } = repository({ 'a/maestro.yaml': safe, 'b/maestro.yaml': trader('other') });
    write({ 'a/maestro.yaml': trader(), 'b/maestro.yaml': null });
    const { stdout } = await maestro(['diff', 'main', '--format', 'json', ...ONE_RULE], 'a');
    expect(json(stdout).findings.added).toMatchObject([{ location: { file: 'maestro.yaml' } }]);
    expect(json(stdout).findings.fixed).toEqual([]);
  });

  test('evidence and includes are those of each side', async () => {
    const main = 'maestro: 1\nsystem: { name: s }\ninclude: [part.yaml]\n';
    const part = (file: string) =>
      `agents:\n  a:\n    autonomy: suggest\n    controls: { kill_switch: { evidence: { file: ${file}, contains: stop } } }\n`;
    const { commit, maestro } = repository({
      'maestro.yaml': main,
      'part.yaml': part('run.md'),
      'run.md': 'stop it',
    });
    commit({ 'run.md': 'nothing' });
    commit({ 'run.md': null });
    const rule = ['--rule', 'evidence-missing', '--format', 'json'];
    const broken = json((await maestro(['diff', 'HEAD~2', 'HEAD~1', ...rule])).stdout);
    expect(broken.findings.added).toMatchObject([{ rule: 'evidence-missing' }]);
    const gone = json((await maestro(['diff', 'HEAD~2', ...rule])).stdout);
    expect(gone.findings.added).toMatchObject([{ rule: 'evidence-missing' }]);
    const still = json((await maestro(['diff', 'HEAD~1', 'HEAD', ...rule])).stdout);
    expect(still.findings).toMatchObject({ added: [], fixed: [], standing: [{ rule: 'evidence-missing' }] });
  });

  test('a description that is new, and one that is gone', async () => {
    const { commit, maestro } = repository({ 'readme.md': '' });
    commit({ 'maestro.yaml': trader() });
    const added = json((await maestro(['diff', 'HEAD~1', '--format', 'json', ...ONE_RULE])).stdout);
    expect(added).toMatchObject({ findings: { added: [{}] }, components: { added: [{ id: 'trader' }] } });
    const gone = json((await maestro(['diff', 'HEAD', 'HEAD~1', '--format', 'json', ...ONE_RULE])).stdout);
    expect(gone).toMatchObject({ findings: { fixed: [{}] }, components: { removed: [{ id: 'trader' }] } });
    const none = await maestro(['diff', 'HEAD~1', 'HEAD~1']);
    expect(none).toMatchObject({ code: 3, stdout: '' });
  });
});

describe('mistakes', () => {
  test.each([
    ['mian', 'Did you mean main?'],
    ['--output=pwned', 'missing required argument'],
    ['-x', 'unknown option'],
    ['main..HEAD', 'maestro diff main HEAD'],
    ['$(touch pwned)', 'no revision'],
    ['`touch pwned`', 'no revision'],
    ['main;touch pwned', 'no revision'],
    ['main:maestro.yaml', 'no revision'],
    ['', 'no revision'],
    ['\u001b[31m', 'no revision'],
    ['a'.repeat(5000), 'no revision'],
  ])('of a revision called %j', async (name, said) => {
    const { path, maestro } = repository({ 'maestro.yaml': safe });
    for (const argv of name.startsWith('-')
      ? [
          ['diff', name],
          ['diff', '--', name],
        ]
      : [['diff', name]]) {
      const { code, stdout, stderr } = await maestro(argv);
      expect(code).toBe(2);
      expect(stdout).toBe('');
      expect(stderr).toContain(argv.length === 3 ? 'no revision' : said);
      expect(stderr).not.toContain('\u001b');
      expect(existsSync(join(path, 'pwned'))).toBe(false);
    }
  });

  test('no repository, no second file, a broken side', async () => {
    const cwd = folder({ 'a.maestro.yaml': trader() });
    const none = await maestro(cwd, ['diff', 'main']);
    expect(none).toMatchObject({ code: 2, stdout: '' });
    expect(none.stderr).toContain('in no git repository');
    const one = await maestro(cwd, ['diff', 'a.maestro.yaml']);
    expect(one).toMatchObject({ code: 2, stdout: '' });
    expect(one.stderr).toContain('with what is it to be compared');
    const { commit, maestro: run } = repository({ 'maestro.yaml': 'maestro: 1\nagents: {}\n' });
    commit({ 'maestro.yaml': trader() });
    const broken = await run(['diff', 'HEAD~1', ...ONE_RULE]);
    expect(broken.code).toBe(2);
    expect(broken.stdout).toContain('HEAD~1:maestro.yaml');
    expect(broken.stdout).toContain('incomplete:');
  });

  test('a shallow clone without the commit', async () => {
    const { path, commit } = repository({ 'maestro.yaml': safe });
    commit({ 'maestro.yaml': trader() });
    const clone = repository({ 'maestro.yaml': safe });
    clone.git('clone', '--quiet', '--depth', '1', `file://${path}`, 'shallow');
    const { code, stderr } = await clone.maestro(['diff', 'HEAD~1'], 'shallow');
    expect(code).toBe(2);
    expect(stderr).toContain('shallow');
    expect(stderr).toContain('git fetch --depth=1 origin');
  });
});

describe('a repository that somebody else wrote', () => {
  test('nothing that it configures is run', async () => {
    const { path, git, write, commit, maestro } = repository({
      'maestro.yaml': safe,
      '.gitattributes': '* filter=evil diff=evil merge=evil text eol=crlf\n',
    });
    commit({ 'maestro.yaml': trader() });
    const command = `touch ${join(path, 'pwned')}`;
    for (const key of [
      'core.fsmonitor',
      'core.pager',
      'core.sshCommand',
      'core.editor',
      'diff.external',
      'diff.evil.textconv',
      'diff.evil.command',
      'filter.evil.smudge',
      'filter.evil.clean',
      'filter.evil.process',
      'credential.helper',
      'core.alternateRefsCommand',
      'alias.rev-parse',
      'alias.cat-file',
    ])
      git('config', key, key.startsWith('alias') ? `!${command}` : command);
    git('config', 'core.hooksPath', 'hooks');
    write({
      'hooks/post-index-change': `#!/bin/sh\n${command}\n`,
      'maestro.yaml': trader('desk', 'bounded'),
    });
    for (const argv of [
      ['diff', 'HEAD~1'],
      ['diff', 'HEAD~1', 'HEAD'],
      ['diff', 'nowhere'],
      ['lint', '--base', 'HEAD'],
      ['lint', '--staged'],
    ])
      await maestro(argv);
    expect(existsSync(join(path, 'pwned'))).toBe(false);
    expect((await maestro(['diff', 'HEAD~1', ...ONE_RULE])).code).toBe(1);
  });

  test('links lead no further than the tree', async () => {
    const outside = folder({ 'secret.maestro.yaml': trader('secret'), 'real.md': 'stop' });
    const { path, commit, maestro } = repository({
      'maestro.yaml': `maestro: 1
system: { name: s }
include: [part.yaml]
agents:
  a: { autonomy: suggest, controls: { kill_switch: { evidence: [out/real.md, in/real.md, round/a] } } }
`,
      'part.yaml': 'data: { kb: { kind: files } }\n',
      'docs/real.md': 'stop',
    });
    symlinkSync(outside, join(path, 'out'));
    symlinkSync('docs', join(path, 'in'));
    symlinkSync('round', join(path, 'round'));
    symlinkSync(join(outside, 'secret.maestro.yaml'), join(path, 'linked.maestro.yaml'));
    commit();
    const evidence = json((await maestro(['diff', 'HEAD~1', 'HEAD', '--format', 'json'])).stdout);
    expect(evidence.errors).toMatchObject([
      { file: 'HEAD:linked.maestro.yaml', message: 'This is a link that leads out of the repository' },
    ]);
    expect(JSON.stringify(evidence)).not.toContain('secret"');
    commit({ 'linked.maestro.yaml': null });
    const left = json(
      (await maestro(['diff', 'HEAD', 'HEAD', '--rule', 'evidence-missing', '--format', 'json'])).stdout,
    );
    const clauses = left.findings.standing.map(
      ({ message }: { message: string }) => message.split(/ for \w+ |;/)[1],
    );
    expect(clauses).toEqual(['leads out of the repository through a link', 'is not there']);
  });

  test('names that are no UTF-8, other repositories, names like options', async () => {
    const { path, git, commit, maestro } = repository({
      'maestro.yaml': safe,
      '--output=x.maestro.yaml': trader('opt'),
    });
    const object = git('hash-object', '-w', 'maestro.yaml').trim();
    const { execFileSync } = await import('node:child_process');
    execFileSync('git', ['update-index', '--index-info'], {
      cwd: path,
      input: Buffer.concat([
        Buffer.from(`100644 ${object}\t`),
        Buffer.from([0xff]),
        Buffer.from('.maestro.yaml\n'),
      ]),
    });
    git('commit', '--quiet', '--message', 'name');
    git('update-index', '--add', '--cacheinfo', `160000,${git('rev-parse', 'HEAD').trim()},sub`);
    git('commit', '--quiet', '--message', 'sub');
    const { stdout, code } = await maestro(['diff', 'HEAD~2', 'HEAD', '--format', 'json', ...ONE_RULE]);
    expect(code).toBe(2);
    expect(json(stdout).errors).toMatchObject([{ message: 'The name of the file is not UTF-8' }]);
    expect(json(stdout).findings.standing).toMatchObject([{ system: 'opt' }]);
    commit();
  });

  test('ids cannot write commands, lines or colours', async () => {
    const id = '"a\\u001b[31m::error::x\\u202e"';
    const { commit, maestro } = repository({ 'maestro.yaml': safe });
    commit({
      'maestro.yaml': `maestro: 1\nsystem: { name: "d\\n::warning::x" }\nagents:\n  trader: { autonomy: autonomous, controls: { x-a: true } }\n  b: { autonomy: autonomous, tools: { bank: { limits: { per_day: 5 USD }, allow: { recipients: [${id}] } } } }\ntools: { bank: { kind: payment } }\n`,
    });
    const { stdout } = await maestro(['diff', 'HEAD~1', 'HEAD']);
    expect(stdout).not.toMatch(/\u001b|\u202e|^::/m);
    expect(stdout).not.toContain('::error::x');
  });
});

describe('reports', () => {
  const base = trader('desk', 'suggest');
  const head = `maestro: 1
system: { name: desk }
boundaries: { internet: { trust: untrusted } }
actors: { inbox: { kind: content, boundary: internet } }
agents:
  trader: { autonomy: autonomous, reads: [inbox], tools: { shell: {} } }
tools: { shell: { kind: shell } }
`;

  test('as text', async () => {
    const { commit, maestro } = repository({ 'maestro.yaml': base });
    commit({ 'maestro.yaml': head });
    const rules = ['--rule', 'kill-switch-missing', '--rule', 'untrusted-input-reaches-code'];
    const { stdout } = await maestro(['diff', 'HEAD~1', 'HEAD', ...rules]);
    await expect(stdout).toMatchFileSnapshot('../golden/diff/opened.txt');
    const back = await maestro(['diff', 'HEAD', 'HEAD~1', ...rules]);
    await expect(back.stdout).toMatchFileSnapshot('../golden/diff/closed.txt');
    const out = await maestro(['diff', 'HEAD~1', 'HEAD', ...rules, '--output', 'd.txt']);
    expect(out.stdout).toBe('');
  });

  test('as JSON that fits its schema', async () => {
    const { commit, maestro, path } = repository({ 'maestro.yaml': base });
    commit({ 'maestro.yaml': head });
    const rules = ['--rule', 'kill-switch-missing', '--rule', 'untrusted-input-reaches-code'];
    const { stdout } = await maestro(['diff', 'HEAD~1', ...rules, '--format', 'json']);
    await expect(stdout).toMatchFileSnapshot('../golden/diff/opened.json');
    await maestro(['diff', 'HEAD~1', ...rules, '--format', 'json', '--output', 'd.json']);
    expect(readFileSync(join(path, 'd.json'), 'utf8')).toBe(stdout);
    const { Ajv } = await import('ajv');
    const validate = new Ajv({ strict: true, allowUnionTypes: true }).compile(
      json((await maestro(['schema', 'diff'])).stdout),
    );
    const all = [stdout];
    commit({ 'maestro.yaml': whole });
    all.push((await maestro(['diff', 'HEAD~1', '--format', 'json'])).stdout);
    all.push((await maestro(['diff', 'HEAD', 'HEAD~1', '--format', 'json'])).stdout);
    for (const each of all) expect(validate(json(each)) || validate.errors).toBe(true);
  });
});
