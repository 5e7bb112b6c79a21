import { addDays, dateOf } from '../../kernel/dates.ts';
import type { Calendar } from '../../kernel/workdays.ts';
import type { Reads } from '../../platform/db/unit-of-work.ts';
import type { OrgWithRoles } from '../access/index.ts';
import type { ObligationRow, Supervision } from '../supervision/index.ts';
import type { ClocksAnswer } from './contract.ts';
import { partyOf } from './queries.ts';

export type ClocksOf = Pick<Supervision, 'listOfSubjects' | 'historyOf' | 'usedMs' | 'calendar'>;

type Clock = ClocksAnswer['items'][number];

/** More steps than any request has. */
const AT_MOST = 100;

/** Who held each step of something, for how long, and by which notices its days were counted. */
export async function clocksOf(
  reads: Reads,
  supervision: ClocksOf,
  org: OrgWithRoles,
  { targetType, targetId }: { readonly targetType: string; readonly targetId: string },
): Promise<ClocksAnswer> {
  const rows = await supervision.listOfSubjects(reads, targetType, [targetId]);
  const items: Clock[] = [];
  for (const row of rows.slice(0, AT_MOST)) items.push(await clockOf(reads, supervision, org, row));
  return { items };
}

async function clockOf(
  reads: Reads,
  supervision: ClocksOf,
  org: OrgWithRoles,
  row: ObligationRow,
): Promise<Clock> {
  const who = (id: string | null) => (id === null ? null : partyOf(org, id));
  const { events } = await supervision.historyOf(reads, row.id);
  const { title, openedAt, dueAt, firstDueAt, provisional, closedAt, outcome, budget, breachedAt } = row;
  return {
    title,
    holder: who(row.holderPersonId),
    openedAt,
    dueAt,
    firstDueAt,
    provisional,
    closedAt,
    outcome,
    workdays: 'workdays' in budget ? budget.workdays : null,
    usedMs: supervision.usedMs(row, reads.now),
    breach: breachedAt === null ? null : { at: breachedAt, holder: who(row.breachPersonId) },
    events: events.map(({ happenedAt, kind, fromPersonId, toPersonId, fromDueAt, toDueAt }) => ({
      at: happenedAt,
      kind,
      from: who(fromPersonId),
      to: who(toPersonId),
      fromDueAt,
      toDueAt,
    })),
    notices: noticesOf(supervision.calendar, row, reads.now),
  };
}

function noticesOf(calendar: Calendar, { openedAt, dueAt, closedAt }: ObligationRow, now: number) {
  const end = Math.max(dueAt ?? openedAt, closedAt ?? now);
  return calendar
    .notices(dateOf(openedAt), addDays(dateOf(end), 1))
    .map(({ year, title, number }) => ({ year, words: number === null ? title : `${title}（${number}）` }));
}
