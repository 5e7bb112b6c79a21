import { In } from 'typeorm';
import { actorId } from '../../../kernel/actor.ts';
import { refused } from '../../../kernel/errors.ts';
import { newId } from '../../../kernel/id.ts';
import { saveWithVersion } from '../../../platform/db/rows.ts';
import type { Tx } from '../../../platform/db/unit-of-work.ts';
import { pauseClock, resumeClock } from '../due.ts';
import { breachesNow, nextCheckAt } from '../rungs.ts';
import type { ClockSettings } from '../settings.ts';
import {
  ObligationEventTable,
  ObligationTable,
  type ObligationEventRow,
  type ObligationRow,
} from '../tables.ts';
import type { ObligationSelector } from './close-obligations.ts';

export interface Transfer extends ObligationSelector {
  readonly toPersonId: string | null;
  readonly toUnitId: string | null;
  readonly reason?: string | null;
  /** The step it is counted for from now on, where that changes with the holder; one clock is meant then. */
  readonly toRef?: string;
}

/**
 * Another holder, the same clock: a breach that already happened stays with whoever held it then (G9).
 * @returns the clocks as they were
 */
export async function transferObligations(
  tx: Tx,
  settings: ClockSettings,
  to: Transfer,
): Promise<readonly ObligationRow[]> {
  const rows = await loadOpen(tx, to);
  for (const row of rows) {
    const ref = to.toRef === undefined ? {} : { stepRef: to.toRef };
    const changes = { holderPersonId: to.toPersonId, holderUnitId: to.toUnitId, ...ref };
    await change(tx, settings, row, 'transferred', changes, to.reason ?? null);
  }
  return rows;
}

/**
 * Stop the clocks for a named reason (G6). Paused ones are left alone.
 * @throws `supervision.pause_reason` when the site knows no such reason.
 */
export async function pauseObligations(
  tx: Tx,
  settings: ClockSettings,
  pause: ObligationSelector & { readonly reason: string },
): Promise<number> {
  if (!settings.pauseReasons.includes(pause.reason))
    throw refused('supervision.pause_reason', { reason: pause.reason });
  const rows = (await loadOpen(tx, pause)).filter((row) => row.runningSinceAt !== null);
  for (const row of rows) {
    const changes = { ...pauseClock(row, tx.now, settings.calendar), pausedReason: pause.reason };
    await change(tx, settings, row, 'paused', changes, pause.reason);
  }
  return rows.length;
}

/** Let the clocks run again with what was left. Running ones are left alone. */
export async function resumeObligations(
  tx: Tx,
  settings: ClockSettings,
  selector: ObligationSelector,
): Promise<number> {
  const rows = (await loadOpen(tx, selector)).filter((row) => row.runningSinceAt === null);
  for (const row of rows) {
    const changes = { ...resumeClock(row, tx.now, settings.calendar), pausedReason: null };
    await change(tx, settings, row, 'resumed', changes, row.pausedReason);
  }
  return rows.length;
}

/** Save a change of an open obligation with its breach settled, its next check replanned and its event written. */
export async function change(
  tx: Tx,
  { calendar }: ClockSettings,
  row: ObligationRow,
  kind: ObligationEventRow['kind'],
  changes: Partial<ObligationRow>,
  reason: string | null,
): Promise<ObligationRow> {
  const settled = { ...row, ...breachOf(row, tx.now) };
  const changed = { ...settled, ...changes };
  const next = { ...changed, nextCheckAt: nextCheckAt(changed, tx.now, calendar) };
  const { id: _id, version: _version, ...columns } = next;
  await saveWithVersion(tx, ObligationTable, row, columns);
  tx.append(ObligationEventTable, {
    id: newId(),
    obligationId: row.id,
    kind,
    happenedAt: tx.now,
    actorId: actorId(tx.actor).slice(0, 64),
    reason,
    fromPersonId: row.holderPersonId,
    fromUnitId: row.holderUnitId,
    toPersonId: next.holderPersonId,
    toUnitId: next.holderUnitId,
    fromDueAt: row.dueAt,
    toDueAt: next.dueAt,
  });
  return { ...next, version: row.version + 1 };
}

/** The breach that has happened by now, of the present holder; nothing when there is none or it is recorded. */
export function breachOf(row: ObligationRow, now: number): Partial<ObligationRow> {
  if (!breachesNow(row, now)) return {};
  return {
    breachedAt: row.dueAt,
    breachPersonId: row.holderPersonId,
    breachUnitId: row.holderUnitId,
  };
}

function loadOpen(tx: Tx, { subjectType, subjectId, refs }: ObligationSelector): Promise<ObligationRow[]> {
  return tx.em.getRepository(ObligationTable).find({
    where: { subjectType, subjectId, state: 'open', ...(refs ? { stepRef: In([...refs]) } : {}) },
    order: { id: 'asc' },
  });
}
