import { expect, test } from 'vitest';
import { python, typescript } from '../../src/discover/code/code-reader.ts';
import type { Fact } from '../../src/discover/fact.ts';
import { mutateText } from '../support/mutate-text.ts';
import { Random } from '../support/random.ts';
import { runs } from '../support/runs.ts';

type Files = Readonly<Record<string, string>>;

function read(files: Files): readonly Fact[] {
  const [path] = Object.keys(files);
  const reader = path!.endsWith('.py') ? python : typescript;
  return reader.read(path!, files[path!]!, (other) => files[other] ?? null)?.facts ?? [];
}

/** What is said of each tool, without what all of them have. */
function servers(facts: readonly Fact[]): Record<string, Record<string, unknown>> {
  const tools = facts.filter(({ kind }) => kind === 'tool');
  return Object.fromEntries(
    tools.map(({ name, attributes }) => {
      const { kind, framework, ...rest } = Object.fromEntries(
        Object.entries(attributes).map(([key, { value, unresolved }]) => [key, value ?? `? ${unresolved}`]),
      );
      return [name, rest];
    }),
  );
}

const uses = (facts: readonly Fact[], name: string): string[] =>
  facts
    .find((fact) => fact.kind === 'agent' && fact.name === name)!
    .links.filter(({ as }) => as === 'tools')
    .map(({ to, unresolved }) => (unresolved ? `? ${to} ${unresolved}` : to));

const NO_HEADERS = '? the file names no headers; a remote server often asks for OAuth instead';

test('the servers of a client are tools of their own, and an agent that gets its tools has all of them', () => {
  const facts = read({
    'src/agent.ts': `import { Agent } from '@mastra/core/agent';
import { MCPClient } from '@mastra/mcp';
import { lookup } from './tools';

export const mcp = new MCPClient({
  id: 'clients',
  servers: {
    tickets: {
      url: new URL('https://tickets.example/mcp'),
      requestInit: { headers: { Authorization: \`Bearer \${process.env.TICKETS_TOKEN}\` } },
    },
    automation: { url: new URL(process.env.AUTOMATION_URL || '') },
    notes: { command: 'npx', args: ['-y', '@example/notes-server@1.4.2', path.join(process.cwd(), 'notes')] },
    news: { command: 'pnpx', args: ['@example/news'], env: { NEWS_KEY: await vault.read('news') } },
    [named]: { command: 'npx', args: ['x'] },
  },
});
const mcpTools = await mcp.getTools();
export const desk = new Agent({ name: 'Desk', model: openai('gpt-4o'), tools: { ...mcpTools, lookup } });
export const other = new Agent({ name: 'Other', model: openai('gpt-4o'), tools: await mcp.listTools() });
`,
    'src/tools.ts': `import { createTool } from '@mastra/core/tools';
export const lookup = createTool({ id: 'lookup' });
`,
  });
  expect(servers(facts)).toEqual({
    tickets: {
      transport: 'streamable-http',
      url: 'https://tickets.example/mcp',
      auth: 'bearer',
      credentials_from: ['environment'],
    },
    automation: {
      transport: 'streamable-http',
      url: '? the address comes from a variable',
      auth: NO_HEADERS,
    },
    notes: {
      transport: 'stdio',
      command: 'npx',
      runner: 'npx',
      registry: 'npm',
      package: '@example/notes-server',
      pin: 'exact',
      version: '1.4.2',
    },
    news: {
      transport: 'stdio',
      command: 'pnpx',
      runner: 'pnpx',
      registry: 'npm',
      package: '@example/news',
      pin: 'none',
      credentials_from: ['code'],
    },
    lookup: { transport: 'in-process' },
  });
  expect(uses(facts, 'Desk')).toEqual(['lookup', 'tickets', 'automation', 'notes', 'news']);
  expect(uses(facts, 'Other')).toEqual(['tickets', 'automation', 'notes', 'news']);
  expect(facts.find(({ name }) => name === 'notes')?.source).toEqual({
    file: 'src/agent.ts',
    line: 13,
    column: 5,
    pointer: 'mcp.notes',
  });
});

test('LangChain: by name, from another file, one server of several, inside a function', () => {
  const facts = read({
    'app/graph.py': `from langchain_mcp_adapters.client import MultiServerMCPClient
from langgraph.prebuilt import create_react_agent
from app.servers import SERVERS

client = MultiServerMCPClient(SERVERS)

async def tools_of(): return await client.get_tools()

async def main():
    everything = create_react_agent(model="openai:gpt-5", tools=await tools_of(), name="everything")
    mathematician = create_react_agent("openai:gpt-5", await client.get_tools(server_name="maths"), name="mathematician")
    async with MultiServerMCPClient(connections={"weather": {"url": "http://weather:8000/sse", "transport": "sse"}}) as own:
        forecaster = create_react_agent("openai:gpt-5", own.get_tools(), name="forecaster")
`,
    'app/servers.py': `import os
HOST = os.environ["FILES_HOST"]
SERVERS = {
    "maths": {"command": "uvx", "args": ["maths-server==0.3.0"], "transport": "stdio"},
    "files": {"url": f"{HOST}/mcp", "transport": "streamable_http", "headers": {"x-api-key": "k9d83hf72hs6g5d4f3a2"}},
}
`,
  });
  expect(servers(facts)).toMatchObject({
    maths: { transport: 'stdio', package: 'maths-server', version: '0.3.0' },
    files: { transport: 'streamable-http', auth: 'api-key', secret: true },
    weather: { transport: 'sse', url: 'http://weather:8000/sse', exposure: 'private' },
  });
  expect(Object.keys(servers(facts))).toHaveLength(3);
  expect(uses(facts, 'everything')).toEqual(['maths', 'files']);
  expect(uses(facts, 'mathematician')).toEqual(['maths']);
  expect(uses(facts, 'forecaster')).toEqual(['weather']);
  expect(facts.find(({ name }) => name === 'files')?.source).toMatchObject({
    file: 'app/servers.py',
    line: 5,
    pointer: 'SERVERS.files',
  });
  const secrets = facts.filter(({ kind }) => kind === 'secret');
  expect(secrets).toMatchObject([
    { name: 'credential in a header', source: { file: 'app/servers.py', line: 5 } },
  ]);
  expect(JSON.stringify(facts)).not.toContain('k9d83hf72hs6g5d4f3a2');
});

test('OpenAI Agents SDK: parameters, hosted servers, who is asked before a call', () => {
  const facts = read({
    'agents_main.py': `from agents import Agent, HostedMCPTool
from agents.mcp import MCPServerStdio, MCPServerSse, MCPServerStreamableHttp, create_static_tool_filter

async def main():
    async with MCPServerStdio(
        name="Files",
        params={"command": "npx", "args": ["-y", "@example/files", "/srv"]},
        tool_filter=create_static_tool_filter(allowed_tool_names=["read_file", "list_files"], blocked_tool_names=["write_file"]),
        require_approval="always",
    ) as files:
        agent = Agent(name="Desk", mcp_servers=[files, legacy], tools=[
            HostedMCPTool(tool_config={"type": "mcp", "server_label": "code", "server_url": "https://code.example/mcp", "require_approval": "never"}),
        ])

legacy = MCPServerSse(params={"url": f"http://localhost:{PORT}/stream"}, name="Legacy")
`,
  });
  expect(servers(facts)).toEqual({
    Files: {
      transport: 'stdio',
      command: 'npx',
      runner: 'npx',
      registry: 'npm',
      package: '@example/files',
      pin: 'none',
      allowed_tools: ['read_file', 'list_files'],
      denied_tools: ['write_file'],
      approval: 'human',
    },
    Legacy: {
      transport: 'sse',
      url: 'http://localhost:\u0024{code.PORT}/stream',
      exposure: 'loopback',
      auth: NO_HEADERS,
    },
    code: {
      transport: 'streamable-http',
      url: 'https://code.example/mcp',
      auth: NO_HEADERS,
      auto_approve: ['*'],
      auto_approve_changing: ['*'],
    },
  });
  expect(facts.find(({ name }) => name === 'Files')?.controls['human_approval']).toMatchObject({
    value: true,
    line: 9,
  });
  expect(uses(facts, 'Desk')).toEqual(['code', 'Files', 'Legacy']);
});

test('the same in TypeScript', () => {
  const facts = read({
    'src/agents.ts': `import { Agent, hostedMcpTool, MCPServerStdio, MCPServerStreamableHttp } from '@openai/agents';
const files = new MCPServerStdio({ name: 'Files', fullCommand: \`npx -y @example/files@2.0.1 \${folder}\` });
const search = new MCPServerStreamableHttp({ url: process.env.SEARCH_URL ?? 'https://search.example/mcp', name: 'Search' });
export const agent = new Agent({
  name: 'Desk',
  tools: [hostedMcpTool({ serverLabel: 'code', serverUrl: 'https://code.example/mcp', requireApproval: { never: { toolNames: ['find_code', 'write_code'] } } })],
  mcpServers: [files, search],
});
`,
  });
  expect(servers(facts)).toMatchObject({
    Files: { transport: 'stdio', package: '@example/files', version: '2.0.1' },
    Search: { transport: 'streamable-http', url: 'https://search.example/mcp' },
    code: {
      transport: 'streamable-http',
      url: 'https://code.example/mcp',
      auto_approve_changing: ['write_code'],
    },
  });
  expect(uses(facts, 'Desk')).toEqual(['code', 'Files', 'Search']);
});

test('Google ADK: parameters inside parameters', () => {
  const facts = read({
    'agent.py': `from google.adk.agents import LlmAgent
from google.adk.tools.mcp_tool.mcp_toolset import MCPToolset, StdioServerParameters, StdioConnectionParams, SseConnectionParams, StreamableHTTPConnectionParams
import os

maps = MCPToolset(
    connection_params=StdioConnectionParams(
        server_params=StdioServerParameters(command="npx", args=["-y", "@example/maps"], env={"MAPS_API_KEY": os.getenv("MAPS_API_KEY")}),
    ),
    tool_filter=["directions"],
)
root_agent = LlmAgent(name="guide", model="gemini-2.5-pro", tools=[
    maps,
    MCPToolset(connection_params=SseConnectionParams(url="http://10.0.0.7/sse", headers={"Authorization": f"Bearer {TOKEN}"})),
])
`,
  });
  expect(servers(facts)).toMatchObject({
    maps: {
      transport: 'stdio',
      package: '@example/maps',
      pin: 'none',
      credentials_from: ['environment'],
      allowed_tools: ['directions'],
    },
    MCPToolset: { transport: 'sse', exposure: 'private', auth: 'bearer', credentials_from: ['code'] },
  });
  expect(servers(facts)['maps']).not.toHaveProperty('denied_tools');
});

test('CrewAI: the adapter is the list of its tools', () => {
  const facts = read({
    'crew.py': `from crewai import Agent
from crewai_tools import MCPServerAdapter
from mcp import StdioServerParameters

params = [StdioServerParameters(command="python3", args=["servers/maths.py"])]
with MCPServerAdapter({"url": "https://tools.example/mcp", "transport": "streamable-http"}) as tools:
    agent = Agent(role="Clerk", tools=tools)
with MCPServerAdapter(params) as maths:
    second = Agent(role="Mathematician", tools=maths)
`,
  });
  expect(servers(facts)).toMatchObject({
    tools: { transport: 'streamable-http', url: 'https://tools.example/mcp' },
    maths: { transport: 'stdio', command: 'python3' },
  });
  expect(uses(facts, 'Clerk')).toEqual(['tools']);
  expect(uses(facts, 'second')).toEqual(['maths']);
});

test('AI SDK: the transport is an object or says which it is', () => {
  const facts = read({
    'app/api/chat/route.ts': `import { streamText, createMCPClient } from 'ai';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';

export async function POST() {
  const files = await createMCPClient({ transport: new StdioClientTransport({ command: 'node', args: ['files.js'] }) });
  const news = await createMCPClient({ transport: { type: 'sse', url: 'https://news.example/sse' } });
  const shop = await createMCPClient({
    transport: new StreamableHTTPClientTransport(new URL('https://shop.example/mcp'), { requestInit: { headers: { 'x-api-key': process.env.SHOP_KEY } } }),
  });
  const tools = { ...(await files.tools()), ...(await news.tools()) };
  return streamText({ model, tools });
}
`,
  });
  expect(servers(facts)).toMatchObject({
    files: { transport: 'stdio', command: 'node' },
    news: { transport: 'sse', url: 'https://news.example/sse' },
    shop: { transport: 'streamable-http', auth: 'api-key', credentials_from: ['environment'] },
  });
  expect(uses(facts, 'chat')).toEqual(['files', 'news']);
});

test('servers that only a run knows stay one tool, and nothing of them is guessed', () => {
  const facts = read({
    'app/graph.py': `from langchain_mcp_adapters.client import MultiServerMCPClient
from agents.mcp import MCPServerStdio
client = MultiServerMCPClient(load("servers.json"))
server = MCPServerStdio(params=params_from(settings))
`,
  });
  expect(servers(facts)).toEqual({ client: {}, server: { transport: 'stdio' } });
});

test('mutated clients end no reader, and the value of a credential goes nowhere', () => {
  const secret = 'k9d83hf72hs6g5d4f3a2';
  const script = `import { MCPClient } from '@mastra/mcp';
const mcp = new MCPClient({ servers: {
  a: { url: new URL('https://a.example/mcp'), requestInit: { headers: { 'x-api-key': '${secret}' } } },
  b: { command: 'npx', args: ['-y', '@example/b@1.0.0'], env: { B_TOKEN: process.env.B_TOKEN }, ...more } } });
const more = { env: { ...more }, args: [...more, mcp], url: \`\${mcp}/\${more}\` };
`;
  const snake = `from agents.mcp import MCPServerStdio
server = MCPServerStdio(name="s", params={"command": "uvx", "args": ["s==1"], "env": {"API_KEY": "${secret}", **env}})
`;
  const random = new Random(11);
  for (let round = 0; round < runs(400); round++) {
    const files = { 'a.ts': mutateText(script, snake, random), 'a.py': mutateText(snake, script, random) };
    for (const path of ['a.ts', 'a.py'] as const) {
      const facts = read({ [path]: files[path] });
      const lines = files[path].split('\n');
      for (const { source } of facts)
        expect(lines[source.line - 1]?.length).toBeGreaterThanOrEqual(source.column - 1);
      if (files[path].includes(secret)) expect(JSON.stringify(facts)).not.toContain(`"value":"${secret}"`);
    }
  }
});

test('objects that are spread into each other end', () => {
  const spread = (name: string): string => `...${name}, `.repeat(20);
  const levels = Array.from(
    { length: 12 },
    (_, i) => `const o${i} = { ${spread(`o${i + 1}`)} command: 'x' };`,
  );
  const text = `import { MCPClient } from '@mastra/mcp';\n${levels.join('\n')}\nnew MCPClient({ servers: { a: o0 } });`;
  expect(servers(read({ 'a.ts': text }))).toEqual({ a: { transport: 'stdio', command: 'x' } });
});
