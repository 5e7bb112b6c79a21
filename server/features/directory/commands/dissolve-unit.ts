import type { CalendarDate } from '../../../kernel/dates.ts';
import { saveWithVersion } from '../../../platform/db/rows.ts';
import type { Tx } from '../../../platform/db/unit-of-work.ts';
import { recordChange } from '../history.ts';
import { mustMaintain } from '../policy.ts';
import { UnitTable, type UnitRow } from '../tables.ts';
import { endVersion } from '../unit-versions.ts';
import type { Consequences } from './consequences.ts';
import { effectiveDay } from './effective-day.ts';
import { lockDirectory } from './lock-directory.ts';
import { planDissolve } from './plan-merge.ts';

export interface DissolveOptions {
  /** First day without it: today unless told. */
  readonly on?: CalendarDate | undefined;
  /** The unit that takes its place, for the history. */
  readonly successorId?: string | undefined;
}

/** C6: people and sub-units go first; a unit with somebody in it stays, and the refusal says how many. */
export function createDissolveUnit(consequences: Consequences) {
  return async function dissolveUnit(
    tx: Tx,
    unitId: string,
    options: DissolveOptions = {},
  ): Promise<boolean> {
    mustMaintain(tx.actor);
    const on = effectiveDay(tx.now, options.on);
    await lockDirectory(tx);
    const unit = await planDissolve(tx, unitId);
    if (!unit) return false;
    const successorId = options.successorId ?? null;
    await endUnit(tx, unit, on, successorId);
    await consequences.unitChanged(tx);
    await consequences.unitEnded(tx, { unitId, successorId, on });
    return true;
  };
}

/** The unit is over from `on`, with its history; it must be empty. */
export async function endUnit(
  tx: Tx,
  unit: UnitRow,
  on: CalendarDate,
  successorId: string | null,
): Promise<void> {
  const { id, name, parentId, leaderInChargeId } = unit;
  await saveWithVersion(tx, UnitTable, unit, { state: 'removed', leaderInChargeId: null, successorId });
  await endVersion(tx, id, on);
  recordChange(tx, {
    type: 'unit',
    id,
    kind: 'dissolved',
    on,
    before: { name, parentId, leaderInChargeId },
    after: { state: 'removed', successorId },
  });
}
