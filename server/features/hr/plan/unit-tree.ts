/** One text per place: a name under a parent (C4). */
export const slotOf = (parentCode: string, name: string): string => `${parentCode}\u0000${name}`;

/** Circles of a graph in which everything points at no more than one other. Each circle once, in its own order. */
export function findCycles(nodes: Iterable<string>, next: (node: string) => string | null): string[][] {
  const cycles: string[][] = [];
  const done = new Set<string>();
  for (const start of nodes) {
    const path = new Map<string, number>();
    let at: string | null = start;
    while (at !== null && !done.has(at) && !path.has(at)) {
      path.set(at, path.size);
      at = next(at);
    }
    if (at !== null && path.has(at)) cycles.push([...path.keys()].slice(path.get(at)));
    for (const node of path.keys()) done.add(node);
  }
  return cycles;
}

/** Levels, the root being the first. Units whose parents lead nowhere are left out. */
export function depthsOf(
  units: ReadonlyMap<string, { readonly parentCode: string }>,
  rootCode: string,
): Map<string, number> {
  const depths = new Map<string, number>();
  for (const code of units.keys()) {
    const path: string[] = [];
    const seen = new Set<string>();
    let at = code;
    while (at !== rootCode && !depths.has(at) && !seen.has(at)) {
      const unit = units.get(at);
      if (!unit) break;
      path.push(at);
      seen.add(at);
      at = unit.parentCode;
    }
    const base = at === rootCode ? 1 : depths.get(at);
    if (base === undefined) continue;
    path.reverse().forEach((one, step) => depths.set(one, base + step + 1));
  }
  return depths;
}

/** For each unit the one of its line that stands directly below the root; the root is its own. */
export function createTops(parentOf: (code: string) => string | null | undefined, rootCode: string) {
  const tops = new Map<string, string>([[rootCode, rootCode]]);
  return function topOf(code: string): string {
    const known = tops.get(code);
    if (known !== undefined) return known;
    const path = [code];
    const seen = new Set(path);
    let parent = parentOf(code) ?? rootCode;
    while (parent !== rootCode && !tops.has(parent) && !seen.has(parent)) {
      path.push(parent);
      seen.add(parent);
      parent = parentOf(parent) ?? rootCode;
    }
    const top = parent === rootCode ? (path.at(-1) ?? code) : (tops.get(parent) ?? code);
    for (const one of path) tops.set(one, top);
    return top;
  };
}
