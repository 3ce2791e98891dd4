import type { Call, Expr, Module } from './expression.ts';
import { shapeOf } from './frameworks/all.ts';
import type { Files } from './modules.ts';
import { follow, type Option, type Reference, referenceOf, type Site } from './resolve.ts';
import { argument, type Literal, literal, returned, whyNot, written } from './values.ts';

/** What an expression says about a model: its name or why there is none, and who serves it. */
export interface ModelValue extends Literal {
  readonly provider?: string;
  /** The address it is asked at, when the code holds one. */
  readonly url?: string;
  /** The variable that holds it; null for none. */
  readonly bound: string | null;
  readonly module: Module;
  readonly from: number;
}

const MAX_DEPTH = 6;
const MOST_OPTIONS = 8;
/** Methods of LangChain that give the same model with something added. */
export const SAME_MODEL =
  /^(?:with_config|with_retry|with_fallbacks|with_listeners|with_types|bind|bind_tools|with_structured_output|configurable_fields|configurable_alternatives|withConfig|withRetry|withListeners|bindTools|withStructuredOutput|withFallbacks)$/;

/** Null when the expression is no model at all, as far as one can see. */
export function modelOf(expr: Expr, site: Site, files: Files, depth = 0): ModelValue | null {
  if (depth > MAX_DEPTH) return null;
  const target = follow(expr, site, files);
  const here = { bound: null, module: site.module, from: expr.from };
  if (target.type === 'environment') return { ...here, ...literal(expr, site, files) };
  if (target.type === 'unknown' && target.options)
    return oneOf(target.options, target.why, here, files, depth);
  if (target.type !== 'value') return null;
  const { expr: value, site: home, bound } = target;
  const there = { bound, module: home.module, from: value.from };
  switch (value.type) {
    case 'text':
      return { ...there, ...literal(value, home, files) };
    case 'call': {
      const made = fromCall(value, home, files, depth);
      return made && { ...made, bound: made.bound ?? bound };
    }
    case 'either': {
      const plain = literal(value, home, files);
      if (plain.value !== null || plain.environment) return { ...there, ...plain };
      const some = value.options.some((one) => modelOf(one, home, files, depth + 1));
      return some ? { ...there, value: null, why: 'depends on a condition' } : null;
    }
    case 'pipe': {
      for (const part of value.parts) {
        const found = modelOf(part, home, files, depth + 1);
        if (found && part.type !== 'text') return found;
      }
      return null;
    }
    default:
      return null;
  }
}

/** A name that is given models in several places: the model where it is the same one, else that it is one. */
function oneOf(
  options: readonly Option[],
  why: string,
  here: Pick<ModelValue, 'bound' | 'module' | 'from'>,
  files: Files,
  depth: number,
): ModelValue | null {
  const models = options
    .slice(0, MOST_OPTIONS)
    .map(({ expr, site }) => modelOf(expr, site, files, depth + 1));
  const [first] = models;
  const same = models.every((one) => one?.value === first?.value && one?.provider === first?.provider);
  if (first && same) return first;
  return models.some((one) => one !== null) ? { ...here, value: null, why } : null;
}

function fromCall(call: Call, site: Site, files: Files, depth: number): ModelValue | null {
  const { callee } = call;
  const here = { bound: null, module: site.module, from: call.from };
  const plain = literal(call, site, files);
  if (plain.environment) return { ...here, ...plain };
  const reference = referenceOf(callee, site, files);
  const found = shapeOf(reference, (framework) => framework.models);
  if (found) return fromShape(call, site, files, found.shape);
  const provider = providerOf(callee, reference, site, files);
  if (provider !== null) {
    const first = call.args[0];
    if (!first || (follow(first, site, files).type === 'value' && first.type === 'mapping')) return null;
    return { ...here, from: first.from, ...literal(first, site, files), provider };
  }
  if (callee.type === 'member' && SAME_MODEL.test(callee.name))
    return modelOf(callee.of, site, files, depth + 1);
  if (callee.type === 'member' && callee.name === 'pipe')
    return modelOf(
      { type: 'pipe', from: call.from, parts: [callee.of, ...call.args] },
      site,
      files,
      depth + 1,
    );
  const given = returned(call, site, files);
  if (given) return modelOf(given.expr, given.site, files, depth + 1);
  return reference && !shapeOf(reference, ({ agents }) => agents) ? madeFrom(call, site, files, depth) : null;
}

/** `create_extractor(model, …)`, `LLMChain(llm=model)`: what a package makes of a model asks it. */
function madeFrom(call: Call, site: Site, files: Files, depth: number): ModelValue | null {
  const named = argument(call, ['model', 'llm'], site, files);
  const [first] = call.args;
  const given = named ?? (first ? { expr: first, site } : null);
  const target = given && follow(given.expr, given.site, files);
  // A text names a model and is none.
  if (target?.type === 'value' && target.expr.type === 'list')
    return modelOf({ ...target.expr, type: 'pipe', parts: target.expr.items }, target.site, files, depth + 1);
  const isText = target?.type === 'value' && target.expr.type !== 'call' && target.expr.type !== 'pipe';
  if (!given || isText || isPlain(given.expr, given.site, files)) return null;
  return modelOf(given.expr, given.site, files, depth + 1);
}

function fromShape(
  call: Call,
  site: Site,
  files: Files,
  shape: { provider?: string; model: readonly string[]; positional?: readonly string[] },
): ModelValue {
  const at = shape.positional ? shape.model.map((key) => shape.positional?.indexOf(key) ?? -1) : [];
  const position = at.find((one) => one >= 0);
  const first = position === undefined ? undefined : call.args[position];
  const given = argument(call, shape.model, site, files) ?? (first ? { expr: first, site } : null);
  const address = argument(call, ['base_url', 'api_base', 'baseURL', 'openai_api_base'], site, files);
  const url = address ? literal(address.expr, address.site, files).value : null;
  const rest = {
    bound: null,
    module: site.module,
    from: given?.expr.from ?? call.from,
    ...(shape.provider ? { provider: shape.provider } : {}),
    ...(url ? { url } : {}),
  };
  if (!given) return { ...rest, value: null, why: `is not named in ${written(call)}` };
  return { ...rest, ...literal(given.expr, given.site, files) };
}

const PROVIDER = /^(?:@ai-sdk\/|@openrouter\/ai-sdk-provider|ollama-ai-provider)/;

/** `openai('…')`, `openai.chat('…')`, and `create…({…})('…')` of the AI SDK. */
function providerOf(callee: Expr, reference: Reference | null, site: Site, files: Files): string | null {
  if (reference && PROVIDER.test(reference.module) && !/^create/.test(reference.name)) {
    return providerName(reference.module);
  }
  if (reference?.module === 'ai' && reference.name === 'gateway') return 'gateway';
  const owner = callee.type === 'member' ? callee.of : callee;
  const target = follow(owner, site, files);
  if (target.type !== 'value' || target.expr.type !== 'call') return null;
  const made = referenceOf(target.expr.callee, target.site, files);
  return made && PROVIDER.test(made.module) && /^create/.test(made.name) ? providerName(made.module) : null;
}

const providerName = (module: string): string =>
  module
    .replace(/^@ai-sdk\//, '')
    .replace(/^@(\w+)\/.*/, '$1')
    .replace(/\..*/, '');

/** Whether something is a model or was made from one: what a node of a graph calls. */
export const isModel = (expr: Expr, site: Site, files: Files, depth = 0): boolean => {
  if (expr.type === 'text' || depth > MAX_DEPTH) return false;
  const target = follow(expr, site, files);
  if (target.type === 'unknown')
    return (target.options ?? []).some((one) => isModel(one.expr, one.site, files, depth + 1));
  if (target.type !== 'value' || target.expr.type === 'text' || target.expr.type === 'constant') return false;
  return modelOf(expr, site, files, depth) !== null && !isPlain(expr, site, files);
};

/** A text or a variable of the environment names a model, and is none. */
const isPlain = (expr: Expr, site: Site, files: Files): boolean => {
  const plain = literal(expr, site, files);
  return plain.value !== null || plain.environment !== undefined;
};

/** Why an expression is no model, as a clause. */
export const noModel = (expr: Expr, site: Site, files: Files): string => {
  const target = follow(expr, site, files);
  if (target.type === 'value' && target.expr.type === 'call') {
    return `comes from a call of ${written(target.expr.callee)}`;
  }
  if (target.type === 'unknown') return literal(expr, site, files).why ?? target.why;
  return whyNot(target);
};
