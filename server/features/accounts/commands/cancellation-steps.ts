/** S2-16: what a cancellation request moves in its procedure. */
import { insertRows, saveWithVersion } from '../../../platform/db/rows.ts';
import type { Reads, Tx } from '../../../platform/db/unit-of-work.ts';
import { beginCancellation, stepCancellation, type CancellationCommand } from '../cancellation.ts';
import { dropSheet, openSheet } from '../handover/open-sheet.ts';
import type { RequestState } from '../model.ts';
import type { AccountsOrg } from '../org.ts';
import { CancellationTable, type CancellationRow } from '../tables.ts';
import type { AccountsContext } from './context.ts';

export const loadCancellation = (reads: Reads, requestId: string): Promise<CancellationRow | null> =>
  reads.em.getRepository(CancellationTable).findOneBy({ id: requestId });

/** S2-16a: the person is told beforehand what will be cleared; S2-16b: the sheet is made. */
export async function cancelAccepted(
  ctx: AccountsContext,
  tx: Tx,
  org: AccountsOrg,
  state: RequestState,
): Promise<void> {
  const sheetId = await openSheet(ctx, tx, org, {
    personId: state.personId,
    unitId: state.senders[0]?.unitId ?? null,
    requestId: state.requestId,
    eventOn: state.eventOn,
  });
  await insertRows(tx, CancellationTable, [
    { id: state.requestId, personId: state.personId, state: beginCancellation(tx.now), sheetId, version: 1 },
  ]);
  ctx.notify(tx, {
    key: `accounts.backup:${state.requestId}`,
    personId: state.personId,
    words: '你的账号将注销，微盘、邮件和文档会清空。请先备份，再点“已备份”。',
    path: `/accounts/cancellations/${state.requestId}`,
  });
}

/** C13: everything is locked, so the person is disabled. */
export async function stageDone(ctx: AccountsContext, tx: Tx, state: RequestState): Promise<void> {
  const disabling = state.items.filter(({ act }) => act === 'disable');
  if (disabling.some(({ status }) => status !== 'done')) return;
  await step(tx, state.requestId, { type: 'disabled', graceDays: ctx.settings.graceDays });
}

/** S2-16c: every system has its proof; when, is written down. */
export async function cancelDone(tx: Tx, state: RequestState): Promise<void> {
  if (state.items.some(({ act, status }) => act === 'cancel' && status === 'done'))
    await step(tx, state.requestId, { type: 'deleted' });
}

/** Taken back: nothing is disabled any more, so nobody owes a hand-over. What was handed over can be undone by itself. */
export async function cancelRecalled(ctx: AccountsContext, tx: Tx, state: RequestState): Promise<void> {
  const row = await step(tx, state.requestId, { type: 'recall' });
  if (row?.sheetId) await dropSheet(ctx, tx, row.sheetId);
}

/** A cancellation of this person that is under way, so that a new sheet belongs to it. */
export async function runningCancellation(reads: Reads, personId: string): Promise<CancellationRow | null> {
  const rows = await reads.em.getRepository(CancellationTable).findBy({ personId });
  return rows.find(({ state }) => UNDER_WAY.includes(state.step)) ?? null;
}

const UNDER_WAY: readonly CancellationRow['state']['step'][] = ['told', 'disabled', 'grace'];

export async function keepSheet(tx: Tx, row: CancellationRow, sheetId: string): Promise<void> {
  if (row.sheetId !== sheetId) await saveWithVersion(tx, CancellationTable, row, { sheetId });
}

export async function step(
  tx: Tx,
  requestId: string,
  command: CancellationCommand,
): Promise<CancellationRow | null> {
  const row = await loadCancellation(tx, requestId);
  if (!row) return null;
  const state = stepCancellation(row.state, command, tx.now);
  if (state === row.state) return row;
  await saveWithVersion(tx, CancellationTable, row, { state });
  return { ...row, state, version: row.version + 1 };
}
