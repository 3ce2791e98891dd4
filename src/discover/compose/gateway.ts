import { addTo } from '../../finding/grouped.ts';
import type { Fact, FactValue } from '../fact.ts';
import { given, known, type Spot, sourceAt } from '../tree.ts';
import { type Compose, type Service, wordsOf } from './service.ts';

interface Flag {
  readonly value: string;
  readonly spot: Spot;
}

/** `--name=value`, `--name value` and `--name` of a command line, each as often as it is written. */
export function flagsOf(words: readonly { text: string; spot: Spot }[]): Map<string, Flag[]> {
  const flags = new Map<string, Flag[]>();
  for (const [i, { text, spot }] of words.entries()) {
    const [, name, value] = /^--?([a-z][\w-]*)(?:=([\s\S]*))?$/i.exec(text) ?? [];
    if (name === undefined) continue;
    const next = words[i + 1];
    const follows = value === undefined && next && !next.text.startsWith('-') ? next : null;
    const flag = { value: value ?? follows?.text ?? '', spot };
    addTo(flags, name, flag);
  }
  return flags;
}

const TRANSPORTS: Readonly<Record<string, string>> = {
  sse: 'sse',
  streaming: 'streamable-http',
  'streamable-http': 'streamable-http',
  http: 'streamable-http',
  stdio: 'stdio',
};

/** What the command line of an MCP gateway says about it: transport, the servers behind it, the tools it lets through. */
export function gatewayOf(compose: Compose, service: Service): Gateway {
  const flags = flagsOf([...wordsOf(service, 'entrypoint'), ...wordsOf(service, 'command')]);
  const { file } = compose;
  const last = (name: string): Flag | null => flags.get(name)?.at(-1) ?? null;
  const each = (name: string) =>
    (flags.get(name) ?? []).flatMap(({ value, spot }) =>
      value.split(',').flatMap((part) => (part.trim() === '' ? [] : [{ name: part.trim(), spot }])),
    );
  const list = (name: string): FactValue | null => {
    const found = each(name);
    return found.length === 0
      ? null
      : given(
          found.map((item) => item.name),
          found[0]!.spot,
          file,
        );
  };
  const transport = last('transport');
  const word = transport && TRANSPORTS[transport.value.toLowerCase()];
  const limit = last('memory') ?? last('cpus');
  const blocked = last('block-network');
  return {
    attributes: known({
      transport: transport && word ? given(word, transport.spot, file) : null,
      actions: list('tools'),
      servers: list('servers'),
      interceptors: list('interceptor'),
    }),
    controls: known({
      resource_limits: limit ? given(true, limit.spot, file) : null,
      egress_filtering: blocked && blocked.value !== 'false' ? given(true, blocked.spot, file) : null,
    }),
    servers: each('servers'),
  };
}

export interface Gateway {
  readonly attributes: Record<string, FactValue>;
  readonly controls: Record<string, FactValue>;
  readonly servers: readonly { readonly name: string; readonly spot: Spot }[];
}

/** A server that a gateway starts and lends its tools of; all that is known of it is its name in the gateway's catalogue. */
export const serverFact = (
  compose: Compose,
  service: Service,
  server: { readonly name: string; readonly spot: Spot },
): Fact => ({
  kind: 'tool',
  name: server.name,
  attributes: { kind: given('mcp-server', server.spot, compose.file) },
  controls: {},
  links: [],
  source: { ...sourceAt(server.spot, 'services', service.name, 'command'), file: compose.file },
  plane: 'runtime',
  confidence: 'parsed',
  reader: 'compose',
});
