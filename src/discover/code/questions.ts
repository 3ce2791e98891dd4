import type { CallSite, Expr, FunctionItem } from './expression.ts';
import { type Code, calledWith, callsIn, functionOf, graphOf, insideOf } from './graph-of.ts';
import { isModel, SAME_MODEL } from './models.ts';
import { agentMeantBy, type Meant } from './references.ts';
import { follow, lookup, type Option, type Reference, referenceOf, type Site } from './resolve.ts';
import type { Sink } from './sink.ts';
import { argument, returned } from './values.ts';

/** A place where a function asks a model. */
export interface Question {
  /** The model, or its name where a vendor's client is asked; null where that is not said. */
  readonly model: Expr | null;
  /** What may have been given tools on the way. */
  readonly asked: Expr;
  readonly site: Site;
  /** False where only a name tells that it is a model. */
  readonly sure: boolean;
}

/** What only a model is asked. */
const ONLY_MODELS = /^(?:bind_tools|with_structured_output|bindTools|withStructuredOutput)$/;
const ASKS = /^(?:a?invoke|a?stream|a?batch|a?predict|generate)$/;
const BINDS = /^bind_?[tT]ools$/;
/** What everything that runs in LangChain has: with a name that says model it is one. */
const RUNS = /^a?(?:invoke|stream)$/;
const SAYS_MODEL = /(?:^|_)(?:llm|model)s?(?:_|$)/i;

/** Functions that a node calls to have a model asked: so many calls deep, and so many of them. */
const MAX_HELPERS = 3;
const MOST_HELPERS = 40;
const MAX_DEPTH = 6;

/** Where a function asks a model: itself, else the functions of the repository that it calls. */
export function questionsOf(code: Code, sink: Sink, depth = 0, seen = new Set<FunctionItem>()): Question[] {
  seen.add(code.item);
  const calls = callsIn(code);
  const own = calls.flatMap((call) => question(call, code, sink) ?? []);
  if (own.length > 0 || depth >= MAX_HELPERS) return own;
  return calls.flatMap((call) => {
    const site = insideOf(code, call.scope);
    if (seen.size >= MOST_HELPERS || !isOfRepository(call, site, sink)) return [];
    const helper = functionOf(call.callee(), site, sink);
    if (!helper || seen.has(helper.item)) return [];
    return questionsOf(calledWith(helper, call.call(), site), sink, depth + 1, seen);
  });
}

/** Whether a call may be of a function of the repository, by its first name: most are of the language and of packages. */
function isOfRepository(call: CallSite, site: Site, sink: Sink): boolean {
  const { root } = call.names();
  const definitions = (root === null ? null : lookup(root, site)?.definitions) ?? [];
  return definitions.some((one) => {
    if (one.type === 'unknown') return site.given !== undefined;
    if (one.type !== 'import') return true;
    const dot = one.module.endsWith('.') ? '' : '.';
    const part = one.name === null ? [] : [`${one.module}${dot}${one.name}`];
    return [one.module, ...part].some((module) => sink.files.find(site.module, module) !== null);
  });
}

function question(call: CallSite, code: Code, sink: Sink): Question | null {
  const { root, last } = call.names();
  if (root !== last && !ONLY_MODELS.test(last) && !ASKS.test(last) && !VENDOR_CALLS.test(last)) return null;
  const site = insideOf(code, call.scope);
  if (ONLY_MODELS.test(last)) {
    const callee = call.callee();
    return callee.type === 'member' ? { model: callee.of, asked: call.call(), site, sure: true } : null;
  }
  if (ASKS.test(last)) {
    const callee = call.callee();
    if (callee.type !== 'member') return null;
    const found = { model: callee.of, asked: callee.of, site };
    if (isModel(callee.of, site, sink.files)) return { ...found, sure: true };
    return RUNS.test(last) && isCalledModel(callee.of, site, sink) ? { ...found, sure: false } : null;
  }
  if (root === last && holdsValue(root, site) && isModel(call.callee(), site, sink.files))
    return { model: call.callee(), asked: call.callee(), site, sure: true };
  if (!VENDOR_CALLS.test(last) || !isVendors(call.callee(), site, sink)) return null;
  const model = argument(call.call(), ['model'], site, sink.files)?.expr ?? null;
  return { model, asked: call.callee(), site, sure: true };
}

/** A variable may hold what a package made of a model: `optimizer(…)`. */
const holdsValue = (name: string, site: Site): boolean =>
  lookup(name, site)?.definitions.some(({ type }) => type === 'value') ?? false;

/** Calls of the clients that vendors of models publish: `client.chat.completions.create(…)`, `acompletion(…)`. */
const VENDOR_CALLS =
  /^(?:create|parse|stream|a?completion|generate_content(?:_stream)?|generateContent(?:Stream)?|generate_content_async)$/;
const VENDORS =
  /^(?:openai|anthropic|groq|mistralai|cohere|litellm|google\.gen(?:ai|erativeai)|@anthropic-ai\/sdk|@google\/gen(?:ai|erative-ai)|groq-sdk)(?:[./]|$)/;
/** Parts of those clients that ask a model; others list files or make embeddings. */
const ASKING = /^(?:(?:chat)?completions?|messages|responses|models|chat|\w*(?:model|client|llm))$/i;

function isVendors(callee: Expr, site: Site, sink: Sink): boolean {
  if (callee.type === 'member' && !ASKING.test(lastName(callee.of))) return false;
  let root = callee;
  while (root.type === 'member') root = root.of;
  const maker = makerOf(root, site, sink);
  return maker !== null && VENDORS.test(maker.module);
}

/** What of a package made something or is it, through functions of the repository that make it. */
function makerOf(expr: Expr, site: Site, sink: Sink, depth = 0): Reference | null {
  const target = follow(expr, site, sink.files);
  if (target.type === 'package') return target.reference;
  if (target.type !== 'value' || target.expr.type !== 'call' || depth > MAX_DEPTH) return null;
  const given = returned(target.expr, target.site, sink.files);
  return given
    ? makerOf(given.expr, given.site, sink, depth + 1)
    : referenceOf(target.expr.callee, target.site, sink.files);
}

const lastName = (expr: Expr): string => (expr.type === 'name' || expr.type === 'member' ? expr.name : '');

/** Whether something that the code leads nowhere else for is called like a model: a parameter `llm`, `self.chat_model`. */
function isCalledModel(expr: Expr, site: Site, sink: Sink, depth = 0): boolean {
  if (depth > MAX_DEPTH) return false;
  const next = (one: Expr, home: Site): boolean => isCalledModel(one, home, sink, depth + 1);
  const name = lastName(expr).replaceAll(/([a-z])([A-Z])/g, '$1_$2');
  const target = follow(expr, site, sink.files);
  if (target.type === 'unknown')
    return SAYS_MODEL.test(name) || (target.options ?? []).some((one) => next(one.expr, one.site));
  if (target.type !== 'value') return false;
  const { expr: value, site: home } = target;
  switch (value.type) {
    case 'opaque':
      return SAYS_MODEL.test(name);
    case 'pipe':
      return value.parts.some((part) => next(part, home));
    case 'either':
      return value.options.some((option) => next(option, home));
    case 'call': {
      const { callee } = value;
      if (callee.type === 'member' && ONLY_MODELS.test(callee.name)) return true;
      if (callee.type === 'member' && SAME_MODEL.test(callee.name)) return next(callee.of, home);
      if (callee.type === 'member' && callee.name === 'pipe')
        return [callee.of, ...value.args].some((part) => next(part, home));
      return SAYS_MODEL.test(name) && agentMeantBy(value, home, sink) === null;
    }
    default:
      return false;
  }
}

/** The lists of tools that a model was given before it is asked, here or elsewhere. */
export function toolsGiven(expr: Expr, site: Site, sink: Sink, depth = 0): Option[] {
  if (depth > MAX_DEPTH) return [];
  const all = (parts: readonly Expr[], home: Site): Option[] =>
    parts.flatMap((part) => toolsGiven(part, home, sink, depth + 1));
  const target = follow(expr, site, sink.files);
  if (target.type === 'unknown')
    return (target.options ?? []).flatMap((one) => toolsGiven(one.expr, one.site, sink, depth + 1));
  if (target.type !== 'value') return [];
  const { expr: value, site: home } = target;
  if (value.type === 'pipe') return all(value.parts, home);
  if (value.type === 'either') return all(value.options, home);
  if (value.type !== 'call' || value.callee.type !== 'member') return [];
  const { callee } = value;
  if (callee.name === 'pipe') return all([callee.of, ...value.args], home);
  const given = BINDS.test(callee.name)
    ? (value.args[0] ?? argument(value, ['tools'], home, sink.files)?.expr)
    : undefined;
  const before = SAME_MODEL.test(callee.name) ? all([callee.of], home) : [];
  return given ? [{ expr: given, site: home }, ...before] : before;
}

/** The agents that a function runs: `research_agent.invoke(state)`. */
export function agentsRunBy(
  code: Code,
  questions: readonly Question[],
  sink: Sink,
): Extract<Meant, { file: string }>[] {
  const models = new Set(questions.map(({ asked }) => asked));
  const found = callsIn(code).flatMap((call) => {
    const callee = ASKS.test(call.names().last) ? call.callee() : null;
    if (callee?.type === 'member' && models.has(callee.of)) return [];
    const meant =
      callee?.type === 'member' ? agentMeantBy(callee.of, insideOf(code, call.scope), sink) : null;
    return meant?.type === 'agent' ? [meant] : [];
  });
  return [...new Map(found.map((one) => [`${one.file}#${one.pointer}`, one])).values()];
}

/** The graph that a function runs, where it is one: `team.invoke(state)`. */
export function graphRunBy(code: Code, sink: Sink): string | null {
  const found = callsIn(code).flatMap((call) => {
    const callee = ASKS.test(call.names().last) ? call.callee() : null;
    return callee?.type === 'member' ? (graphOf(callee.of, insideOf(code, call.scope), sink) ?? []) : [];
  });
  return new Set(found).size === 1 ? found[0]! : null;
}
