import { notFound, refused } from '../../../kernel/errors.ts';
import { In } from 'typeorm';
import type { CalendarDate } from '../../../kernel/dates.ts';
import { newId } from '../../../kernel/id.ts';
import { insertRows, saveWithVersion } from '../../../platform/db/rows.ts';
import type { Tx } from '../../../platform/db/unit-of-work.ts';
import type { Happening } from '../history.ts';
import { planPosts, type PostGoal } from '../roster/plan-posts.ts';
import { AssignmentTable, UnitTable, type AssignmentRow } from '../tables.ts';

/** Bring the posts of a person to the goals; those left out end on `on`. Null when nothing changed. */
export async function applyPosts(
  tx: Tx,
  personId: string,
  goals: readonly PostGoal[],
  on: CalendarDate,
): Promise<Happening | null> {
  const stored = await tx.em.getRepository(AssignmentTable).findBy({ personId });
  await mustBePosts(tx, goals, stored);
  const plan = planPosts(personId, stored, goals, on, newId);
  if (plan.created.length + plan.changed.length === 0) return null;
  await insertRows(tx, AssignmentTable, plan.created);
  for (const { row, changes } of plan.changed) await saveWithVersion(tx, AssignmentTable, row, changes);
  const held = stored.filter((row) => row.untilOn === null || row.untilOn > on);
  return {
    type: 'person',
    id: personId,
    kind: 'posts',
    action: 'directory.changePosts',
    on,
    before: { posts: held.map(brief) },
    after: { posts: goals.map(brief) },
  };
}

/** End everything that is open. @returns the posts that were, with their units */
export async function endPosts(tx: Tx, personId: string, on: CalendarDate): Promise<AssignmentRow[]> {
  const stored = await tx.em.getRepository(AssignmentTable).findBy({ personId });
  const open = stored.filter((row) => row.untilOn === null || row.untilOn > on);
  for (const row of open) {
    // A post that was to begin later never began.
    const untilOn = row.sinceOn < on ? on : row.sinceOn;
    if (row.untilOn !== untilOn) await saveWithVersion(tx, AssignmentTable, row, { untilOn });
  }
  return open;
}

type Brief = Pick<AssignmentRow, 'unitId' | 'kind' | 'title' | 'isHead' | 'sinceOn' | 'untilOn'>;

export const brief = ({ unitId, kind, title, isHead, sinceOn, untilOn }: Brief) => ({
  unitId,
  kind,
  title,
  isHead,
  sinceOn,
  untilOn,
});

async function mustBePosts(
  tx: Tx,
  goals: readonly PostGoal[],
  stored: readonly AssignmentRow[],
): Promise<void> {
  if (goals.filter((goal) => goal.kind === 'main').length !== 1) throw refused('directory.one_main_post');
  const unitIds = new Set(goals.map((goal) => goal.unitId));
  if (unitIds.size !== goals.length) throw refused('directory.one_post_per_unit');
  // A unit that is over has no post without an end.
  for (const { unitId, untilOn } of stored) if (untilOn === null) unitIds.delete(unitId);
  if (unitIds.size === 0) return;
  const known = await tx.em.getRepository(UnitTable).countBy({ id: In([...unitIds]), state: 'active' });
  if (known !== unitIds.size) throw notFound('directory.unknown_unit');
}
