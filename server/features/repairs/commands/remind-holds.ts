import { MoreThan } from 'typeorm';
import { systemActor } from '../../../kernel/actor.ts';
import { addDays, dateOf, daysBetween, type CalendarDate } from '../../../kernel/dates.ts';
import { among } from '../../../platform/db/among.ts';
import type { Reads } from '../../../platform/db/unit-of-work.ts';
import type { OrgWithRoles } from '../../access/index.ts';
import { firstDispatcher } from '../policy.ts';
import { TicketTable, type TicketRow } from '../tables.ts';
import { categoryName, ticketPath, type RepairsContext } from './context.ts';

export const HOLDS_JOB = 'repairs.holds';
/** A hold without a day is looked at after a week; one that is over again every week. */
const WEEK = 7;
const AT_ONCE = 200;

/**
 * A clock that stands does not run out, so somebody must be reminded of it: the holder on the day it was to go on, and
 * from a week later whoever dispatches too.
 */
export async function remindHolds(ctx: RepairsContext, now: number): Promise<void> {
  const today = dateOf(now);
  for (let after = ''; ;) {
    const { held, since, org } = await ctx.db.read((reads) => heldAfter(ctx, reads, after));
    const last = held.at(-1);
    if (!last) return;
    for (const row of held) {
      const onDay = row.holdUntilOn ?? addDays(dateOf(since.get(row.id) ?? now), WEEK);
      if (onDay <= today) await remindOne(ctx, org, row, onDay, today);
    }
    after = last.id;
  }
}

async function heldAfter(ctx: RepairsContext, reads: Reads, after: string) {
  const held = await reads.em.getRepository(TicketTable).find({
    where: { state: 'held', id: MoreThan(after) },
    order: { id: 'asc' },
    take: AT_ONCE,
  });
  const since = await heldSince(
    reads,
    held.map(({ id }) => id),
  );
  return { held, since, org: await ctx.orgOf(reads) };
}

async function heldSince({ em }: Reads, ids: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const of = among('e.ticketId', ids);
  const rows = await em.query<{ ticketId: string; at: number | string }[]>(
    `select e.ticketId, max(e.happenedAt) as at from repair_event e
     where e.kind = 'held' and ${of.sql} group by e.ticketId`,
    [...of.params],
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
