import { agentOnce, draftModel, linkModel } from './agents.ts';
import type { CallSite, Expr, Module } from './expression.ts';
import { shapeOf } from './frameworks/all.ts';
import { modelOf } from './models.ts';
import { callSiteOf } from './references.ts';
import { follow, referenceOf, type Site } from './resolve.ts';
import { type Draft, pointerOf, type Sink } from './sink.ts';
import { argument } from './values.ts';

/**
 * What runs an agent and says with which model, as a session of speech does: it is the model of all that the agent hands
 * over to. Where only a run knows the agent, or there is none, the model stands for itself.
 */
export function readRun(call: CallSite, module: Module, sink: Sink): void {
  const site = { module, scope: call.scope };
  const found = shapeOf(referenceOf(call.callee(), site, sink.files), ({ runs }) => runs);
  if (!found) return;
  const made = call.call();
  const model = argument(made, found.shape.model, site, sink.files);
  if (!model) return;
  const { agent: keys } = found.shape;
  const position = found.shape.positional?.findIndex((key) => keys?.includes(key)) ?? -1;
  const first = made.args[position];
  const given = (keys && argument(made, keys, site, sink.files)) ?? (first ? { expr: first, site } : null);
  const agent = given ? agentOf(given.expr, given.site, sink) : null;
  if (agent) {
    for (const each of team(agent, sink))
      if (!each.attributes['model']) linkModel(each, model.expr, model.site, sink);
    return;
  }
  const named = modelOf(model.expr, model.site, sink.files);
  for (const one of named?.options ?? (named ? [named] : [])) draftModel(one, one, pointerOf(call), sink);
}

function agentOf(expr: Expr, site: Site, sink: Sink): Draft | null {
  const target = follow(expr, site, sink.files);
  if (target.type !== 'value') return null;
  const call = callSiteOf(target.expr, target.site);
  return call ? agentOnce(call, target.site.module, sink) : null;
}

/** An agent and all of its class that it hands over to, as far as this reading knows them. */
function team(agent: Draft, sink: Sink): Set<Draft> {
  const classOf = ({ module, from }: Draft) => module.calls.find((call) => call.from === from)?.names().last;
  const found = new Set([agent]);
  for (const each of found)
    for (const { as, definition } of each.links) {
      if (as !== 'delegates_to' || !definition) continue;
      const next = sink.at('agent', definition.file, definition.pointer);
      if (next && classOf(next) === classOf(agent)) found.add(next);
    }
  return found;
}
