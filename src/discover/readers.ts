import type { Reader } from './fact.ts';

/** Every kind of artifact that is read, in the order in which facts are reported. */
export const READERS: readonly Reader[] = [];
