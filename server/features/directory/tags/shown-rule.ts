import type { Org } from '../org.ts';
import type { SetBrief } from './contract.ts';
import type { SetRule } from './definition.ts';

const copy = <T>(list: readonly T[] | null): T[] | null => list && [...list];

/** As the contract has it. */
export const shownRule = (rule: SetRule): NonNullable<SetBrief['rule']> => ({
  ...rule,
  unitIds: copy(rule.unitIds),
  categories: copy(rule.categories),
  establishments: copy(rule.establishments),
  titles: copy(rule.titles),
});

/** Names of the units that some rules speak of, each once. */
export function unitsOf(org: Org, rules: readonly (SetRule | null)[]): SetBrief['units'] {
  const ids = new Set(rules.flatMap((rule) => rule?.unitIds ?? []));
  return [...ids].map((unitId) => {
    const unit = org.unit(unitId);
    return { unitId, name: unit?.name ?? '', dissolved: unit?.state !== 'active' };
  });
}
