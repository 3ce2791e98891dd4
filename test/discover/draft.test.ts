import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { partsOf } from '../../src/cli/init-prove.ts';
import { type DraftInput, type DraftText, draftOf } from '../../src/discover/draft.ts';
import { effectNamed } from '../../src/discover/draft-effects.ts';
import type { Fact } from '../../src/discover/fact.ts';
import { joinFacts } from '../../src/discover/join.ts';
import { looksSecret, mask } from '../../src/finding/secrets.ts';
import { loadParts, loadText } from '../../src/model/load.ts';
import type { Component, System } from '../../src/model/system.ts';
import { ignoreComments } from '../../src/model/yaml-comments.ts';
import { checkControls } from '../../src/rules/check-controls.ts';
import { builtInPack } from '../../src/rules/pack.ts';
import { runs } from '../support/runs.ts';
import { HOSTILE, someFacts, someText } from './draft-facts.ts';
import { factsOf, type Repository } from './facts.ts';

const { vocabulary } = builtInPack();

const draft = (facts: readonly Fact[], more: Partial<DraftInput> = {}): DraftText =>
  draftOf({
    joined: joinFacts(facts),
    name: 'desk',
    answers: { untrusted: [], sensitive: [] },
    schema: 'https://schema.example/1.json',
    mayStand: (control, kind) => vocabulary.get(control)?.for.includes(kind) ?? false,
    lineAt: () => null,
    ...more,
  });

/** The draft of a repository, with evidence looked up in it. */
const draftFrom = (files: Repository, more: Partial<DraftInput> = {}): DraftText =>
  draft(factsOf(files), { lineAt: (file, line) => files[file]?.split('\n')[line - 1] ?? null, ...more });

function systemOf(text: string): System {
  const loaded = loadText('maestro.yaml', text);
  if (loaded.is !== 'system') throw new Error(`${JSON.stringify(loaded)}\n${text}`);
  const wrong = checkControls(loaded.system, vocabulary);
  if (wrong.length > 0) throw new Error(`${JSON.stringify(wrong)}\n${text}`);
  expectSameInParts(text, loaded.system);
  return loaded.system;
}

/** `init` proves a draft in parts: wherever it is cut, the parts say together what the whole says. */
function expectSameInParts(text: string, whole: System): void {
  for (const length of [0, 150, 600]) {
    const loaded = loadParts('maestro.yaml', [...partsOf(text, length)]);
    if (loaded.is !== 'system') throw new Error(`${JSON.stringify(loaded)}\n${text}`);
    const told = ({ components, flows }: System) => [components.map(look), flows.map(({ raw }) => raw)];
    expect(told(loaded.system), text).toEqual(told(whole));
  }
}

const look = ({ id, kind, raw, out }: Component) => ({
  id,
  kind,
  raw,
  out: [...out].map(([key, edges]) => [key, edges.map(({ to }) => to.id)]),
});

/** The text of one component: its id and what stands deeper. */
function block(text: string, id: string): string[] {
  const lines = text.split('\n');
  const start = lines.indexOf(`  ${id}:`);
  const length = lines.slice(start + 1).findIndex((line) => !line.startsWith('    '));
  return start < 0 ? [] : lines.slice(start + 1, start + 1 + length).map((line) => line.slice(4));
}

const PRODUCT: Repository = {
  'compose.yaml': `services:
  db:
    image: postgres:16
    ports: ["5432:5432"]
  app:
    build: ./crew
    user: "1000"
    read_only: true
    cap_drop: [ALL]
    environment:
      DATABASE_URL: postgres://db:5432/x
`,
  'crew/config/agents.yaml': `writer:
  role: Writer
  goal: write
  llm: openai/gpt-4o
  tools: [search]
`,
  'crew/config/tasks.yaml': `draft:
  description: write it
  expected_output: a text
  agent: writer
  human_input: true
`,
  '.mcp.json': `{ "mcpServers": { "github": { "command": "npx", "args": ["-y", "@x/github@1.2.3"], "autoApprove": ["push_files"] } } }
`,
};

test('a component says where it comes from, what is known of it, and what a person has to add', () => {
  const { text, unknown, unresolved } = draftFrom(PRODUCT);
  systemOf(text);
  expect(block(text, 'db')).toEqual([
    'source: compose.yaml#/services/db',
    'kind: database',
    'exposure: public',
    'version: 16',
    '# ports 5432:5432, on every address of the machine',
    '# unknown: classification, auth',
  ]);
  const writer = block(text, 'writer');
  expect(writer).toContain('models: openai-gpt-4o');
  expect(writer.join('\n')).toMatch(/# unknown: tools: search: .* \(crew\/config\/agents\.yaml:5\)/);
  expect(writer.at(-1)).toMatch(/^# unknown: .*autonomy/);
  expect(text).toContain('  # autonomy: suggest | supervised | bounded | autonomous\n');
  expect(unknown.find(({ key }) => key === 'autonomy')).toEqual({ key: 'autonomy', of: ['writer'] });
  expect(unresolved.some((why) => why.startsWith('writer: tools: search'))).toBe(true);
});

test('controls are claimed where an artifact shows them, with evidence, and nowhere else', () => {
  const { text } = draftFrom(PRODUCT);
  const all = systemOf(text).components.flatMap(({ id, raw }) =>
    Object.entries((raw['controls'] as object | undefined) ?? {}).map(([name, value]) => [id, name, value]),
  );
  expect(all).toEqual([
    ['app', 'hardened_runtime', { evidence: { file: 'compose.yaml', contains: 'read_only: true' } }],
    [
      'writer',
      'human_approval',
      { evidence: { file: 'crew/config/tasks.yaml', contains: 'human_input: true' } },
    ],
  ]);
});

test('what is switched off is written down as that', () => {
  const { text } = draftFrom({ 'compose.yaml': 'services:\n  app:\n    build: .\n    privileged: true\n' });
  expect(block(text, 'app')).toContain('  hardened_runtime: false  # switched off in compose.yaml:4');
});

test('evidence never repeats a credential, and a bracket proves nothing', () => {
  const facts = factsOf(PRODUCT);
  const lines = (line: string) => draft(facts, { lineAt: () => line }).text;
  expect(lines('  read_only: true  # AKIAMADEUPMADEUPMADE')).not.toContain('AKIA');
  expect(lines('  [')).toContain('hardened_runtime: { evidence: compose.yaml }');
});

test('what people build with is marked, and nobody is asked about it', () => {
  const { text, unknown } = draftFrom({ '.mcp.json': PRODUCT['.mcp.json']! });
  systemOf(text);
  const github = block(text, 'github');
  expect(github).toContain('plane: development');
  expect(github).toContain('  push_files: { approval: none }');
  expect(text).not.toMatch(/unknown: (?!.*\()/);
  expect(unknown).toEqual([]);
});

test('what was said at the start goes where it belongs', () => {
  const answers = {
    owner: 'press',
    untrusted: ['web pages', 'inbox=writer'],
    sensitive: ['db=pii+restricted', 'notes'],
  };
  const { text } = draftFrom(PRODUCT, { answers });
  const { byId, raw } = systemOf(text);
  expect(raw['owner']).toBe('press');
  expect(byId.get('db')!.raw).toMatchObject({ classification: 'restricted', contains: ['pii'] });
  expect(byId.get('web-pages')!.raw).toMatchObject({ kind: 'content', boundary: 'internet' });
  // There is one agent, so it is the one that reads what somebody named without a reader.
  expect(byId.get('writer')!.raw['reads']).toEqual(['inbox', 'notes', 'web-pages']);
});

test('what a variable names as a model goes nowhere when it is a credential', () => {
  const named = (value: string) => {
    const at = { line: 1, column: 1 };
    const fact: Fact = {
      kind: 'agent',
      name: 'desk',
      attributes: { model: { value, env: 'MODEL', ...at } },
      controls: {},
      links: [],
      source: { file: 'desk.py', pointer: 'desk', ...at },
      plane: 'runtime',
      confidence: 'parsed',
      reader: 'python',
    };
    return draft([fact]).text;
  };
  expect(named('gpt-5')).toContain('models: gpt-5');
  expect(named('AKIAMADEUPMADEUPMADE')).not.toContain('AKIA');
});

test('the same facts give the same text, whatever their order', () => {
  fc.assert(
    fc.property(someFacts, fc.infiniteStream(fc.nat()), (facts, numbers) => {
      const shuffled = facts
        .map((fact) => ({ fact, at: numbers.next().value as number }))
        .sort((a, b) => a.at - b.at)
        .map(({ fact }) => fact);
      // Two facts at one place have no order of their own.
      const places = facts.map(({ source, kind, name }) =>
        JSON.stringify([source.file, source.line, kind, name]),
      );
      fc.pre(new Set(places).size === places.length);
      expect(draft(shuffled).text).toBe(draft(facts).text);
    }),
    { numRuns: runs(200) },
  );
});

test('is valid whatever the facts hold, and holds nothing that they brought in', () => {
  fc.assert(
    fc.property(
      someFacts,
      fc.record({
        owner: fc.option(someText, { nil: undefined }),
        untrusted: fc.array(someText, { maxLength: 2 }),
        sensitive: fc.array(someText, { maxLength: 2 }),
      }),
      someText,
      (facts, answers, line) => {
        const joined = joinFacts(facts);
        const { text } = draft(facts, { answers, lineAt: () => line });
        const system = systemOf(text);
        const known = joined.components.filter(({ kind }) => kind !== 'action');
        for (const { id, kind, plane } of known) {
          const component = system.byId.get(id);
          expect([id, component?.kind]).toEqual([id, kind]);
          expect(component?.raw['plane'] ?? 'runtime').toBe(plane);
        }
        const said = answers.untrusted.length + answers.sensitive.length + 1;
        expect(system.components.length).toBeLessThanOrEqual(known.length + said);
        expect(system.files.flatMap(ignoreComments)).toEqual([]);
        expect(text.match(/^\s*#.*\$schema/gm)).toHaveLength(1);
        expect(looksSecret(text)).toBe(false);
        expect(text).not.toMatch(/[^\n\P{Cc}]|[\u2028\u2029\ufeff\u202e]/u);
      },
    ),
    { numRuns: runs(500) },
  );
});

test('every hostile name, in every place at once', () => {
  for (const name of HOSTILE) {
    const at = { line: 1, column: 1 };
    const fact: Fact = {
      kind: 'agent',
      name: mask(name),
      attributes: { framework: { value: name, ...at }, model: { value: null, unresolved: name, ...at } },
      controls: { kill_switch: { value: true, file: name, ...at } },
      links: [{ as: 'tools', to: name, toKind: 'tool', ...at, unresolved: name }],
      source: { file: name, pointer: name, ...at },
      plane: 'runtime',
      confidence: 'parsed',
      reader: 'python',
    };
    const { text } = draft([fact], { name, lineAt: () => name });
    expect(systemOf(text).components).toHaveLength(1);
  }
});

describe('what a person has to add to a tool', () => {
  const { text, unknown } = draftFrom({
    'app.py': `from agents import Agent, function_tool

@function_tool
def send_invoice(to: str) -> str:
    return "sent"

@function_tool
def ponder(what: str) -> str:
    return what

@function_tool
def run_query(text: str) -> str:
    return text

clerk = Agent(name="clerk", model="gpt-4o", tools=[send_invoice, ponder])
`,
  });
  const last = (id: string) => block(text, id).at(-1);

  test('is its effect, with what its name says, which is no fact', () => {
    systemOf(text);
    expect(last('send_invoice')).toBe('# unknown: effect (its name says send)');
    expect(last('ponder')).toBe('# unknown: effect');
    expect(unknown.find(({ key }) => key === 'effect')?.of).toEqual(['ponder', 'run_query', 'send_invoice']);
  });

  test('is who calls it, where nothing is shown to', () => {
    expect(last('run_query')).toBe('# unknown: effect (its name says execute), callers');
    expect(text).toContain('  # callers: agents that call it, which have it in their `tools`\n');
    expect(unknown.find(({ key }) => key === 'callers')?.of).toEqual(['run_query']);
  });
});

test('whoever anybody can reach has to say what it demands of callers', () => {
  const { text } = draftFrom({
    'compose.yaml':
      'services:\n  open: { build: ., ports: ["80:80"] }\n  inner: { build: ., ports: ["127.0.0.1:81:81"] }\n',
  });
  expect(block(text, 'open').at(-1)).toBe('# unknown: egress, auth');
  expect(block(text, 'inner').at(-1)).toBe('# unknown: egress');
  expect(text).toMatch(/^ {2}# auth: none \| api-key \| basic \| /m);
});

test('nodes of one graph in code hand over inside one program', () => {
  const { text } = draftFrom({
    'graph.py': `from langchain_openai import ChatOpenAI
from langgraph.graph import StateGraph

llm = ChatOpenAI(model="gpt-4o")

def write(state):
    return llm.invoke(state)

def judge(state):
    return llm.invoke(state)

graph = StateGraph(dict)
graph.add_node("write", write)
graph.add_node("judge", judge)
graph.add_edge("write", "judge")
app = graph.compile()
`,
  });
  systemOf(text);
  expect(block(text, 'write')).toEqual(
    expect.arrayContaining(['delegates_to:', '  judge: { protocol: in-process }']),
  );
});

describe('traffic between services', () => {
  const service = (name: string, to: string) =>
    `services:\n  ${name}: { build: ., environment: { OTHER_URL: "http://${to}:80" } }\n`;

  test('of one compose file has a network of its own, so its protocol is a remark', () => {
    const { text } = draftFrom({ 'compose.yaml': `${service('api', 'queue')}  queue: { image: redis }\n` });
    expect(text).toContain(
      '  - { from: api, to: queue }  # compose.yaml:2: http, in the network of these containers alone\n',
    );
    expect(systemOf(text).flows).toHaveLength(1);
  });

  test('of a file and its override is the same', () => {
    const { text } = draftFrom({
      'compose.yaml': 'services:\n  queue: { image: redis }\n',
      'compose.override.yaml': service('api', 'queue'),
    });
    expect(text).toContain('compose.override.yaml:2: http, in the network of these containers alone\n');
  });

  test('of anything else is on a network with others', () => {
    const files = { 'compose.yaml': `${service('api', 'queue')}  queue: { image: redis }\n` };
    const elsewhere = factsOf(files).map((fact) => ({ ...fact, reader: 'cluster' }));
    expect(draft(elsewhere).text).toContain(
      '  - { from: api, to: queue, protocol: http }  # compose.yaml:2\n',
    );
  });
});

test.each([
  ['send_email_tool', 'send'],
  ['runCommand', 'execute'],
  ['deleteFile-tool', 'delete'],
  ['web_search', 'read'],
  ['refund', 'pay'],
  ['get_or_create', null],
  ['checkout', null],
  ['tool', null],
  ['', null],
])('what the name %j says', (name, effect) => expect(effectNamed(name)).toBe(effect));
