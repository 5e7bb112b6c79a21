import type { PersonActor } from '../../../kernel/actor.ts';
import { dateOf } from '../../../kernel/dates.ts';
import { forbidden, notFound, refused } from '../../../kernel/errors.ts';
import { recordAct } from '../../../platform/audit/index.ts';
import { saveWithVersion } from '../../../platform/db/rows.ts';
import type { Reads } from '../../../platform/db/unit-of-work.ts';
import { Filled, type DecideLockRequest } from '../contract.ts';
import { datesOf, mustBeNear } from '../near-dates.ts';
import * as policy from '../policy.ts';
import { isSecret, openSecret, type LockReason } from '../secret.ts';
import { loadRequest, nextNumber } from '../store.ts';
import { LockTable, type LockRow } from '../tables.ts';
import { type AccountsContext, LOCK, policyOf, viewerOf } from './context.ts';
import { loadLock, openDecisionClock } from './lock-steps.ts';
import { beginRequest } from './requests.ts';

/**
 * S3-2.4b, 2.5b: unlock, change or cancel. The decision becomes a request of the same unit, filled in; the lock stands
 * until it was sent in, accepted and carried out. Returns the requests begun.
 */
export async function decideLock(
  ctx: AccountsContext,
  actor: PersonActor,
  lockId: string,
  decision: DecideLockRequest,
): Promise<string[]> {
  const year = dateOf(ctx.clock.now()).slice(0, 4);
  const numbers = [await nextNumber(ctx.db, year)];
  if (decision.decision === 'change') numbers.push(await nextNumber(ctx.db, year));
  return ctx.db.write(actor, async (tx) => {
    const { lock, org } = await lockFor(ctx, tx, actor.personId, lockId);
    if (lock.decisionRequestId !== null) throw refused('accounts.lock_decided');
    const ids: string[] = [];
    for (const [at, filled] of formsOf(lock, decision).entries()) {
      mustBeNear(datesOf(filled), tx.now);
      const origin = { type: 'lock', ref: lockId } as const;
      const request = { personId: lock.personId, filled, origin };
      ids.push((await beginRequest(ctx, tx, org, numbers[at] ?? '', request)).state.requestId);
    }
    await saveWithVersion(tx, LockTable, lock, {
      decision: decision.decision,
      decisionRequestId: ids[0] ?? null,
    });
    return ids;
  });
}

function formsOf({ unitId, id: lockId }: LockRow, decision: DecideLockRequest): Filled[] {
  if (decision.decision === 'cancel') {
    const { leftOn, leavingReason, reason } = decision;
    return [Filled.parse({ kind: 'cancel', form: { unitId, leftOn, leavingReason, reason } })];
  }
  const { effectiveOn, reason } = decision;
  const returned = decision.decision === 'change' || decision.returned;
  const unlock = Filled.parse({ kind: 'unlock', form: { unitId, lockId, effectiveOn, returned, reason } });
  if (decision.decision === 'unlock') return [unlock];
  // H5: why stands in the unlocking alone, where it is sealed.
  const form = { unitId, move: 'other', effectiveOn, reason: '锁定解除后变更', changes: decision.changes };
  return [unlock, Filled.parse({ kind: 'change', form })];
}

/** The review has its result: from that day the unit owes the decision. The lock stands. */
export async function recordResult(
  ctx: AccountsContext,
  actor: PersonActor,
  lockId: string,
  resultOn: string,
): Promise<void> {
  await ctx.db.write(actor, async (tx) => {
    const { lock, org } = await lockFor(ctx, tx, actor.personId, lockId);
    if (resultOn > dateOf(tx.now)) throw refused('accounts.future_date');
    mustBeNear([resultOn], tx.now);
    if (lock.resultOn !== null) throw refused('accounts.lock_has_result');
    await saveWithVersion(tx, LockTable, lock, { resultOn });
    await ctx.supervision.closeObligations(tx, { subjectType: LOCK, subjectId: lockId, outcome: 'result' });
    openDecisionClock(ctx, tx, org, { ...lock, resultOn });
    recordAct(tx, {
      action: 'accounts.lock_result',
      targetType: LOCK,
      targetId: lockId,
      after: { resultOn },
    });
  });
}

/** H5: named roles only, with a purpose, each reading written down. Others are told nothing, not even that there is one. */
export async function readReason(
  ctx: AccountsContext,
  actor: PersonActor,
  requestId: string,
  purpose: string,
): Promise<LockReason> {
  return ctx.db.write(actor, async (tx) => {
    const org = await ctx.orgOf(tx);
    const row = await loadRequest(tx, requestId);
    const viewer = viewerOf(org, actor.personId);
    if (!isSecret(row.kind) || !policy.mayReadReason(viewer, row.personId, policyOf(ctx, org)))
      throw notFound('accounts.not_visible');
    recordAct(tx, {
      action: 'accounts.read_lock_reason',
      targetType: 'account_request',
      targetId: requestId,
      personal: { personId: row.personId, after: { purpose } },
    });
    return openSecret(ctx.vault, row.secretSealed);
  });
}

async function lockFor(ctx: AccountsContext, reads: Reads, personId: string, lockId: string) {
  const org = await ctx.orgOf(reads);
  const lock = await loadLock(reads, lockId);
  const viewer = viewerOf(org, personId);
  if (!lock || !policy.maySendFor(viewer, lock.unitId, policyOf(ctx, org)))
    throw notFound('accounts.not_visible');
  if (lock.personId === personId) throw forbidden('accounts.own_request');
  if (lock.state === 'ended') throw refused('accounts.lock_ended');
  return { lock, org };
}
