import { type Data, type DataMap, isDataMap, type Path } from '../model/yaml.ts';
import type { FillOf } from './rule.ts';
import { render } from './template.ts';
import type { Expression } from './vocabulary.ts';

/** Every text of an edit that has a `{` in it, with the keys to it. */
export function* openTexts(edit: Data, path: Path = []): Generator<{ path: Path; text: string }> {
  if (typeof edit === 'string' && edit.includes('{')) yield { path, text: edit };
  else if (Array.isArray(edit))
    for (const [i, each] of edit.entries()) yield* openTexts(each, [...path, String(i)]);
  else if (isDataMap(edit))
    for (const [key, each] of Object.entries(edit)) yield* openTexts(each, [...path, key]);
}

/** The edit with its expressions filled in; a text that is one expression alone may become a list. */
export function fillEdit(
  edit: DataMap,
  fills: readonly FillOf<Expression>[],
  names: Readonly<Record<string, unknown>>,
): DataMap {
  return fills.reduce((filled, { path, template }) => {
    const [only, more] = template;
    const value = more === undefined && typeof only === 'function' ? only(names) : null;
    return put(filled, path, Array.isArray(value) ? value.map(String) : render(template, names)) as DataMap;
  }, edit);
}

function put(data: Data, path: Path, value: Data): Data {
  const [first, ...rest] = path;
  if (first === undefined) return value;
  if (Array.isArray(data))
    return data.map((each, i) => (i === Number(first) ? put(each, rest, value) : each));
  return isDataMap(data) ? { ...data, [first]: put(data[first] ?? null, rest, value) } : data;
}
