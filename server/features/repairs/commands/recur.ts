import { systemActor } from '../../../kernel/actor.ts';
import { addDays, dateOf, type CalendarDate } from '../../../kernel/dates.ts';
import { isUniqueViolation, saveWithVersion } from '../../../platform/db/rows.ts';
import type { Tx } from '../../../platform/db/unit-of-work.ts';
import { firstDispatcher } from '../policy.ts';
import { loadPlace } from '../store.ts';
import { RecurringTable, type RecurringRow } from '../tables.ts';
import type { RepairsContext } from './context.ts';
import { createTicket, newNumber } from './report.ts';

export const RECUR_JOB = 'repairs.recur';

const MONTHS = { month: 1, quarter: 3, year: 12 } as const;

/** The next day after `on`, counted from the first so that the 31st comes back after a short month. */
export function nextOf(every: RecurringRow['every'], startsOn: CalendarDate, on: CalendarDate): CalendarDate {
  if (every === 'week') return addDays(on, 7);
  const [year = 0, month = 1, day = 1] = startsOn.split('-').map(Number);
  for (let step = 1; ; step += 1) {
    const months = month - 1 + step * MONTHS[every];
    const first = `${year + Math.floor(months / 12)}-${String((months % 12) + 1).padStart(2, '0')}-01`;
    const end = addDays(firstOfNextMonth(first), -1);
    const wanted = `${first.slice(0, 8)}${String(day).padStart(2, '0')}`;
    const candidate = wanted > end ? end : wanted;
    if (candidate > on) return candidate;
  }
}

function firstOfNextMonth(first: CalendarDate): CalendarDate {
  return `${addDays(first, 31).slice(0, 8)}01`;
}

/** Every morning: what recurs today is ordered, once; days missed while everything was down make one order, not many. */
export async function recur(ctx: RepairsContext, now: number): Promise<void> {
  const today = dateOf(now);
  const due = await ctx.db.read((reads) =>
    reads.em
      .getRepository(RecurringTable)
      .createQueryBuilder('r')
      .where(`r.state = 'active' and r.nextOn <= :today`, { today })
      .orderBy('r.id')
      .getMany(),
  );
  for (const one of due) await orderOne(ctx, one, today);
}

async function orderOne(
  ctx: RepairsContext,
  { id, nextOn }: RecurringRow,
  today: CalendarDate,
): Promise<void> {
  const number = await newNumber(ctx);
  try {
    await ctx.db.write(systemActor(`job:${RECUR_JOB}`), async (tx) => {
      const row = await tx.em.getRepository(RecurringTable).findOneBy({ id });
      if (!row || row.state !== 'active' || row.nextOn !== nextOn) return;
      let next = row.nextOn;
      while (next <= today) next = nextOf(row.every, row.startsOn, next);
      await saveWithVersion(tx, RecurringTable, row, { nextOn: next });
      await createTicket(ctx, tx, {
        number,
        clientKey: `recurring:${id}:${nextOn}`,
        category: row.category,
        place: await loadPlace(tx, row.placeId),
        placeText: '',
        words: `${row.title}（${nextOn}）`,
        convenient: '',
        fileIds: [],
        reporterId: await accepts(ctx, tx, row),
        recurringId: id,
      });
    });
  } catch (error) {
    // Another instance ordered it.
    if (!isUniqueViolation(error)) throw error;
  }
}

/** Who set it up accepts what is done; when that person left, whoever gives it out. */
async function accepts(
  { orgOf, settings }: RepairsContext,
  tx: Tx,
  { makerId, category }: RecurringRow,
): Promise<string> {
  const org = await orgOf(tx);
  if (org.person(makerId)?.active) return makerId;
  return firstDispatcher(org, settings, category)?.personId ?? makerId;
}
