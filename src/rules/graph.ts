import { addTo } from '../finding/grouped.ts';
import { byCodeUnit, type Component, type Edge, edgesOf, type System, textOf } from '../model/system.ts';
import { isDataMap } from '../model/yaml.ts';
import type { Permit } from './subject.ts';

/**
 * The influence view: an arrow from A to B says that whoever controls A can bend B next. docs/attack-paths.md has
 * the table of what each declared reference means.
 */
export interface Node {
  readonly id: string;
  /** null for the hub that several agents share when they use one identity. */
  readonly component: Component | null;
  readonly out: Step[];
  readonly in: Step[];
}

export interface Step {
  readonly kind: StepKind;
  readonly from: Node;
  readonly to: Node;
  /** What was declared; null for arrows that nobody wrote (a shared identity). */
  readonly edge: Edge | Permit | null;
}

/** Kinds of arrow; `stopped_by: step` of a path rule names them. */
export const STEP_KINDS = [
  'informs',
  'read',
  'writes',
  'asks',
  'answers',
  'returns',
  'invokes',
  'delegates',
  'reports',
  'changes',
  'executes',
  'ingests',
  'trains',
  'observed',
  'hosts',
  'covers',
  'publishes',
  'flows',
  'replies',
  'identity',
] as const;
export type StepKind = (typeof STEP_KINDS)[number];

export interface Graph {
  /** In id order. */
  readonly nodes: readonly Node[];
  readonly of: ReadonlyMap<string, Node>;
}

/** Protocols in which the receiver does not answer the sender. */
const ONE_WAY = /^(?:queue|events?|amqp|kafka|mqtt|sqs|pubsub|smtp|imap|e?mail|webhooks?|syslog)(?:@|$)/i;

export function influence(system: System, permitsOf: (grant: Edge) => readonly Permit[]): Graph {
  const builder = new Builder();
  const running = system.components.filter(runs);
  for (const component of running) {
    builder.node(component);
    for (const action of component.actions) builder.node(action);
  }
  for (const component of running) builder.references(component, permitsOf);
  for (const flow of system.flows) if (runs(flow.from) && runs(flow.to)) builder.flow(flow);
  builder.sharedIdentities(running.filter((component) => component.kind === 'agent'));
  return builder.finish();
}

/** A zone is a fact, not a path; what people build with is not what the product runs. */
const runs = (component: Component): boolean =>
  component.kind !== 'boundary' && textOf(component.raw, 'plane') !== 'development';

class Builder {
  private readonly of = new Map<string, Node>();

  node(component: Component): Node {
    return this.add(component.id, component);
  }

  /** Everything one component declares about others. */
  references(component: Component, permitsOf: (grant: Edge) => readonly Permit[]): void {
    for (const [key, edges] of component.out) {
      const link = LINKS[key];
      for (const edge of edges) {
        if (!runs(edge.to)) continue;
        if (key === 'tools') this.grant(edge, permitsOf(edge));
        else if (link) for (const [kind, forward] of link) this.arrow(kind, edge, forward);
      }
    }
    for (const action of component.actions) this.action(action);
  }

  flow(edge: Edge): void {
    this.arrow('flows', edge, true);
    const oneWay = edge.raw['reply'] === false || ONE_WAY.test(textOf(edge.raw, 'protocol'));
    if (!oneWay) this.arrow('replies', edge, false);
  }

  sharedIdentities(agents: readonly Component[]): void {
    const users = new Map<string, Component[]>();
    for (const agent of agents) {
      const identity = agent.raw['identity'];
      const principal = isDataMap(identity ?? null) ? textOf(identity as never, 'principal') : '';
      if (principal !== '') addTo(users, principal, agent);
    }
    for (const [principal, members] of users) {
      if (members.length < 2) continue;
      const hub = this.add(`identity ${principal}`, null);
      for (const member of members) {
        this.step('identity', this.node(member), hub, null);
        this.step('identity', hub, this.node(member), null);
      }
    }
  }

  finish(): Graph {
    const nodes = [...this.of.values()].sort((a, b) => byCodeUnit(a.id, b.id));
    for (const node of nodes) {
      node.out.sort((a, b) => byCodeUnit(a.to.id, b.to.id) || byCodeUnit(a.kind, b.kind));
      node.in.sort((a, b) => byCodeUnit(a.from.id, b.from.id) || byCodeUnit(a.kind, b.kind));
    }
    return { nodes, of: this.of };
  }

  /** What a tool says comes back to the agent; what the agent was granted it can call. */
  private grant(grant: Edge, permits: readonly Permit[]): void {
    const agent = this.node(grant.from);
    this.step('returns', this.node(grant.to), agent, grant);
    for (const permit of permits) {
      this.step('invokes', agent, this.node(permit.action), permit);
      if (textOf(permit.action.raw, 'effect') !== 'read') this.executesOnHostOf(grant.from, permit);
      else
        for (const target of edgesOf(permit.action, 'targets'))
          this.step('read', this.node(target.to), agent, permit);
    }
  }

  /** Code that an action runs lands on the tool's host, else on that of the agent that called it. */
  private executesOnHostOf(agent: Component, permit: Permit): void {
    if (textOf(permit.action.raw, 'effect') !== 'execute') return;
    const own = edgesOf(permit.action.tool!, 'runs_on');
    for (const host of own.length > 0 ? own : edgesOf(agent, 'runs_on')) {
      this.step('executes', this.node(permit.action), this.node(host.to), permit);
    }
  }

  private action(action: Component): void {
    if (!CHANGES.has(textOf(action.raw, 'effect'))) return;
    for (const target of edgesOf(action, 'targets'))
      this.step('changes', this.node(action), this.node(target.to), target);
  }

  private arrow(kind: StepKind, edge: Edge, forward: boolean): void {
    const from = this.node(edge.from);
    const to = this.node(edge.to);
    if (forward) this.step(kind, from, to, edge);
    else this.step(kind, to, from, edge);
  }

  private step(kind: StepKind, from: Node, to: Node, edge: Edge | Permit | null): void {
    const step = { kind, from, to, edge };
    from.out.push(step);
    to.in.push(step);
  }

  private add(id: string, component: Component | null): Node {
    const known = this.of.get(id);
    if (known) return known;
    const node: Node = { id, component, out: [], in: [] };
    this.of.set(id, node);
    return node;
  }
}

/** Effects that bend what an action targets; `send` and `pay` end here, `execute` bends the host. */
export const CHANGES: ReadonlySet<string> = new Set(['write', 'delete', 'admin']);

/** By key of a reference: the arrows it means; true runs from who wrote it, false towards them. */
const LINKS: Readonly<Record<string, readonly (readonly [StepKind, boolean])[]>> = {
  models: [['informs', false]],
  reads: [['read', false]],
  writes: [['writes', true]],
  memory: [
    ['read', false],
    ['writes', true],
  ],
  serves: [
    ['asks', false],
    ['answers', true],
  ],
  delegates_to: [
    ['delegates', true],
    ['reports', false],
  ],
  ingests: [['ingests', false]],
  trained_on: [['trains', false]],
  observes: [['observed', false]],
  runs_on: [['hosts', false]],
  within: [['hosts', false]],
  covers: [['covers', true]],
  publishes: [['publishes', true]],
};
