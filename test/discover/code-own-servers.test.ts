import { expect, test } from 'vitest';
import { python, typescript } from '../../src/discover/code/code-reader.ts';
import type { Fact } from '../../src/discover/fact.ts';
import { joinFacts } from '../../src/discover/join.ts';
import { mayBe } from '../../src/discover/mcp/script.ts';
import { mcpConfig } from '../../src/discover/mcp-config.ts';
import { mcpServerJson } from '../../src/discover/mcp-server-json.ts';
import { readFile } from '../../src/discover/read-file.ts';
import { mutateText } from '../support/mutate-text.ts';
import { Random } from '../support/random.ts';
import { runs } from '../support/runs.ts';

type Files = Readonly<Record<string, string>>;
const READERS = [python, typescript, mcpConfig, mcpServerJson];

const factsOf = (files: Files): Fact[] =>
  Object.entries(files).flatMap(([path, text]) => [
    ...(readFile(READERS, path, text, (other) => files[other] ?? null)?.facts ?? []),
  ]);

/** Each tool with how it is reached, where it is written and what it offers. */
const tools = (files: Files): Record<string, unknown> =>
  Object.fromEntries(
    joinFacts(factsOf(files))
      .components.filter(({ kind }) => kind === 'tool')
      .map(({ id, attributes, offers, sources }) => [
        id,
        {
          transport: attributes['transport']?.value,
          at: sources.map(({ file, pointer }) => `${file}#${pointer}`),
          offers: offers.map(({ name, effect, line }) => `${name}${effect ? ` (${effect})` : ''}:${line}`),
        },
      ]),
  );

test('a server of Python and all ways to give it a tool', () => {
  const found = tools({
    'server.py': `from mcp.server.fastmcp import FastMCP
from mcp.types import ToolAnnotations

mcp = FastMCP("tickets", stateless_http=True)

@mcp.tool()
def read_ticket(id: str) -> str: ...

@mcp.tool
async def plain(): ...

@mcp.tool(name="close", description="d")
def close_ticket(id: str) -> None: ...

@mcp.tool("by_place", annotations=ToolAnnotations(title="t", readOnlyHint=True))
def other() -> str: ...

@mcp.resource("tickets://{id}")
def res(id: str): ...

@mcp.prompt()
def ask(): ...

def added(): ...
def added_too(): ...
mcp.add_tool(added)
mcp.tool()(added_too)
mcp.tool(name="renamed", annotations={"readOnlyHint": True})(added)

if __name__ == "__main__":
    mcp.run(transport="streamable-http")
`,
  });
  expect(found).toEqual({
    tickets: {
      transport: 'streamable-http',
      at: ['server.py#mcp'],
      offers: [
        'read_ticket:7',
        'plain:10',
        'close:13',
        'by_place (read):16',
        'added:26',
        'added_too:27',
        'renamed (read):28',
      ],
    },
  });
});

test('the list of a server that answers by hand', () => {
  const found = tools({
    'server.py': `import mcp.types as types
from mcp.server import Server
from mcp.types import Tool

NAME = "wipe"

async def serve():
    server = Server("store")

    @server.list_tools()
    async def list_tools() -> list[Tool]:
        return [
            Tool(name="look", description="d", annotations=types.ToolAnnotations(readOnlyHint=True)),
            types.Tool(name=NAME, inputSchema={}),
            make_tool(),
        ]

    @server.call_tool()
    async def call_tool(name, arguments): ...
`,
    'src/index.ts': `import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { ListToolsRequestSchema, CallToolRequestSchema } from '@modelcontextprotocol/sdk/types.js';

const SEND = { name: 'send', inputSchema: {} };
const server = new Server({ name: 'mailer', version: '1.0.0' }, { capabilities: { tools: {} } });
server.setRequestHandler(ListToolsRequestSchema, async () => {
  return { tools: [SEND, { name: 'list', annotations: { readOnlyHint: true } }] };
});
server.setRequestHandler(CallToolRequestSchema, async (request) => ({ content: [] }));
const transport = new StdioServerTransport();
await server.connect(transport);
`,
  });
  expect(found).toEqual({
    store: { transport: undefined, at: ['server.py#serve.server'], offers: ['look (read):13', 'wipe:14'] },
    mailer: { transport: 'stdio', at: ['src/index.ts#server'], offers: ['send:5', 'list (read):8'] },
  });
});

test('a server of TypeScript, with tools in files that are given it', () => {
  const found = tools({
    'src/server.ts': `import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { register } from './tools';

export class Desk {
  private server = new McpServer({ name: 'desk', version: '2.0.0' });
  constructor() {
    register(this.server);
    this.server.tool('add', 'Adds', { a: z.number() }, async ({ a }) => ({ content: [] }));
  }
  start() { this.server.connect(new StreamableHTTPServerTransport({})); }
}
`,
    'src/tools.ts': `import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { READ } from './names';

export function register(server: McpServer) {
  server.registerTool(READ, { annotations: { readOnlyHint: true }, inputSchema: {} }, async () => ({}));
  server.registerTool('write_note', { inputSchema: {} }, async () => ({}));
  server.registerTool(\`\${prefix}-x\`, {}, async () => ({}));
  table.tool('no server');
}
`,
    'src/names.ts': `export const READ = 'read_note';\n`,
    'other/fast.ts': `import { FastMCP } from 'fastmcp';
const server = new FastMCP({ name: 'Fast One', version: '1.0.0' });
server.addTool({ name: 'go', parameters: z.object({}), annotations: { readOnlyHint: true }, execute: async () => 'x' });
server.start({ transportType: 'httpStream', httpStream: { port: 8080 } });
`,
  });
  expect(found).toEqual({
    desk: {
      transport: 'streamable-http',
      at: ['src/server.ts#Desk.server'],
      offers: ['add:9', 'read_note (read):5', 'write_note:6'],
    },
    'Fast-One': { transport: 'streamable-http', at: ['other/fast.ts#server'], offers: ['go (read):3'] },
  });
});

test('tools in files that import the server and say nothing else of it', () => {
  const found = tools({
    'desk/app.py': `from fastmcp import FastMCP\nmcp = FastMCP("desk")\n`,
    'desk/tools/read.py': `from ..app import mcp\n\n@mcp.tool()\ndef read_note(): ...\n`,
    'desk/tools/write.py': `from desk import app\n\nclass Notes:\n    @app.mcp.tool\n    def write_note(self): ...\n`,
    'web/server.ts': `import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';\nexport const server = new McpServer({ name: 'web', version: '1' });\n`,
    'web/get.ts': `import { server } from './server';\nserver.registerTool('get', {}, async () => ({}));\n`,
  });
  expect(found).toEqual({
    desk: { transport: undefined, at: ['desk/app.py#mcp'], offers: ['read_note:4', 'write_note:5'] },
    web: { transport: undefined, at: ['web/server.ts#server'], offers: ['get:2'] },
  });
});

test('what only looks like a server is none', () => {
  expect(
    tools({
      'app.py': `from flask import Flask
app = Flask(__name__)  # MCPServer

@app.tool()
def x(): ...
`,
      'src/box.ts': `import { Client } from '@modelcontextprotocol/sdk/client/index.js';
const toolbox = new Toolbox();
toolbox.tool('a');
const client = new Client({ name: 'c', version: '1' });
await client.connect(transport);
`,
    }),
  ).toEqual({});
});

const SERVER = `from fastmcp import FastMCP
mcp = FastMCP(name="Tickets")
@mcp.tool
def read_ticket(): ...
mcp.run()
`;
const client = (params: string) => `import os
from pathlib import Path
from agents import Agent
from agents.mcp import MCPServerStdio
with MCPServerStdio(name="desk-tools", params=${params}) as server:
    desk = Agent(name="Desk", mcp_servers=[server])
`;

test.each([
  ['a file beside the client', '{"command": "python", "args": ["server.py"]}', 'app/server.py'],
  ['a file by its folder', '{"command": "uv", "args": ["run", "app/server.py"]}', 'app/server.py'],
  ['a module', '{"command": "python3", "args": ["-m", "app.server"]}', 'app/server.py'],
  ['a package', '{"command": "python", "args": ["-m", "app.tools"]}', 'app/tools/__main__.py'],
  [
    'a path put together',
    '{"command": "python", "args": [str(Path(__file__).parent / "tools" / "s.py")]}',
    'app/tools/s.py',
  ],
  [
    'another way to put it together',
    '{"command": "python", "args": [os.path.join(os.path.dirname(__file__), "s.py")]}',
    'app/s.py',
  ],
  ['a path of one machine', '{"command": "python", "args": ["/home/x/desk/app/server.py"]}', 'app/server.py'],
])('what a client starts is that server: %s', (_, params, file) => {
  const found = Object.values(tools({ 'app/agent.py': client(params), [file]: SERVER }));
  expect(found).toEqual([
    {
      transport: 'stdio',
      at: expect.arrayContaining(['app/agent.py#server', `${file}#mcp`]),
      offers: ['read_ticket:4'],
    },
  ]);
});

test('what is started elsewhere, and what developers start, stay by themselves', () => {
  const found = tools({
    'app/agent.py': client('{"command": "python", "args": ["other.py"]}'),
    'app/server.py': SERVER,
    '.mcp.json': '{ "mcpServers": { "tickets": { "command": "python", "args": ["app/server.py"] } } }',
  });
  expect(Object.keys(found)).toEqual(['Tickets', 'desk-tools', 'tickets']);
});

test('a server that a registry lists is the one that is written below that file', () => {
  const found = tools({
    'server.json':
      '{ "$schema": "https://static.modelcontextprotocol.io/schemas/2025-07-09/server.schema.json", "name": "io.example/tickets", "packages": [{ "registryType": "pypi", "identifier": "tickets", "version": "1.0.0", "transport": { "type": "stdio" } }] }',
    'src/server.py': SERVER,
  });
  expect(Object.values(found)).toEqual([
    { transport: 'stdio', at: ['server.json#', 'src/server.py#mcp'], offers: ['read_ticket:4'] },
  ]);
});

test.each([
  ['dist/index.js', 'src/index.ts', '.mcp.json', true],
  ['./build/tools/a.mjs', 'tools/a.mts', '.mcp.json', true],
  ['packages/a/dist/index.js', 'packages/a/src/index.ts', '.vscode/mcp.json', true],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: as editors write it
  ['${workspaceFolder}/server.py', 'server.py', '.vscode/mcp.json', true],
  ['C:\\desk\\app\\server.py', 'app/server.py', '.mcp.json', true],
  ['/elsewhere/server.py', 'server.py', '.mcp.json', false],
  ['/elsewhere/other/server.py', 'app/server.py', '.mcp.json', false],
  ['server.py', 'deep/server.py', '.mcp.json', false],
  ['dist/index.js', 'src/other.ts', '.mcp.json', false],
])('%s may be %s: %s', (script, file, from, is) => expect(mayBe(script, file, from)).toBe(is));

test('no mutated server ends a reader, loses its place or tells a credential', () => {
  const random = new Random(7);
  const texts: [string, string][] = [
    ['server.py', SERVER],
    [
      'server.ts',
      `import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
const server = new McpServer({ name: 'desk', version: '1' });
server.registerTool('sk-proj-${'a1B2'.repeat(8)}', { annotations: { readOnlyHint: true } }, async () => ({}));
server.setRequestHandler(ListToolsRequestSchema, async () => ({ tools: [{ name: 'a' }, ...more] }));
`,
    ],
  ];
  for (let i = 0; i < runs(2000); i++) {
    const [path, text] = texts[i % texts.length]!;
    const mutant = mutateText(text, texts[(i + 1) % texts.length]![1], random);
    const found = readFile(READERS, path, mutant, () => null);
    expect(found?.unread.filter(({ why }) => why.includes('cannot be read as')) ?? []).toEqual([]);
    const joined = joinFacts(found?.facts ?? []);
    expect(JSON.stringify(joined)).not.toContain('a1B2a1B2a1B2a1B2a1B2a1B2');
    const lines = mutant.split(/\r\n|\r|\n/).length;
    for (const { source } of found?.facts ?? []) expect(source.line).toBeLessThanOrEqual(lines);
  }
});
