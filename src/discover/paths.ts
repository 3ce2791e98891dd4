/** Paths of a repository: relative to its root, with forward slashes, `''` for the root itself. */

/** The folder that a file is in. */
export const folderOf = (path: string): string => {
  const cut = path.lastIndexOf('/');
  return cut < 0 ? '' : path.slice(0, cut);
};

/** Every folder that a file is in, the nearest first and the root last. */
export function foldersAbove(path: string): string[] {
  const found: string[] = [];
  for (let folder = folderOf(path); folder !== ''; folder = folderOf(folder)) found.push(folder);
  return [...found, ''];
}

/** The last part of a path. */
export const baseOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** `written`, as a file in `folder` says it, from the root; null where it is absolute or leaves the repository. */
export function pathFrom(folder: string, written: string): string | null {
  const slashed = written.replaceAll('\\', '/');
  if (/^(?:[a-z]+:|[/~])/i.test(slashed)) return null;
  const steps: string[] = folder === '' ? [] : folder.split('/');
  for (const step of slashed.split('/')) {
    if (step === '' || step === '.') continue;
    if (step !== '..') steps.push(step);
    else if (steps.pop() === undefined) return null;
  }
  return steps.join('/');
}

/** Whether a path is in a folder, at any depth. */
export const isBelow = (path: string, folder: string): boolean =>
  folder === '' || path.startsWith(`${folder}/`);
