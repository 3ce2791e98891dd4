/**
 * The candidate a person most likely meant by `word`, or undefined when none is near.
 * Optimal string alignment distance (insert, delete, replace, swap neighbours), at most a third of the length.
 */
export function similar(word: string, candidates: Iterable<string>): string | undefined {
  if (word.length > 80) return undefined;
  const plain = fold(word);
  const all = [...candidates];
  let best: string | undefined;
  let bestDistance = Math.max(1, Math.floor(word.length / 3)) + 1;
  for (const candidate of all) {
    const other = fold(candidate);
    const distance = other === plain ? 0 : alignment(plain, other, bestDistance);
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best ?? beginning(plain, all);
}

/** The first candidate that begins with `word`, separators aside: `oauth2` for `oauth2-authorization-code`. */
function beginning(word: string, candidates: readonly string[]): string | undefined {
  const plain = word.replaceAll('_', '');
  if (plain.length < 4) return undefined;
  for (const candidate of candidates)
    if (fold(candidate).replaceAll('_', '').startsWith(plain)) return candidate;
  return undefined;
}

/** People mix up case, `-` and `_` more often than letters. */
const fold = (word: string): string => word.toLowerCase().replaceAll('-', '_');

const lowest = (row: readonly number[]): number => row.reduce((least, cost) => Math.min(least, cost));

function alignment(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) >= limit) return limit;
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min(previous[j]! + 1, row[j - 1]! + 1, previous[j - 1]! + (same ? 0 : 1));
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (swapped) cost = Math.min(cost, before[j - 2]! + 1);
      row.push(cost);
    }
    // No later row gets below the lowest of two in a row.
    if (lowest(row) >= limit && lowest(previous) >= limit) return limit;
    before = previous;
    previous = row;
  }
  return previous[b.length]!;
}
