/**
 * Import cycles between files, types included: one shortest cycle per knot, starting at its first name.
 * @param {Map<string, string[]>} graph
 * @returns {string[][]}
 */
export function findCycles(graph) {
  return knots(graph)
    .map((knot) => shortestCycle(graph, knot))
    .sort((a, b) => (a[0] < b[0] ? -1 : 1));
}

/** Tarjan's strongly connected components, without recursion: only those that hold a cycle. */
function knots(graph) {
  const order = new Map();
  const low = new Map();
  const stack = [];
  const onStack = new Set();
  const found = [];

  const enter = (node) => {
    order.set(node, order.size);
    low.set(node, order.get(node));
    stack.push(node);
    onStack.add(node);
    return { node, next: 0 };
  };
  const leave = (node) => {
    if (low.get(node) !== order.get(node)) return;
    const knot = stack.splice(stack.indexOf(node));
    for (const member of knot) onStack.delete(member);
    if (knot.length > 1 || (graph.get(node) ?? []).includes(node)) found.push(new Set(knot));
  };
  const lower = (node, value) => low.set(node, Math.min(low.get(node), value));

  for (const root of graph.keys()) {
    if (order.has(root)) continue;
    const path = [enter(root)];
    for (let frame = path.at(-1); frame; frame = path.at(-1)) {
      const target = (graph.get(frame.node) ?? [])[frame.next++];
      if (target === undefined) {
        path.pop();
        leave(frame.node);
        if (path.length > 0) lower(path.at(-1).node, low.get(frame.node));
      } else if (!order.has(target)) path.push(enter(target));
      else if (onStack.has(target)) lower(frame.node, order.get(target));
    }
  }
  return found;
}

function shortestCycle(graph, knot) {
  let best = null;
  for (const start of [...knot].sort()) {
    const cycle = wayBack(graph, knot, start);
    if (cycle && (!best || cycle.length < best.length)) best = cycle;
  }
  return best;
}

function wayBack(graph, knot, start) {
  const cameFrom = new Map();
  const queue = [start];
  for (const node of queue) {
    for (const target of graph.get(node) ?? []) {
      if (target === start) return trace(cameFrom, node, start);
      if (!knot.has(target) || cameFrom.has(target)) continue;
      cameFrom.set(target, node);
      queue.push(target);
    }
  }
  return null;
}

function trace(cameFrom, last, start) {
  const way = [last];
  while (way[0] !== start) way.unshift(cameFrom.get(way[0]));
  return way;
}
