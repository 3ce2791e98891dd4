import type { Component } from '../model/system.ts';
import { hitStep, startOf } from './evaluate-path.ts';
import type { Node, Step } from './graph.ts';
import type { Seen } from './listener.ts';
import { type Because, type Observation, observe } from './trace-observe.ts';
import type { Recorder } from './trace-record.ts';
import type { World } from './world.ts';

/** Fields that half the system decides: their reasons are the ways by which text or data gets to an agent. */
export function wideReasons(world: World, recorder: Recorder): Because {
  return (view, field) => {
    const agent = componentOf(view);
    const node = agent && world.graph.of.get(agent.id);
    if (!node) return null;
    if (field === 'sees_untrusted' || field === 'untrusted_sources')
      return untrustedWays(world, recorder, node);
    return field === 'reads_private' || field === 'private_data' ? privateWays(world, recorder, node) : null;
  };
}

function componentOf({ it }: Seen): Component | null {
  const { component = null, kind } = it as { component?: Component | null; kind?: string };
  return component ?? (kind === 'agent' ? (it as Component) : null);
}

/** Every store of private data that the agent reads: how, and what makes it private. */
function privateWays(world: World, recorder: Recorder, agent: Node): Observation[] {
  return agent.in
    .filter(({ kind, from }) => kind === 'read' && from.component && world.isPrivate(from.component))
    .flatMap((step) => [
      asObservation(step),
      ...factsOf(recorder, () => world.isPrivate(step.from.component!)),
    ]);
}

/** Every place of an attacker whose text gets to the agent: what makes it his, and the way from there. */
function untrustedWays(world: World, recorder: Recorder, agent: Node): Observation[] {
  const next = onwards(agent);
  return world.untrustedSourcesOf(agent.component!).flatMap((id) => {
    const source = world.graph.of.get(id)!;
    const { origin, path, text } = startOf(source);
    return [
      { is: 'step' as const, text, anchor: { origin, path } },
      ...factsOf(recorder, () => world.isAttackerControlled(source.component!)),
      ...way(source, next).map(asObservation),
    ];
  });
}

/** For every node from which text gets to the agent by itself, the next step on a shortest way. */
function onwards(agent: Node): Map<Node, Step> {
  const next = new Map<Node, Step>();
  const queue = [agent];
  for (const node of queue) {
    for (const step of node.in) {
      const { from } = step;
      if (from === agent || next.has(from) || from.component === null || from.component.kind === 'agent')
        continue;
      next.set(from, step);
      queue.push(from);
    }
  }
  return next;
}

function way(source: Node, next: ReadonlyMap<Node, Step>): Step[] {
  const steps: Step[] = [];
  for (let step = next.get(source); step; step = next.get(step.to)) steps.push(step);
  return steps;
}

function asObservation(step: Step): Observation {
  const { text, origin, path } = hitStep(step);
  return { is: 'step', text, anchor: { origin, path } };
}

const factsOf = (recorder: Recorder, run: () => unknown): Observation[] =>
  observe(recorder.record(run).heard, () => null);
