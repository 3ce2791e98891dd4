import type { Fact, Plane } from '../fact.ts';
import { known } from '../values.ts';
import type { Credential } from './credentials.ts';

/** A fact for each credential whose value stands in the file; the value goes nowhere. */
export function secretFacts(
  { file, pointer, plane }: { readonly file: string; readonly pointer: string; readonly plane: Plane },
  credentials: readonly Credential[],
): Fact[] {
  return credentials
    .filter(({ origin }) => origin === 'literal')
    .map((credential) => ({
      kind: 'secret',
      name: KINDS[credential.in],
      attributes: credential.name === '' ? {} : { key: known(credential.name, credential) },
      controls: {},
      links: [],
      source: { file, line: credential.line, column: credential.column, pointer },
      plane,
      confidence: 'parsed',
      reader: 'secrets',
    }));
}

const KINDS: Readonly<Record<Credential['in'], string>> = {
  env: 'credential in an environment variable',
  header: 'credential in a header',
  argument: 'credential in an argument',
  address: 'credential in an address',
};
