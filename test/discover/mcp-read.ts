import type { Fact, Reading } from '../../src/discover/fact.ts';
import { mcpConfig } from '../../src/discover/mcp-config.ts';
import type { Expected } from './mcp-table.ts';

const KEYS: readonly (readonly [keyof Expected, string])[] = [
  ['transport', 'transport'],
  ['package', 'package'],
  ['pin', 'pin'],
  ['version', 'version'],
  ['runner', 'runner'],
  ['registry', 'registry'],
  ['secret', 'secret'],
  ['auto', 'auto_approve'],
  ['changing', 'auto_approve_changing'],
  ['reading', 'auto_approve_reading'],
  ['machine', 'machine_path'],
  ['disabled', 'disabled'],
  ['auth', 'auth'],
  ['exposure', 'exposure'],
];

export const nothing = (): null => null;

export const read = (path: string, text: string): Reading | null => mcpConfig.read(path, text, nothing);

export const serversOf = (reading: Reading | null): Fact[] =>
  (reading?.facts ?? []).filter(({ kind }) => kind === 'tool');

/** Each server by its name, in the words of the table. */
export function tabled(reading: Reading | null): Record<string, Expected> {
  return Object.fromEntries(
    serversOf(reading).map(({ name, attributes }) => [
      name,
      Object.fromEntries(
        KEYS.filter(([, key]) => key in attributes).map(([word, key]) => [word, attributes[key]!.value]),
      ) as unknown as Expected,
    ]),
  );
}
