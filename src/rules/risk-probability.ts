import { type Component, textOf } from '../model/system.ts';
import type { Node } from './graph.ts';
import type { Hit } from './hit.ts';
import { type Factor, highest, once, type Scale } from './risk-parts.ts';
import { judge } from './undeclared.ts';
import type { World } from './world.ts';

/**
 * How likely somebody tries: the distance to what an attacker controls. 3 where his text or he himself gets at once,
 * 2 one step behind that or where nobody declared what would tell, 1 further away. On an attack path, the agents that
 * he has to bend one after the other.
 */
export function probabilityIn(world: World): Scale {
  const { exposed, graph } = world;

  /** Why an attacker is at something without any step; empty when he is not. */
  const reached = (node: Node): string => {
    const { component } = node;
    if (component === null) return '';
    if (judge(() => world.isAttackerControlled(component)).is === 'true')
      return `an attacker controls ${component.id} to begin with`;
    if (textOf(component.raw, 'exposure') === 'public') return `anyone can reach ${component.id}`;
    return exposed.get(node)?.is === 'true'
      ? `what an attacker writes gets to ${component.id} with no other agent in between`
      : '';
  };
  const direct = new Map<Node, string>();
  const directly = (node: Node): string => {
    const known = direct.get(node);
    if (known !== undefined) return known;
    const why = reached(node);
    direct.set(node, why);
    return why;
  };

  const grade = once((component: Component): Factor => {
    const node = graph.of.get(component.id);
    if (node === undefined)
      return {
        grade: 2,
        why: `nothing tells how far ${component.id} is from an attacker: it is no part of the running product`,
      };
    const why = directly(node);
    if (why !== '') return { grade: 3, why };
    const before = node.in.find(({ from }) => directly(from) !== '')?.from ?? guestOf(node, directly);
    if (before !== null) return { grade: 2, why: `${directly(before)}, one step from ${component.id}` };
    const judgement = exposed.get(node);
    if (judgement?.is === 'unknown')
      return {
        grade: 2,
        why: `nobody knows whether an attacker gets to ${component.id}: ${judgement.facts[0]} is not declared`,
      };
    return { grade: 1, why: `nothing that an attacker controls is within one step of ${component.id}` };
  });

  return (hit, subject) =>
    hit.rule.form.is === 'path' ? alongThePath(hit) : (highest(subject, grade) ?? WHOLE);
}

const WHOLE: Factor = {
  grade: 2,
  why: 'it is about the system as a whole, some of which is nearer to an attacker than the rest',
};

/** Who runs on a host and is reached at once: breaking out of it is one step. */
const guestOf = (node: Node, directly: (node: Node) => string): Node | null =>
  node.component?.kind === 'host'
    ? (node.out.find(({ kind, to }) => kind === 'hosts' && directly(to) !== '')?.to ?? null)
    : null;

function alongThePath({ walk = [] }: Hit): Factor {
  const bent = new Set(walk.flatMap(({ to }) => (to.component?.kind === 'agent' ? [to.id] : [])));
  const start = walk[0]?.from.id ?? '';
  if (bent.size <= 1)
    return {
      grade: 3,
      why: `from ${start} it takes ${bent.size === 0 ? 'no agent' : 'one agent'} to get there`,
    };
  return {
    grade: bent.size === 2 ? 2 : 1,
    why: `from ${start} ${bent.size} agents have to be bent one after the other`,
  };
}
