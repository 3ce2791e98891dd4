import type { Fact, FactLink, FactValue, Reader } from '../fact.ts';
import { linkTo, makeFact, modelParts } from '../make.ts';
import {
  at,
  entriesOf,
  given,
  isMap,
  itemsOf,
  readTrees,
  type Spot,
  type Tree,
  textOf,
  textsOf,
  unknown,
  unreadOf,
} from '../tree.ts';

const READER = 'litellm';

/** The configuration of a LiteLLM proxy: a gateway, the models behind it, guardrails, monitors, MCP servers. */
export const litellmReader: Reader = {
  name: READER,
  wants: (path) =>
    /(?:^|\/)[^/]*(?:litellm|proxy)[^/]*\.ya?ml$|(?:^|\/)(?:litellm|proxy)[^/]*\/[^/]*\.ya?ml$|(?:^|\/)config\.ya?ml$/i.test(
      path,
    ),
  read: (path, text) => {
    if (!text.includes('model_list')) return null;
    const { documents, problems } = readTrees(path, text);
    const root = documents[0] ?? null;
    const list = at(root, 'model_list');
    if (!isMap(root) || !itemsOf(list).some((item) => at(item, 'litellm_params'))) return null;
    return { facts: factsOf(path, root, list!), unread: unreadOf(path, problems) };
  },
};

function factsOf(file: string, root: Tree, list: Tree): Fact[] {
  const models = itemsOf(list).flatMap((item, i) => modelOf(file, root, item, i));
  const names = models.map(({ name }) => name);
  const cover = (spot: Spot): FactLink[] => names.map((name) => linkTo('covers', 'model', name, spot, file));
  const guardrails = itemsOf(at(root, 'guardrails')).flatMap((item, i): Fact[] => {
    const name = at(item, 'guardrail_name');
    if (textOf(name) === null) return [];
    const mode = at(item, 'litellm_params', 'mode');
    const spot = name!;
    return [
      makeFact({
        kind: 'service',
        name: textOf(name)!,
        spot,
        path: ['guardrails', String(i)],
        reader: READER,
        attributes: {
          kind: given('guardrail', spot, file),
          mode: mode ? given(textsOf(mode), mode, file) : null,
        },
        // One that is off by default only screens calls that ask for it.
        links: textOf(at(item, 'litellm_params', 'default_on')) === 'true' ? cover(spot) : [],
      }),
    ];
  });
  return [
    gatewayOf(file, root, list, names),
    ...models,
    ...guardrails,
    ...monitorsOf(file, root, names),
    ...serversOf(file, root),
  ];
}

function gatewayOf(file: string, root: Tree, list: Tree, models: readonly string[]): Fact {
  const key = at(root, 'general_settings', 'master_key');
  const spot = root.type === 'map' ? (root.entries.get('model_list')?.key ?? list) : list;
  return makeFact({
    kind: 'service',
    name: 'litellm',
    spot,
    path: ['model_list'],
    reader: READER,
    attributes: { kind: given('gateway', spot, file), auth: key ? given('api-key', key, file) : null },
    links: models.map((name) => linkTo('models', 'model', name, spot, file)),
  });
}

function modelOf(file: string, root: Tree, item: Tree, i: number): Fact[] {
  const name = at(item, 'model_name');
  const written = at(item, 'litellm_params', 'model');
  if (!name || textOf(name) === null) return [];
  const text = textOf(written);
  const parts = text === null || text.startsWith('os.environ/') ? null : modelParts(text);
  const key = at(item, 'litellm_params', 'api_key');
  const rpm = at(item, 'litellm_params', 'rpm');
  const fallbacks = [
    ...itemsOf(at(root, 'litellm_settings', 'fallbacks')),
    ...itemsOf(at(root, 'router_settings', 'fallbacks')),
  ];
  const fallback = fallbacks.find((each) => at(each, textOf(name)!));
  return [
    makeFact({
      kind: 'model',
      name: textOf(name)!,
      spot: name,
      path: ['model_list', String(i)],
      reader: READER,
      attributes: {
        provider: parts?.provider ? given(parts.provider, written!, file) : null,
        version: parts ? given(parts.version, written!, file) : fromEnvironment(written, file),
        url: fromEnvironment(at(item, 'litellm_params', 'api_base'), file),
        auth: key ? given('api-key', key, file) : null,
      },
      controls: {
        secrets_manager:
          key && textOf(key) !== null && !/^(?:os\.environ\/|\$)/.test(textOf(key)!)
            ? given(false, key, file)
            : null,
        rate_limit: /^\d+$/.test(textOf(rpm) ?? '') ? given(`${textOf(rpm)}/min`, rpm!, file) : null,
        fallback: fallback ? given(true, fallback, file) : null,
      },
    }),
  ];
}

/** A text, or what `os.environ/NAME` says: that it comes from a variable. */
function fromEnvironment(tree: Tree | null, file: string): FactValue | null {
  const text = textOf(tree);
  if (!tree || text === null) return null;
  const [, name] = /^os\.environ\/(\w+)$/.exec(text) ?? [];
  return name === undefined
    ? given(text, tree, file)
    : unknown(`comes from the variable ${name}`, tree, file, name);
}

function monitorsOf(file: string, root: Tree, models: readonly string[]): Fact[] {
  const found = new Map<string, Tree>();
  for (const key of ['callbacks', 'success_callback', 'failure_callback'])
    for (const item of itemsOf(at(root, 'litellm_settings', key))) {
      const name = textOf(item);
      // A dotted name is code of the repository's own.
      if (name !== null && !name.includes('.') && !found.has(name)) found.set(name, item);
    }
  return [...found].map(([name, spot]) =>
    makeFact({
      kind: 'monitor',
      name,
      spot,
      path: ['litellm_settings'],
      reader: READER,
      attributes: { kind: given(name === 'prometheus' ? 'metrics' : 'tracing', spot, file) },
      links: models.map((model) => linkTo('observes', 'model', model, spot, file)),
      confidence: 'parsed',
    }),
  );
}

const TRANSPORTS: Readonly<Record<string, string>> = { sse: 'sse', http: 'streamable-http', stdio: 'stdio' };
const AUTH: Readonly<Record<string, string>> = {
  none: 'none',
  api_key: 'api-key',
  bearer_token: 'bearer',
  basic: 'basic',
  oauth2: 'oauth2-client-credentials',
};

const serversOf = (file: string, root: Tree): Fact[] =>
  entriesOf(at(root, 'mcp_servers')).map(({ name, key, value }) => {
    const transport = at(value, 'transport');
    const word = TRANSPORTS[textOf(transport) ?? ''];
    const auth = at(value, 'auth_type');
    const method = AUTH[textOf(auth) ?? ''];
    return makeFact({
      kind: 'tool',
      name,
      spot: key,
      path: ['mcp_servers', name],
      reader: READER,
      attributes: {
        kind: given('mcp-server', key, file),
        url: fromEnvironment(at(value, 'url'), file),
        transport: word ? given(word, transport!, file) : null,
        auth: method ? given(method, auth!, file) : null,
      },
    });
  });
