import { changeKey } from './keys.ts';
import type { Settlement } from './settle.ts';
import type { PlannedChange } from './types.ts';

const GOING: ReadonlySet<PlannedChange['kind']> = new Set(['move', 'endConcurrent', 'leave', 'retire']);

/** C6: for each unit to be removed the changes that empty it, of people and of units. */
export function waysOut(
  { base, tree, order }: Settlement,
  people: readonly PlannedChange[],
): Map<string, string[]> {
  const ways = new Map<string, string[]>(order.removals.map(({ code }) => [code, []]));
  if (ways.size === 0) return ways;
  for (const { kind, target, key, effectiveOn } of people) {
    if (!GOING.has(kind) || target.id === null || effectiveOn > base.days.today) continue;
    const posts = base.index.byPersonId.get(target.id)?.posts ?? [];
    for (const unitCode of new Set(posts.map((post) => post.unitCode))) {
      if (kind !== 'endConcurrent' || key === changeKey('person', target.ref, kind, unitCode))
        ways.get(unitCode)?.push(key);
    }
  }
  const steps = new Map(order.steps.map(({ code, key }) => [code, key]));
  for (const { code, parentCode } of base.index.units) {
    const way = parentCode === null ? undefined : ways.get(parentCode);
    if (!way) continue;
    const key = tree.dissolving.has(code) ? changeKey('unit', code, 'unitDissolve') : steps.get(code);
    if (key !== undefined) way.push(key);
  }
  return ways;
}
