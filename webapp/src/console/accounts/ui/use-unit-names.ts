import { shallowReactive, watch } from 'vue';
import { directory } from '../api.ts';
import { w } from '../words.ts';

/** Asked once per unit while the console is open. */
const names = shallowReactive(new Map<string, string>());
const asking = new Set<string>();

async function ask(unitId: string): Promise<void> {
  if (names.has(unitId) || asking.has(unitId)) return;
  asking.add(unitId);
  try {
    names.set(unitId, (await directory.units(unitId)).unit.name);
  } catch {
    // Gone or not reached: the next page asks again.
  } finally {
    asking.delete(unitId);
  }
}

/** Names of units that the accounts room only gives by id. */
export function useUnitNames(units: () => readonly (string | null)[]): {
  nameOf: (unitId: string) => string;
} {
  watch(units, (ids) => ids.forEach((unitId) => unitId !== null && void ask(unitId)), { immediate: true });
  return { nameOf: (unitId) => names.get(unitId) ?? w.pick.unnamed };
}

/** What a page learned anyway need not be asked for. */
export const learnUnit = (unitId: string, name: string): void => void names.set(unitId, name);
