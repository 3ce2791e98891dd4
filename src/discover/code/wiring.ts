import { addDelegates, addTools, agentOnce } from './agents.ts';
import type { Module, Wiring } from './expression.ts';
import { shapeOf } from './frameworks/all.ts';
import { type Items, itemsOf } from './items.ts';
import { known } from './places.ts';
import { callSiteOf } from './references.ts';
import { follow, referenceOf } from './resolve.ts';
import type { Draft, Sink } from './sink.ts';
import { argument, literal } from './values.ts';

const LISTS = new Set(['tools', 'handoffs', 'sub_agents', 'subAgents', 'mcp_servers', 'agents']);

/** What is put into an agent after it was made: `triage.handoffs = […]`, `agent.tools.append(…)`. */
export function readWirings(module: Module, sink: Sink): void {
  for (const wiring of module.wirings) {
    const { target, scope } = wiring;
    if (target.type !== 'member' || !LISTS.has(target.name)) continue;
    const site = { module, scope };
    const owner = follow(target.of, site, sink.files);
    if (owner.type !== 'value' || owner.expr.type !== 'call') continue;
    const call = callSiteOf(owner.expr, owner.site);
    const found = call
      ? shapeOf(referenceOf(call.callee(), owner.site, sink.files), ({ agents }) => agents)
      : null;
    if (!call || !found) continue;
    const agent = agentOnce(call, owner.site.module, sink);
    if (!agent) continue;
    const list = listOf(wiring, module, sink);
    if (found.shape.tools?.includes(target.name)) {
      if (wiring.how === 'set') drop(agent, 'tools');
      addTools(agent, list, found.framework.name, sink);
    } else if (found.shape.delegates?.includes(target.name)) {
      if (wiring.how === 'set') drop(agent, 'delegates_to');
      addDelegates(agent, list, sink);
    }
  }
}

function listOf({ how, value, scope }: Wiring, module: Module, sink: Sink): Items {
  const site = { module, scope };
  if (how === 'add') return { items: [{ expr: value, site, key: null }], open: [] };
  return itemsOf(value, site, sink.files);
}

/** A list that is replaced no longer says what it said. */
function drop(agent: Draft, as: string): void {
  for (let at = agent.links.length - 1; at >= 0; at--)
    if (agent.links[at]?.as === as) agent.links.splice(at, 1);
  delete agent.attributes[as];
}

/** Tasks of CrewAI: a person looks at what the agent of a task did, a function checks it. */
export function readTasks(module: Module, sink: Sink): void {
  for (const call of module.calls) {
    if (call.names().last !== 'Task') continue;
    const callee = call.callee();
    if (callee.type !== 'name' && callee.type !== 'member') continue;
    if (callee.name !== 'Task') continue;
    const site = { module, scope: call.scope };
    const reference = referenceOf(callee, site, sink.files);
    if (reference?.name !== 'Task' || !/^crewai(?:\.|$)/.test(reference.module)) continue;
    const made = call.call();
    const given = argument(made, ['agent'], site, sink.files);
    const agent = given ? agentOf(given.expr, given.site, sink) : null;
    if (!agent) continue;
    const asked = argument(made, ['human_input'], site, sink.files);
    if (asked && literal(asked.expr, asked.site, sink.files).value === 'True') {
      agent.controls['human_approval'] = known(true, module, asked.from);
    }
    const guard = argument(made, ['guardrail'], site, sink.files);
    if (guard) agent.controls['output_guardrail'] ??= known(true, module, guard.from);
  }
}

function agentOf(
  expr: Parameters<typeof follow>[0],
  site: Parameters<typeof follow>[1],
  sink: Sink,
): Draft | null {
  const callee = expr.type === 'call' ? expr.callee : expr;
  const target = follow(callee, site, sink.files);
  if (target.type === 'function') {
    const [only, ...others] = target.function.returns();
    if (!only || others.length > 0) return null;
    return sink.find('agent', target.site.module, only.from) ?? null;
  }
  return target.type === 'value' ? (sink.find('agent', target.site.module, target.expr.from) ?? null) : null;
}
