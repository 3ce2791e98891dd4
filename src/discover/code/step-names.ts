import type { CallSite, Module, Scope } from './expression.ts';
import { FRAMEWORKS } from './frameworks/all.ts';

/** Calls that are steps of an agent without a name, by their last name. */
const STEPS: ReadonlySet<string> = new Set(
  FRAMEWORKS.flatMap(({ agents }) => Object.keys(agents).filter((name) => agents[name]?.inferred)),
);

const counted = new WeakMap<Module, ReadonlyMap<Scope, number>>();

/** How many steps each function of a file asks for. */
function stepsIn(module: Module): ReadonlyMap<Scope, number> {
  const known = counted.get(module);
  if (known) return known;
  const counts = new Map<Scope, number>();
  for (const call of module.calls)
    if (STEPS.has(call.names().last)) counts.set(call.scope, (counts.get(call.scope) ?? 0) + 1);
  counted.set(module, counts);
  return counts;
}

/** What a step is called where one function asks for several: the part of its result that is used. */
export function stepName(call: CallSite, module: Module): string | null {
  const part = call.bound() === null ? call.part() : null;
  return part !== null && (stepsIn(module).get(call.scope) ?? 0) > 1 ? part : null;
}
