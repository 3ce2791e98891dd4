import { validate } from '../../build/validate-equivalents.js';
import type { Problem } from '../finding/finding.ts';
import { presentable } from '../finding/problems.ts';
import { decode } from '../model/decode.ts';
import { checkSchema } from '../model/schema-errors.ts';
import { type Data, type DataMap, isDataMap, readYaml } from '../model/yaml.ts';
import type { Equivalent, MutantName } from '../rules/mutate/proof.ts';
import type { Reader } from './silence-files.ts';

/** What lies beside a description with the changes that need not be noticed: `a.maestro.equivalents.yaml` for `a.maestro.yaml`. */
export const equivalentsName = (description: string): string =>
  description.replace(/\.ya?ml$/, '.equivalents.yaml');

/** The entries of that file, none when it is not there; or what is wrong with it. */
export function readEquivalents(
  from: Reader,
  description: string,
): { readonly equivalents: readonly Equivalent[]; readonly problems: readonly Problem[] } {
  const name = equivalentsName(description);
  const bytes = from.read(name);
  if (!(bytes instanceof Uint8Array))
    return { equivalents: [], problems: bytes.code === 'not-there' ? [] : [bytes] };
  const text = decode(name, bytes);
  if (typeof text !== 'string') return { equivalents: [], problems: [text] };
  const file = readYaml(name, text);
  const wrong = file.problems.length > 0 ? file.problems : checkSchema(file, validate);
  if (wrong.length > 0) return { equivalents: [], problems: presentable(wrong) };
  const equivalents = ((file.data as DataMap)['changes'] as DataMap[]).map((entry, i) => ({
    ...nameOf(entry),
    partners: (entry['with'] as DataMap[]).map(nameOf),
    reason: String(entry['reason']),
    anchor: { origin: file, path: ['changes', String(i)] },
  }));
  return { equivalents, problems: [] };
}

const nameOf = (entry: DataMap): MutantName => ({
  operator: String(entry['change']),
  on: idsOf(entry['on']),
  key: String(entry['key']),
});

const idsOf = (on: Data | undefined): string[] =>
  on === undefined ? [] : Array.isArray(on) ? on.map(String) : isDataMap(on) ? [] : [String(on)];
