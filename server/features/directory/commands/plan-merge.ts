import { dateOf, type CalendarDate } from '../../../kernel/dates.ts';
import { notFound, refused } from '../../../kernel/errors.ts';
import type { Reads } from '../../../platform/db/unit-of-work.ts';
import { lookups } from '../lookups.ts';
import { mergePosts } from '../roster/merge-posts.ts';
import type { PostGoal } from '../roster/plan-posts.ts';
import { UnitTable, type UnitRow } from '../tables.ts';
import { effectiveDay } from './effective-day.ts';
import { activeUnit, contentOf, mustFit, mustTake, peopleIn } from './unit-place.ts';

export interface Merging {
  readonly successorId: string;
  /** First day of it: today unless told. */
  readonly on?: CalendarDate | undefined;
}

/** A person whose posts change with it. */
export interface MovingPerson {
  readonly personId: string;
  readonly before: readonly PostGoal[];
  readonly after: readonly PostGoal[];
}

export interface MergePlan {
  readonly unit: UnitRow;
  readonly successor: UnitRow;
  readonly on: CalendarDate;
  readonly children: readonly UnitRow[];
  readonly people: readonly MovingPerson[];
}

/**
 * What a merge would do, by the very reading that does it: null when the unit is over already.
 * @throws notFound `directory.unknown_unit`; refused `institution_fixed`, `unit_cycle`, `unit_full`, `unit_too_deep`,
 *   `not_yet`; conflict `unit_name_taken`
 */
export async function planMerge(
  reads: Reads,
  unitId: string,
  { successorId, on }: Merging,
): Promise<MergePlan | null> {
  const day = effectiveDay(reads.now, on);
  const unit = await unitToEnd(reads, unitId);
  if (!unit) return null;
  const successor = await activeUnit(reads, successorId);
  const personIds = await peopleIn(reads, unitId, dateOf(reads.now));
  await mustTake(reads, unit, successor, personIds.length);
  const children = await reads.em
    .getRepository(UnitTable)
    .find({ where: { parentId: unitId, state: 'active' }, order: { code: 'ASC' } });
  for (const child of children) await mustFit(reads, child.id, child.name, successor, true);
  const people: MovingPerson[] = [];
  for (const personId of personIds) {
    const before = await lookups.postsOf(reads, personId);
    people.push({ personId, before, after: mergePosts(before, unit.id, successorId, day) });
  }
  return { unit, successor, on: day, children, people };
}

/**
 * C6: may it be dissolved? Null when it is over already.
 * @throws refused `directory.unit_not_empty` with `people` and `units`
 */
export async function planDissolve(reads: Reads, unitId: string): Promise<UnitRow | null> {
  const unit = await unitToEnd(reads, unitId);
  if (!unit) return null;
  const content = await contentOf(reads, unitId, dateOf(reads.now));
  if (content.people + content.units > 0)
    throw refused('directory.unit_not_empty', { unit: unit.name, ...content });
  return unit;
}

async function unitToEnd(reads: Reads, unitId: string): Promise<UnitRow | null> {
  const unit = await reads.em.getRepository(UnitTable).findOneBy({ id: unitId });
  if (!unit) throw notFound('directory.unknown_unit');
  if (unit.state === 'removed') return null;
  if (unit.parentId === null) throw refused('directory.institution_fixed');
  return unit;
}
