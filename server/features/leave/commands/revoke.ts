import type { HalfDayRange } from '../../../kernel/count-days.ts';
import { dateOf } from '../../../kernel/dates.ts';
import { saveWithVersion } from '../../../platform/db/rows.ts';
import type { Tx } from '../../../platform/db/unit-of-work.ts';
import type { Freed, InstanceState } from '../../approvals/index.ts';
import { absenceById, rangeOf, toColumns } from '../absence-store.ts';
import type { LeaveContext } from '../context.ts';
import { backAfter, goesOn, hasBegun, slotOf, takenUntil, tomorrow } from '../stay-away.ts';
import { AbsenceTable, type AbsenceRow } from '../tables.ts';
import { settleTaken } from './claim.ts';
import { dropAbsence } from './drop-absence.ts';

/**
 * 撤销 of an approved leave, in the unit of work that revokes it: days that have not begun go back, those that have are
 * taken, today's too, as approvals says of every range. Whoever is on it is away until they report back, as before.
 */
export async function revokeLeave(ctx: LeaveContext, tx: Tx, { instanceId }: InstanceState): Promise<Freed> {
  const row = await absenceById(tx, instanceId);
  if (!row) return { released: [], kept: [] };
  if (row.state === 'cancelled') return { released: [], kept: ['这次休假已经取消，天数早已退回'] };
  const range = rangeOf(row);
  if (!hasBegun(range, { on: dateOf(tx.now), half: 'pm' })) {
    await settleTaken(ctx, tx, row, null);
    await dropAbsence(ctx, tx, row);
    return words(row, 0);
  }
  const taken = takenUntil(range, tomorrow(tx.now));
  if (taken === null || slotOf(backAfter(taken)) === slotOf(backAfter(range))) return words(row, row.halves);
  const halves = await settleTaken(ctx, tx, row, taken);
  await cutAbsence(ctx, tx, row, taken, halves);
  return words(row, halves);
}

const words = ({ typeLabel, halves }: AbsenceRow, taken: number): Freed => ({
  released: halves > taken ? [`${typeLabel}少休 ${String((halves - taken) / 2)} 天`] : [],
  kept: taken > 0 ? [`${typeLabel}已休 ${String(taken / 2)} 天，不退回`] : [],
});

/** It ends today. Who was to go on from where it ended comes back in between, and reports twice. */
async function cutAbsence(
  ctx: LeaveContext,
  tx: Tx,
  row: AbsenceRow,
  taken: HalfDayRange,
  halves: number,
): Promise<void> {
  const next = await tx.em.getRepository(AbsenceTable).findOneBy({ extendsId: row.id });
  const comesBack = next !== null && !goesOn(taken, rangeOf(next), ctx.calendar);
  if (comesBack) await saveWithVersion(tx, AbsenceTable, next, { extendsId: null });
  await saveWithVersion(tx, AbsenceTable, row, {
    ...toColumns(taken),
    halves,
    isCut: true,
    askedAt: null,
    state: comesBack && row.state === 'extended' ? 'open' : row.state,
  });
}
