import { addressOf } from '../address.ts';
import type { FactValue, Other, Reader, Reading } from '../fact.ts';
import { agentFromCall } from './agents.ts';
import type { CallSite, Module } from './expression.ts';
import { FRAMEWORKS, shapeOf } from './frameworks/all.ts';
import { readGraphs } from './graphs.ts';
import { mayMake } from './makers.ts';
import { Files, MAX_LENGTH } from './modules.ts';
import { readOwnServers, serverFromCall } from './own-servers.ts';
import { known } from './places.ts';
import { referenceOf, type Site } from './resolve.ts';
import { readRun } from './runs.ts';
import { pointerOf, Sink } from './sink.ts';
import { toolFromClass, toolFromFunction, toolsFromCall } from './tools.ts';
import { argument, literal } from './values.ts';
import { readTasks, readWirings } from './wiring.ts';

/**
 * A file that neither imports a framework nor calls something named like an agent is not parsed. What is searched for is
 * the word itself, which few files hold; what has to stand before it is looked at only there. Agents may also learn in a
 * file of its own to whom they hand over, and an MCP server be given its tools there.
 */
const PYTHON_HINT =
  /(?:agents|langchain|langgraph|crewai|google\.adk|google[ \t]+import|mcp)(?<=^[ \t]{0,40}(?:from|import)[ \t]+(?:agents|langchain|langgraph|deepagents|crewai|google\.adk|google[ \t]+import|mcp|fastmcp))|\.(?:handoffs|sub_agents)\b|\.tool\b(?<=^[ \t]{0,40}@[\w.]{1,80}\.tool)|Agent(?<=(?<!\w)[A-Z]\w{0,60}Agent)\w{0,60}(?:\[[^\]\n]{0,80}\])?\(/m;
const SCRIPT_HINT =
  /['"](?:@openai\/agents|@langchain\/|langchain|deepagents|@google\/adk|@mastra\/|@modelcontextprotocol\/|fastmcp['"]|ai['"/]|@ai-sdk\/)|\.(?:handoffs|subAgents|registerTool)\b|new [A-Z]\w{0,60}Agent\w{0,60}(?:<[^>\n]{0,80}>)?\(/;

const reader = (label: string, wants: RegExp, hint: RegExp): Reader => ({
  name: label,
  wants: (path) => wants.test(path) && !path.endsWith('.d.ts'),
  read: (path, text, other) => (hint.test(text) ? read(path, text, other, label) : null),
});

/** Agents, tools, models and stores in Python. */
export const python: Reader = reader('python', /\.py$/, PYTHON_HINT);
/** The same in TypeScript and JavaScript. */
export const typescript: Reader = reader('typescript', /\.[mc]?[jt]sx?$/, SCRIPT_HINT);

const RUNS: ReadonlySet<string> = new Set(FRAMEWORKS.flatMap(({ runs }) => Object.keys(runs ?? {})));

function read(path: string, text: string, other: Other, label: string): Reading | null {
  if (text.length > MAX_LENGTH) {
    return {
      facts: [],
      unread: [{ file: path, line: 1, why: 'this file is too long to be code of a person' }],
    };
  }
  const files = new Files(other);
  const sink = new Sink(files);
  const module = files.parse(path, text);
  for (const item of module.functions) if (item.decorators.length > 0) toolFromFunction(item, module, sink);
  for (const item of module.classes) toolFromClass(item, module, sink);
  const runs: CallSite[] = [];
  for (const call of module.calls) {
    if (RUNS.has(call.names().last)) runs.push(call);
    if (!mayMake(call, module, sink.files)) continue;
    if (agentFromCall(call, module, sink) || serverFromCall(call, module, sink)) continue;
    if (toolsFromCall(call, module, sink).length === 0) readStore(call, module, sink);
  }
  for (const call of runs) readRun(call, module, sink);
  readOwnServers(module, sink);
  readGraphs(module, sink);
  readWirings(module, sink);
  readTasks(module, sink);
  const facts = sink.facts(label);
  return facts.length > 0 || sink.unread.length > 0 ? { facts, unread: sink.unread } : null;
}

function readStore(call: CallSite, module: Module, sink: Sink): void {
  const site = { module, scope: call.scope };
  const callee = call.callee();
  // `Chroma.from_documents(…)` makes one too.
  const reference = referenceOf(callee, site, sink.files);
  const owner = callee.type === 'member' ? referenceOf(callee.of, site, sink.files) : null;
  const direct = shapeOf(reference, ({ stores }) => stores);
  const named = direct ? reference : owner;
  const made = callee.type === 'member' && /^from_|^from[A-Z]/.test(callee.name);
  const found = direct ?? (made ? shapeOf(owner, ({ stores }) => stores) : null);
  if (!found || !named) return;
  const place = keptAt(call, site, sink);
  const pointer = pointerOf(call, named.name);
  // In a template one thing may stand in each of two branches; two of a class without a name are one.
  const twin = call.bound() === null ? sink.at('store', module.path, pointer) : undefined;
  if (twin?.name === named.name && twin.attributes['kept_at']?.value === place?.value) return;
  const store = sink.draft('store', call.bound() ?? named.name, module, call.from, pointer);
  if (place) store.attributes['kept_at'] = place;
  store.attributes['kind'] = known(found.shape.kind, module, call.from);
  store.attributes['framework'] = known(found.framework.name, module, call.from);
  store.attributes['product'] = known(named.name, module, call.from);
}

const PLACES = ['url', 'uri', 'connectionString', 'connection_string', 'db_url', 'db_path', 'path'];

/** Where a store keeps what it holds, without credentials; null where the code does not say, or where it forgets. */
function keptAt(call: CallSite, site: Site, sink: Sink): FactValue | null {
  const given = argument(call.call(), PLACES, site, sink.files);
  if (!given) return null;
  const { value, environment } = literal(given.expr, given.site, sink.files);
  const written = value || (environment ? `\${${environment}}` : '');
  if (written === '' || /^:memory:$/.test(written)) return null;
  return known(addressOf(written)?.plain ?? written, given.site.module, given.from);
}
