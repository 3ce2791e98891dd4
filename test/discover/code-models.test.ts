import { expect, test } from 'vitest';
import { joinFacts } from '../../src/discover/join.ts';
import { factsOf, type Repository } from './facts.ts';

/** Models that an agent has, and why others are not known; with `provider/` where the code tells who serves them. */
function models(files: Repository, name: string): string[] {
  const { components } = joinFacts(factsOf(files));
  const agent = components.find((each) => each.kind === 'agent' && each.name === name)!;
  const known = agent.links
    .filter(({ as }) => as === 'models')
    .map(({ to }) => components.find(({ id }) => id === to)!)
    .map((each) => [each.attributes['provider']?.value, each.name].filter(Boolean).join(' '));
  const open = agent.open.filter(({ as }) => as === 'models').map(({ why }) => `? ${why}`);
  return [...known, ...open];
}
const all = (files: Repository): string[] =>
  joinFacts(factsOf(files))
    .components.filter(({ kind }) => kind === 'model')
    .map(({ name }) => name);

const PROVIDERS = `import { createProviderRegistry, customProvider, gateway, wrapLanguageModel } from 'ai';
import { anthropic } from '@ai-sdk/anthropic';
import { openai } from '@ai-sdk/openai';
export const wrapped = wrapLanguageModel({ model: openai('gpt-5'), middleware });
export const mine = customProvider({ languageModels: { fast: openai('gpt-5-mini'), deep: wrapLanguageModel({ model: anthropic('claude-x') }) } });
export const registry = createProviderRegistry({ openai, anthropic });
export function title() {
  if (isTest) return mocks.languageModel('title');
  return gateway.languageModel('google/gemini-flash');
}
export const same = (long: boolean) => { if (long) { return openai('gpt-5', { a }); } return openai('gpt-5'); };
`;
const asked = (model: string): string[] =>
  models(
    {
      'app/ask.ts': `import { generateText, gateway } from 'ai';
import { wrapped, mine, registry, title, same } from './providers';
export async function ask(id: string) { return generateText({ model: ${model} }); }
`,
      'app/providers.ts': PROVIDERS,
    },
    'ask',
  );

test('AI SDK: models with something around them, and those of a provider that the repository makes', () => {
  expect(asked('wrapped')).toEqual(['openai gpt-5']);
  expect(asked(`mine.languageModel('fast')`)).toEqual(['openai gpt-5-mini']);
  expect(asked(`mine.languageModel('deep')`)).toEqual(['anthropic claude-x']);
  expect(asked(`mine.languageModel('none')`)).toEqual(['? comes from a call of mine.languageModel']);
  expect(asked('mine.languageModel(id)')).toEqual([
    'openai gpt-5-mini',
    'anthropic claude-x',
    '? is chosen at run time',
  ]);
  expect(asked(`registry.languageModel('openai:gpt-5')`)).toEqual(['openai openai:gpt-5']);
  expect(asked('registry.languageModel(id)')).toEqual(['? comes from a call of registry.languageModel']);
  expect(asked(`gateway('openai/gpt-5')`)).toEqual(['openai openai/gpt-5']);
});

test('AI SDK: of several that it may be, those that the code names, and that it depends', () => {
  expect(asked('title()')).toEqual(['google google/gemini-flash', '? depends on a condition']);
  expect(asked('same(true)')).toEqual(['openai gpt-5']);
  expect(asked(`big ? 'openai/gpt-5' : 'openai/gpt-5-mini'`)).toEqual([
    'openai openai/gpt-5',
    'openai openai/gpt-5-mini',
    '? depends on a condition',
  ]);
  expect(asked(`process.env.MODEL || ''`)).toEqual(['? comes from the environment variable MODEL']);
});

test('a model that stands for a catalogue is none of them', () => {
  const many = Array.from({ length: 20 }, (_, i) => `m${i}: openai('gpt-${i}')`).join(', ');
  const files = {
    'a.ts': `import { customProvider, generateText } from 'ai';
import { openai } from '@ai-sdk/openai';
const mine = customProvider({ languageModels: { ${many} } });
export const ask = (id: string) => generateText({ model: mine.languageModel(id) });
export const tell = () => generateText({ model: mine.languageModel('m7') });
`,
  };
  expect(models(files, 'ask')).toEqual(['? comes from a call of mine.languageModel']);
  expect(models(files, 'tell')).toEqual(['openai gpt-7']);
  expect(all(files)).toEqual(['gpt-7']);
});

test('models that only embed are there, without an agent', () => {
  const text = `import { embed } from 'ai';
import { openai } from '@ai-sdk/openai';
export const find = async (text: string) => embed({ model: openai.embedding('text-embedding-3-small'), value: text });
`;
  expect(all({ 'a.ts': text })).toEqual(['text-embedding-3-small']);
});

const VOICE = `import { RealtimeAgent, RealtimeSession } from '@openai/agents/realtime';
import { Agent } from '@openai/agents';
const back = new Agent({ name: 'back' });
const expert = new RealtimeAgent({ name: 'expert', tools: [back.asTool({})] });
const greeter = new RealtimeAgent({ name: 'greeter', handoffs: [expert] });
const alone = new RealtimeAgent({ name: 'alone' });
`;

test('a session of speech: its model is that of its agent, and of those of its kind that take over', () => {
  const files = {
    'a.ts': `${VOICE}const session = new RealtimeSession(greeter, { model: 'gpt-realtime' });\n`,
  };
  expect(models(files, 'greeter')).toEqual(['gpt-realtime']);
  expect(models(files, 'expert')).toEqual(['gpt-realtime']);
  expect(models(files, 'back')).toEqual([]);
  expect(models(files, 'alone')).toEqual([]);
  const later = {
    'a.ts': `${VOICE}const start = (agents) => new RealtimeSession(agents[0], { model: 'gpt-realtime' });\n`,
  };
  expect(all(later)).toEqual(['gpt-realtime']);
  expect(models(later, 'greeter')).toEqual([]);
});

test('OpenAI Agents SDK of TypeScript: the client before the model, a model of the AI SDK', () => {
  const files = {
    'a.ts': `import { Agent, OpenAIChatCompletionsModel } from '@openai/agents';
import { aisdk } from '@openai/agents-extensions/ai-sdk';
import { openai } from '@ai-sdk/openai';
import OpenAI from 'openai';
const one = new Agent({ name: 'one', model: new OpenAIChatCompletionsModel(new OpenAI(), 'gpt-5') });
const two = new Agent({ name: 'two', model: aisdk(openai('gpt-5-mini')) });
`,
  };
  expect(models(files, 'one')).toEqual(['openai gpt-5']);
  expect(models(files, 'two')).toEqual(['openai gpt-5-mini']);
});

test('Python: a model that two branches name, settings that a function gives, a size behind a name', () => {
  const files = {
    'agent.py': `from google.adk.agents import Agent
from config import AI_MODEL, settings
cfg = settings()
one = Agent(name="one", model=AI_MODEL)
two = Agent(name="two", model=cfg["MODEL"])
three = Agent(name="three", model=cfg.get("MODEL"))
`,
    'config.py': `import os
from google.adk.models.lite_llm import LiteLlm
if os.getenv("CLOUD"):
    AI_MODEL = os.getenv("CLOUD")
else:
    AI_MODEL = LiteLlm(model="gemma3:27b")
def settings():
    MODEL = os.getenv("MODEL", "gemini-2.5-pro")
    return {"MODEL": MODEL}
`,
  };
  expect(models(files, 'one')).toEqual(['gemma3:27b', '? AI_MODEL has several values']);
  expect(models(files, 'two')).toEqual(['gemini-2.5-pro']);
  expect(models(files, 'three')).toEqual(['? comes from a call of cfg.get']);
});

test('an attribute that a method sets means what it means there', () => {
  const files = {
    'crew.py': `from crewai import Agent, LLM
class Crew:
    def __init__(self, given):
        name = "openrouter/x/one"
        llm = LLM(model=name)
        self.llm = llm
        self.other = LLM(model=name)
        self.given = given
    def first(self):
        return Agent(role="a", llm=self.llm)
    def second(self):
        return Agent(role="b", llm=self.other)
    def third(self):
        return Agent(role="c", llm=self.given)
`,
    'desk.ts': `import { Agent } from '@mastra/core/agent';
class Desk {
  constructor() { const id = 'openai/gpt-5'; this.model = id; }
  make() { return new Agent({ name: 'Desk', model: this.model }); }
}
`,
  };
  expect(models(files, 'first')).toEqual(['openrouter openrouter/x/one']);
  expect(models(files, 'second')).toEqual(['openrouter openrouter/x/one']);
  expect(models(files, 'third')).toEqual(['? given is a parameter of __init__']);
  expect(models(files, 'Desk')).toEqual(['openai openai/gpt-5']);
});

test('a function that gives one of several models is one in a graph, one that gives a text is none', () => {
  const graph = (body: string) => ({
    'graph.py': `from langgraph.graph import StateGraph
from langchain_openai import ChatOpenAI
def pick(kind):
    if kind: return ${body}
    return ${body.replace('x', 'y')}
def step(state):
    return pick(state).invoke(state)
g = StateGraph(dict)
g.add_node("step", step)
`,
  });
  expect(models(graph('ChatOpenAI(model="x")'), 'step')).toEqual([
    'openai x',
    'openai y',
    '? depends on a condition',
  ]);
  expect(joinFacts(factsOf(graph('"x"'))).components).toEqual([]);
});

test('what refers to itself in many ways is read in time', () => {
  const names = Array.from({ length: 40 }, (_, i) => `m${i}`);
  const all = names.join(', ');
  const python = names.map((name) => `${name} = ${names.join(' or ')}\n`.repeat(8)).join('');
  const script = names.map(
    (name) => `const ${name} = { ${all}, url: [${all}], command: ${names.join(' || ')} };`,
  );
  const files = {
    'a.py': `from crewai import Agent, LLM\n${python}x = Agent(role="a", llm=LLM(model=m0))\n`,
    'a.ts': `import { MCPClient } from '@mastra/mcp';
import { generateText } from 'ai';
${script.join('\n')}
const pick = (id) => { ${names.map((name) => `if (id) return ${name} || pick(id);`).join('\n')} };
export const ask = () => generateText({ model: pick(1), tools: new MCPClient({ servers: m0 }).getTools() });
`,
  };
  const start = joinFacts(factsOf(files));
  expect(start.components.map(({ name }) => name)).toContain('ask');
});
