import { systemActor } from '../../../kernel/actor.ts';
import { addDays, dateOf, daysBetween, type CalendarDate } from '../../../kernel/dates.ts';
import type { Reads } from '../../../platform/db/unit-of-work.ts';
import type { OrgWithRoles } from '../../access/index.ts';
import { firstDispatcher } from '../policy.ts';
import { TicketTable, type TicketRow } from '../tables.ts';
import { categoryName, ticketPath, type RepairsContext } from './context.ts';

export const HOLDS_JOB = 'repairs.holds';
/** A hold without a day is looked at after a week; one that is over again every week. */
const WEEK = 7;

/**
 * A clock that stands does not run out, so somebody must be reminded of it: the holder on the day it was to go on, and
 * from a week later whoever dispatches too.
 */
export async function remindHolds(ctx: RepairsContext, now: number): Promise<void> {
  const today = dateOf(now);
  const { held, since, org } = await ctx.db.read(async (reads) => ({
    held: await reads.em.getRepository(TicketTable).find({ where: { state: 'held' }, order: { id: 'asc' } }),
    since: await heldSince(reads),
    org: await ctx.orgOf(reads),
  }));
  for (const row of held) {
    const onDay = row.holdUntilOn ?? addDays(dateOf(since.get(row.id) ?? now), WEEK);
    if (onDay <= today) await remindOne(ctx, org, row, onDay, today);
  }
}

async function heldSince({ em }: Reads): Promise<ReadonlyMap<string, number>> {
  const rows = await em.query<{ ticketId: string; at: number | string }[]>(
    `select e.ticketId, max(e.happenedAt) as at from repair_event e
     where e.kind = 'held' and e.ticketId in (select id from repair_ticket where state = 'held') group by e.ticketId`,
  );
  return new Map(rows.map(({ ticketId, at }) => [ticketId, Number(at)]));
}

/** Once for each week: the same again is no second message. */
async function remindOne(
  ctx: RepairsContext,
  org: OrgWithRoles,
  row: TicketRow,
  onDay: CalendarDate,
  today: CalendarDate,
): Promise<void> {
  const weeks = Math.floor(daysBetween(onDay, today) / WEEK);
  const dispatcherId = weeks > 0 ? firstDispatcher(org, ctx.settings, row.category)?.personId : undefined;
  const what = `${categoryName(ctx, row.category)}，${row.placeName}（${row.number}）`;
  await ctx.db.write(systemActor(`job:${HOLDS_JOB}`), async (tx) => {
    for (const personId of new Set([row.holderId, dispatcherId ?? null]))
      if (personId !== null)
        ctx.notify(tx, {
          key: `until:${row.id}:${onDay}:${weeks}`,
          personId,
          words: `挂起的报修该继续了：${what}。还不能办的，请继续后重新挂起，写明新的日期。`,
          path: ticketPath(row.id),
        });
  });
}
