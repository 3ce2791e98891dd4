import type { Node } from './graph.ts';
import type { View } from './view.ts';
import { viewers } from './views.ts';
import { systemView } from './visit.ts';
import type { World } from './world.ts';

/** What expressions about a node of a path see. */
export type NodeNames = { readonly node: View; readonly system: View };

const seen = new WeakMap<World, Map<Node, NodeNames>>();

/** What expressions see of a node; kept, since every path rule asks for the same. */
export function namesOf(world: World): (node: Node) => NodeNames {
  const known = seen.get(world) ?? new Map<Node, NodeNames>();
  seen.set(world, known);
  const system = systemView(world);
  return (node) => {
    let names = known.get(node);
    if (names === undefined) {
      names = { node: nodeView(world, node), system };
      known.set(node, names);
    }
    return names;
  };
}

export const nodeView = (world: World, node: Node): View =>
  viewers.view(world, 'Node', node, node.component?.raw ?? {}, node.id);
