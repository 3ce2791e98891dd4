import { expect, test } from 'vitest';
import type { Fact } from '../../src/discover/fact.ts';
import { factsOf, linksOf } from './code-read.ts';

const toolCalled = (facts: readonly Fact[], name: string): Fact =>
  facts.find((fact) => fact.kind === 'tool' && fact.name === name)!;

test('an object under a name is a tool without a call that makes it one, here, in a variable and in another file', () => {
  const facts = factsOf({
    'app/api/chat/route.ts': `import { streamText, tool } from 'ai';
import { payBill, shared } from '../../../lib/tools';
const weather = { description: 'Weather', parameters: {}, execute: async () => 1 };
export async function POST() {
  return streamText({
    model,
    tools: {
      search: { description: 'Search', inputSchema: {}, async execute() { return 1; } },
      confirm: { description: 'The page asks', inputSchema: {} },
      weather,
      other: { ...weather, needsApproval: true },
      pay: payBill,
      refund: { ...payBill, description: 'Refund' },
      free: { ...payBill, needsApproval: false },
      wrapped: tool(weather),
      ...shared,
    },
  });
}
`,
    'lib/tools.ts': `export const shared = { look_up: { description: 'x', parameters: {}, execute: async () => 1 } };
export const payBill = { description: 'x', inputSchema: {}, needsApproval: true, execute: async () => 1 };
`,
  });
  expect(linksOf(facts, 'chat', 'tools')).toEqual([
    'search',
    'confirm',
    'weather',
    'other',
    'payBill',
    'refund',
    'free',
    'wrapped',
    'look_up',
  ]);
  expect(toolCalled(facts, 'search').source).toMatchObject({ line: 8, pointer: 'POST.search' });
  expect(toolCalled(facts, 'weather').source).toMatchObject({ line: 3, pointer: 'weather' });
  expect(toolCalled(facts, 'look_up').source).toMatchObject({ file: 'lib/tools.ts', line: 1 });
  for (const name of ['other', 'payBill'])
    expect(toolCalled(facts, name).attributes['approval']?.value).toBe('human');
  expect(toolCalled(facts, 'refund').attributes['approval']).toMatchObject({
    value: 'human',
    file: 'lib/tools.ts',
    line: 2,
  });
  expect(toolCalled(facts, 'free').attributes['approval']).toMatchObject({ value: 'none', line: 14 });
  expect(toolCalled(facts, 'search').attributes['approval']).toBeUndefined();
});

test('tools that the vendor of a model offers are what they do, whatever day their version is of', () => {
  const facts = factsOf({
    'agent.ts': `import { ToolLoopAgent } from 'ai';
import { openai } from '@ai-sdk/openai';
import { anthropic } from '@ai-sdk/anthropic';
export const helper = new ToolLoopAgent({
  id: 'helper',
  tools: {
    web_search: openai.tools.webSearch({}),
    bash: anthropic.tools.bash_20250124({ execute: async () => '' }),
    docs: openai.tools.mcp({ serverLabel: 'docs', serverUrl: 'https://docs.example.com/mcp' }),
    later: anthropic.tools.somethingLater_20990101({}),
  },
});
`,
  });
  expect(linksOf(facts, 'helper', 'tools')).toEqual(['web_search', 'bash', 'docs', 'later']);
  const kinds = ['web_search', 'bash', 'docs', 'later'].map(
    (name) => toolCalled(facts, name).attributes['kind']?.value,
  );
  expect(kinds).toEqual(['retrieval', 'shell', 'mcp-server', 'function']);
  expect(toolCalled(facts, 'docs').attributes['url']?.value).toBe('https://docs.example.com/mcp');
});
