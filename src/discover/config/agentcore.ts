import type { Fact, Reader } from '../fact.ts';
import { linkTo, makeFact } from '../make.ts';
import { folderOf, pathFrom } from '../paths.ts';
import {
  at,
  entriesOf,
  flagOf,
  given,
  isMap,
  readTrees,
  type Spot,
  type Tree,
  textOf,
  unreadOf,
} from '../tree.ts';

const READER = 'agentcore';

/** `.bedrock_agentcore.yaml`: agents that run on Amazon Bedrock AgentCore, their role, network, callers and memory. */
export const agentcoreReader: Reader = {
  name: READER,
  wants: (path) => /(?:^|\/)\.bedrock_agentcore\.ya?ml$/.test(path),
  read: (path, text) => {
    const { documents, problems } = readTrees(path, text);
    const agents = at(documents[0], 'agents');
    if (!isMap(agents)) return null;
    return {
      facts: entriesOf(agents).flatMap(({ name, key, value }) => agentFacts(path, name, key, value)),
      unread: unreadOf(path, problems),
    };
  },
};

function agentFacts(file: string, name: string, key: Spot, value: Tree): Fact[] {
  const aws = at(value, 'aws');
  const entry = at(value, 'entrypoint');
  const code = textOf(entry) === null ? null : pathFrom(folderOf(file), textOf(entry)!.replace(/:\w+$/, ''));
  const role = at(aws, 'execution_role');
  const network = at(aws, 'network_configuration', 'network_mode');
  const mode = textOf(network)?.toUpperCase();
  const authorizer = at(value, 'authorizer_configuration') ?? at(aws, 'authorizer_configuration');
  const memory = at(value, 'memory');
  const remembers =
    memory !== null && textOf(at(memory, 'mode')) !== 'NO_MEMORY' && at(memory, 'mode') !== null;
  const observed = at(aws, 'observability', 'enabled');
  const region = at(aws, 'region');
  const agent = makeFact({
    kind: 'agent',
    name,
    spot: key,
    path: ['agents', name],
    reader: READER,
    attributes: {
      code: code === null ? null : given(code, entry!, file),
      principal: role && textOf(role) !== null ? given(textOf(role)!, role, file) : null,
      region: region && textOf(region) !== null ? given(textOf(region)!, region, file) : null,
      auth: at(authorizer, 'customJWTAuthorizer')
        ? given('oidc', at(authorizer, 'customJWTAuthorizer')!, file)
        : null,
    },
    links: [
      linkTo('runs_on', 'host', `${name}_runtime`, key, file),
      ...(remembers ? [linkTo('memory', 'store', `${name}_memory`, memory, file)] : []),
    ],
  });
  const host = makeFact({
    kind: 'host',
    name: `${name}_runtime`,
    spot: key,
    path: ['agents', name],
    reader: READER,
    attributes: {
      kind: given('serverless', key, file),
      egress: mode === 'PUBLIC' ? given('any', network!, file) : null,
    },
  });
  const store = makeFact({
    kind: 'store',
    name: `${name}_memory`,
    spot: memory ?? key,
    path: ['agents', name, 'memory'],
    reader: READER,
    attributes: { kind: given('memory', memory ?? key, file) },
  });
  const monitor = makeFact({
    kind: 'monitor',
    name: `${name}_observability`,
    spot: observed ?? key,
    path: ['agents', name, 'aws', 'observability'],
    reader: READER,
    attributes: { kind: given('tracing', observed ?? key, file) },
    links: [linkTo('observes', 'agent', name, observed ?? key, file)],
  });
  return [agent, host, ...(remembers ? [store] : []), ...(flagOf(observed) ? [monitor] : [])];
}
