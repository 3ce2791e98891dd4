import { expect, test } from 'vitest';
import { mutateText } from '../support/mutate-text.ts';
import { Random } from '../support/random.ts';
import { agentCalled, agentsIn, factsOf, linksOf, reading } from './code-read.ts';

const FLOOR = {
  'floor/graph.py': `from langgraph.graph import START, StateGraph
from langgraph.prebuilt import ToolNode
from langchain_openai import ChatOpenAI
from floor.desks import make_buyer, make_seller, make_cleaner
from .shared import Weigher

class Floor:
    def __init__(self, quick_llm):
        self.quick_llm = quick_llm

    def build(self, plan, tool_nodes):
        desks = {"a": lambda: make_buyer(self.quick_llm)}
        weigh = Weigher()
        graph = StateGraph(dict)
        for spec in plan.specs:
            graph.add_node(spec.name, desks[spec.key]())
            graph.add_node(spec.clean, make_cleaner())
            graph.add_node(spec.tools, tool_nodes[spec.key])
        graph.add_node("Buyer", make_buyer(self.quick_llm))
        graph.add_node("Seller", make_seller(ChatOpenAI(model="gpt-4o"), tone="dry"))
        graph.add_node("weigh", weigh)
        graph.add_node("tools", ToolNode([]))
        graph.add_node("clerk", plan.clerk)
        graph.add_edge("Buyer", "Seller")
        return graph
`,
  'floor/desks/__init__.py': 'from .buyer import make_buyer, make_cleaner\nfrom .seller import make_seller\n',
  'floor/desks/buyer.py': `def make_buyer(llm):
    def buyer_node(state):
        return {"bid": llm.invoke(state["prompt"])}
    return buyer_node

def make_cleaner():
    def clean(state):
        return {"messages": []}
    return clean
`,
  'floor/desks/seller.py': `import functools
from ..shared import ask

def make_seller(llm, tone):
    strict = llm.with_structured_output(dict)
    def seller_node(state, name):
        return ask(strict, f"{tone}: {state}")
    return functools.partial(seller_node, name="Seller")
`,
  'floor/shared.py': `def ask(answering_model, prompt):
    return answering_model.invoke(prompt).content

class Weigher:
    def __call__(self, state):
        return self.chat_model.invoke(state)
`,
};

test('LangGraph: nodes that other functions make, in other files, of a model that is given to them', () => {
  const { facts, unread } = reading(FLOOR);
  expect(agentsIn(facts)).toEqual(['Buyer', 'Seller', 'weigh']);
  expect(agentCalled(facts, 'Buyer').source).toMatchObject({
    file: 'floor/desks/buyer.py',
    line: 2,
    pointer: 'make_buyer.buyer_node',
  });
  // Only the name of a parameter tells that it is a model.
  expect(agentCalled(facts, 'Buyer').confidence).toBe('inferred');
  expect(linksOf(facts, 'Buyer', 'models')).toEqual(['? quick_llm is a parameter of __init__']);
  expect(linksOf(facts, 'Buyer', 'delegates_to')).toEqual(['Seller']);
  // Wrapped by `partial`; the helper is given what its caller was given.
  expect(agentCalled(facts, 'Seller').confidence).toBe('parsed');
  expect(linksOf(facts, 'Seller', 'models')).toEqual(['gpt-4o']);
  // What is named or run in a loop is said to be unknown; what asks no model and what a package runs is not.
  expect(unread.map(({ file, line, why }) => `${file}:${line}: ${why}`)).toEqual([
    'floor/graph.py:16: what the node spec.name of this graph runs is not known: desks(): is chosen at run time',
    'floor/graph.py:18: what the node spec.tools of this graph runs is not known: tool_nodes: is chosen at run time',
    'floor/graph.py:23: what the node clerk of this graph runs is not known: plan.clerk: plan is a parameter of build',
  ]);
});

test('LangGraph: tools that a model was given before the node asks it, and a name that holds models in turn', () => {
  const facts = factsOf({
    'graph.py': `from langgraph.graph import StateGraph
from langchain.chat_models import init_chat_model
from langchain_core.prompts import ChatPromptTemplate
from langchain_core.tools import tool

@tool
def send(text: str): ...
def look(text: str): ...
@tool
class Done: ...

llm = init_chat_model("openai:gpt-4.1", temperature=0)
router = llm.with_structured_output(dict)
llm = init_chat_model("openai:gpt-4.1")
with_tools = llm.bind_tools([send, look, Done], tool_choice="any").with_retry()

def act(state):
    return with_tools.invoke(state)

def triage(state):
    if router.invoke(state).good:
        goto = "act"
    else:
        goto = "ask"
    return Command(goto=goto)

def ask(state):
    chain = ChatPromptTemplate.from_messages([]) | llm.bind_tools([look, {"name": "save", "schema": {}}, {"name": state.name}])
    return chain.invoke(state)

from langgraph.types import Command
g = StateGraph(dict)
g.add_node(act)
g.add_node("triage", triage)
g.add_node("ask", ask)
`,
  });
  expect(agentsIn(facts).sort()).toEqual(['act', 'ask', 'triage']);
  expect(linksOf(facts, 'act', 'tools')).toEqual(['send', 'look', 'Done']);
  expect(linksOf(facts, 'act', 'models')).toEqual(['openai:gpt-4.1']);
  expect(linksOf(facts, 'triage', 'tools')).toEqual([]);
  expect(linksOf(facts, 'triage', 'delegates_to').sort()).toEqual(['act', 'ask']);
  expect(linksOf(facts, 'ask', 'tools')).toEqual(['look', 'save', '? has no name that the code says']);
});

test('LangGraph: what asks a model in other ways: made of it by a package, by a client of a vendor, in a helper', () => {
  const { facts, unread } = reading({
    'graph.py': `from langgraph.graph import StateGraph
from langchain_openai import ChatOpenAI
from trustcall import create_extractor
from google.genai import Client
import openai
from helpers import summary, plain, again

llm = ChatOpenAI(model="gpt-4o")
extractor = create_extractor(llm, tools=[dict]).with_listeners(on_end=print)
rewrite = create_extractor(llm, kind="prompt")
client = Client()
database = openai_like()
retriever = make_retriever(top=3)

def remember(state): return extractor.invoke(state)
def improve(state): return rewrite(state)
def search(state): return client.models.generate_content(model="gemini-flash", contents=state)
def classic(state): return openai.OpenAI().chat.completions.create(model="gpt-5", messages=[])
def digest(state): return {"text": summary(state, llm)}
def files(state): return openai.OpenAI().files.create(file=state)
def fetch(state): return retriever.invoke(state)
def write(state): return database.rows.create(model="car")
def count(state): return plain(state) + again(state)

g = StateGraph(dict)
for node in [remember]: pass
g.add_node("remember", remember)
g.add_node("improve", improve)
g.add_node("search", search)
g.add_node("classic", classic)
g.add_node("digest", digest)
g.add_node("files", files)
g.add_node("fetch", fetch)
g.add_node("write", write)
g.add_node("count", count)
`,
    'helpers.py': `def summary(state, chat): return inner(chat, state)
def inner(model, text): return model.invoke(text)
def plain(state): return len(state)
def again(state): return again(state)
`,
  });
  expect(agentsIn(facts).sort()).toEqual(['classic', 'digest', 'improve', 'remember', 'search']);
  const model = (name: string) => agentCalled(facts, name).attributes['model']?.value;
  expect(['remember', 'improve', 'search', 'classic', 'digest'].map(model)).toEqual([
    'gpt-4o',
    'gpt-4o',
    'gemini-flash',
    'gpt-5',
    'gpt-4o',
  ]);
  expect(unread).toEqual([]);
});

test('LangGraph: a node that runs one agent is that agent, one that also asks a model hands over to it', () => {
  const facts = factsOf({
    'team.py': `from langgraph.graph import StateGraph
from langgraph.prebuilt import create_react_agent
from langgraph.types import Command
from langchain_openai import ChatOpenAI
llm = ChatOpenAI(model="gpt-4o")
research_agent = create_react_agent(llm, [], name="researcher")

def supervisor(state):
    return Command(goto=llm.invoke(state).next if state else "research")

def research(state):
    result = research_agent.invoke(state)
    return Command(update=result, goto="supervisor")

def judge(state):
    llm.invoke(research_agent.invoke(state))

g = StateGraph(dict)
g.add_node("supervisor", supervisor)
g.add_node("research", research)
g.add_node("judge", judge)
g.add_edge("judge", "supervisor")
`,
  });
  expect(agentsIn(facts).sort()).toEqual(['judge', 'researcher', 'supervisor']);
  expect(linksOf(facts, 'supervisor', 'delegates_to')).toEqual(['researcher']);
  expect(linksOf(facts, 'researcher', 'delegates_to')).toEqual(['supervisor']);
  expect(linksOf(facts, 'judge', 'delegates_to')).toEqual(['researcher', 'supervisor']);
});

const PARTS = {
  'outer.py': `from langgraph.graph import END, START, StateGraph
from langchain_openai import ChatOpenAI
from parts.inner import team
from parts.check import checks
llm = ChatOpenAI(model="gpt-4o")
def lead(state): return llm.invoke(state)
def run_checks(state): return checks.invoke(state)
def report(state): return llm.invoke(state)
outer = StateGraph(dict)
outer.add_node("lead", lead)
outer.add_node("team", team)
outer.add_node("checks", run_checks)
outer.add_node("report", report)
outer.add_edge("lead", "team")
outer.add_edge("team", "checks")
outer.add_edge("checks", "report")
`,
  'parts/inner.py': `from langgraph.graph import END, START, StateGraph
from langchain_openai import ChatOpenAI
llm = ChatOpenAI(model="gpt-4o")
def worker(state): return llm.invoke(state)
inner = StateGraph(dict)
inner.add_node("worker", worker)
inner.add_node("unknown", made_elsewhere)
inner.add_edge(START, "worker")
inner.add_edge("worker", END)
team = inner.compile()
other = StateGraph(dict)
other.add_node("unused", lambda state: llm.invoke(state))
`,
  'parts/check.py': `from langgraph.graph import END, START, StateGraph
from langchain_openai import ChatOpenAI
def check(state): return ChatOpenAI(model="gpt-5").invoke(state)
graph = StateGraph(dict).add_node("check", check).add_edge(START, "check").add_edge("check", END)
checks = graph.compile()
`,
};

test('LangGraph: a graph of another file that is a node, or that a node runs', () => {
  const { facts, unread } = reading(PARTS);
  expect(agentsIn(facts).sort()).toEqual(['check', 'lead', 'report', 'worker']);
  expect(linksOf(facts, 'lead', 'delegates_to')).toEqual(['worker']);
  expect(linksOf(facts, 'worker', 'delegates_to')).toEqual(['check']);
  expect(linksOf(facts, 'check', 'delegates_to')).toEqual(['report']);
  // The file itself says what is not known in it.
  expect(unread).toEqual([]);
});

test('LangGraph in TypeScript: nodes of factories and wrappers, chains of a prompt and a model', () => {
  const facts = factsOf({
    'graph.ts': `import { StateGraph } from '@langchain/langgraph';
import { ChatOpenAI } from '@langchain/openai';
import { traceable } from 'langsmith/traceable';
import { makeWriter } from './writer.js';
const llm = new ChatOpenAI({ model: 'gpt-4o' });
const check = traceable(checkFunc, { name: 'check' });
async function checkFunc(state: S) { return prompt.pipe(llm.bindTools([{ name: 'mark', schema }])).invoke(state); }
async function review(state: S) { return { fine: await check(state) }; }
export const graph = new StateGraph(S)
  .addNode('review', review)
  .addNode('write', makeWriter({ model: llm, tone: 'dry' }))
  .compile();
`,
    'writer.ts':
      'export const makeWriter = ({ model, tone }: Options) => async (state: S) => model.invoke([tone, state]);\n',
  });
  expect(agentsIn(facts).sort()).toEqual(['review', 'write']);
  expect(linksOf(facts, 'review', 'models')).toEqual(['gpt-4o']);
  expect(linksOf(facts, 'review', 'tools')).toEqual(['mark']);
  expect(linksOf(facts, 'write', 'models')).toEqual(['gpt-4o']);
});

test('deep agents: objects among the subagents, and what only a run puts there', () => {
  const facts = factsOf({
    'deep.py': `from typing import Any, cast
from deepagents import SubAgent, create_deep_agent
from langchain.agents.middleware import ModelCallLimitMiddleware
from tools import search_tools

quick, thorough = search_tools()

def browser(model, tools: list) -> SubAgent:
    return {"name": "browser", "description": "Opens pages", "model": model, "tools": tools}

def build(task):
    reader = {"name": "reader", "prompt": "Read", "tools": [quick]}
    own = [quick]
    if task.deep:
        own = [quick, thorough]
    agent = create_deep_agent(
        model="openai:gpt-5",
        tools=own,
        subagents=[reader, SubAgent(name="writer", prompt="Write"), *([browser("openai:o3", [thorough])] if task else []), task.helper],
        middleware=cast(list[Any], [ModelCallLimitMiddleware(run_limit=3)]),
    )
    return agent, None
`,
    'tools.py': `def search_tools():
    def quick_search(q): ...
    def deep_search(q): ...
    return quick_search, deep_search
`,
  });
  expect(agentsIn(facts).sort()).toEqual(['agent', 'browser', 'reader', 'writer']);
  expect(linksOf(facts, 'agent', 'delegates_to')).toEqual([
    'reader',
    'writer',
    '? is known at run time',
    'browser',
  ]);
  expect(linksOf(facts, 'agent', 'tools')).toEqual(['quick_search', 'deep_search']);
  expect(linksOf(facts, 'reader', 'tools')).toEqual(['quick_search']);
  expect(linksOf(facts, 'browser', 'tools')).toEqual(['deep_search']);
  expect(linksOf(facts, 'browser', 'models')).toEqual(['openai:o3']);
  expect(agentCalled(facts, 'reader').source).toMatchObject({ line: 12, pointer: 'build.reader' });
  expect(agentCalled(facts, 'agent').controls['step_limit']?.value).toBe(true);
});

test('deep agents in TypeScript: agents that were made before go by the name beside them', () => {
  const facts = factsOf({
    'deep.ts': `import { createAgent } from 'langchain';
import { createDeepAgent } from 'deepagents';
export async function setupAgents(model: Model, wanted: string[]) {
  const agents = [];
  if (wanted.includes('echo')) {
    const agent = { name: 'Echo', description: '', runnable: createAgent({ model, tools: [] }) };
    agents.push(agent);
  }
  if (wanted.includes('plan')) {
    const agent = { name: 'Plan', description: '', runnable: createAgent({ model, tools: [] }) };
    agents.push(agent);
  }
  const triage = createDeepAgent({ model: 'openai:gpt-5', subagents: agents });
}
`,
  });
  expect(agentsIn(facts).sort()).toEqual(['Echo', 'Plan', 'triage']);
  expect(linksOf(facts, 'triage', 'delegates_to')).toEqual(['Echo', 'Plan']);
  const pointers = agentCalled(facts, 'triage').links.map(({ definition }) => definition?.pointer);
  expect(pointers).toContain(agentCalled(facts, 'Plan').source.pointer);
});

test('agents without a name: what a function returns in one case and in another is one, called after it', () => {
  const facts = factsOf({
    'one.py': `from langchain.agents import create_agent
def get_agent(config):
    if not config:
        return create_agent("openai:gpt-5", []).with_config(config)
    return create_agent("openai:gpt-5", [look])
def look(q): ...
def pair(config):
    if config:
        return create_agent("openai:gpt-5", [], name="left")
    return create_agent("openai:gpt-5", [], name="right")
def build_billing_agent():
    agent = create_agent("openai:gpt-5", [])
    return agent, None
def main():
    agent = create_agent("openai:gpt-5", [])
`,
  });
  expect(agentsIn(facts)).toEqual(['get_agent', 'left', 'right', 'build_billing_agent', 'agent']);
  expect(linksOf(facts, 'get_agent', 'tools')).toEqual(['look']);
});

test('models: what a call gives its function, what that has by default, and what only a run sets', () => {
  const secret = `sk-proj-${'a1B2'.repeat(8)}`;
  const facts = factsOf({
    'models.py': `from langchain.agents import create_agent
from langchain_openai import ChatOpenAI
from pydantic import BaseModel, Field

class Settings(BaseModel):
    writer: str = Field(default="gpt-5")
    broken: str = "${secret}"
    @classmethod
    def from_config(cls, config): return cls(**config)

def chat(name: str = "gpt-4o-mini", *, heat=0): return ChatOpenAI(model=name, temperature=heat)

given = create_agent(chat("gpt-4o"), [])
named = create_agent(model=chat(heat=1, name="gpt-4.1"), tools=[])
default = create_agent(chat(), [])
open = create_agent(chat(**options), [])
settings = Settings.from_config(run)
set = create_agent(ChatOpenAI(model=settings.writer), [])
bad = create_agent(ChatOpenAI(model=settings.broken), [])
`,
  });
  expect(linksOf(facts, 'given', 'models')).toEqual(['gpt-4o']);
  expect(linksOf(facts, 'named', 'models')).toEqual(['gpt-4.1']);
  expect(linksOf(facts, 'default', 'models')).toEqual(['gpt-4o-mini']);
  expect(facts.filter(({ kind }) => kind === 'model').map(({ name }) => name)).toEqual([
    'gpt-4o',
    'gpt-4.1',
    'gpt-4o-mini',
  ]);
  expect(linksOf(facts, 'open', 'models')).toEqual(['? name is a parameter of chat']);
  expect(linksOf(facts, 'set', 'models')).toEqual(['? writer is set at run time, else it is gpt-5']);
  expect(JSON.stringify(facts)).not.toContain(secret);
});

test('mutated graphs and factories that make themselves are read without an error and in time', () => {
  const random = new Random(11);
  const loop = `from langgraph.graph import StateGraph
def make(x): return make(x)
def node(state): return node(make(state).invoke(node))
def two(llm): return three(llm)
def three(llm): return two(llm)
a, b = b, a
g = StateGraph(dict)
g.add_node("a", make(make))
g.add_node("b", node)
g.add_node("c", two(three))
g.add_node("d", a)
`;
  expect(agentsIn(factsOf({ 'graph.py': loop }))).toEqual([]);
  for (let round = 0; round < 200; round++) {
    const graph = mutateText(FLOOR['floor/graph.py'], loop, random);
    reading({ ...FLOOR, 'floor/graph.py': graph });
    reading({ ...FLOOR, 'floor/desks/seller.py': mutateText(FLOOR['floor/desks/seller.py'], loop, random) });
  }
});
