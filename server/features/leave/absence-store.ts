import { In } from 'typeorm';
import { notFound } from '../../kernel/errors.ts';
import type { HalfDayRange } from '../../kernel/count-days.ts';
import { among } from '../../platform/db/among.ts';
import type { Reads } from '../../platform/db/unit-of-work.ts';
import { addDays, type CalendarDate } from '../../kernel/dates.ts';
import { absenceWith, handoverIn } from './one-absence.ts';
import { AbsenceTable, type AbsenceRow } from './tables.ts';

type RangeColumns = Pick<AbsenceRow, 'fromOn' | 'fromHalf' | 'toOn' | 'toHalf'>;

export const rangeOf = ({ fromOn, fromHalf, toOn, toHalf }: RangeColumns): HalfDayRange => ({
  from: fromOn,
  fromHalf,
  to: toOn,
  toHalf,
});

export const toColumns = ({ from, fromHalf, to, toHalf }: HalfDayRange) => ({
  fromOn: from,
  fromHalf,
  toOn: to,
  toHalf,
});

export const absenceById = ({ em }: Reads, id: string): Promise<AbsenceRow | null> =>
  em.getRepository(AbsenceTable).findOneBy({ id });

/** @throws notFound `leave.no_absence` */
export async function loadAbsence(reads: Reads, id: string): Promise<AbsenceRow> {
  const row = await absenceById(reads, id);
  if (!row) throw notFound('leave.no_absence');
  return row;
}

/** Leaves nobody has reported back from, those another one goes on from among them. */
export const runningAbsences = ({ em }: Reads, personId: string): Promise<AbsenceRow[]> =>
  em
    .getRepository(AbsenceTable)
    .find({ where: { personId, state: In(['open', 'extended']) }, order: { fromOn: 'ASC' } });

export interface JoinedAbsence {
  /** The leave it begins with. */
  readonly absenceId: string;
  readonly fromOn: CalendarDate;
  /** First day back. */
  readonly untilOn: CalendarDate;
}

/** The absence a leave is part of; null: nobody is away by it. */
export async function joinedAbsence(
  reads: Reads,
  personId: string,
  leaveId: string,
): Promise<JoinedAbsence | null> {
  const running = (await runningAbsences(reads, personId)).map((row) => ({ ...row, range: rangeOf(row) }));
  const leaves = absenceWith(running, leaveId);
  const [first, last] = [leaves[0], leaves.at(-1)];
  return first && last ? { absenceId: first.id, fromOn: first.fromOn, untilOn: addDays(last.toOn, 1) } : null;
}

/** Who has the work of this leave, be it since one it goes on from. */
export async function workTakerOf(
  reads: Reads,
  { handoverId, extendsId }: Pick<AbsenceRow, 'handoverId' | 'extendsId'>,
): Promise<string | null> {
  if (handoverId !== null || extendsId === null) return handoverId;
  const before = await absenceById(reads, extendsId);
  return before ? handoverIn(await chainOf(reads, before)) : null;
}

/** A leave and those it goes on from, the latest first. */
export async function chainOf(reads: Reads, last: AbsenceRow): Promise<AbsenceRow[]> {
  const chain = [last];
  for (let id = last.extendsId; id !== null && chain.length < LONGEST_CHAIN;) {
    const row = await absenceById(reads, id);
    if (!row) break;
    chain.push(row);
    id = row.extendsId;
  }
  return chain;
}

const LONGEST_CHAIN = 100;

/** Of these requests those that did not take what was asked for; null: nothing. */
export async function takenOtherwise(
  { em }: Reads,
  instanceIds: readonly string[],
): Promise<ReadonlyMap<string, HalfDayRange | null>> {
  if (instanceIds.length === 0) return new Map();
  const of = among('id', instanceIds);
  const rows = await em.query<(RangeColumns & Pick<AbsenceRow, 'id' | 'state'>)[]>(
    `select id, state, fromOn, fromHalf, toOn, toHalf from leave_absence where ${of.sql} and isCut = 1`,
    of.params,
  );
  return new Map(rows.map((row) => [row.id, row.state === 'cancelled' ? null : rangeOf(row)]));
}
