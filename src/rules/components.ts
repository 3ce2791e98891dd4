/**
 * Strongly connected components by Tarjan's algorithm, without recursion. `next` lists the neighbours of each node.
 * `order` is reverse topological: edges between components only run from a later one to an earlier one.
 */
export function sharedComponents(next: readonly (readonly number[])[]): {
  order: number[][];
  componentOf: Int32Array;
} {
  const size = next.length;
  const found = new Int32Array(size).fill(-1);
  const low = new Int32Array(size);
  const componentOf = new Int32Array(size).fill(-1);
  const onward = new Int32Array(size);
  const stack: number[] = [];
  const order: number[][] = [];
  let counter = 0;
  for (let root = 0; root < size; root++) {
    if (found[root] !== -1) continue;
    const walk = [root];
    while (walk.length > 0) {
      const node = walk[walk.length - 1]!;
      if (found[node] === -1) {
        found[node] = low[node] = counter++;
        stack.push(node);
      }
      const to = next[node]![onward[node]!];
      if (to !== undefined) {
        onward[node]! += 1;
        if (found[to] === -1) walk.push(to);
        else if (componentOf[to] === -1) low[node] = Math.min(low[node]!, found[to]!);
        continue;
      }
      walk.pop();
      const parent = walk[walk.length - 1];
      if (parent !== undefined) low[parent] = Math.min(low[parent]!, low[node]!);
      if (low[node] !== found[node]) continue;
      order.push(close(node, stack, componentOf, order.length));
    }
  }
  return { order, componentOf };
}

function close(root: number, stack: number[], componentOf: Int32Array, component: number): number[] {
  const members: number[] = [];
  for (;;) {
    const node = stack.pop()!;
    componentOf[node] = component;
    members.push(node);
    if (node === root) return members;
  }
}
