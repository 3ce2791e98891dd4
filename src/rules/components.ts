/** A graph of numbers: the edges of node n lead to `to[first[n]]` up to, not including, `to[first[n + 1]]`. */
export interface Edges {
  readonly first: readonly number[];
  readonly to: readonly number[];
}

export interface Components {
  /** Every node, those of one component side by side. Edges between components run from right to left only. */
  readonly order: Int32Array;
  /** Number of each node's component, in the order above. */
  readonly componentOf: Int32Array;
  readonly count: number;
}

/** Strongly connected components by Tarjan's algorithm, without recursion. */
export function sharedComponents({ first, to }: Edges): Components {
  const size = first.length - 1;
  const found = new Int32Array(size).fill(-1);
  const low = new Int32Array(size);
  const componentOf = new Int32Array(size).fill(-1);
  const onward = Int32Array.from(first);
  const stack = new Int32Array(size);
  const walk = new Int32Array(size);
  const order = new Int32Array(size);
  let [stacked, walked, ordered, counter, count] = [0, 0, 0, 0, 0];
  for (let root = 0; root < size; root++) {
    if (found[root] !== -1) continue;
    walk[walked++] = root;
    while (walked > 0) {
      const node = walk[walked - 1]!;
      if (found[node] === -1) {
        found[node] = low[node] = counter++;
        stack[stacked++] = node;
      }
      if (onward[node]! < first[node + 1]!) {
        const next = to[onward[node]!++]!;
        if (found[next] === -1) walk[walked++] = next;
        else if (componentOf[next] === -1) low[node] = Math.min(low[node]!, found[next]!);
        continue;
      }
      walked--;
      if (walked > 0) low[walk[walked - 1]!] = Math.min(low[walk[walked - 1]!]!, low[node]!);
      if (low[node] !== found[node]) continue;
      let member: number;
      do {
        member = stack[--stacked]!;
        componentOf[member] = count;
        order[ordered++] = member;
      } while (member !== node);
      count++;
    }
  }
  return { order, componentOf, count };
}
