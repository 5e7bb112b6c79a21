import { z } from 'zod';

const Id = z.string().min(1).max(64);
const Code = z.string().trim().min(1).max(32);
const Name = z.string().trim().min(1).max(64);
const StaffNo = z.string().trim().min(1).max(64);
const SortOrder = z.number().int().min(0).max(2_147_483_647);
const Category = z.string().trim().min(1).max(64);

/** What is left out stays as it is; null clears it. `parentCode` null: directly below the institution. */
const Fields = {
  parentCode: Code.nullable().optional(),
  headStaffNo: StaffNo.nullable().optional(),
  leaderStaffNo: StaffNo.nullable().optional(),
  sortOrder: SortOrder.nullable().optional(),
  category: Category.nullable().optional(),
};

/** One unit as HR wants it. A new one brings a code that was never used. */
export const StateUnitRequest = z.strictObject({ isNew: z.boolean(), code: Code, name: Name, ...Fields });
export type StateUnitRequest = z.infer<typeof StateUnitRequest>;

/** Nothing has happened yet: the plan says what would. Without a plan the row has faults, shown with the batch. */
export const StateUnitAnswer = z.object({ batchId: z.string(), planId: z.string().nullable() });
export type StateUnitAnswer = z.infer<typeof StateUnitAnswer>;

export const UnitFormQuery = z.object({ unitId: Id });
export const UnitFormAnswer = z.object({
  code: z.string(),
  name: z.string(),
  /** Null: the institution itself. */
  parentCode: z.string().nullable(),
  parentUnitId: z.string().nullable(),
  headStaffNo: z.string().nullable(),
  leaderStaffNo: z.string().nullable(),
  sortOrder: z.number(),
  category: z.string().nullable(),
  /** A source that lists all units: what is changed here it puts back with its next statement, unless it says so too. */
  owner: z.object({ name: z.string(), at: z.number() }).nullable(),
});
export type UnitFormAnswer = z.infer<typeof UnitFormAnswer>;
