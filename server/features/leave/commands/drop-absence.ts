import { saveWithVersion } from '../../../platform/db/rows.ts';
import type { Tx } from '../../../platform/db/unit-of-work.ts';
import { absenceById, rangeOf } from '../absence-store.ts';
import { stopAsking } from '../clock.ts';
import type { LeaveContext } from '../context.ts';
import { goesOn } from '../stay-away.ts';
import { AbsenceTable, type AbsenceRow } from '../tables.ts';

/** The leave does not happen: what went on from it, or it from, stands for itself again, unless they adjoin without it. */
export async function dropAbsence(ctx: LeaveContext, tx: Tx, row: AbsenceRow): Promise<void> {
  await saveWithVersion(tx, AbsenceTable, row, {
    state: 'cancelled',
    isCut: true,
    halves: 0,
    reportedAt: tx.now,
    reportedById: tx.actor.kind === 'person' ? tx.actor.personId : null,
  });
  await stopAsking(ctx, tx, row, 'cancelled');
  const before = row.extendsId === null ? null : await absenceById(tx, row.extendsId);
  const next = await tx.em.getRepository(AbsenceTable).findOneBy({ extendsId: row.id });
  const stillOne = before !== null && next !== null && goesOn(rangeOf(before), rangeOf(next), ctx.calendar);
  if (next) await saveWithVersion(tx, AbsenceTable, next, { extendsId: stillOne ? before.id : null });
  if (before?.state === 'extended' && !stillOne)
    await saveWithVersion(tx, AbsenceTable, before, { state: 'open', askedAt: null });
}
