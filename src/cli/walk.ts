import { type Dirent, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { GitIgnored } from './git-ignored.ts';

/**
 * Everything below a folder, each folder in the order of names. `visit` gets a path from that folder, with forward
 * slashes, and says of a folder whether to go into it; `ignored` knows what that folder says until all in it was
 * visited. Links are not followed, and a folder that nobody may look into shows nothing. `rest` is waited for behind each
 * folder.
 */
export async function walk(
  root: string,
  ignored: GitIgnored,
  visit: (path: string, entry: Dirent) => boolean,
  rest?: () => Promise<void>,
  folder = '',
): Promise<void> {
  const path = join(root, folder);
  const entries = entriesOf(path);
  if (entries.some(({ name }) => name === '.gitignore')) await ignored.read(path);
  for (const entry of entries) {
    const inner = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (visit(inner, entry) && entry.isDirectory()) await walk(root, ignored, visit, rest, inner);
  }
  ignored.leave(path);
  await rest?.();
}

function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch {
    return [];
  }
}
