import { expect, test } from 'vitest';
import { python, typescript } from '../../src/discover/code/code-reader.ts';
import type { Fact } from '../../src/discover/fact.ts';
import { mutateText } from '../support/mutate-text.ts';
import { Random } from '../support/random.ts';

type Files = Readonly<Record<string, string>>;

function read(files: Files, path = Object.keys(files)[0]!): readonly Fact[] {
  const reader = path.endsWith('.py') ? python : typescript;
  return reader.read(path, files[path]!, (other) => files[other] ?? null)?.facts ?? [];
}

const agents = (facts: readonly Fact[]): string[] =>
  facts.filter(({ kind }) => kind === 'agent').map(({ name }) => name);
const links = (facts: readonly Fact[], name: string, as: string): string[] =>
  facts
    .find((fact) => fact.kind === 'agent' && fact.name === name)!
    .links.filter((link) => link.as === as)
    .map(({ to, unresolved }) => (unresolved ? `? ${unresolved}` : to));
const agent = (facts: readonly Fact[], name: string): Fact =>
  facts.find((fact) => fact.kind === 'agent' && fact.name === name)!;

const OPENAI = `from agents import Agent as A, function_tool, handoff
import os
from .shared import MODEL, lookup

@function_tool(name_override="pay", needs_approval=True)
def pay_bill(amount: int): ...

billing = A[Ctx](name="Billing", model=MODEL, tools=[pay_bill, lookup], input_guardrails=[check])
triage = A(name="Triage", model=os.getenv("TRIAGE_MODEL", "gpt-4o"), handoffs=[handoff(billing)])
triage.tools.append(lookup)
other = A(name="Other", model=settings.model, tools=make_tools())
`;

test('OpenAI Agents SDK: aliases, generics, constants of another file, late wiring, what only a run knows', () => {
  const facts = read({
    'src/agents.py': OPENAI,
    'src/shared.py': 'MODEL = "gpt-5"\ndef lookup(): ...\n',
  });
  expect(agents(facts)).toEqual(['Billing', 'Triage', 'Other']);
  expect(links(facts, 'Billing', 'tools')).toEqual(['pay', 'lookup']);
  expect(links(facts, 'Billing', 'models')).toEqual(['gpt-5']);
  expect(agent(facts, 'Billing').controls['input_guardrail']).toMatchObject({ value: true, line: 8 });
  expect(agent(facts, 'Billing').source).toEqual({
    file: 'src/agents.py',
    line: 8,
    column: 11,
    pointer: 'billing',
  });
  expect(links(facts, 'Triage', 'delegates_to')).toEqual(['Billing']);
  expect(links(facts, 'Triage', 'tools')).toEqual(['lookup']);
  expect(agent(facts, 'Triage').attributes['model']).toMatchObject({ value: 'gpt-4o', env: 'TRIAGE_MODEL' });
  expect(agent(facts, 'Other').attributes['model']).toMatchObject({ value: null, line: 11 });
  expect(agent(facts, 'Other').attributes['tools']?.unresolved).toBe('comes from a call of make_tools');
  expect(facts.find(({ name }) => name === 'pay')?.controls['human_approval']?.value).toBe(true);
});

test('OpenAI Agents SDK: its decorators under their other name, approvals included', () => {
  const facts = read({
    'desk.py': `from agents import Agent
from agents.decorators import tool

@tool(needs_approval=True, name_override="pay")
def pay_bill(amount: int): ...

@tool
def look_up(name: str): ...

@tool(needs_approval=False)
def refund(amount: int): ...

desk = Agent(name="Desk", tools=[pay_bill, look_up, refund])
`,
  });
  expect(links(facts, 'Desk', 'tools')).toEqual(['pay', 'look_up', 'refund']);
  const approval = (name: string) => facts.find((fact) => fact.name === name)?.attributes['approval']?.value;
  expect([approval('pay'), approval('look_up'), approval('refund')]).toEqual(['human', undefined, 'none']);
});

test('imports over several lines, with comments between the names', () => {
  const facts = read({
    'desk.py': `from agents import (  # the framework
    Agent,  # what answers
    # what it calls
    function_tool as made,
)
import agents.realtime as live, os

@made
def look_up(name: str): ...

desk = Agent(name="Desk", tools=[look_up])
voice = live.RealtimeAgent(name="Voice")
`,
  });
  expect(agents(facts)).toEqual(['Desk', 'Voice']);
  expect(links(facts, 'Desk', 'tools')).toEqual(['look_up']);
});

test('a class of the same name that is not the framework is no agent, one that extends it is', () => {
  const own = 'from agents import Agent\nx = Agent(name="x")\n';
  expect(agents(read({ 'app/main.py': own, 'app/agents.py': 'class Agent: ...\n' }))).toEqual([]);
  expect(agents(read({ 'app/main.py': own }))).toEqual(['x']);
  const base = 'from agents import Agent\nclass MyAgent(Agent): ...\n';
  const main = 'from base import MyAgent\ny = MyAgent(name="y")\n';
  expect(agents(read({ 'app/main.py': main, 'app/base.py': base }))).toEqual(['y']);
  expect(agents(read({ 'a.py': '# from agents import Agent\ntext = "Agent(name=1)"\n' }))).toEqual([]);
});

test('LangGraph: constructors, nodes that ask a model, interrupts', () => {
  const facts = read({
    'graph.py': `from langgraph.graph import StateGraph
from langgraph.prebuilt import create_react_agent
from langchain_openai import ChatOpenAI
from langchain_core.tools import tool

llm = ChatOpenAI(model="gpt-4o")

@tool
def search(q: str): ...

def plan(state):
    return llm.bind_tools([search]).invoke(state)

def store(state):
    return {}

helper = create_react_agent(llm, [search], name="helper")
builder = StateGraph(dict)
builder.add_node("planner", plan)
builder.add_node("store", store)
builder.add_node("helper", helper)
graph = builder.compile(interrupt_before=["planner"])
`,
  });
  expect(agents(facts).sort()).toEqual(['helper', 'planner']);
  expect(links(facts, 'planner', 'tools')).toEqual(['search']);
  expect(links(facts, 'helper', 'models')).toEqual(['gpt-4o']);
  expect(agent(facts, 'planner').controls['human_approval']).toMatchObject({ value: true, line: 22 });
});

const TEAM = `from typing import Literal
from langgraph.graph import END, START, StateGraph
from langgraph.prebuilt import create_react_agent
from langgraph.types import Command, Send
from langchain_openai import ChatOpenAI

llm = ChatOpenAI(model="gpt-4o")

def clarify(state) -> Command[Literal["brief", "__end__"]]:
    if llm.invoke(state).unclear:
        return Command(goto=END)
    return Command(goto="brief", update={})

def brief(state):
    return {"brief": state["question"]}

def lead(state):
    return Command(goto="worker_tools" if llm.invoke(state).calls else END)

def worker_tools(state):
    return Command(goto=[Send("worker", {"section": one}) for one in state["sections"]])

def worker(state):
    return llm.invoke(state)

def route(state):
    if state["bad"]:
        return "clarify"
    return "checker"

def report(state):
    return llm.invoke(state)

checker = create_react_agent(llm, [], name="checker")

inner = StateGraph(dict)
inner.add_node("lead", lead)
inner.add_node("worker_tools", worker_tools)
inner.add_node("worker", worker)
inner.add_edge(START, "lead")
inner.add_edge("worker", "lead")
team = inner.compile()

outer = StateGraph(dict)
outer.add_node("clarify", clarify)
outer.add_node("brief", brief)
outer.add_node("team", team)
outer.add_node("report", report)
outer.add_node("checker", checker)
outer.add_edge(START, "clarify")
outer.add_edge("brief", "team")
outer.add_edge("team", "report")
outer.add_conditional_edges("report", route)
outer.add_edge("checker", END)
`;

test('LangGraph: who hands over to whom, over nodes that ask no model, into and out of a graph that is a node', () => {
  const facts = read({ 'team.py': TEAM });
  const handed = (name: string) => links(facts, name, 'delegates_to').sort();
  expect(agents(facts).sort()).toEqual(['checker', 'clarify', 'lead', 'report', 'worker']);
  // Over `brief`, which only copies, and into the team.
  expect(handed('clarify')).toEqual(['lead']);
  // One way on is a tool node that sends to workers, the other is the end of the team.
  expect(handed('lead')).toEqual(['report', 'worker']);
  expect(handed('worker')).toEqual(['lead']);
  expect(handed('report')).toEqual(['checker', 'clarify']);
  expect(handed('checker')).toEqual([]);
  const link = agent(facts, 'clarify').links.find(({ as }) => as === 'delegates_to');
  expect(link).toMatchObject({ line: 12, definition: { file: 'team.py', pointer: 'lead' } });
});

test('LangGraph: graphs that nobody writes by hand are left out in time', () => {
  const names = Array.from({ length: 20_000 }, (_, i) => `"n${i}"`).join(', ');
  const facts = read({
    'big.py': `from langgraph.graph import StateGraph
from langchain_openai import ChatOpenAI
llm = ChatOpenAI(model="gpt-4o")
def one(state): return llm.invoke(state)
def two(state): return llm.invoke(state)
names = [${names}]
g = StateGraph(dict)
g.add_node("one", one)
g.add_node("two", two)
g.add_edge("one", "two")
${'g.add_edge(names, names)\n'.repeat(50)}`,
  });
  expect(links(facts, 'one', 'delegates_to')).toEqual(['two']);
});

test('LangGraph: the older way to say where a graph begins and ends', () => {
  const older = TEAM.replace('inner.add_edge(START, "lead")', 'inner.set_entry_point("lead")').replace(
    'else END)',
    'else "last")',
  );
  const facts = read({
    'team.py': older.replace(
      'team = inner',
      'inner.add_node("last", brief)\ninner.set_finish_point("last")\nteam = inner',
    ),
  });
  expect(links(facts, 'clarify', 'delegates_to')).toEqual(['lead']);
  expect(links(facts, 'lead', 'delegates_to').sort()).toEqual(['report', 'worker']);
});

test('LangGraph in TypeScript: edges of a chain, a condition with a map, a command', () => {
  const facts = read({
    'graph.ts': `import { Command, END, START, StateGraph } from '@langchain/langgraph';
import { ChatOpenAI } from '@langchain/openai';
const llm = new ChatOpenAI({ model: 'gpt-4o' });
const triage = async (state: S) => llm.invoke(state.messages);
const billing = async (state: S) => { await llm.invoke(state.messages); return new Command({ goto: 'closing' }); };
const closing = async (state: S) => llm.invoke(state.messages);
export const graph = new StateGraph(S)
  .addNode('triage', triage)
  .addNode('billing', billing)
  .addNode('closing', closing)
  .addEdge(START, 'triage')
  .addConditionalEdges('triage', (state) => state.next, { money: 'billing', done: END })
  .compile();
`,
  });
  expect(links(facts, 'triage', 'delegates_to')).toEqual(['billing']);
  expect(links(facts, 'billing', 'delegates_to')).toEqual(['closing']);
  expect(links(facts, 'closing', 'delegates_to')).toEqual([]);
});

test('CrewAI: the key of its YAML, tools of classes, tasks that ask a person', () => {
  const facts = read({
    'crew.py': `from crewai import Agent, Task, LLM
from crewai.project import CrewBase, agent, task
from crewai_tools import SerperDevTool
from crewai.tools import BaseTool

class Files(BaseTool):
    name: str = "Read files"

@CrewBase
class Crew:
    @agent
    def researcher(self) -> Agent:
        return Agent(config=self.agents_config['researcher_1'], llm=LLM(model="x/y"), tools=[SerperDevTool(), Files()], max_iter=3)
    @task
    def work(self) -> Task:
        return Task(config=self.tasks_config['work'], agent=self.researcher(), human_input=True)
`,
  });
  expect(agent(facts, 'researcher_1').configKey).toBe('researcher_1');
  expect(links(facts, 'researcher_1', 'tools')).toEqual(['SerperDevTool', 'Read files']);
  expect(agent(facts, 'researcher_1').controls).toMatchObject({
    step_limit: { value: '3' },
    human_approval: { value: true },
  });
});

test('Google ADK: sub-agents, agents as tools, plain functions, settings', () => {
  const facts = read({
    'agent.py': `from google.adk.agents import LlmAgent, LoopAgent
from google.adk.tools import google_search
from google.adk.tools.agent_tool import AgentTool
from config import config

def weather(city: str): ...

inner = LlmAgent(name="inner", model=config.worker, tools=[weather, google_search])
loop = LoopAgent(name="loop", sub_agents=[inner], max_iterations=5)
root_agent = LlmAgent(name="root", model="gemini-2.5-pro", tools=[AgentTool(agent=loop)])
`,
    'config.py': 'class Config:\n    worker: str = "gemini-flash"\nconfig = Config()\n',
  });
  expect(links(facts, 'inner', 'tools')).toEqual(['weather', 'google_search']);
  expect(links(facts, 'inner', 'models')).toEqual(['gemini-flash']);
  expect(links(facts, 'root', 'delegates_to')).toEqual(['loop']);
  expect(agent(facts, 'loop').controls['step_limit']?.value).toBe('5');
});

test('Mastra: tools of other files, models of the environment, stores', () => {
  const facts = read({
    'src/agent.ts': `import { Agent } from '@mastra/core/agent';
import { Memory } from '@mastra/memory';
import { search } from './tools/search.js';
const memory = new Memory();
export const one = new Agent({ name: 'One', model: process.env.MODEL || 'openai/gpt-4o', tools: { find: search }, memory } as const);
`,
    'src/tools/search.ts': `import { createTool } from '@mastra/core/tools';
export const search = createTool({ id: 'web-search', requireApproval: true });
`,
  });
  expect(links(facts, 'One', 'tools')).toEqual(['web-search']);
  expect(links(facts, 'One', 'memory')).toEqual(['memory']);
  expect(agent(facts, 'One').attributes['model']).toMatchObject({ value: 'openai/gpt-4o', env: 'MODEL' });
});

test('AI SDK: calls without a name are called after what is around them', () => {
  const facts = read({
    'app/api/chat/route.ts': `import { streamText, tool } from 'ai';
import { openai } from '@ai-sdk/openai';
export async function POST() {
  const result = streamText({ model: openai('gpt-4o'), tools: { weather: tool({ needsApproval: true }), ...more } });
}
`,
  });
  expect(agents(facts)).toEqual(['chat']);
  expect(links(facts, 'chat', 'models')).toEqual(['gpt-4o']);
  expect(links(facts, 'chat', 'tools')).toEqual(['weather']);
  expect(agent(facts, 'chat').attributes['tools']?.unresolved).toBe('comes from more');
  expect(facts.find(({ kind }) => kind === 'model')?.attributes['provider']?.value).toBe('openai');
});

test('a secret that stands where a name should stand is not repeated', () => {
  const secret = `sk-proj-${'a1B2'.repeat(8)}`;
  const facts = read({ 'a.py': `from agents import Agent\nx = Agent(name="x", model="${secret}")\n` });
  expect(JSON.stringify(facts)).not.toContain(secret);
});

test('mutated and deeply nested files are read without an error and in time', () => {
  const random = new Random(7);
  const script =
    "import { Agent } from '@mastra/core/agent';\nexport const a = new Agent({ name: `x\u0024{b}`, tools: { c } });\n";
  for (let round = 0; round < 300; round++) {
    const files = { 'a.py': mutateText(OPENAI, script, random), 'a.ts': mutateText(script, OPENAI, random) };
    read(files, 'a.py');
    read(files, 'a.ts');
  }
  const deep = '('.repeat(20_000);
  for (const path of ['a.py', 'a.ts']) {
    const head =
      path === 'a.py' ? 'from agents import Agent\n' : "import { Agent } from '@mastra/core/agent';\n";
    read({ [path]: `${head}x = ${deep}` });
    read({ [path]: `${head}x = Agent${'(Agent'.repeat(5_000)}` });
    read({ [path]: `${head}x = ${'['.repeat(9_000)}${']'.repeat(9_000)}\ny = Agent(tools=x)` });
    read({ [path]: `${head}a = b\nb = a\nx = Agent(a, b)` });
  }
});

test('in the repository of a framework its own package is the framework; a folder of that name is not', () => {
  const main = `from agents import Agent, function_tool
from agents.realtime import RealtimeAgent

@function_tool
def look_up(name: str): ...

desk = Agent(name="Desk", tools=[look_up])
voice = RealtimeAgent(name="Voice")
`;
  const tools = 'FunctionTool WebSearchTool FileSearchTool ComputerTool function_tool HostedMCPTool'.split(
    ' ',
  );
  const own = `from .core import Agent, ${tools.join(', ')}\n`;
  const core = `class Agent: ...\n${tools.map((name) => `class ${name}: ...`).join('\n')}\n`;
  const framework = {
    'examples/main.py': main,
    'src/agents/__init__.py': own,
    'src/agents/core.py': core,
    'src/agents/realtime/__init__.py': 'class RealtimeAgent: ...\n',
  };
  expect(agents(read(framework))).toEqual(['Desk', 'Voice']);
  expect(links(read(framework), 'Desk', 'tools')).toEqual(['look_up']);
  const folder = { 'main.py': main, 'agents/__init__.py': core.split('\n')[0]!, 'agents/realtime.py': '' };
  expect(agents(read(folder))).toEqual(['Voice']);
});

test('a file that several others import, and one that changes under the same path', () => {
  const files: Record<string, string> = {
    'a.py': 'from agents import Agent\nfrom shared import NAME\nx = Agent(name=NAME)\n',
    'b.py': 'from agents import Agent\nfrom shared import NAME\ny = Agent(name=NAME)\n',
    'shared.py': 'NAME = "one"\n',
  };
  const other = (path: string) => files[path] ?? null;
  const names = (path: string) => agents(python.read(path, files[path]!, other)?.facts ?? []);
  expect([names('a.py'), names('b.py')]).toEqual([['one'], ['one']]);
  files['shared.py'] = 'NAME = "two"\n';
  expect(names('b.py')).toEqual(['two']);
});
