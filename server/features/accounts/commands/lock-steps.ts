/** What requests do to locks. A lock begins with the first act of its request and ends with that of its decision. */
import { newId } from '../../../kernel/id.ts';
import { insertRows, saveWithVersion } from '../../../platform/db/rows.ts';
import type { Reads, Tx } from '../../../platform/db/unit-of-work.ts';
import { allowanceUntil } from '../clocks.ts';
import { holdOf, undoLock } from '../lock.ts';
import type { RequestState } from '../model.ts';
import { unitHolder, type AccountsOrg } from '../org.ts';
import { openFormOf } from '../secret.ts';
import { LockTable, type LockRow } from '../tables.ts';
import { type AccountsContext, LOCK } from './context.ts';

const DECISION = 'decision';

export const locksOf = (reads: Reads, personId: string): Promise<LockRow[]> =>
  reads.em.getRepository(LockTable).find({ where: { personId, state: 'on' }, order: { id: 'ASC' } });

export const loadLock = (reads: Reads, id: string): Promise<LockRow | null> =>
  reads.em.getRepository(LockTable).findOneBy({ id });

/** Locks and outside secondments only; the states found are kept for the undo (C13). */
export async function lockBegun(
  ctx: AccountsContext,
  tx: Tx,
  org: AccountsOrg,
  state: RequestState,
): Promise<void> {
  if (!locks(state)) return;
  const { form } = openFormOf(state);
  const untilOn = 'untilOn' in form ? form.untilOn : null;
  const id = newId();
  const unitId = state.senders[0]?.unitId ?? '';
  const row: LockRow = {
    id,
    personId: state.personId,
    requestId: state.requestId,
    unitId,
    sinceAt: tx.now,
    untilOn,
    resultOn: null,
    hold: holdOf(id, state.before, state.items),
    state: 'on',
    decision: null,
    decisionRequestId: null,
    endedAt: null,
    version: 1,
  };
  await insertRows(tx, LockTable, [row]);
  openDecisionClock(ctx, tx, org, row);
}

export function locks(state: RequestState): boolean {
  const filled = openFormOf(state);
  if (filled.kind === 'attach') return filled.form.where === 'outside';
  return filled.kind === 'lock' || filled.kind === 'secondOut';
}

/**
 * S3-2.4b, 2.5b: the unit owes a decision from the end of the secondment or the result of the review on. Until one of
 * them is known no clock runs, and the lock stands.
 */
export function openDecisionClock(ctx: AccountsContext, tx: Tx, org: AccountsOrg, row: LockRow): void {
  const from = row.resultOn ?? row.untilOn;
  if (from === null || row.decision !== null) return;
  const { settings, supervision } = ctx;
  const name = org.person(row.personId)?.name ?? '';
  supervision.openObligations(tx, [
    {
      kind: 'accounts.lockDecision',
      subjectType: LOCK,
      subjectId: row.id,
      stepRef: DECISION,
      title: `账号锁定后怎么办：${name}`,
      path: `/accounts/people/${row.personId}`,
      holderPersonId: unitHolder(org, settings, row.unitId, row.personId),
      holderUnitId: row.unitId,
      ...allowanceUntil(from, settings.decisionWorkdays, tx.now, supervision.calendar),
    },
  ]);
}

/** Sent in: the unit has decided; its clock closes, the lock stands until the decision is carried out. */
export async function decisionMade(ctx: AccountsContext, tx: Tx, state: RequestState): Promise<void> {
  for (const row of await decidedBy(tx, state)) {
    const decision = row.decision ?? (state.kind === 'cancel' ? 'cancel' : 'unlock');
    await saveWithVersion(tx, LockTable, row, { decision, decisionRequestId: state.requestId });
    const subject = { subjectType: LOCK, subjectId: row.id };
    await ctx.supervision.closeObligations(tx, { ...subject, refs: [DECISION], outcome: decision });
  }
}

/** Taken back: nothing is decided any more, and the decision is owed again. */
export async function decisionUnmade(
  ctx: AccountsContext,
  tx: Tx,
  org: AccountsOrg,
  state: RequestState,
): Promise<void> {
  const rows = await tx.em
    .getRepository(LockTable)
    .find({ where: { decisionRequestId: state.requestId, state: 'on' } });
  for (const row of rows) {
    await saveWithVersion(tx, LockTable, row, { decision: null, decisionRequestId: null });
    const subject = { subjectType: LOCK, subjectId: row.id };
    await ctx.supervision.closeObligations(tx, { ...subject, refs: [DECISION], outcome: 'withdrawn' });
    openDecisionClock(ctx, tx, org, { ...row, decision: null });
  }
}

/** The decision was carried out: an unlock ends its lock, a cancellation all of the person's. */
export async function locksEnded(_ctx: AccountsContext, tx: Tx, state: RequestState): Promise<void> {
  if (state.kind === 'unlock') return unlocked(tx, state);
  if (
    state.kind !== 'cancel' ||
    !state.items.some(({ act, status }) => act === 'cancel' && status === 'done')
  )
    return;
  for (const row of await locksOf(tx, state.personId)) await endLock(tx, row, 'cancel', state.requestId);
}

async function unlocked(tx: Tx, state: RequestState): Promise<void> {
  const filled = openFormOf(state);
  const lockId = filled.kind === 'unlock' ? filled.form.lockId : null;
  const row = lockId === null ? null : await loadLock(tx, lockId);
  if (row?.personId !== state.personId || row.state === 'ended' || filled.kind !== 'unlock') return;
  const others = (await locksOf(tx, state.personId)).filter(({ id }) => id !== row.id);
  const { inherit } = undoLock(
    row.hold,
    others.map(({ hold }) => hold),
    state.before,
    filled.form.returned,
  );
  for (const { lockId: heirId, before } of inherit) {
    const heir = others.find(({ id }) => id === heirId);
    if (heir) await saveWithVersion(tx, LockTable, heir, { hold: { ...heir.hold, before } });
  }
  await endLock(tx, row, row.decision ?? 'unlock', state.requestId);
}

const endLock = (tx: Tx, row: LockRow, decision: NonNullable<LockRow['decision']>, requestId: string) =>
  saveWithVersion(tx, LockTable, row, {
    state: 'ended',
    endedAt: tx.now,
    decision,
    decisionRequestId: requestId,
  });

/** The locks a request is the decision of: the one it names; every one of the person for a cancellation. */
async function decidedBy(tx: Tx, state: RequestState): Promise<LockRow[]> {
  const filled = openFormOf(state);
  if (filled.kind === 'cancel') return locksOf(tx, state.personId);
  if (filled.kind !== 'unlock' || filled.form.lockId === null) return [];
  const row = await loadLock(tx, filled.form.lockId);
  return row?.state === 'on' && row.personId === state.personId ? [row] : [];
}
