import { saveWithVersion } from '../../../platform/db/rows.ts';
import type { Tx } from '../../../platform/db/unit-of-work.ts';
import { absenceById } from '../absence-store.ts';
import { stopAsking } from '../clock.ts';
import type { LeaveContext } from '../context.ts';
import { AbsenceTable, type AbsenceRow } from '../tables.ts';

/** The leave does not happen: whoever went on from it, or it from, stands for itself again. */
export async function dropAbsence(ctx: LeaveContext, tx: Tx, row: AbsenceRow): Promise<void> {
  await saveWithVersion(tx, AbsenceTable, row, {
    state: 'cancelled',
    isCut: true,
    halves: 0,
    reportedAt: tx.now,
    reportedById: tx.actor.kind === 'person' ? tx.actor.personId : null,
  });
  await stopAsking(ctx, tx, row, 'cancelled');
  await tx.em.query('update leave_absence set extendsId = null, version = version + 1 where extendsId = ?', [
    row.id,
  ]);
  const before = row.extendsId === null ? null : await absenceById(tx, row.extendsId);
  if (before?.state === 'extended')
    await saveWithVersion(tx, AbsenceTable, before, { state: 'open', askedAt: null });
}
