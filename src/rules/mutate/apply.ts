import { type Data, isDataMap, type Path } from '../../model/yaml.ts';
import type { DataEdit } from './mutant.ts';

/** `root` with the value at `path` replaced, or taken away for undefined; nothing given is changed. */
export function edited(root: Data, path: Path, value: Data | undefined): Data {
  const [first, ...rest] = path;
  if (first === undefined) return value ?? null;
  if (Array.isArray(root)) {
    const at = Number(first);
    if (rest.length === 0 && value === undefined) return root.filter((_, i) => i !== at);
    return root.map((each, i) => (i === at ? edited(each, rest, value) : each));
  }
  const map = isDataMap(root) ? root : {};
  if (rest.length > 0) return { ...map, [first]: edited(map[first] ?? {}, rest, value) };
  if (value !== undefined) return { ...map, [first]: value };
  const { [first]: _, ...others } = map;
  return others;
}

/** Edits in an order in which none moves what another one names by its number in a list. */
export const inOrder = (edits: readonly DataEdit[]): DataEdit[] =>
  [...edits].sort((a, b) => comparePaths(b.path, a.path));

function comparePaths(a: Path, b: Path): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const [one, other] = [a[i]!, b[i]!];
    if (one === other) continue;
    const numbers = /^\d+$/.test(one) && /^\d+$/.test(other);
    return numbers ? Number(one) - Number(other) : one < other ? -1 : 1;
  }
  return a.length - b.length;
}
