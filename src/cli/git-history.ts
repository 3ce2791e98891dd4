import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname, relative, sep } from 'node:path';
import { UserError } from './errors.ts';
import { git, type Repository, repositoryAt } from './git.ts';

/** What is changed and not committed. */
const NOW = 'now';

/** The day on which a file of the working tree was last changed, `2026-09-01`; `now`; null where git cannot tell. */
export function lastChange(path: string, env: Repository['env'] = process.env): string | null {
  try {
    const repository = repositoryAt(dirname(path), env);
    const name = relative(repository.root, path).split(sep).join('/');
    const { code, stdout } = git(repository, ['rev-parse', '--verify', '--quiet', `HEAD:${name}`]);
    if (code !== 0)
      return git(repository, ['rev-parse', '--verify', '--quiet', 'HEAD']).code === 0 ? NOW : null;
    return isObject(readFileSync(path), stdout.toString('utf8').trim())
      ? changeBefore(repository, 'HEAD', name)
      : NOW;
  } catch (error) {
    if (error instanceof UserError) return null;
    throw error;
  }
}

/** Whether git would keep these bytes as this object, with line ends as they are or as git writes them. */
function isObject(bytes: Buffer, object: string): boolean {
  const algorithm = object.length === 64 ? 'sha256' : 'sha1';
  const plain = Buffer.from(bytes.toString('latin1').replaceAll('\r\n', '\n'), 'latin1');
  return [bytes, plain].some(
    (each) => createHash(algorithm).update(`blob ${each.length}\0`).update(each).digest('hex') === object,
  );
}

/** The day of the last change of a file (path from the root) up to a revision; null where git cannot tell. */
export function changeBefore(repository: Repository, commit: string | null, path: string): string | null {
  const format = ['log', '-1', '--no-show-signature', '--format=%cs %P'];
  const { code, stdout } = git(repository, [...format, commit ?? 'HEAD', '--', path]);
  const [day = '', ...parents] = stdout.toString('utf8').trim().split(' ');
  if (code !== 0 || !/^\d{4}-\d{2}-\d{2}$/.test(day)) return null;
  // Where the history is cut off, every file seems to have been written at once.
  if (parents.length > 0) return day;
  const shallow = git(repository, ['rev-parse', '--is-shallow-repository']).stdout.toString('utf8').trim();
  return shallow === 'false' ? day : null;
}
