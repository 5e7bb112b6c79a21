import { systemActor } from '../../../kernel/actor.ts';
import { dateOf } from '../../../kernel/dates.ts';
import { saveWithVersion } from '../../../platform/db/rows.ts';
import type { Tx } from '../../../platform/db/unit-of-work.ts';
import type { PersonChange } from '../../directory/index.ts';
import { absenceById } from '../absence-store.ts';
import { askToReport, stopAsking } from '../clock.ts';
import type { LeaveContext } from '../context.ts';
import { AbsenceTable, type AbsenceRow } from '../tables.ts';

export const ASK_JOB = 'leave.ask_back';
const AT_ONCE = 100;
const actor = systemActor(ASK_JOB);

/** Early each day: whose leave ended yesterday or before, and who is not back, is asked to report back. */
export async function askBack(ctx: LeaveContext): Promise<void> {
  for (;;) {
    const due = await ctx.db.read(({ em, now }) =>
      em.query<{ id: string }[]>(
        `select id from leave_absence where state = 'open' and toOn < ? and askedAt is null
         order by toOn, id limit ${AT_ONCE}`,
        [dateOf(now)],
      ),
    );
    if (due.length === 0) return;
    await ctx.db.write(actor, async (tx) => {
      for (const { id } of due) await askOne(ctx, tx, id);
    });
  }
}

async function askOne(ctx: LeaveContext, tx: Tx, id: string): Promise<void> {
  const row = await absenceById(tx, id);
  if (row?.state !== 'open' || row.askedAt !== null) return;
  await saveWithVersion(tx, AbsenceTable, row, { askedAt: tx.now });
  askToReport(ctx, tx, { ...row, askedAt: tx.now });
}

/** Who left the institution owes no report, and what is kept of their service begins to age. */
export async function onPersonChanged(
  ctx: LeaveContext,
  tx: Tx,
  { personId, kind }: Pick<PersonChange, 'personId' | 'kind'>,
): Promise<void> {
  if (kind !== 'left' && kind !== 'returned') return;
  await tx.em.query('update leave_service set leftAt = ?, version = version + 1 where id = ?', [
    kind === 'left' ? tx.now : null,
    personId,
  ]);
  if (kind !== 'left') return;
  const rows: AbsenceRow[] = await tx.em.getRepository(AbsenceTable).findBy({ personId, state: 'open' });
  for (const row of rows) {
    await saveWithVersion(tx, AbsenceTable, row, { state: 'ended' });
    await stopAsking(ctx, tx, row, 'ended');
  }
}
