import { dateOf } from '../../../kernel/dates.ts';
import { notFound, refused } from '../../../kernel/errors.ts';
import { newId } from '../../../kernel/id.ts';
import { recordAct } from '../../../platform/audit/index.ts';
import { insertRows, saveWithVersion } from '../../../platform/db/rows.ts';
import type { Tx } from '../../../platform/db/unit-of-work.ts';
import { mustMaintainAnother } from '../policy.ts';
import { planPosts, type PostGoal } from '../roster/plan-posts.ts';
import { AssignmentTable, PersonTable, UnitTable } from '../tables.ts';
import type { Consequences } from './consequences.ts';

/** Replace the posts a person holds: move, give or end a concurrent post, make or unmake a head. */
export function createChangePosts(consequences: Consequences) {
  return async function changePosts(tx: Tx, personId: string, goals: readonly PostGoal[]): Promise<void> {
    mustMaintainAnother(tx.actor, personId);
    if (!(await tx.em.getRepository(PersonTable).existsBy({ id: personId })))
      throw notFound('directory.unknown_person');
    await mustBePosts(tx, goals);
    const stored = await tx.em.getRepository(AssignmentTable).findBy({ personId });
    const plan = planPosts(personId, stored, goals, dateOf(tx.now), newId);
    if (plan.created.length + plan.changed.length === 0) return;
    await insertRows(tx, AssignmentTable, plan.created);
    for (const { row, changes } of plan.changed) await saveWithVersion(tx, AssignmentTable, row, changes);
    recordAct(tx, {
      action: 'directory.changePosts',
      targetType: 'person',
      targetId: personId,
      before: stored
        .filter((row) => row.untilOn === null)
        .map((row) => ({ unitId: row.unitId, title: row.title, isHead: row.isHead })),
      after: goals.map((goal) => ({ unitId: goal.unitId, title: goal.title, isHead: goal.isHead })),
    });
    await consequences.personChanged(tx, { personId, kind: 'moved' });
  };
}

async function mustBePosts(tx: Tx, goals: readonly PostGoal[]): Promise<void> {
  if (goals.filter((goal) => goal.kind === 'main').length !== 1) throw refused('directory.one_main_post');
  if (new Set(goals.map((goal) => goal.unitId)).size !== goals.length)
    throw refused('directory.one_post_per_unit');
  for (const { unitId } of goals) {
    if (!(await tx.em.getRepository(UnitTable).existsBy({ id: unitId, state: 'active' })))
      throw notFound('directory.unknown_unit');
  }
}
