import { DESTRUCTIVE } from '../model.ts';
import type { PlannedChange } from './types.ts';

/**
 * What may still be done when nothing destructive may (D3): no destructive change and nothing that depends on one,
 * like setting a mobile that a leaver was to give up. In the order of the plan.
 */
export function harmlessPart(changes: readonly PlannedChange[]): PlannedChange[] {
  const neededBy = new Map<string, string[]>();
  for (const { key, needs } of changes) {
    for (const need of needs) {
      const others = neededBy.get(need);
      if (others) others.push(key);
      else neededBy.set(need, [key]);
    }
  }
  const out = new Set(changes.filter(({ kind }) => DESTRUCTIVE.includes(kind)).map(({ key }) => key));
  for (const key of out) for (const dependent of neededBy.get(key) ?? []) out.add(dependent);
  return changes.filter(({ key }) => !out.has(key));
}
