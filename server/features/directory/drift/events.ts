import { systemActor } from '../../../kernel/actor.ts';
import type { Reads } from '../../../platform/db/unit-of-work.ts';
import type { ContactChanged } from '../../../wecom/callback/index.ts';
import type { DriftContext } from './deps.ts';
import { DRIFT_RECORD, lookAt, lookAtEverybody } from './recheck.ts';

const CALLBACK = systemActor('callback:contacts');

/** With more looks waiting than that, a mass is under way: existence and departments at once, the rest at night. */
const TOO_MANY = 200;

/**
 * Note what is to be looked at; the looking is a job's, because the callback must be answered within seconds (D10).
 * Tags have a comparison of their own (../tags/compare).
 */
export async function noteEvent(ctx: DriftContext, event: ContactChanged): Promise<void> {
  if (event.change === 'update_tag') return;
  await ctx.db.write(CALLBACK, async (tx) => {
    if ((await waiting(tx)) > TOO_MANY) return lookAtEverybody(tx, event.createdAt);
    const happenedAt = event.createdAt;
    if ('departmentId' in event)
      return lookAt(tx, { type: 'department', id: event.departmentId, happenedAt }, tx.now);
    const userids = event.newUserId === null ? [event.userId] : [event.userId, event.newUserId];
    for (const id of userids) lookAt(tx, { type: 'member', id, happenedAt }, tx.now);
  });
}

async function waiting(reads: Reads): Promise<number> {
  const rows: { n: number | string }[] = await reads.em.query(
    `select count(*) as n from job where name = ? and state = 'ready'`,
    [DRIFT_RECORD],
  );
  return Number(rows[0]?.n ?? 0);
}
