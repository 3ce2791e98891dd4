import { mask } from '../../finding/secrets.ts';
import type { Call, Expr, Mapping } from './expression.ts';
import { givenBy } from './given.ts';
import type { Files } from './modules.ts';
import { follow, isEnvironment, type Option, referenceOf, type Site, type Target } from './resolve.ts';

/** A text or number that the code holds; null with the reason when only a run knows it. */
export interface Literal {
  readonly value: string | null;
  /** The environment variable that it comes from or can be set by. */
  readonly environment?: string;
  readonly why?: string;
}

const MAX_DEPTH = 8;

/** What an expression is, as far as the code of the repository says. */
export function literal(expr: Expr, site: Site, files: Files, depth = 0): Literal {
  if (depth > MAX_DEPTH) return { value: null, why: 'is nested too deeply' };
  const target = follow(expr, site, files);
  if (target.type === 'environment') return fromEnvironment(target.name);
  if (target.type === 'unknown' && target.otherwise) {
    const { value } = literal(target.otherwise.expr, target.otherwise.site, files, depth + 1);
    return { value: null, why: value === null ? target.why : `${target.why}, else it is ${mask(value)}` };
  }
  if (target.type !== 'value') return { value: null, why: whyNot(target) };
  const next = (one: Expr): Literal => literal(one, target.site, files, depth + 1);
  const value = target.expr;
  switch (value.type) {
    case 'constant':
      return { value: value.value };
    case 'text': {
      const parts = value.parts.map((part) => (typeof part === 'string' ? { value: part } : next(part)));
      const open = parts.find((part) => part.value === null);
      if (open) return open;
      const text = parts.map((part) => part.value).join('');
      // Jinja and what copies it: the file is a template, and what it makes has another text here.
      if (/\{\{.*\}\}|\{%.*%\}/.test(text)) return { value: null, why: 'is filled in by a template' };
      return { value: text, ...environmentOf(parts) };
    }
    case 'either': {
      const options = value.options.map(next);
      const last = options.at(-1);
      if (value.fallback && last && options.slice(0, -1).every((one) => one.environment)) {
        return { ...last, ...environmentOf(options) };
      }
      const same = options.every((one) => one.value !== null && one.value === last?.value);
      return same && last ? last : { value: null, why: 'depends on a condition' };
    }
    case 'call':
      return ofCall(value, target.site, files, depth);
    case 'opaque':
      return { value: null, why: value.what };
    default:
      return { value: null, why: 'is no text' };
  }
}

const environmentOf = (parts: readonly Literal[]): { environment?: string } => {
  const environment = parts.find((part) => part.environment)?.environment;
  return environment ? { environment } : {};
};

const fromEnvironment = (name: string): Literal => ({
  value: null,
  environment: name,
  why: `comes from the environment variable ${name}`,
});

/** Why a target is no value, as a clause. */
export function whyNot(target: Target): string {
  switch (target.type) {
    case 'unknown':
      return target.why;
    case 'environment':
      return `comes from the environment variable ${target.name}`;
    case 'package':
      return `comes from ${target.reference.module}`;
    case 'function':
      return `is the function ${target.function.name}`;
    case 'class':
      return `is the class ${target.class.name}`;
    case 'module':
      return `is the module ${target.module.path}`;
    case 'value':
      return target.expr.type === 'opaque' ? target.expr.what : 'is computed';
  }
}

function ofCall(call: Call, site: Site, files: Files, depth: number): Literal {
  const first = call.args[0];
  const second = call.args[1] ?? argument(call, ['default'], site, files)?.expr;
  const read = isEnvironmentRead(call, site, files);
  if (read && first) {
    const name = literal(first, site, files, depth + 1).value;
    if (name === null) return { value: null, why: 'comes from the environment' };
    if (!second) return fromEnvironment(name);
    return { ...literal(second, site, files, depth + 1), environment: name };
  }
  const reference = referenceOf(call.callee, site, files);
  if (reference && /^(?:pydantic|dataclasses)/.test(reference.module) && /^[Ff]ield$/.test(reference.name)) {
    const value = argument(call, ['default'], site, files)?.expr ?? first;
    if (value) return literal(value, site, files, depth + 1);
  }
  const given = returned(call, site, files);
  if (given) return literal(given.expr, given.site, files, depth + 1);
  return { value: null, why: `comes from a call of ${written(call.callee)}` };
}

function isEnvironmentRead(call: Call, site: Site, files: Files): boolean {
  const { callee } = call;
  if (callee.type === 'member' && callee.name === 'get' && isEnvironment(callee.of)) return true;
  const reference = referenceOf(callee, site, files);
  return reference?.module === 'os' && reference.name === 'getenv';
}

/** What a function of the repository gives when it has one return; null otherwise. */
export function returned(call: Call, site: Site, files: Files): Option | null {
  const [only, ...others] = returns(call, site, files);
  return only && others.length === 0 ? only : null;
}

/** Everything that a function of the repository may give; nothing for a function of a package. */
export function returns(call: Call, site: Site, files: Files): readonly Option[] {
  const target = follow(call.callee, site, files);
  if (target.type === 'function') {
    const given = givenBy(target.function, call, site, target.site);
    const inside = { module: target.site.module, scope: target.function.scope, given };
    return target.function.returns().map((expr) => ({ expr, site: inside }));
  }
  if (target.type !== 'value' || target.expr.type !== 'lambda') return [];
  const { from } = target.expr;
  const item = target.site.module.functions.find(({ scope }) => scope.from === from);
  const inside = item
    ? { ...target.site, scope: item.scope, given: givenBy(item, call, site, target.site) }
    : target.site;
  return target.expr.returns.map((expr) => ({ expr, site: inside }));
}

/** How an expression is written, shortly: for messages and for names. */
export function written(expr: Expr): string {
  switch (expr.type) {
    case 'name':
      return expr.name;
    case 'member':
      return `${written(expr.of)}.${expr.name}`;
    case 'index':
      return written(expr.of);
    case 'call':
      return `${written(expr.callee)}()`;
    default:
      return 'an expression';
  }
}

/** An argument by any of its names: `key=…` of Python, a key of an object in TypeScript. */
export function argument(
  call: Call,
  keys: readonly string[],
  site: Site,
  files: Files,
): { expr: Expr; site: Site; from: number } | null {
  for (const key of keys) {
    const named = call.named.findLast((one) => one.key === key);
    if (named) return { expr: named.value, site, from: named.from };
  }
  for (const { expr, site: home } of options(call, site, files)) {
    if (expr.type !== 'mapping') continue;
    for (const key of keys) {
      const entry = expr.entries.findLast((one) => one.key === key);
      if (entry) return { expr: entry.value, site: home, from: entry.from };
    }
  }
  return null;
}

/** An object as a call with its entries for arguments, for things that people also write without the call. */
export const asCall = (object: Mapping): Call => ({
  type: 'call',
  from: object.from,
  callee: { type: 'opaque', from: object.from, what: 'is an object' },
  args: [],
  named: [],
  spread: [object],
});

/** Objects among the arguments, and what is spread into them or into the call. */
function options(call: Call, site: Site, files: Files): { expr: Expr; site: Site }[] {
  const found: { expr: Expr; site: Site }[] = [];
  const script = site.module.language === 'script';
  const queue = [...(script ? call.args : []), ...call.spread].map((expr) => ({ expr, site, depth: 0 }));
  for (const { expr, site: home, depth } of queue) {
    const target = expr.type === 'mapping' || depth < 3 ? follow(expr, home, files) : null;
    if (target?.type !== 'value' || target.expr.type !== 'mapping') continue;
    found.push({ expr: target.expr, site: target.site });
    for (const inner of target.expr.spread) queue.push({ expr: inner, site: target.site, depth: depth + 1 });
  }
  return found;
}
