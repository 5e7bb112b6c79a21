import type { PersonActor } from '../../../kernel/actor.ts';
import { dateOf } from '../../../kernel/dates.ts';
import type { Tx } from '../../../platform/db/unit-of-work.ts';
import { keepSheet, runningCancellation } from '../commands/cancellation-steps.ts';
import type { AccountsContext } from '../commands/context.ts';
import type { AccountsOrg } from '../org.ts';
import { loadRequest } from '../store.ts';
import type { CancellationRow } from '../tables.ts';
import { mustHandOver } from './acting.ts';
import { openSheet } from './open-sheet.ts';
import { mustHaveReason } from './reason.ts';

/** For movers and locks: a sheet without a request. */
export async function createSheet(
  ctx: AccountsContext,
  actor: PersonActor,
  personId: string,
): Promise<string> {
  return ctx.db.write(actor, async (tx) => {
    const org = await ctx.orgOf(tx);
    const leaving = await runningCancellation(tx, personId);
    const unitId = await unitAnswering(tx, org, personId, leaving);
    mustHandOver(ctx, org, actor.personId, personId, unitId);
    await mustHaveReason(ctx, tx, org, actor.personId, personId);
    return reopenFor(ctx, tx, org, leaving, { personId, unitId });
  });
}

async function unitAnswering(tx: Tx, org: AccountsOrg, personId: string, leaving: CancellationRow | null) {
  const held = org.mainAssignmentOf(personId)?.unitId ?? null;
  if (leaving === null) return held;
  return (await loadRequest(tx, leaving.id)).state.senders[0]?.unitId ?? held;
}

/** A sheet of somebody who is leaving belongs to the cancellation, which waits for it to close. */
export async function reopenFor(
  ctx: AccountsContext,
  tx: Tx,
  org: AccountsOrg,
  leaving: CancellationRow | null,
  { personId, unitId }: { personId: string; unitId: string | null },
): Promise<string> {
  const requestId = leaving?.id ?? null;
  const sheetId = await openSheet(ctx, tx, org, { personId, unitId, requestId, eventOn: dateOf(tx.now) });
  if (leaving) await keepSheet(tx, leaving, sheetId);
  return sheetId;
}
