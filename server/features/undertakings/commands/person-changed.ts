import { updateCount, insertRows } from '../../../platform/db/rows.ts';
import type { Tx } from '../../../platform/db/unit-of-work.ts';
import type { PersonChange } from '../../directory/index.ts';
import { clocksOf, startClock, stopClock } from '../clock.ts';
import type { RoomContext } from '../context.ts';
import { openFor } from '../policy.ts';
import { ownRows } from '../store.ts';
import { StayTable } from '../tables.ts';
import { FIRST_SIGN_IN } from '../text.ts';
import { askOf, unitOf } from './ask.ts';

/**
 * Who leaves owes nothing any more; who comes back is asked again. What was given stays as proof. Who is locked cannot
 * read anything: the clock ends, and begins anew when they may (G9: a breach that happened stays).
 */
export async function onPersonChanged(
  ctx: RoomContext,
  tx: Tx,
  { personId, kind }: Pick<PersonChange, 'personId' | 'kind'>,
): Promise<void> {
  if (kind === 'locked') await stopClock(ctx, tx, personId, 'locked');
  if (kind === 'unlocked') await startAgain(ctx, tx, personId);
  if (kind === 'returned')
    await tx.em.query('update undertaking_stay set leftAt = null where id = ?', [personId]);
  if (kind !== 'left') return;
  await stopClock(ctx, tx, personId, 'left');
  const known = await updateCount(
    tx.em,
    'update undertaking_stay set stay = stay + 1, leftAt = ? where id = ?',
    [tx.now, personId],
  );
  if (known === 0) await insertRows(tx, StayTable, [{ id: personId, stay: 1, leftAt: tx.now }]);
}

async function startAgain(ctx: RoomContext, tx: Tx, personId: string): Promise<void> {
  const org = await ctx.orgOf(tx);
  const rows = await ownRows(tx, personId);
  const open = openFor(ctx.texts(), org.person(personId)?.category ?? '', rows, FIRST_SIGN_IN);
  const asked = open.filter((text) => askOf(rows, text) !== undefined);
  if (asked.length === 0 || (await clocksOf(ctx, tx, [personId])).size > 0) return;
  startClock(ctx, tx, { personId, unitId: unitOf(org, personId) }, asked);
}
