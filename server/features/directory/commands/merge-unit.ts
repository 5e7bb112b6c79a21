import { dateOf, type CalendarDate } from '../../../kernel/dates.ts';
import { notFound, refused } from '../../../kernel/errors.ts';
import { updateCount } from '../../../platform/db/rows.ts';
import type { Tx } from '../../../platform/db/unit-of-work.ts';
import { recordChange } from '../history.ts';
import { lookups } from '../lookups.ts';
import type { PersonChange } from '../person-change.ts';
import { mustMaintain, mustMaintainAnother } from '../policy.ts';
import { mergePosts } from '../roster/merge-posts.ts';
import { UnitTable, type UnitRow } from '../tables.ts';
import { applyPosts } from './apply-posts.ts';
import type { Consequences } from './consequences.ts';
import { endUnit } from './dissolve-unit.ts';
import { effectiveDay } from './effective-day.ts';
import { lockDirectory } from './lock-directory.ts';
import { changeUnit } from './put-unit.ts';
import { activeUnit, mustTake, peopleIn } from './unit-place.ts';

export interface Merging {
  readonly successorId: string;
  /** First day of it: today unless told. */
  readonly on?: CalendarDate | undefined;
}

/**
 * Dissolve a unit whose people and sub-units go to another one. Posts keep their titles; heads are heads no more: who
 * leads what has become one is decided anew. Rights given for the unit are not given for the successor (H3).
 */
export function createMergeUnit(consequences: Consequences) {
  return async function mergeUnit(tx: Tx, unitId: string, { successorId, on }: Merging): Promise<boolean> {
    mustMaintain(tx.actor);
    const day = effectiveDay(tx.now, on);
    await lockDirectory(tx);
    const unit = await tx.em.getRepository(UnitTable).findOneBy({ id: unitId });
    if (!unit) throw notFound('directory.unknown_unit');
    if (unit.state === 'removed') return false;
    if (unit.parentId === null) throw refused('directory.institution_fixed');
    const successor = await activeUnit(tx, successorId);
    const personIds = await peopleIn(tx, unitId, dateOf(tx.now));
    await mustTake(tx, unit, successor, personIds.length);

    const children = await tx.em.getRepository(UnitTable).findBy({ parentId: unitId, state: 'active' });
    for (const child of children) await changeUnit(tx, child, successor, { code: child.code }, day);
    const moved = await movePeople(tx, personIds, unit, successorId, day);
    await endUnit(tx, unit, day, successorId);
    recordChange(tx, {
      type: 'unit',
      id: successorId,
      kind: 'merged',
      on: day,
      after: { fromId: unitId, people: moved.length, units: children.length },
    });
    await consequences.unitMerged(tx, moved);
    return true;
  };
}

async function movePeople(
  tx: Tx,
  personIds: readonly string[],
  unit: UnitRow,
  successorId: string,
  on: CalendarDate,
): Promise<PersonChange[]> {
  const moved: PersonChange[] = [];
  for (const personId of personIds) {
    mustMaintainAnother(tx.actor, personId);
    const goals = mergePosts(await lookups.postsOf(tx, personId), unit.id, successorId, on);
    const happening = await applyPosts(tx, personId, goals, on);
    if (!happening) continue;
    recordChange(tx, happening);
    moved.push({ personId, kind: 'moved' });
  }
  await markChanged(
    tx,
    moved.map(({ personId }) => personId),
  );
  return moved;
}

const SOME = 500;

/** Who asks for what changed since asks by the person. */
async function markChanged(tx: Tx, personIds: readonly string[]): Promise<void> {
  for (let at = 0; at < personIds.length; at += SOME) {
    const some = personIds.slice(at, at + SOME);
    await updateCount(
      tx.em,
      `update person set updatedAt = ?, version = version + 1 where id in (${some.map(() => '?').join(', ')})`,
      [tx.now, ...some],
    );
  }
}
