import { expect, test } from 'vitest';
import { unknownOf } from '../../src/discover/draft-unknown.ts';
import type { Component } from '../../src/discover/join.ts';
import { joinFacts } from '../../src/discover/join.ts';
import { factsOf, plain, type Repository } from './facts.ts';

/** What the files of a small repository show, joined, by id. */
const whole = (files: Repository): Record<string, Component> =>
  Object.fromEntries(joinFacts(factsOf(files)).components.map((each) => [each.id, each]));
const ids = (found: Record<string, Component>, kind: string): string[] =>
  Object.values(found)
    .filter((each) => each.kind === kind)
    .map(({ id }) => id);
const edges = (found: Component | undefined): string[] =>
  found!.links.map(({ as, to }) => `${as} ${to}`).sort();

test('handoffs that a file of its own puts in, where agents stand in others', () => {
  const found = whole({
    'agents/sales.ts': `import { RealtimeAgent, tool } from '@openai/agents/realtime';
const offers = tool({ name: 'offers' });
export const sales = new RealtimeAgent({ name: 'sales', handoffs: [], tools: [offers] });
`,
    'agents/returns.ts': `import { RealtimeAgent } from '@openai/agents/realtime';
export const returns = new RealtimeAgent({ name: 'returns', handoffs: [] });
`,
    'agents/index.ts': `import { sales } from './sales';
import { returns } from './returns';
(sales.handoffs as any).push(returns, later);
returns.handoffs.push(sales);
`,
  });
  expect(ids(found, 'agent')).toEqual(['returns', 'sales']);
  expect(edges(found['sales'])).toEqual(['delegates_to returns', 'tools offers']);
  expect(edges(found['returns'])).toEqual(['delegates_to sales']);
  expect(found['sales']!.open).toMatchObject([{ to: 'later', file: 'agents/index.ts', line: 3 }]);
  const python = whole({
    'desk.py': 'from agents import Agent\nbilling = Agent(name="billing")\ntriage = Agent(name="triage")\n',
    'main.py':
      'from desk import billing, triage\ntriage.handoffs.append(billing)\ntriage.handoffs.extend(more())\n',
  });
  expect(edges(python['triage'])).toEqual(['delegates_to billing']);
  expect(python['triage']!.attributes['delegates_to']).toMatchObject({
    file: 'main.py',
    line: 3,
    value: null,
  });
});

test('a client of several MCP servers: each is a tool, and who asks the client for tools has them', () => {
  const found = whole({
    'src/agent.ts': `import { Agent } from '@mastra/core/agent';
import { MCPClient } from '@mastra/mcp';
const mcp = new MCPClient({ servers: {
  issues: { url: new URL('https://mcp.example.com/mcp'), requestInit: { headers: { Authorization: \`Bearer \${process.env.T}\` } } },
  notes: { command: 'npx', args: ['-y', '@x/notes@1.2.3', folder()] },
  mail: { url: new URL(process.env.MAIL_URL || '') },
} });
const tools = await mcp.getTools();
export const desk = new Agent({ name: 'Desk', model: 'openai/gpt-5', tools: { ...tools } });
`,
  });
  expect(ids(found, 'tool')).toEqual(['issues', 'mail', 'notes']);
  expect(edges(found['Desk'])).toEqual(['models openai-gpt-5', 'tools issues', 'tools mail', 'tools notes']);
  expect(found['Desk']!.attributes['tools']).toBeUndefined();
  const of = (id: string) => plain(found[id]!.attributes);
  expect(of('issues')).toMatchObject({
    transport: 'streamable-http',
    url: 'https://mcp.example.com/mcp',
    auth: 'bearer',
  });
  expect(of('notes')).toMatchObject({ transport: 'stdio', package: '@x/notes', pin: 'exact' });
  expect(of('mail')).toMatchObject({ url: '? the address comes from a variable' });
  expect(found['notes']!.sources[0]).toMatchObject({ line: 5, pointer: 'mcp.notes' });
});

test('a client whose servers the code does not name stands for them', () => {
  const found = whole({
    'a.ts': `import { experimental_createMCPClient, generateText } from 'ai';
const search = await experimental_createMCPClient({ transport: make() });
export async function ask() { return generateText({ model: 'openai/gpt-5', tools: await search.tools() }); }
`,
    'b.py': `from langchain_mcp_adapters.client import MultiServerMCPClient
from langgraph.prebuilt import create_react_agent
client = MultiServerMCPClient(servers_from_disk())
tools = client.get_tools()
desk = create_react_agent("openai:gpt-5", tools, name="desk")
two = MultiServerMCPClient({"math": {"transport": "stdio", "command": "python", "args": ["math.py"]}})
other = create_react_agent("openai:gpt-5", two.get_tools(), name="other")
`,
  });
  expect(ids(found, 'tool')).toEqual(['client', 'math', 'search']);
  expect(edges(found['ask'])).toContain('tools search');
  expect(edges(found['desk'])).toContain('tools client');
  expect(edges(found['other'])).toContain('tools math');
});

test('tools that a package brings along are called what they are, and are one wherever they stand as they come', () => {
  const found = whole({
    'agents.ts': `import { Agent, webSearchTool, shellTool, tool } from '@openai/agents';
import { codexTool } from '@openai/agents-extensions/experimental/codex';
const pay = tool({ name: 'pay', needsApproval: async (_, { amount }) => amount > 10 });
export const one = new Agent({ name: 'One', tools: [webSearchTool(), codexTool({ name: 'engineer' }), pay] });
export const two = new Agent({ name: 'Two', tools: [webSearchTool(), shellTool({ shell: a }), shellTool({ shell: b })] });
`,
    'more.ts': `import { Agent, webSearchTool } from '@openai/agents';
function make() { return new Agent({ name: 'Three', tools: [webSearchTool()] }); }
`,
    'adk/a.py':
      'from google.adk.agents import Agent\nfrom google.adk.tools import google_search\na = Agent(name="a", tools=[google_search])\n',
    'adk/b.py':
      'from google.adk.agents import Agent\nfrom google.adk.tools import google_search\nb = Agent(name="b", tools=[google_search])\n',
  });
  expect(ids(found, 'tool')).toEqual([
    'engineer',
    'google_search',
    'pay',
    'shellTool',
    'shellTool-tool',
    'webSearchTool',
  ]);
  for (const id of ['One', 'Two', 'Three']) expect(edges(found[id])).toContain('tools webSearchTool');
  for (const id of ['a', 'b']) expect(edges(found[id])).toEqual(['tools google_search']);
  expect(found['google_search']!.sources.map(({ file }) => file)).toEqual(['adk/a.py', 'adk/b.py']);
  expect(found['pay']!.attributes['approval']?.unresolved).toBe('is decided at run time');
});

test('stores that keep in one place are one; the same place in a folder beside is another program', () => {
  const store = (name: string, url: string) =>
    `import { LibSQLStore } from '@mastra/libsql';\nexport const ${name} = new LibSQLStore({ url: ${url} });\n`;
  const found = whole({
    'one/index.ts': store('storage', `'file:../db.sqlite'`),
    'one/agents/a.ts': store('history', `'file:../db.sqlite'`),
    'two/index.ts': store('other', `'file:../db.sqlite'`),
    'three/a.ts': store('first', `':memory:'`),
    'three/b.ts': store('second', `':memory:'`),
    'four/a.ts': store('asked', 'process.env.DB!'),
    'four/b.ts': store('again', 'process.env.DB!'),
  });
  expect(ids(found, 'store')).toEqual(['asked', 'first', 'other', 'second', 'storage']);
  expect(found['storage']!.sources.map(({ file }) => file)).toEqual(['one/index.ts', 'one/agents/a.ts']);
  const secret = whole({ 'a.ts': store('s', `'postgres://me:${'a1B2'.repeat(8)}@db.example/x'`) });
  expect(JSON.stringify(secret)).not.toContain('a1B2');
});

test('a template: names that it fills in are not known, and what stands in two branches is there once', () => {
  const found = whole({
    'app/agent.py': `from google.adk.agents import Agent
from google.adk.artifacts import GcsArtifactService, InMemoryArtifactService
{%- if cookiecutter.a %}
service = lambda: GcsArtifactService(bucket_name=b) if b else InMemoryArtifactService()
{%- else %}
service = lambda: GcsArtifactService(bucket_name=b) if b else InMemoryArtifactService()
{%- endif %}
def search(q: str): ...
def retrieve(q: str): ...
root_agent = Agent(
    name="{{cookiecutter.project}}_agent",
{%- if cookiecutter.a %}
    tools=[search],
{%- else %}
    tools=[retrieve],
{%- endif %}
    model="gemini-2.5-pro",
)
`,
  });
  expect(ids(found, 'agent')).toEqual(['root_agent']);
  expect(found['root_agent']!.attributes['name']?.unresolved).toBe('is filled in by a template');
  expect(edges(found['root_agent'])).toEqual(['models gemini-2-5-pro', 'tools retrieve', 'tools search']);
  expect(found['root_agent']!.sources[0]).toMatchObject({ line: 10 });
  expect(ids(found, 'store')).toEqual(['GcsArtifactService', 'InMemoryArtifactService']);
});

test('what only runs other agents needs no model', () => {
  const found = whole({
    'agent.py': `from google.adk.agents import Agent, SequentialAgent
one = Agent(name="one")
root_agent = SequentialAgent(name="root", sub_agents=[one])
`,
  });
  expect(unknownOf(found['one']!, new Set())).toContain('models');
  expect(unknownOf(found['root']!, new Set())).not.toContain('models');
});

test('names: what a part of a result is called, and what a person of a crew is', () => {
  const found = whole({
    'rag.ts': `import { generateObject, generateText } from 'ai';
export const middleware = { transform: async () => {
  const { object: kind } = await generateObject({ model: 'openai/gpt-5' });
  const { text: answer, usage } = await generateText({ model: 'openai/gpt-5' });
  const { text } = await generateText({ model: 'openai/gpt-5' });
} };
export async function chart() {
  const { output: config } = await generateText({ model: 'openai/gpt-5' });
}
`,
    'tools.py': `from crewai import Agent
def scrape():
    agent = Agent(role="Principal Researcher", goal="x")
def other():
    agent = Agent(role="{topic} expert", goal="x")
def writer():
    return Agent(role="Writer of texts", goal="x")
`,
  });
  expect(ids(found, 'agent').sort()).toEqual([
    'Principal-Researcher',
    'agent',
    'answer',
    'chart',
    'kind',
    'transform',
    'writer',
  ]);
});
