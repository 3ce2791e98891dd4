import type { CallSite, Entry, Expr, Mapping } from './expression.ts';
import { agentMeantBy, type Meant } from './references.ts';
import { follow, referenceOf, type Site, type Target } from './resolve.ts';
import type { Sink } from './sink.ts';
import { argument, asCall, literal, returned } from './values.ts';

/** An agent that stands as an object in a list of agents, as if a call with these arguments made it. */
export interface Inline {
  readonly call: CallSite;
  readonly site: Site;
}

const MAX_DEPTH = 4;
/** Keys under which such an object holds an agent that was made before. */
const READY = new Set(['runnable', 'graph']);

/** What an entry of a list of agents says where it is an object: an agent made elsewhere, or one of its own; null for none. */
export function inlineAgent(expr: Expr, site: Site, sink: Sink, depth = 0): Meant | Inline | null {
  const target = depth > MAX_DEPTH ? null : follow(expr, site, sink.files);
  if (target?.type !== 'value') return null;
  const object = objectOf(target, sink);
  if (object === null) {
    const given = target.expr.type === 'call' ? returned(target.expr, target.site, sink.files) : null;
    return given && inlineAgent(given.expr, given.site, sink, depth + 1);
  }
  const named = object.entries.find(({ key }) => key === 'name');
  if (!named) return null;
  const ready = object.entries.find(({ key }) => key !== null && READY.has(key));
  if (ready) return readyAgent(ready, named, target.site, sink);
  const call = asCall(object);
  return {
    site: target.site,
    call: {
      from: object.from,
      scope: target.site.scope,
      names: () => ({ root: null, last: '' }),
      callee: () => call.callee,
      call: () => call,
      bound: () => target.bound,
      part: () => null,
    },
  };
}

/** `{ name: …, … }`, and `SubAgent(name=…)`, which is the same to Python. */
function objectOf({ expr, site }: Extract<Target, { type: 'value' }>, sink: Sink): Mapping | null {
  if (expr.type === 'mapping') return expr;
  if (expr.type !== 'call' || !/SubAgent$/.test(referenceOf(expr.callee, site, sink.files)?.name ?? ''))
    return null;
  return { type: 'mapping', from: expr.from, entries: expr.named, spread: expr.spread };
}

/** An agent that was made without a name of its own goes by the name that stands beside it. */
function readyAgent(ready: Entry, named: Entry, site: Site, sink: Sink): Meant | null {
  const meant = agentMeantBy(ready.value, site, sink);
  const name = literal(named.value, site, sink.files).value;
  const made = follow(ready.value, site, sink.files);
  const isCall = made.type === 'value' && made.expr.type === 'call';
  const isNamed = isCall && argument(made.expr, ['name'], made.site, sink.files) !== null;
  if (meant?.type !== 'agent' || isNamed || name === null) return meant;
  const draft = sink.agents(site.module).find(({ pointer }) => pointer === meant.pointer);
  if (draft) draft.name = name;
  return { ...meant, name };
}
