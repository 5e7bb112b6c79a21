import { In } from 'typeorm';
import type { PersonActor } from '../../../kernel/actor.ts';
import { dateOf } from '../../../kernel/dates.ts';
import { refused } from '../../../kernel/errors.ts';
import type { Tx } from '../../../platform/db/unit-of-work.ts';
import { keepSheet, runningCancellation } from '../commands/cancellation-steps.ts';
import { type AccountsContext, viewerOf } from '../commands/context.ts';
import { locksOf } from '../commands/lock-steps.ts';
import type { RequestKind } from '../contract.ts';
import type { AccountsOrg } from '../org.ts';
import { isHr } from '../policy.ts';
import { loadRequest } from '../store.ts';
import { type CancellationRow, RequestTable } from '../tables.ts';
import { mustHandOver } from './acting.ts';
import { openSheet } from './open-sheet.ts';

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

const MOVING: readonly RequestKind[] = ['change', 'secondOut', 'attach', 'lock', 'cancel'];

/**
 * Taking over somebody's tasks is taking their vote: it needs that they leave, move or are locked. HR, which knows of
 * a move before anybody asks, may begin one without. @throws `accounts.nobody_leaves`
 */
async function mustHaveReason(
  ctx: AccountsContext,
  tx: Tx,
  org: AccountsOrg,
  actorId: string,
  personId: string,
): Promise<void> {
  if (isHr(viewerOf(org, actorId), ctx.settings) || org.person(personId)?.active !== true) return;
  const requests = await tx.em
    .getRepository(RequestTable)
    .findBy({ personId, kind: In([...MOVING]), status: In(['accepted', 'executing']) });
  if (requests.length === 0 && (await locksOf(tx, personId)).length === 0)
    throw refused('accounts.nobody_leaves');
}
