import { expect } from 'vitest';
import type { Trial } from './trial.ts';

const MUTANTS = 1000;
/** How many of a hundred have to be read to the end: the others say nothing about rules. */
const READ = 30;

/** Tries the first thousand mutants; test/tools/checks/mutations.mjs tries twenty times as many on the built program. */
export async function tryMutants(attempt: (seed: number) => Promise<Trial>): Promise<void> {
  const wrong: string[] = [];
  let read = 0;
  for (let seed = 1; seed <= MUTANTS; seed++) {
    const trial = await attempt(seed);
    if (trial.wrong !== null) wrong.push(`seed ${seed}: ${trial.wrong}`);
    if (trial.stage === 'read') read += 1;
  }
  expect(wrong.slice(0, 10)).toEqual([]);
  expect(read).toBeGreaterThan((MUTANTS * READ) / 100);
}
