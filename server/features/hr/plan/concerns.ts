import type { PlannedChange } from './types.ts';

export interface Concerned {
  readonly personId: string;
  readonly staffNo: string;
}

/** Fields of others' records that give somebody a say. */
const SAYS = ['headStaffNo', 'leaderStaffNo', 'managerStaffNo'] as const;

/** Does one of these changes touch the record of one of these people, or make them somebody's head or superior (H3)? */
export function concerns(changes: readonly PlannedChange[], people: readonly Concerned[]): boolean {
  const ids = new Set(people.map(({ personId }) => personId));
  const staffNos = new Set<unknown>(people.map(({ staffNo }) => staffNo));
  return changes.some(
    ({ target, set }) =>
      (target.type === 'person' && target.id !== null && ids.has(target.id)) ||
      SAYS.some((field) => staffNos.has(set[field])),
  );
}
