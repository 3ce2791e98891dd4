import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FILE_NAME } from '../../src/model/language.ts';
import { HOME } from './cli.ts';

/** A description that uses every section, every form of a reference, and most keys. */
const WHOLE = readFileSync(new URL('../golden/whole.maestro.yaml', import.meta.url), 'utf8');

/** Descriptions to start from: the one above, and the examples that ship with the program. */
export const DESCRIPTIONS: readonly { readonly name: string; readonly text: string }[] = [
  { name: 'whole', text: WHOLE },
  ...readdirSync(join(HOME, 'examples'), { recursive: true, encoding: 'utf8' })
    .filter((path) => FILE_NAME.test(path.replaceAll('\\', '/')))
    .sort()
    .map((path) => ({ name: path, text: readFileSync(join(HOME, 'examples', path), 'utf8') })),
];
