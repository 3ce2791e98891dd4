import { type Component, edgesOf, textOf } from '../model/system.ts';
import { clamp, type Factor, highest, once, type Scale } from './risk-parts.ts';
import type { World } from './world.ts';

/** Effects by what they cost when they happen wrongly; reading costs what is read. */
const EFFECTS: Readonly<Record<string, 1 | 2 | 3>> = {
  pay: 3,
  delete: 3,
  execute: 3,
  admin: 3,
  write: 2,
  send: 2,
};
const CLASSES: Readonly<Record<string, 1 | 2 | 3>> = {
  restricted: 3,
  confidential: 2,
  internal: 1,
  public: 1,
};
/** What a whole system is worth, where a finding is about all of it. */
const WHOLE: Readonly<Record<string, 1 | 2 | 3>> = { critical: 3, high: 3, medium: 2, low: 1 };

/**
 * What it costs when it happens: the worst effect within reach of the subject, or the most sensitive data; one more in
 * a system of critical importance, one less in one of low. What nobody declared counts as 2.
 */
export function impactIn(world: World): Scale {
  const criticality = textOf(world.system.raw, 'criticality');

  const ofAction = (action: Component): Factor => {
    if (action.raw['irreversible'] === true)
      return { grade: 3, why: `nobody can take back what ${action.id} does` };
    const effect = textOf(action.raw, 'effect');
    if (effect === '') return { grade: 2, why: `what ${action.id} does is not declared` };
    if (Object.hasOwn(EFFECTS, effect)) return { grade: EFFECTS[effect]!, why: `${action.id} can ${effect}` };
    const read = highest(edgesOf(action, 'targets'), ({ to }) => (to.kind === 'store' ? own(to) : NOTHING));
    if (read === NOTHING) return { grade: 1, why: `${action.id} only reads` };
    return read ?? { grade: 1, why: `${action.id} only reads` };
  };
  const ofStore = (store: Component): Factor => {
    const level = textOf(store.raw, 'classification');
    const contains = store.raw['contains'];
    const holds = Array.isArray(contains) && contains.length > 0 ? ` (${contains.join(', ')})` : '';
    const grade = Object.hasOwn(CLASSES, level) ? CLASSES[level]! : 2;
    const what =
      level === '' ? `how sensitive ${store.id} is, is not declared` : `${store.id} holds ${level} data`;
    return { grade: holds === '' ? grade : clamp(Math.max(2, grade)), why: `${what}${holds}` };
  };
  const ofAgent = (agent: Component): Factor | null => {
    const reach: Component[] = [];
    for (const grant of edgesOf(agent, 'tools'))
      for (const { action } of world.permitsOf(grant)) reach.push(action);
    for (const key of ['reads', 'writes', 'memory'])
      for (const { to } of edgesOf(agent, key)) if (to.kind === 'store') reach.push(to);
    return highest(reach, own);
  };

  /** What something can do or holds by itself. */
  const own = once((component: Component): Factor => {
    const { kind } = component;
    if (kind === 'action') return ofAction(component);
    if (kind === 'store') return ofStore(component);
    if (kind === 'tool') return highest(component.actions, own) ?? NOTHING;
    return (kind === 'agent' ? ofAgent(component) : null) ?? NOTHING;
  });

  /** The same for what does and holds nothing itself: what is next to it. */
  const around = once((component: Component): Factor => {
    const mine = own(component);
    if (mine !== NOTHING || ACTS.has(component.kind)) return mine === NOTHING ? idle(component) : mine;
    const node = world.graph.of.get(component.id);
    const near: Component[] = [];
    for (const { to } of node?.out ?? []) if (to.component !== null) near.push(to.component);
    for (const { from } of node?.in ?? []) if (from.component !== null) near.push(from.component);
    const worst = highest(near, own);
    return worst === null || worst === NOTHING
      ? idle(component)
      : { ...worst, why: `next to ${component.id}, ${worst.why}` };
  });

  return (_, subject) => {
    const worst = highest(subject, around);
    if (worst === null) return ofSystem(criticality);
    const by = criticality === 'critical' ? 1 : criticality === 'low' ? -1 : 0;
    const grade = clamp(worst.grade + by);
    return grade === worst.grade
      ? worst
      : { grade, why: `${worst.why}, in a system of ${criticality} importance` };
  };
}

const NOTHING: Factor = { grade: 1, why: '' };
const ACTS: ReadonlySet<string> = new Set(['agent', 'store', 'tool', 'action']);

const idle = ({ id }: Component): Factor => ({
  grade: 1,
  why: `nothing that acts or holds data hangs on ${id}`,
});

const ofSystem = (criticality: string): Factor =>
  Object.hasOwn(WHOLE, criticality)
    ? { grade: WHOLE[criticality]!, why: `the system is of ${criticality} importance` }
    : { grade: 2, why: 'how important the system is, is not declared' };
