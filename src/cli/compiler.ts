import { statSync } from 'node:fs';
import type { Candidate } from './files.ts';

/** Bytes of descriptions of which a lint takes between half a second and some: 150 to 15,000 components. */
const LEAST = 50_000;
const MOST = 4_000_000;

/**
 * V8 of Node 20 hands a function to its slow compiler after little use. In a run of some seconds on the two cores of a
 * runner that takes more than it gives: waiting nine times longer saves a fifth of a lint of 1,000 components. A shorter
 * run does not get that far, a longer one needs the faster code, and later versions have a quick compiler in between and
 * no such flag. `npm run bench` measures it.
 */
export function compileLater(files: readonly Candidate[]): void {
  if (!process.versions.v8.startsWith('11.')) return;
  const bytes = files.reduce((sum, { path }) => sum + sizeOf(path), 0);
  if (bytes < LEAST || bytes > MOST) return;
  process.getBuiltinModule('node:v8').setFlagsFromString('--interrupt-budget=600000');
}

/** What is staged need not be on the disk, or something else is there: then it counts as nothing. */
function sizeOf(path: string): number {
  try {
    return statSync(path).size;
  } catch {
    return 0;
  }
}
