/**
 * What happens when an expression reads a fact that nobody declared.
 *
 * Rules never throw on what is not written: they see the empty value. But a rule that stays silent only because a
 * fact is missing has not judged anything. So a check runs once with empty values; when it stays silent and has read
 * undeclared facts, it runs again with each of those reads throwing. CEL's `&&`, `||`, `all` and `exists` absorb an
 * error that cannot change the outcome, so what is left says exactly whether the missing fact mattered.
 */
export class UndeclaredFact extends Error {
  override name = 'UndeclaredFact';
}

type Mode = 'ignore' | 'record' | 'throw';

let mode: Mode = 'ignore';
let reads = new Set<string>();
const thrown = new UndeclaredFact('undeclared fact');

/** Called for every read of an undeclared fact; gives back what the expression sees instead. */
export function undeclared<T>(fact: string, seen: T): T {
  if (mode === 'throw') throw thrown;
  if (mode === 'record') reads.add(fact);
  return seen;
}

export type Judgement =
  | { readonly is: 'true' }
  | { readonly is: 'false' }
  /** It is false as far as anybody wrote, but one of these facts could make it true. */
  | { readonly is: 'unknown'; readonly facts: readonly string[] };

const TRUE: Judgement = { is: 'true' };
const FALSE: Judgement = { is: 'false' };

/** Whether `check` holds, fails for certain, or cannot be judged. */
export function judge(check: () => boolean): Judgement {
  const outer = { mode, reads };
  mode = 'record';
  reads = new Set();
  try {
    if (check()) return TRUE;
    if (reads.size === 0) return FALSE;
    const facts = [...reads].sort();
    mode = 'throw';
    return certain(check) ? FALSE : { is: 'unknown', facts };
  } finally {
    ({ mode, reads } = outer);
  }
}

function certain(check: () => boolean): boolean {
  try {
    check();
    return true;
  } catch (error) {
    if (error instanceof UndeclaredFact) return false;
    throw error;
  }
}

/** A judgement as an expression sees it: unknown reads as false, and is an undeclared fact to whoever asked. */
export function judged(judgement: Judgement): boolean {
  if (judgement.is !== 'unknown') return judgement.is === 'true';
  for (const fact of judgement.facts) undeclared(fact, false);
  return false;
}

/** Runs `compute` without counting what it reads: messages and implied controls judge nothing. */
export function uncounted<T>(compute: () => T): T {
  const outer = mode;
  mode = 'ignore';
  try {
    return compute();
  } finally {
    mode = outer;
  }
}
