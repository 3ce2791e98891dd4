import { type Data, type DataMap, isDataMap, type Path } from '../model/yaml.ts';

/**
 * `root` with a merge patch (RFC 7396) applied at `path`; nothing given is changed. A reference on the way that is
 * written as an id or a list becomes the map it stands for, so that an edge can carry what the patch says. A control
 * is replaced and not merged: `status: planned` may not survive beside the evidence that it is in force.
 */
export function applyEdit(root: Data, path: Path, edit: DataMap): Data {
  const [first, ...rest] = path;
  if (first === undefined) return merge(root, edit);
  if (Array.isArray(root) && /^\d+$/.test(first)) {
    return root.map((each, i) => (i === Number(first) ? applyEdit(each, rest, edit) : each));
  }
  const map = asMap(root);
  return { ...map, [first]: applyEdit(map[first] ?? {}, rest, edit) };
}

function asMap(data: Data): DataMap {
  if (isDataMap(data)) return data;
  if (Array.isArray(data)) return Object.fromEntries(data.map((id) => [String(id), {}]));
  return typeof data === 'string' ? { [data]: {} } : {};
}

function merge(data: Data, patch: Data): Data {
  if (!isDataMap(patch)) return patch;
  const merged: DataMap = isDataMap(data) ? { ...data } : {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete merged[key];
    else if (key === 'controls') merged[key] = { ...asMap(merged[key] ?? {}), ...(value as DataMap) };
    else merged[key] = merge(merged[key] ?? null, value);
  }
  return merged;
}
