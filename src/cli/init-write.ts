import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from './errors.ts';
import { writeFile } from './output.ts';

/** Whether something has this name, be it a link that leads nowhere. */
export const isThere = (path: string): boolean => lstatSync(path, { throwIfNoEntry: false }) !== undefined;

/** Ends the run when one of these files is there: what somebody wrote is not replaced without being asked to. */
export function refuseExisting(folder: string, names: readonly string[]): void {
  const name = names.find((each) => isThere(join(folder, each)));
  if (name === undefined) return;
  throw new UserError(
    `there is a ${name} already, and it stays as it is`,
    '`maestro init --stdout` prints the draft, `--force` replaces the file',
  );
}

/**
 * Writes `folder/name`, and replaces what is there only when told to. A link is never followed: it may lead out of the
 * repository.
 */
export function writeNew(
  folder: string,
  name: string,
  text: string,
  { force = false }: { readonly force?: boolean },
): void {
  const steps = name.split('/');
  for (const [i] of steps.entries()) {
    const path = join(folder, ...steps.slice(0, i + 1));
    if (lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink())
      throw new UserError(`${steps.slice(0, i + 1).join('/')} is a link`, 'Replace it by what it leads to');
  }
  if (!force) refuseExisting(folder, [name]);
  writeFile(folder, name, text);
}
