import type { Severity } from '../finding/severity.ts';
import { type Data, type DataMap, isDataMap, type Path, type YamlFile } from './yaml-data.ts';

/** What an assertion says, in one of its three forms. Ids as written: nobody has looked yet whether they are there. */
export type AssertionForm =
  | {
      readonly is: 'never';
      readonly from: readonly Written[];
      readonly to: readonly Written[];
      readonly unless: readonly Written[];
    }
  | { readonly is: 'only'; readonly agent: Written; readonly may: readonly Written[] }
  | { readonly is: 'that'; readonly text: string };

/** A name, and the keys that lead to it from the top of the file. */
export interface Written {
  readonly id: string;
  readonly path: Path;
}

/** Something that has to hold, as written in a description, a part of one, or `maestro.assert.yaml`. */
export interface Assertion {
  readonly id: string;
  /** Why it has to hold; empty where nobody said so. */
  readonly description: string;
  readonly severity: Severity;
  /** The forms that are written: one, unless somebody made a mistake. */
  readonly forms: readonly AssertionForm[];
  /** `system.name` of the description it is for; null in a description, and for every one. */
  readonly system: string | null;
  /** Its tests as written, each checked against the schema. */
  readonly tests: readonly DataMap[];
  readonly origin: YamlFile;
  readonly path: Path;
}

const KEY = 'assert';

/** Whether a checked file asserts anything: nearly none does, and then nothing else of this is loaded. */
export const asserts = ({ data }: YamlFile): boolean => isDataMap(data) && Object.hasOwn(data, KEY);

/** The assertions of a checked file, in the order in which they are written. */
export function assertionsOf(origin: YamlFile): Assertion[] {
  const written = isDataMap(origin.data) ? origin.data[KEY] : undefined;
  if (!Array.isArray(written)) return [];
  return written.flatMap((each, i) => (isDataMap(each) ? [assertion(each, origin, [KEY, String(i)])] : []));
}

function assertion(data: DataMap, origin: YamlFile, path: Path): Assertion {
  const { tests } = data;
  return {
    id: String(data['id'] ?? ''),
    description: String(data['description'] ?? '').trim(),
    severity: (data['severity'] as Severity | undefined) ?? 'high',
    forms: formsOf(data, path),
    system: data['system'] === undefined ? null : String(data['system']),
    tests: Array.isArray(tests) ? tests.filter(isDataMap) : [],
    origin,
    path,
  };
}

function formsOf(data: DataMap, path: Path): AssertionForm[] {
  const { never, only, that } = data;
  const forms: AssertionForm[] = [];
  if (isDataMap(never ?? null)) {
    const names = (key: string) => written((never as DataMap)[key], [...path, 'never', key]);
    forms.push({ is: 'never', from: names('from'), to: names('to'), unless: names('unless') });
  }
  if (isDataMap(only ?? null)) {
    const names = (key: string) => written((only as DataMap)[key], [...path, 'only', key]);
    forms.push({ is: 'only', agent: names('agent')[0]!, may: names('may') });
  }
  if (that !== undefined && that !== null) forms.push({ is: 'that', text: String(that) });
  return forms;
}

const written = (value: Data | undefined, path: Path): Written[] =>
  Array.isArray(value)
    ? value.map((id, i) => ({ id: String(id), path: [...path, String(i)] }))
    : value === undefined || value === null
      ? []
      : [{ id: String(value), path }];
