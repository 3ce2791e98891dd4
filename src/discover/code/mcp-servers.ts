import type { Fact } from '../fact.ts';
import { isServer, readServer } from '../mcp/server.ts';
import { at, mapNode, scalarNode, type TreeEntry, type TreeNode, textOf } from '../read/tree.ts';
import { referenceIn } from '../written-secret.ts';
import type { Call, CallSite, Module } from './expression.ts';
import type { ToolShape } from './frameworks/framework.ts';
import { placeOf } from './places.ts';
import { follow, type Site } from './resolve.ts';
import { Home, treeOf, treeOfCall } from './server-tree.ts';
import { type Draft, pointerOf, type Sink } from './sink.ts';
import { argument } from './values.ts';

/** Arguments under which frameworks keep how a server is reached; what stands in them counts as the server's own. */
const WRAPPERS = [
  'params',
  'connection_params',
  'connectionParams',
  'server_params',
  'serverParams',
  'server_parameters',
  'serverParameters',
  'serverparams',
  'tool_config',
  'toolConfig',
  'transport',
];
/** Arguments that hold the servers of a client by name. */
const LISTS = ['servers', 'mcpServers', 'connections'];
const MAX_WRAPPED = 4;
/** What the draft says itself, or what is only so in a file of configuration. */
const LEFT_OUT = ['kind', 'client'];

/** What the code says of the one MCP server that a call makes: how it is reached, started and pinned, who may call what. */
export function addServer(tool: Draft, call: Call, shape: ToolShape, site: Site, sink: Sink): void {
  const own = flat(treeOfCall(call, site, new Home(tool.module, tool.from, sink.files)));
  const label = textOf(at(own, 'server_label'));
  if (label && referenceIn(label) === null) tool.name = label;
  const typed = shape.transport && !at(own, 'type') ? [entry('type', scalarNode(shape.transport, own))] : [];
  describe(tool, entry(tool.name, mapNode([...typed, ...(own.entries ?? [])], own)), sink);
}

/** The servers of a client that is given several by name; none where the code does not tell them. */
export function serversOf(call: CallSite, module: Module, sink: Sink): Draft[] {
  const site = { module, scope: call.scope };
  const made = call.call();
  const { files } = sink;
  const given = argument(made, LISTS, site, files) ?? { expr: made.args[0], site };
  const target = given.expr ? follow(given.expr, given.site, files) : null;
  if (target?.type !== 'value' || target.expr.type !== 'mapping') return [];
  const { site: home, bound } = target;
  const holder = home.module === module ? pointerOf(call) : (bound ?? '');
  return target.expr.entries.flatMap(({ key, value, from }) => {
    if (key === null) return [];
    const node = flat(treeOf(value, home, new Home(home.module, from, files)));
    if (node.entries === null || !isServer(node)) return [];
    const pointer = [holder, key].filter((part) => part !== '').join('.');
    const tool = sink.draft('tool', key, home.module, from, pointer);
    describe(tool, { key, ...placeOf(home.module, from), node }, sink);
    return [tool];
  });
}

const entry = (key: string, node: TreeNode): TreeEntry => ({
  key,
  line: node.line,
  column: node.column,
  node,
});

/** A server without what is wrapped around how it is reached. */
function flat(node: TreeNode, depth = 0): TreeNode {
  if (!node.entries || depth >= MAX_WRAPPED) return node;
  const isWrapper = ({ key, node: inner }: TreeEntry): boolean =>
    WRAPPERS.includes(key) && inner.entries !== null;
  const wrapped = node.entries.filter(isWrapper).flatMap((each) => flat(each.node, depth + 1).entries ?? []);
  return mapNode([...wrapped, ...node.entries.filter((each) => !isWrapper(each))], node);
}

/** Takes over what the reader of configurations makes of a server. */
function describe(tool: Draft, server: TreeEntry, sink: Sink): void {
  const file = tool.module.path;
  const found = readServer({ file, pointer: tool.pointer, client: '', plane: 'runtime', entry: server });
  if ('why' in found) return;
  for (const fact of found) {
    const { line, column } = fact.source;
    if (fact.kind === 'tool') copy(tool, fact);
    else sink.others.set(`${file}:${line}:${column}`, fact);
  }
}

function copy(tool: Draft, { attributes }: Fact): void {
  for (const [key, value] of Object.entries(attributes)) {
    if (!LEFT_OUT.includes(key)) tool.attributes[key] = value;
  }
  const { approval } = attributes;
  if (approval?.value === 'human') tool.controls['human_approval'] = { ...approval, value: true };
}
