import { newId } from '../../../kernel/id.ts';
import { insertRows, saveWithVersion } from '../../../platform/db/rows.ts';
import type { Tx } from '../../../platform/db/unit-of-work.ts';
import { recordAct } from '../../../platform/audit/index.ts';
import { allowanceUntil } from '../clocks.ts';
import { type AccountsContext, SHEET } from '../commands/context.ts';
import { unitHolder, type AccountsOrg } from '../org.ts';
import { loadSheet, refreshItems } from './store.ts';
import { SheetTable, type SheetRow } from './tables.ts';

export const sheetPath = (sheetId: string): string => `/accounts/handovers/${sheetId}`;

export interface NewSheet {
  readonly personId: string;
  readonly unitId: string | null;
  readonly requestId: string | null;
  /** What the clock of the hand-over counts from. */
  readonly eventOn: string;
}

/** The sheet of a person; one that is open already is answered instead of a second one. */
export async function openSheet(
  ctx: AccountsContext,
  tx: Tx,
  org: AccountsOrg,
  wanted: NewSheet,
): Promise<string> {
  const known = await tx.em.getRepository(SheetTable).findOneBy({ personId: wanted.personId, state: 'open' });
  if (known) {
    await refreshItems(ctx, tx, known);
    await adopt(tx, known, wanted);
    return known.id;
  }
  const row: SheetRow = {
    id: newId(),
    personId: wanted.personId,
    personName: (org.person(wanted.personId)?.name ?? '').slice(0, 64),
    requestId: wanted.requestId,
    unitId: wanted.unitId,
    state: 'open',
    createdAt: tx.now,
    trialAt: null,
    executedAt: null,
    closedAt: null,
    version: 1,
  };
  await insertRows(tx, SheetTable, [row]);
  await refreshItems(ctx, tx, row);
  openClock(ctx, tx, org, row, wanted.eventOn);
  recordAct(tx, {
    action: 'accounts.open_sheet',
    targetType: SHEET,
    targetId: row.id,
    after: { personId: row.personId },
  });
  return row.id;
}

/** Begun for a mover or a lock, it now belongs to the cancellation, which waits for it to close. */
async function adopt(tx: Tx, known: SheetRow, { requestId, unitId }: NewSheet): Promise<void> {
  if (requestId === null || known.requestId === requestId) return;
  await saveWithVersion(tx, SheetTable, known, { requestId, unitId: unitId ?? known.unitId });
}

/** Nobody leaves after all: a sheet that was not carried out yet is over. */
export async function dropSheet(ctx: AccountsContext, tx: Tx, sheetId: string): Promise<void> {
  const row = await loadSheet(tx, sheetId);
  if (row.state !== 'open') return;
  await saveWithVersion(tx, SheetTable, row, { state: 'undone' });
  await ctx.supervision.closeObligations(tx, { subjectType: SHEET, subjectId: sheetId, outcome: 'recalled' });
}

function openClock(ctx: AccountsContext, tx: Tx, org: AccountsOrg, row: SheetRow, eventOn: string): void {
  const { settings, supervision } = ctx;
  supervision.openObligations(tx, [
    {
      kind: 'accounts.handover',
      subjectType: SHEET,
      subjectId: row.id,
      stepRef: 'handover',
      title: `交接：${row.personName}`,
      path: sheetPath(row.id),
      holderPersonId: row.unitId === null ? null : unitHolder(org, settings, row.unitId, row.personId),
      holderUnitId: row.unitId,
      ...allowanceUntil(eventOn, settings.handoverWorkdays, tx.now, supervision.calendar),
    },
  ]);
}
