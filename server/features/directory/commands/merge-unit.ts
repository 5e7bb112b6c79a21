import type { CalendarDate } from '../../../kernel/dates.ts';
import { updateCount } from '../../../platform/db/rows.ts';
import type { Tx } from '../../../platform/db/unit-of-work.ts';
import { recordChange } from '../history.ts';
import type { PersonChange } from '../person-change.ts';
import { mustMaintain, mustMaintainAnother } from '../policy.ts';
import { applyPosts } from './apply-posts.ts';
import type { Consequences } from './consequences.ts';
import { endUnit } from './dissolve-unit.ts';
import { lockDirectory } from './lock-directory.ts';
import { planMerge, type Merging, type MovingPerson } from './plan-merge.ts';
import { changeUnit } from './put-unit.ts';

/**
 * Dissolve a unit whose people and sub-units go to another one. Posts keep their titles; heads are heads no more: who
 * leads what has become one is decided anew. Rights given for the unit end, and are not given for the successor (H3).
 */
export function createMergeUnit(consequences: Consequences) {
  return async function mergeUnit(tx: Tx, unitId: string, merging: Merging): Promise<boolean> {
    mustMaintain(tx.actor);
    await lockDirectory(tx);
    const plan = await planMerge(tx, unitId, merging);
    if (!plan) return false;
    const { unit, successor, on, children } = plan;
    for (const child of children) await changeUnit(tx, child, successor, { code: child.code }, on);
    const moved = await movePeople(tx, plan.people, on);
    await endUnit(tx, unit, on, successor.id);
    recordChange(tx, {
      type: 'unit',
      id: successor.id,
      kind: 'merged',
      on,
      after: { fromId: unitId, people: moved.length, units: children.length },
    });
    await consequences.unitMerged(tx, moved);
    await consequences.unitEnded(tx, { unitId, successorId: successor.id, on });
    return true;
  };
}

async function movePeople(
  tx: Tx,
  people: readonly MovingPerson[],
  on: CalendarDate,
): Promise<PersonChange[]> {
  const moved: PersonChange[] = [];
  for (const { personId, after } of people) {
    mustMaintainAnother(tx.actor, personId);
    const happening = await applyPosts(tx, personId, after, on);
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
