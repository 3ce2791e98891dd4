import { execFileSync } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folder, maestro } from '../support/cli.ts';

test('rule files that cannot be read are told, and nothing waits for a pipe', async () => {
  const cwd = folder({
    'rules/binary.yaml': Buffer.from([114, 117, 108, 101, 58, 0]),
    'rules/deep.yaml': `rule: 1\nx: ${'['.repeat(10_000)}\n`,
    'rules/key.yaml': 'rule: 1\ntitel: x\n',
    'rules/other.yaml': 'not: a rule\n',
  });
  symlinkSync('nowhere', join(cwd, 'rules/link.yaml'));
  execFileSync('mkfifo', [join(cwd, 'rules/pipe.yaml')]);
  const { code, stdout, stderr } = await maestro(cwd, ['test', 'rules']);
  expect({ code, stderr }).toEqual({ code: 2, stderr: '' });
  for (const says of [
    'error[binary]',
    'nested more than 100 levels deep',
    'Did you mean `title`?',
    'a link that leads nowhere',
    'a pipe, a socket or a device',
  ]) {
    expect(stdout).toContain(says);
  }
  expect(stdout).not.toContain('other.yaml');
  expect(await maestro(cwd, ['test', 'nowhere'])).toMatchObject({ code: 2, stdout: '' });
  expect(await maestro(folder({}), ['test', '.'])).toMatchObject({ code: 2, stdout: '' });
});
