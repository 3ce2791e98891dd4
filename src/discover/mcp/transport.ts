import type { Address } from '../address.ts';

const SPOKEN: ReadonlyMap<string, string> = new Map([
  ...['stdio', 'local', 'command', 'process'].map((word): [string, string] => [word, 'stdio']),
  ...['http', 'https', 'streamablehttp', 'streamable', 'httpstream', 'remote'].map(
    (word): [string, string] => [word, 'streamable-http'],
  ),
  ['sse', 'sse'],
  ...['ws', 'websocket', 'wss'].map((word): [string, string] => [word, 'ws']),
]);

/** The transport that a client's word stands for; null for one that no client knows. */
export const transportOf = (word: string): string | null =>
  SPOKEN.get(word.toLowerCase().replaceAll(/[^a-z]/g, '')) ?? null;

/**
 * The transport of a remote server. `remote` (OpenCode) and an address alone leave open which of the two over HTTP it
 * is; then the usual end of the path of the older one decides.
 */
export function remoteTransport(
  word: string | null,
  address: Address | null,
  isSseByDefault: boolean,
): string {
  if (address?.scheme === 'ws' || address?.scheme === 'wss') return address.scheme;
  const spoken = word === null || word === 'remote' ? null : transportOf(word);
  if (spoken !== null && spoken !== 'stdio') return spoken;
  return isSseByDefault || /\/sse\/?$/.test(address?.path ?? '') ? 'sse' : 'streamable-http';
}
