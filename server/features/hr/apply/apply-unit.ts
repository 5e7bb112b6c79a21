import { notFound } from '../../../kernel/errors.ts';
import type { Tx } from '../../../platform/db/unit-of-work.ts';
import type { Directory, UnitGoal } from '../../directory/index.ts';
import type { PlannedChange } from '../plan/index.ts';
import { personIdOf } from './apply-person.ts';

/** Fields of the unit itself; heads and leaders are people. */
const FIELDS = ['name', 'parentCode', 'sortOrder', 'category'] as const;

/** One change of one unit through the directory's door. False: it is so already (D5). */
export async function applyUnit(directory: Directory, tx: Tx, change: PlannedChange): Promise<boolean> {
  const { set, target, effectiveOn: on } = change;
  if (change.kind === 'unitDissolve') {
    const unitId = await directory.lookups.unitIdOf(tx, target.ref);
    return unitId !== null && directory.dissolveUnit(tx, unitId, { on });
  }
  const results: boolean[] = [];
  // In an empty directory the first unit is the institution: nothing to lie below yet.
  const fields = FIELDS.filter((field) => field in set).map((field) => [
    field,
    field === 'parentCode' && set[field] === '' ? null : set[field],
  ]);
  if (fields.length > 0 || change.kind === 'unitCreate') {
    const goal = { code: target.ref, ...Object.fromEntries(fields), on } as UnitGoal;
    results.push((await directory.putUnit(tx, goal)).changed);
  }
  const unitId = await directory.lookups.unitIdOf(tx, target.ref);
  if (unitId === null) throw notFound('directory.unknown_unit');
  if ('headStaffNo' in set) {
    const personId = await personIdOf(directory, tx, set.headStaffNo);
    results.push(await directory.setUnitHead(tx, unitId, personId));
  }
  if ('leaderStaffNo' in set) {
    const personId = await personIdOf(directory, tx, set.leaderStaffNo);
    results.push(await directory.setLeaderInCharge(tx, unitId, personId));
  }
  return results.some(Boolean);
}
