import type { Tx } from '../../../platform/db/unit-of-work.ts';
import { insertRows, saveWithVersion } from '../../../platform/db/rows.ts';
import type { InstanceState, RequestedLeave } from '../../approvals/index.ts';
import { rangeOf, runningAbsences, toColumns } from '../absence-store.ts';
import { stopAsking } from '../clock.ts';
import type { LeaveContext } from '../context.ts';
import { neighboursOf } from '../one-absence.ts';
import { backNow, isOver } from '../stay-away.ts';
import { AbsenceTable, type AbsenceRow } from '../tables.ts';
import { halvesByYear, settle } from './claim.ts';

/**
 * A request was made, or its form changed: its days are held, in the same unit of work that made it. What it held of
 * another type or year before goes back. Until it is handed in again a request that was sent back keeps what it holds.
 */
export async function holdDays(
  ctx: LeaveContext,
  tx: Tx,
  state: InstanceState,
  isNew: boolean,
): Promise<void> {
  const asked = await ctx.approvals.requestedLeave(tx, state);
  // Requests of every template come here.
  if (!asked) return;
  const claims = asked.type.balance ? claimsOf(asked, 'held') : [];
  // Every request looks here, most of them ask for days that are not counted, and a new one holds nothing to give back.
  if (isNew && claims.length === 0) return;
  await settle(ctx, tx, requestOf(state), () => claims);
}

/**
 * A request ended, in its unit of work: what it held is used when it was approved, and back otherwise. What is revoked
 * later was approved here before: revoke.ts.
 */
export async function followEnd(ctx: LeaveContext, tx: Tx, state: InstanceState): Promise<void> {
  const asked = await ctx.approvals.requestedLeave(tx, state);
  if (!asked) return;
  const isApproved = state.status === 'approved';
  if (asked.type.balance)
    await settle(ctx, tx, requestOf(state), (known) => {
      if (!isApproved) return [];
      // What was held stands, though the calendar may count differently by now.
      if (known.length === 0) return claimsOf(asked, 'used');
      return known.map(({ now, ...account }) => ({
        ...account,
        claim: { held: 0, used: now.held + now.used },
      }));
    });
  if (isApproved) await addAbsence(ctx, tx, state, asked);
}

const requestOf = ({ instanceId, applicant }: InstanceState) => ({
  id: instanceId,
  personId: applicant.personId,
});

const claimsOf = ({ type, days }: RequestedLeave, as: 'held' | 'used') =>
  halvesByYear(days.strip).map(({ year, halves }) => ({
    leaveType: type.value,
    leaveYear: year,
    claim: { held: 0, used: 0, [as]: halves },
  }));

/** From now on they are away in these days; leaves that adjoin are one absence (续假). */
async function addAbsence(
  ctx: LeaveContext,
  tx: Tx,
  { instanceId, applicant }: InstanceState,
  { type, range, days, handoverId }: RequestedLeave,
): Promise<void> {
  const others = await runningAbsences(tx, applicant.personId);
  const running = others.map((one) => ({
    id: one.id,
    range: rangeOf(one),
    extendsId: one.extendsId,
    row: one,
  }));
  const found = neighboursOf(running, range, ctx.calendar);
  const [before, after] = [found.before?.row, found.after?.row];
  const over = isOver(range, backNow(tx.now));
  const row: AbsenceRow = {
    id: instanceId,
    personId: applicant.personId,
    unitId: applicant.unitId,
    leaveType: type.value,
    typeLabel: type.label,
    counting: type.counting,
    ...toColumns(range),
    halves: days.total * 2,
    handoverId,
    // Who asks afterwards is back already, unless they owe a report from the leave this one goes on from.
    state: after ? 'extended' : over && !before ? 'returned' : 'open',
    extendsId: before?.id ?? null,
    isCut: false,
    approvedAt: tx.now,
    askedAt: null,
    backOn: null,
    backHalf: null,
    reportedAt: null,
    reportedById: null,
    version: 1,
  };
  // At once: whoever suggests agents for it reads the absences again in this unit of work.
  await insertRows(tx, AbsenceTable, [row]);
  if (after) await saveWithVersion(tx, AbsenceTable, after, { extendsId: row.id });
  if (before?.state !== 'open') return;
  await saveWithVersion(tx, AbsenceTable, before, { state: 'extended' });
  await stopAsking(ctx, tx, before, 'extended');
}
