import type { StateUnitRequest, UnitFormAnswer } from './api.ts';

/** As they stand in the form; '' is none. */
export interface UnitFields {
  code: string;
  name: string;
  sortOrder: string;
  headStaffNo: string;
  leaderStaffNo: string;
  category: string;
}

export const BLANK: Readonly<UnitFields> = {
  code: '',
  name: '',
  sortOrder: '',
  headStaffNo: '',
  leaderStaffNo: '',
  category: '',
};

export const formOf = (unit: UnitFormAnswer): UnitFields => ({
  code: unit.code,
  name: unit.name,
  sortOrder: String(unit.sortOrder),
  headStaffNo: unit.headStaffNo ?? '',
  leaderStaffNo: unit.leaderStaffNo ?? '',
  category: unit.category ?? '',
});

/** Code and name, and what differs from what is there; what was emptied is cleared (A5). @param now null: a new one */
export function wishOf(
  now: UnitFormAnswer | null,
  fields: UnitFields,
  parentCode: string | undefined,
): StateUnitRequest {
  const before = now ? formOf(now) : BLANK;
  const changed = (key: keyof UnitFields): boolean => fields[key].trim() !== before[key];
  const text = (key: keyof UnitFields) => fields[key].trim() || null;
  return {
    isNew: now === null,
    code: fields.code.trim(),
    name: fields.name.trim(),
    ...(parentCode !== undefined && { parentCode }),
    ...(changed('sortOrder') && { sortOrder: text('sortOrder') === null ? null : Number(fields.sortOrder) }),
    ...(changed('headStaffNo') && { headStaffNo: text('headStaffNo') }),
    ...(changed('leaderStaffNo') && { leaderStaffNo: text('leaderStaffNo') }),
    ...(changed('category') && { category: text('category') }),
  };
}
