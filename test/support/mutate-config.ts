import type { Fact, Reading } from '../../src/discover/fact.ts';
import { readFile } from '../../src/discover/read-file.ts';
import { READERS } from '../../src/discover/readers.ts';
import { looksSecret } from '../../src/finding/secrets.ts';
import { mutateText } from './mutate-text.ts';
import { Random } from './random.ts';

/** A file of a repository, as it is called there. */
export interface Sample {
  readonly path: string;
  readonly text: string;
}

/** One of the samples, changed a few times; the same number gives the same file. */
export function mutatedConfig(samples: readonly Sample[], seed: number): Sample {
  const random = new Random(seed);
  const { path, text } = random.pick(samples);
  let changed = text;
  for (let n = random.next(4); n >= 0; n--) changed = mutateText(changed, random.pick(samples).text, random);
  return { path, text: changed.slice(0, 100_000) };
}

/** What is wrong with how a mutant is read, as a clause; null for nothing. A sample that is no artifact gives nothing. */
export function wrongWith({ path, text }: Sample): string | null {
  const readers = READERS.filter(({ wants }) => wants(path));
  let reading: Reading | null = null;
  try {
    for (const reader of readers) reader.read(path, text, () => null);
    reading = readFile(READERS, path, text, () => null);
  } catch (error) {
    return `throws ${error instanceof Error ? error.stack : error}`;
  }
  const lines = text.split(/\r\n|\n|\r/).length;
  const isPlaced = ({ source, attributes, links }: Fact) =>
    [source, ...Object.values(attributes), ...links].every(
      ({ line, column }) => line >= 1 && line <= lines + 1 && column >= 1,
    );
  const lost = reading?.facts.find((fact) => !isPlaced(fact));
  if (lost) return `places ${lost.name} outside of the file`;
  const leak = textsIn(reading).some(looksSecret);
  return leak ? 'tells a credential' : null;
}

/** Every text in a value. */
const textsIn = (value: unknown): string[] =>
  typeof value === 'string'
    ? [value]
    : typeof value === 'object' && value !== null
      ? [...Object.keys(value), ...Object.values(value)].flatMap(textsIn)
      : [];
