import type { Call, Expr, Module } from './expression.ts';
import { shapeOf } from './frameworks/all.ts';
import type { ModelShape } from './frameworks/framework.ts';
import type { Files } from './modules.ts';
import { modelsGiven, providerOf } from './providers.ts';
import { follow, MOST_OPTIONS, type Option, referenceOf, type Site } from './resolve.ts';
import { argument, type Literal, literal, returns, whyNot, written } from './values.ts';

/** What an expression says about a model: its name or why there is none, and who serves it. */
export interface ModelValue extends Literal {
  readonly provider?: string;
  /** The address it is asked at, when the code holds one. */
  readonly url?: string;
  /** The variable that holds it; null for none. */
  readonly bound: string | null;
  readonly module: Module;
  readonly from: number;
  /** Those that the code names where a run chooses one; `value` is null then. */
  readonly options?: readonly ModelValue[];
}

const MAX_DEPTH = 6;
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
    return oneOf(target.options, target.why, { ...here, files, depth });
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
      const options = value.options.map((option) => ({ expr: option, site: home }));
      return oneOf(options, 'depends on a condition', { ...there, files, depth });
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

/** What a choice between expressions says: their model when it is the same, else all that are named. */
function oneOf(
  choice: readonly Option[],
  why: string,
  { files, depth, ...here }: Pick<ModelValue, 'bound' | 'module' | 'from'> & { files: Files; depth: number },
): ModelValue | null {
  if (choice.length > MOST_OPTIONS) return null;
  // A choice of choices multiplies, so that each counts for more than one step.
  const each = choice.map(({ expr, site }) => modelOf(expr, site, files, depth + 2));
  if (each.length === 1) return each[0] ?? null;
  const found = each.flatMap((one) => one?.options ?? (one ? [one] : []));
  if (found.length === 0) return null;
  const named = found.filter(
    ({ value }, i) => value && found.findIndex((other) => other.value === value) === i,
  );
  const [only] = named;
  if (only && named.length === 1 && each.every((one) => one?.value === only.value)) return only;
  return { ...here, value: null, why, ...(named.length > MOST_OPTIONS ? {} : { options: named }) };
}

function fromCall(call: Call, site: Site, files: Files, depth: number): ModelValue | null {
  const { callee } = call;
  const here = { bound: null, module: site.module, from: call.from };
  const plain = literal(call, site, files);
  if (plain.environment) return { ...here, ...plain };
  const reference = referenceOf(callee, site, files);
  const found = shapeOf(reference, (framework) => framework.models);
  if (found) return fromShape(call, site, files, found.shape, depth);
  const choice = modelsGiven(call, site, files);
  if (choice) return oneOf(choice, 'is chosen at run time', { ...here, files, depth });
  const provider = providerOf(callee, reference, site, files);
  if (provider !== null) {
    const first = call.args[0];
    if (!first || (follow(first, site, files).type === 'value' && first.type === 'mapping')) return null;
    return { ...here, from: first.from, ...literal(first, site, files), ...(provider ? { provider } : {}) };
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
  const all = returns(call, site, files);
  const [only] = all;
  if (only && all.length === 1) return modelOf(only.expr, only.site, files, depth + 1);
  if (only) return oneOf(all, 'depends on a condition', { ...here, files, depth });
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

function fromShape(call: Call, site: Site, files: Files, shape: ModelShape, depth: number): ModelValue {
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
  const plain = literal(given.expr, given.site, files);
  // One model may be made from another, and the name of one be chosen.
  const inner =
    plain.value === null && !plain.environment && modelOf(given.expr, given.site, files, depth + 1);
  return inner
    ? { ...inner, ...(shape.provider ? { provider: shape.provider } : {}) }
    : { ...rest, ...plain };
}

/** Whether something is a model or was made from one: what a node of a graph calls. */
export const isModel = (expr: Expr, site: Site, files: Files, depth = 0): boolean => {
  if (expr.type === 'text' || depth > MAX_DEPTH) return false;
  const target = follow(expr, site, files);
  if (target.type === 'unknown')
    return (target.options ?? []).some((one) => isModel(one.expr, one.site, files, depth + 1));
  if (target.type !== 'value' || target.expr.type === 'text' || target.expr.type === 'constant') return false;
  const all = target.expr.type === 'call' ? returns(target.expr, target.site, files) : [];
  // A function that gives one of several texts gives none.
  if (all.length > 1)
    return (
      depth < 3 && all.slice(0, MOST_OPTIONS).some((one) => isModel(one.expr, one.site, files, depth + 1))
    );
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
