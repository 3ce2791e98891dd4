import { byCodeUnit, type Component, type Edge, edgesOf, type System, textOf } from '../model/system.ts';
import { type DataMap, isDataMap } from '../model/yaml.ts';
import { trustOf } from '../model/zones.ts';
import { circlesOf } from './circles.ts';
import { type Claim, claimsOf } from './claims.ts';
import { dataFlows, type Flows, flowsByEnd } from './data-flows.ts';
import { Enforcement, type Supposed, type ViewOf } from './enforces.ts';
import { type Evidence, type EvidenceCheck, evidenceOf } from './evidence.ts';
import { exposure } from './exposure.ts';
import { type Graph, influence, type Node } from './graph.ts';
import type { Listener } from './listener.ts';
import { type LostUsers, lostUsers } from './lost-users.ts';
import type { Permit } from './subject.ts';
import { type Judgement, judge, judged, uncounted, undeclared } from './undeclared.ts';
import type { Vocabulary } from './vocabulary.ts';

/** Effects that hurt at once and that nobody takes back easily; `execute` has rules of its own. */
const HIGH_IMPACT = new Set(['pay', 'delete', 'admin']);
/** Effects that leave something changed. */
const CHANGES = new Set(['write', 'delete', 'send', 'pay', 'execute', 'admin']);
/** Kinds of tool that connect to whatever address they are given. */
const FETCHES = new Set(['browser', 'http-client']);
const PRIVATE_CLASSES = new Set(['confidential', 'restricted']);

/** What rules may know of the outside: the day of the run, and whether evidence is there. */
export interface Context {
  /** The day of the run (UTC midnight) in seconds since 1970. */
  readonly asOf: number;
  readonly evidence: EvidenceCheck;
}

/**
 * One system and everything derived from it that rules ask for, each computed once.
 * What depends on an undeclared fact is kept as a judgement, so that whoever asks learns which fact is missing.
 */
export class World {
  readonly enforcement: Enforcement;
  /** Hears what expressions ask for; nearly always nobody does. Who listens gets nothing out of what was kept. */
  listener: Listener | null = null;
  /** How components and edges look to expressions, by type: for views.ts, which makes them. */
  readonly faces = new Map<string, Map<object, object>>();
  private readonly permits = new Map<Edge, Permit[]>();
  private readonly judgements = new Map<string, Map<object, Judgement>>();
  private influenceGraph: Graph | null = null;
  private exposedNodes: ReadonlyMap<Node, Judgement> | null = null;
  private moved: readonly Edge[] | null = null;
  private flows: ReadonlyMap<Component, Flows> | null = null;
  private circles: ReadonlyMap<Component, string> | null = null;
  private lost: LostUsers | null = null;
  /** The world that this one differs from in supposed controls only. */
  readonly base: World | null;
  readonly system: System;
  readonly vocabulary: Vocabulary;
  readonly viewOf: ViewOf;
  readonly context: Context;

  constructor(
    system: System,
    vocabulary: Vocabulary,
    viewOf: ViewOf,
    context: Context,
    instead: { readonly base: World; readonly supposed: Supposed } | null = null,
  ) {
    this.system = system;
    this.vocabulary = vocabulary;
    this.viewOf = viewOf;
    this.context = context;
    this.base = instead?.base ?? null;
    this.enforcement = new Enforcement(
      system,
      vocabulary,
      viewOf,
      null,
      undefined,
      instead?.supposed ?? null,
    );
  }

  get graph(): Graph {
    // No control changes who is joined with whom.
    this.influenceGraph ??= this.base?.graph ?? influence(this.system, (grant) => this.permitsOf(grant));
    return this.influenceGraph;
  }

  /** Every edge over which data moves. */
  get dataFlows(): readonly Edge[] {
    this.moved ??= this.base?.dataFlows ?? dataFlows(this.system);
    return this.moved;
  }

  /** What text of an attacker gets to without passing through an agent, or may get to. */
  get exposed(): ReadonlyMap<Node, Judgement> {
    this.exposedNodes ??=
      this.base?.exposed ?? exposure(this.graph, (component) => this.isAttackerControlled(component));
    return this.exposedNodes;
  }

  /** Flows by who is called and who calls. */
  flowsOf(component: Component): Flows {
    this.flows ??= flowsByEnd(this.dataFlows);
    return this.flows.get(component) ?? NO_FLOWS;
  }

  /** The circle in which an agent hands tasks on and nobody counts the rounds: the first id in it; empty when in none. */
  circleOf(agent: Component): string {
    const counts = (each: Component) =>
      ['delegation_limit', 'step_limit'].some((control) => this.enforcement.ask(each, control).holds);
    this.enforcement.asked++;
    this.circles ??= circlesOf(this.system, counts);
    return this.circles.get(agent) ?? '';
  }

  /** How tasks of a user get to an agent without him over others, as words; nothing where by none, or by one hop alone. */
  userLostOver(agent: Component): string[] {
    this.enforcement.asked++;
    this.lost ??= lostUsers(this.system, {
      passes: (edge) => this.enforcement.ask(edge, 'user_context_propagation').holds,
      acts: (each) =>
        edgesOf(each, 'tools').some((grant) =>
          this.permitsOf(grant).some(({ action }) => CHANGES.has(textOf(action.raw, 'effect'))),
        ),
    });
    const way = this.lost.ways.get(agent);
    if (way === undefined) judged(this.lost.doubts.get(agent) ?? { is: 'false' });
    return way === undefined ? [] : [way];
  }

  /** Every control that somebody wrote down. */
  get claims(): readonly Claim[] {
    return claimsOf(this.system);
  }

  evidenceOf(claim: Claim): readonly Evidence[] {
    return evidenceOf(claim);
  }

  /** What a grant allows; a grant that lists no actions allows all of them. */
  permitsOf(grant: Edge): readonly Permit[] {
    if (this.base !== null) return this.base.permitsOf(grant);
    let permits = this.permits.get(grant);
    if (permits && this.listener === null) return permits;
    const written = grant.raw['actions'];
    const all = isWildcard(grant);
    const named = new Set(names(written));
    const nameOf = (action: Component) => action.id.slice(grant.to.id.length + 1);
    permits = grant.to.actions
      .filter((action) => all || named.has(nameOf(action)))
      .map((action) => ({ grant, action, raw: own(written, nameOf(action)) }));
    this.permits.set(grant, permits);
    return permits;
  }

  /** Data whose loss hurts somebody: confidential or restricted by its class, or by what it contains. */
  isPrivate(component: Component): boolean {
    return this.derived('private', component, () => {
      if (component.kind !== 'store' && component.kind !== 'model') return false;
      const contains = component.raw['contains'];
      if (Array.isArray(contains) && contains.length > 0) return true;
      const level = textOf(component.raw, 'classification');
      if (component.kind === 'model' && level === '') return false;
      return PRIVATE_CLASSES.has(level === '' ? undeclared(`${component.id}.classification`, '') : level);
    });
  }

  /** What an attacker controls by declaration, before he has done anything. */
  isAttackerControlled(component: Component): boolean {
    return this.derived('attacker_controlled', component, () => {
      const kind = textOf(component.raw, 'kind');
      if (component.kind === 'tool') return textOf(component.raw, 'publisher') === 'community';
      const outside =
        (component.kind === 'actor' && (kind === 'content' || kind === 'user')) ||
        (component.kind === 'peer' && kind !== 'business-system');
      return outside && this.trustOf(component) === 'untrusted';
    });
  }

  /** Trust of the zone something is in; nobody having said so is a fact that is missing. */
  trustOf(component: Component): string {
    const trust = trustOf(component);
    return trust === '' ? undeclared(`${component.id}.boundary`, '') : trust;
  }

  effectOf(action: Component): string {
    const effect = textOf(action.raw, 'effect');
    return effect === '' ? undeclared(`${action.id}.effect`, '') : effect;
  }

  isHighImpact(action: Component): boolean {
    return action.raw['irreversible'] === true || HIGH_IMPACT.has(this.effectOf(action));
  }

  /**
   * Whether what goes into an action leaves the system: it sends, it changes something that others host, or it asks
   * any address for a page, since the address itself carries data out.
   */
  isOutbound(action: Component): boolean {
    return this.derived('outbound', action, () => {
      if (FETCHES.has(textOf(action.tool!.raw, 'kind'))) return !egressIsFiltered(action.tool!);
      const effect = this.effectOf(action);
      if (effect === 'send') return true;
      if (effect !== 'write' && effect !== 'pay') return false;
      const trust = trustOf(action);
      return trust === 'untrusted' || trust === 'partner';
    });
  }

  /** Whether an agent gets private data. */
  readsPrivate(agent: Component): boolean {
    return this.derived('reads_private', agent, () =>
      any(this.readBy(agent), (store) => this.isPrivate(store)),
    );
  }

  /** The private data an agent gets, in id order: for messages, so what nobody declared is left out. */
  privateDataOf(agent: Component): string[] {
    return sortedIds(uncounted(() => this.readBy(agent).filter((store) => this.isPrivate(store))));
  }

  /** What an agent reads, and what its granted actions read for it. */
  private readBy(agent: Component): Component[] {
    const read = [...edgesOf(agent, 'reads'), ...edgesOf(agent, 'memory')].map((edge) => edge.to);
    const through = edgesOf(agent, 'tools')
      .flatMap((grant) => this.permitsOf(grant))
      .filter((permit) => textOf(permit.action.raw, 'effect') === 'read')
      .flatMap((permit) => edgesOf(permit.action, 'targets').map((edge) => edge.to));
    return [...read, ...through];
  }

  /** Whether text of an attacker gets to an agent by itself, not through another agent. */
  seesUntrusted(agent: Component): boolean {
    const node = this.graph.of.get(agent.id);
    if (!node) return false;
    return judged(this.exposed.get(node) ?? { is: 'false' });
  }

  /** The attacker's places whose text gets to an agent by itself, in id order: for messages. */
  untrustedSourcesOf(agent: Component): string[] {
    const start = this.graph.of.get(agent.id);
    const queue = start ? [start] : [];
    const seen = new Set(queue);
    for (const node of queue) {
      for (const { from } of node.in) {
        if (seen.has(from) || from.component === null || from.component.kind === 'agent') continue;
        seen.add(from);
        queue.push(from);
      }
    }
    const others = queue.slice(1).map((node) => node.component!);
    return sortedIds(uncounted(() => others.filter((component) => this.isAttackerControlled(component))));
  }

  /** Nothing that is derived in this way goes by controls. */
  private derived(name: string, subject: object, compute: () => boolean): boolean {
    if (this.base !== null) return this.base.derived(name, subject, compute);
    let known = this.judgements.get(name);
    if (!known) {
      known = new Map();
      this.judgements.set(name, known);
    }
    let judgement = known.get(subject);
    if (!judgement || this.listener !== null) {
      judgement = judge(compute);
      known.set(subject, judgement);
    }
    return judged(judgement);
  }
}

const egressIsFiltered = (tool: Component): boolean => {
  const hosts = edgesOf(tool, 'runs_on').map((edge) => textOf(edge.to.raw, 'egress'));
  return hosts.length > 0 && hosts.every((egress) => egress === 'none' || egress === 'allow-list');
};

const sortedIds = (components: readonly Component[]): string[] =>
  [...new Set(components.map(({ id }) => id))].sort(byCodeUnit);

export const isWildcard = (grant: Edge): boolean => {
  const written = grant.raw['actions'];
  return names(written).length === 0 || names(written).includes('*');
};

const names = (written: unknown): string[] =>
  Array.isArray(written)
    ? written.map(String)
    : isDataMap(written as never)
      ? Object.keys(written as DataMap)
      : [];

function own(written: unknown, name: string): DataMap {
  const raw = isDataMap(written as never) ? (written as DataMap)[name] : undefined;
  return isDataMap(raw) ? raw : {};
}

/** Like `some`, but one undeclared fact does not hide that another item holds. */
function any<T>(items: readonly T[], holds: (item: T) => boolean): boolean {
  let missing: unknown;
  for (const item of items) {
    try {
      if (holds(item)) return true;
    } catch (error) {
      missing = error;
    }
  }
  if (missing !== undefined) throw missing;
  return false;
}

const NO_FLOWS: Flows = { incoming: [], outgoing: [] };
