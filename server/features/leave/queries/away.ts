import { addDays, dateOf, type CalendarDate } from '../../../kernel/dates.ts';
import type { Reads } from '../../../platform/db/unit-of-work.ts';
import type { OrgWithRoles } from '../../access/index.ts';
import { rangeOf, workTakerOf } from '../absence-store.ts';
import type { LeaveContext } from '../context.ts';
import type { AwayAnswer, AwayQuery, CalendarAnswer, CalendarQuery } from '../contract.ts';
import { reachOf, type Reach } from '../reach.ts';
import { halfNow, hasBegun } from '../stay-away.ts';
import type { AbsenceRow } from '../tables.ts';
import { rangeWords } from '../words.ts';
import type { z } from 'zod';

const AWAY_WORDS = '不在岗';
/** No leave is longer (approvals: 400 days). */
const LONGEST_DAYS = 400;

/** How many are away on each day of a month, of those the viewer sees. */
export async function readCalendar(
  ctx: LeaveContext,
  reads: Reads,
  actorId: string,
  { month, unitId }: z.infer<typeof CalendarQuery>,
): Promise<CalendarAnswer> {
  const org = await ctx.orgOf(reads);
  const reach = reachOf(org, ctx.settings, actorId);
  const chosen = unitId ?? (reach.isHr ? null : (reach.unitIds[0] ?? null));
  const days = daysOfMonth(month);
  const [first = '', last = ''] = [days[0], days.at(-1)];
  const rows = (await touching(reads, first, last)).filter((row) => isIn(org, reach, chosen, row.personId));
  const today = dateOf(reads.now);
  return {
    unitId: chosen,
    unitName: chosen === null ? '' : (org.unit(chosen)?.name ?? ''),
    units: unitsOf(org, reach),
    mayAll: reach.isHr,
    today,
    days: days.map((date) => ({
      date,
      isWorkday: ctx.calendar.isWorkday(date) !== false,
      away: new Set(rows.filter((row) => isAwayOn(row, date, today)).map(({ personId }) => personId)).size,
    })),
  };
}

/** Who is away on a day; what kind of leave, who took the work over and who is late only for heads and HR. */
export async function listAway(
  ctx: LeaveContext,
  reads: Reads,
  actorId: string,
  { date, unitId, overdue, cursor, limit }: z.infer<typeof AwayQuery>,
): Promise<AwayAnswer> {
  const org = await ctx.orgOf(reads);
  const reach = reachOf(org, ctx.settings, actorId);
  const today = dateOf(reads.now);
  const on = date ?? today;
  const chosen = unitId ?? (reach.isHr || overdue ? null : (reach.unitIds[0] ?? null));
  const late = (row: AbsenceRow) => row.state === 'open' && row.toOn < today;
  const rows = (await touching(reads, on, on))
    .filter((row) => isIn(org, reach, chosen, row.personId) && isAwayOn(row, on, today))
    // Who is late is known to those who know which leave it is.
    .filter((row) => overdue === undefined || (late(row) && reach.knows(row.personId)));
  const people = [...new Map(rows.map((row) => [row.personId, row])).values()].sort((a, b) =>
    a.id < b.id ? -1 : 1,
  );
  const page = people.filter(({ id }) => cursor === undefined || id > cursor).slice(0, limit);
  const last = page.at(-1);
  const withTakers: AbsenceRow[] = [];
  for (const row of page) withTakers.push({ ...row, handoverId: await workTakerOf(reads, row) });
  return {
    date: on,
    total: people.length,
    items: withTakers.map((row) => ({
      ...awayPerson(org, reach, row, late(row)),
      canReport:
        reach.isHr &&
        row.personId !== actorId &&
        row.state === 'open' &&
        hasBegun(rangeOf(row), halfNow(reads.now)),
    })),
    next: last && people.at(-1) !== last ? last.id : null,
  };
}

function awayPerson(org: OrgWithRoles, reach: Reach, row: AbsenceRow, isOverdue: boolean) {
  const { personId, handoverId, typeLabel } = row;
  const knows = reach.knows(personId);
  const brief = org.briefOf(personId);
  return {
    absenceId: row.id,
    personId,
    name: brief?.name ?? '',
    unitName: brief?.unitName ?? '',
    words: knows ? `${typeLabel}${isOverdue ? '，待销假' : ''}` : AWAY_WORDS,
    typeLabel: knows ? typeLabel : null,
    rangeWords: knows ? rangeWords(rangeOf(row)) : null,
    // Whom to turn to concerns everybody who sees that they are away.
    handoverName: handoverId === null ? null : (org.person(handoverId)?.name ?? null),
    isOverdue: knows && isOverdue,
  };
}

const daysOfMonth = (month: string): CalendarDate[] =>
  Array.from({ length: 31 }, (_, at) => addDays(`${month}-01`, at)).filter((date) => date.startsWith(month));

/** Leaves that touch the days, and those that are over without their people back. */
async function touching({ em }: Reads, from: CalendarDate, to: CalendarDate): Promise<AbsenceRow[]> {
  const rows = await em.query<AbsenceRow[]>(
    `select id, personId, typeLabel, fromOn, fromHalf, toOn, toHalf, state, handoverId, extendsId from leave_absence
     where state in ('open', 'extended', 'returned') and fromOn >= ? and fromOn <= ?
     and (toOn >= ? or state = 'open') order by id`,
    [addDays(from, -LONGEST_DAYS), to, from],
  );
  return rows;
}

/** Until they report back somebody is away; what is to come ends when it is said to end. */
const isAwayOn = ({ fromOn, toOn, state }: AbsenceRow, date: CalendarDate, today: CalendarDate): boolean =>
  fromOn <= date && (date <= toOn || (state === 'open' && date <= today));

const isIn = (org: OrgWithRoles, reach: Reach, unitId: string | null, personId: string): boolean =>
  reach.sees(personId) &&
  org.person(personId)?.state !== 'left' &&
  (unitId === null || org.assignmentsOf(personId).some((post) => org.isWithin(post.unitId, unitId)));

function unitsOf(org: OrgWithRoles, { isHr, unitIds }: Reach) {
  const units = isHr
    ? org.units().filter(({ kind }) => kind === 'department')
    : unitIds.flatMap((id) => org.unit(id) ?? []);
  return units.map(({ unitId, name }) => ({ unitId, name }));
}
