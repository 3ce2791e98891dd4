import type { ClassItem, Definition, Expr, Module, Scope } from './expression.ts';
import { givenBy } from './given.ts';
import type { Files } from './modules.ts';
import type { Reference, Site, Target } from './target.ts';

export type { Given, Option, Reference, Site, Target } from './target.ts';
export { MOST_OPTIONS } from './target.ts';

/** Names, imports and attributes followed in one go; a cycle ends here. */
const MAX_HOPS = 12;

const unknown = (why: string): Target => ({ type: 'unknown', why });

/** Follows names, imports, attributes and keys until something stands for itself. */
export function follow(expr: Expr, site: Site, files: Files): Target {
  // What is given to parameters differs from call to call; everything else is asked for again and again.
  const isOne = expr.type === 'name' || expr.type === 'member' || expr.type === 'index';
  if (!isOne || site.given) return step(expr, site, files, 0);
  const known = files.followed.get(expr);
  if (known?.scope === site.scope) return known.target;
  const target = step(expr, site, files, 0);
  files.followed.set(expr, { scope: site.scope, target });
  return target;
}

function step(expr: Expr, site: Site, files: Files, hops: number): Target {
  if (!files.step(hops === 0) || hops > MAX_HOPS) return unknown('refers to itself');
  switch (expr.type) {
    case 'name':
      return followName(expr.name, site, files, hops, expr.from);
    case 'member': {
      if (isEnvironment(expr.of)) return { type: 'environment', name: expr.name };
      return memberOf(step(expr.of, site, files, hops + 1), expr.name, files, hops, site);
    }
    case 'index': {
      const key = expr.key.type === 'text' && expr.key.parts.length === 1 ? expr.key.parts[0] : null;
      if (isEnvironment(expr.of)) {
        return typeof key === 'string'
          ? { type: 'environment', name: key }
          : unknown('comes from the environment');
      }
      const of = step(expr.of, site, files, hops + 1);
      // `Agent[Context]` is Agent.
      if (of.type === 'package' || of.type === 'class') return of;
      if (expr.key.type === 'constant') return entryOf(of, Number(expr.key.value), files, hops);
      if (typeof key !== 'string') return unknown('is chosen at run time');
      return memberOf(of, key, files, hops, site);
    }
    default:
      return { type: 'value', expr, site, bound: null };
  }
}

/** One of several values, by its place: `a, b = pair()`. */
function entryOf(of: Target, at: number, files: Files, hops: number): Target {
  if (of.type === 'unknown') return of;
  if (of.type !== 'value' || hops > MAX_HOPS) return unknown('is one of several values');
  const { expr, site } = of;
  if (expr.type === 'list' && expr.spread.length === 0 && expr.items[at])
    return step(expr.items[at], site, files, hops + 1);
  if (expr.type !== 'call') return unknown('is one of several values');
  const made = step(expr.callee, site, files, hops + 1);
  const [only, ...others] = made.type === 'function' ? made.function.returns() : [];
  if (made.type !== 'function' || !only || others.length > 0) return unknown('is one of several values');
  const given = givenBy(made.function, expr, site, made.site);
  const inside = { module: made.site.module, scope: made.function.scope, given };
  return entryOf(step(only, inside, files, hops + 1), at, files, hops + 1);
}

/** `os.environ`, `process.env`, `import.meta.env`, by how they are written. */
export function isEnvironment(expr: Expr): boolean {
  if (expr.type === 'name') return expr.name === 'environ';
  if (expr.type !== 'member' || expr.of.type !== 'name') return false;
  return (
    (expr.of.name === 'process' && expr.name === 'env') || (expr.of.name === 'os' && expr.name === 'environ')
  );
}

function followName(name: string, site: Site, files: Files, hops: number, from: number): Target {
  const found = lookup(name, site);
  if (!found) return fromStars(name, site.module, files, hops) ?? unknown(`comes from ${name}`);
  const { definitions, scope } = found;
  return followDefinitions(
    name,
    chosen(definitions, from, scope, site),
    scope === site.scope ? site : inScope(site, scope),
    files,
    hops,
  );
}

const inScope = ({ module, given }: Site, scope: Scope): Site =>
  given ? { module, scope, given } : { module, scope };

/** In one stretch of code the last value before a place stands; elsewhere any may. */
function chosen(
  definitions: readonly Definition[],
  from: number,
  scope: Scope,
  site: Site,
): readonly Definition[] {
  if (definitions.length < 2 || scope !== site.scope) return definitions;
  const before = definitions.filter((one) => one.from < from);
  return before.length > 0 ? before : definitions;
}

/** The nearest scope that knows a name. Inside a function of Python the class around it is not seen. */
export function lookup(
  name: string,
  site: Site,
): { definitions: readonly Definition[]; scope: Scope } | null {
  if (name === 'self' || name === 'this' || name === 'cls') {
    for (let one: Scope | null = site.scope; one; one = one.parent) {
      if (one.kind === 'class' && one.parent) {
        const item = one.parent.names.get(one.name)?.find((known) => known.type === 'class');
        return item ? { definitions: [item], scope: one.parent } : null;
      }
    }
  }
  for (let one: Scope | null = site.scope; one; one = one.parent) {
    if (one.kind === 'class' && one !== site.scope) continue;
    const definitions = one.names.get(name);
    if (definitions) return { definitions, scope: one };
  }
  return null;
}

function followDefinitions(
  name: string,
  definitions: readonly Definition[],
  site: Site,
  files: Files,
  hops: number,
): Target {
  const last = definitions.at(-1);
  if (!last) return unknown(`comes from ${name}`);
  if (definitions.length > 1 && definitions.some(({ type }) => type === 'value' || type === 'unknown')) {
    const targets = definitions.map((one) => followDefinition(name, one, site, files, hops));
    if (targets.every((one) => sameTarget(one, targets[0])))
      return targets[0] ?? unknown(`comes from ${name}`);
    const options = definitions.map((one) =>
      one.type === 'value' ? { expr: one.value(), site: siteOf(one, site) } : null,
    );
    const why = `${name} has several values`;
    return options.every((one) => one !== null) ? { type: 'unknown', why, options } : unknown(why);
  }
  return followDefinition(name, last, site, files, hops);
}

/** The same literal twice is one value; anything else may differ. */
function sameTarget(one: Target, two: Target | undefined): boolean {
  if (two === undefined || one.type !== two.type) return false;
  if (one.type === 'package' && two.type === 'package') {
    return one.reference.module === two.reference.module && one.reference.name === two.reference.name;
  }
  if (one.type !== 'value' || two.type !== 'value') return false;
  if (one.expr === two.expr || one.expr.from === two.expr.from) return true;
  const written = (expr: Expr): string | null =>
    expr.type === 'text' && expr.parts.every((part) => typeof part === 'string') ? expr.parts.join('') : null;
  const text = written(one.expr);
  return text !== null && text === written(two.expr);
}

const siteOf = ({ scope }: Extract<Definition, { type: 'value' }>, site: Site): Site =>
  scope ? { module: site.module, scope } : site;

function followDefinition(name: string, one: Definition, site: Site, files: Files, hops: number): Target {
  switch (one.type) {
    case 'unknown': {
      const given = site.given?.get(site.scope)?.get(name);
      return given ? step(given.expr, given.site, files, hops + 1) : unknown(`${name} ${one.why}`);
    }
    case 'function':
      return { type: 'function', function: one.function, site };
    case 'class':
      return { type: 'class', class: one.class, site };
    case 'import':
      return followImport(one.module, one.name, site.module, files, hops);
    case 'value': {
      const target = step(one.value(), siteOf(one, site), files, hops + 1);
      return target.type === 'value' && target.bound === null ? { ...target, bound: name } : target;
    }
  }
}

function followImport(module: string, name: string | null, from: Module, files: Files, hops: number): Target {
  if (hops > MAX_HOPS) return unknown('refers to itself');
  if (files.isFrameworks(from, module)) return { type: 'package', reference: { module, name: name ?? '' } };
  const path = files.find(from, module);
  const opened = path === null ? null : files.open(path);
  if (opened) {
    if (name === null) return { type: 'module', module: opened };
    const found = fromModule(opened, name, files, hops + 1);
    if (found) return found;
  }
  // `from package import part`, where the part is a file.
  if (name !== null && from.language === 'python') {
    const part = files.find(from, /\.$/.test(module) ? module + name : `${module}.${name}`);
    const file = part === null ? null : files.open(part);
    if (file) return { type: 'module', module: file };
  }
  if (opened && /^[.@~#]\/?/.test(module) && !/^@[^/]/.test(module)) {
    return unknown(`${name} is not found in ${opened.path}`);
  }
  return { type: 'package', reference: { module, name: name ?? '' } };
}

/** What a file of the repository calls `name`; null when it does not. */
export function fromModule(module: Module, name: string, files: Files, hops = 0): Target | null {
  if (hops > MAX_HOPS) return null;
  const site = { module, scope: module.root };
  const again = module.exports.get(name);
  if (again) {
    if (again.module !== null) return followImport(again.module, again.name, module, files, hops + 1);
    if (again.name !== name) return followName(again.name, site, files, hops + 1, Number.POSITIVE_INFINITY);
  }
  const definitions = module.root.names.get(name);
  if (definitions) return followDefinitions(name, definitions, site, files, hops + 1);
  return fromStars(name, module, files, hops + 1);
}

function fromStars(name: string, module: Module, files: Files, hops: number): Target | null {
  if (hops > MAX_HOPS) return null;
  const outside: string[] = [];
  for (const star of module.stars) {
    const path = files.find(module, star);
    const opened = path === null || path === module.path ? null : files.open(path);
    const found = opened ? fromModule(opened, name, files, hops + 1) : null;
    if (found) return found;
    if (!opened) outside.push(star);
  }
  return outside.length === 1 && outside[0]
    ? { type: 'package', reference: { module: outside[0], name } }
    : null;
}

function memberOf(of: Target, name: string, files: Files, hops: number, site: Site): Target {
  switch (of.type) {
    case 'package': {
      const { module, name: inner } = of.reference;
      return { type: 'package', reference: { module: inner ? `${module}.${inner}` : module, name } };
    }
    case 'module':
      return (
        fromModule(of.module, name, files, hops + 1) ??
        partOf(of.module, name, site, files) ??
        unknown(`${name} is not found in ${of.module.path}`)
      );
    case 'class':
      return attribute(of.class, of.site, name, files, hops + 1);
    case 'value':
      return memberOfValue(of.expr, of.site, name, files, hops + 1);
    case 'environment':
      return unknown('comes from the environment');
    case 'function':
      return unknown(`comes from ${of.function.name}`);
    case 'unknown':
      return of;
  }
}

/** `package.part` of Python, where the part is a file beside `__init__.py`. */
function partOf(module: Module, name: string, site: Site, files: Files): Target | null {
  if (!module.path.endsWith('/__init__.py') || site.module.language !== 'python') return null;
  const folder = module.path.slice(0, -'/__init__.py'.length);
  for (const path of [`${folder}/${name}.py`, `${folder}/${name}/__init__.py`]) {
    const opened = files.open(path);
    if (opened) return { type: 'module', module: opened };
  }
  return null;
}

function memberOfValue(expr: Expr, site: Site, name: string, files: Files, hops: number): Target {
  if (hops > MAX_HOPS) return unknown('refers to itself');
  if (expr.type === 'mapping') {
    const entry = expr.entries.findLast(({ key }) => key === name);
    if (entry) return step(entry.value, site, files, hops + 1);
    return unknown(`${name} is not found`);
  }
  if (expr.type === 'call') {
    const made = step(expr.callee, site, files, hops + 1);
    if (made.type === 'class') {
      const given = expr.named.find(({ key }) => key === name);
      if (given) return step(given.value, site, files, hops + 1);
      return attribute(made.class, made.site, name, files, hops + 1);
    }
    const setting = settingOf(made, name, files, hops + 1);
    if (setting) return setting;
    const [only, ...others] = made.type === 'function' ? made.function.returns() : [];
    if (made.type === 'function' && only && others.length === 0) {
      const inside = { module: made.site.module, scope: made.function.scope };
      return memberOf(step(only, inside, files, hops + 1), name, files, hops, inside);
    }
    return unknown(`comes from a call`);
  }
  return unknown(`${name} is known at run time`);
}

/** `Settings.from_config(config).name`, which makes one of its class: what is set there is not known, its default is. */
function settingOf(made: Target, name: string, files: Files, hops: number): Target | null {
  const [only, ...others] = made.type === 'function' ? made.function.returns() : [];
  if (made.type !== 'function' || only?.type !== 'call' || others.length > 0) return null;
  const inside = { module: made.site.module, scope: made.function.scope };
  const own = step(only.callee, inside, files, hops + 1);
  if (own.type !== 'class') return null;
  const { type, ...found } = attribute(own.class, own.site, name, files, hops + 1);
  const otherwise = type === 'value' && 'expr' in found ? { expr: found.expr, site: found.site } : null;
  return otherwise && { type: 'unknown', why: `${name} is set at run time`, otherwise };
}

/** What a class of the repository says about one of its attributes, its bases included. */
function attribute(item: ClassItem, site: Site, name: string, files: Files, hops: number): Target {
  if (hops > MAX_HOPS) return unknown('refers to itself');
  const definitions = item.scope.names.get(name);
  if (definitions) {
    return followDefinitions(name, definitions, { module: site.module, scope: item.scope }, files, hops + 1);
  }
  for (const base of item.bases()) {
    const target = step(base, { module: site.module, scope: item.outer }, files, hops + 1);
    if (target.type === 'class') return attribute(target.class, target.site, name, files, hops + 1);
  }
  return unknown(`${name} is known at run time`);
}

/** The name that a callee has in the package it comes from, through classes of the repository that extend it. */
export function referenceOf(expr: Expr, site: Site, files: Files): Reference | null {
  const target = follow(expr, site, files);
  if (target.type === 'package') return target.reference;
  return target.type === 'class' ? baseOf(target.class, target.site, files, 0) : null;
}

/** The class of a package that a class of the repository extends, at any distance. */
export function baseOf(item: ClassItem, site: Site, files: Files, hops: number): Reference | null {
  if (hops > MAX_HOPS) return null;
  for (const base of item.bases()) {
    const target = step(base, { module: site.module, scope: item.outer }, files, hops + 1);
    if (target.type === 'package') return target.reference;
    const found = target.type === 'class' ? baseOf(target.class, target.site, files, hops + 1) : null;
    if (found) return found;
  }
  return null;
}
