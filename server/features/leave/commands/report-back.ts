import { forbidden, refused } from '../../../kernel/errors.ts';
import { recordAct } from '../../../platform/audit/index.ts';
import { saveWithVersion } from '../../../platform/db/rows.ts';
import type { Tx } from '../../../platform/db/unit-of-work.ts';
import { chainOf, loadAbsence, rangeOf, toColumns } from '../absence-store.ts';
import { stopAsking } from '../clock.ts';
import type { LeaveContext } from '../context.ts';
import { isHr } from '../reach.ts';
import {
  backAfter,
  backNow,
  earlier,
  halfNow,
  hasBegun,
  slotOf,
  takenUntil,
  type Back,
} from '../stay-away.ts';
import { AbsenceTable, type AbsenceRow } from '../tables.ts';
import { settleTaken } from './claim.ts';
import { dropAbsence } from './drop-absence.ts';

/**
 * 销假: somebody is at work again, from now on. What was approved beyond it goes back to the account, of every leave that
 * went on from another. From a half day that is past (R44) is said by who keeps the accounts, and not of themselves:
 * it gives days back on somebody's word.
 * @throws forbidden `leave.not_yours`, `leave.past_by_hr`; refused `leave.not_begun`, `leave.in_future`, `leave.is_over`
 */
export async function reportBack(
  ctx: LeaveContext,
  tx: Tx,
  absenceId: string,
  said: Back | null,
): Promise<{ back: Back; returnedDays: number }> {
  const row = await mayChange(ctx, tx, absenceId);
  const chain = await chainOf(tx, row);
  const first = chain.at(-1) ?? row;
  const now = backNow(tx.now);
  const isOwn = tx.actor.kind === 'person' && tx.actor.personId === row.personId;
  if (said && isOwn) throw forbidden('leave.past_by_hr');
  if (said && slotOf(said) > slotOf(now)) throw refused('leave.in_future');
  const back = earlier(said ?? now, backAfter(rangeOf(row)));
  if (!hasBegun(rangeOf(first), earlier(halfNow(tx.now), back))) throw refused('leave.not_begun');
  let returned = 0;
  for (const one of chain) returned += await endOne(ctx, tx, one, back);
  await stopAsking(ctx, tx, row, 'returned');
  recordAct(tx, {
    action: 'leave.report_back',
    targetType: 'leave',
    targetId: row.id,
    before: { toOn: row.toOn, toHalf: row.toHalf },
    after: { backOn: back.on, backHalf: back.half, returnedDays: returned / 2 },
  });
  return { back, returnedDays: returned / 2 };
}

/** @returns half days less than before */
async function endOne(ctx: LeaveContext, tx: Tx, row: AbsenceRow, back: Back): Promise<number> {
  const range = rangeOf(row);
  const taken = takenUntil(range, back);
  if (taken === null) {
    await settleTaken(ctx, tx, row, null);
    await dropAbsence(ctx, tx, { ...row, extendsId: null });
    return row.halves;
  }
  const isShorter = slotOf(back) < slotOf(backAfter(range));
  const halves = isShorter ? await settleTaken(ctx, tx, row, taken) : row.halves;
  await saveWithVersion(tx, AbsenceTable, row, {
    ...toColumns(taken),
    halves,
    state: 'returned',
    isCut: row.isCut || isShorter,
    backOn: back.on,
    backHalf: back.half,
    reportedAt: tx.now,
    reportedById: tx.actor.kind === 'person' ? tx.actor.personId : null,
  });
  return row.halves - halves;
}

/**
 * Not going after all: everything goes back. Only before it begins.
 * @throws forbidden `leave.not_yours`; refused `leave.has_begun`, `leave.is_over`
 */
export async function cancelLeave(ctx: LeaveContext, tx: Tx, absenceId: string): Promise<number> {
  const row = await mayChange(ctx, tx, absenceId);
  if (hasBegun(rangeOf(row), halfNow(tx.now))) throw refused('leave.has_begun');
  await settleTaken(ctx, tx, row, null);
  await dropAbsence(ctx, tx, row);
  recordAct(tx, {
    action: 'leave.cancel',
    targetType: 'leave',
    targetId: row.id,
    before: { fromOn: row.fromOn, toOn: row.toOn },
    after: { returnedDays: row.halves / 2 },
  });
  return row.halves / 2;
}

/** One's own, or anybody's for who keeps the accounts. Others' requests and acts wait (R39). */
async function mayChange(ctx: LeaveContext, tx: Tx, absenceId: string): Promise<AbsenceRow> {
  const { actor } = tx;
  const seen = await loadAbsence(tx, absenceId);
  const isOwn = actor.kind === 'person' && actor.personId === seen.personId;
  const keeps = actor.kind === 'person' && isHr(await ctx.orgOf(tx), ctx.settings, actor.personId);
  if (!isOwn && !keeps) throw forbidden('leave.not_yours');
  await ctx.approvals.lockApplicant(tx, seen.personId);
  const row = await loadAbsence(tx, absenceId);
  if (row.state !== 'open') throw refused('leave.is_over');
  return row;
}
