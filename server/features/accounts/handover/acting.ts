/** What every act on a sheet begins with and leaves behind. */
import { AppError, forbidden, refused } from '../../../kernel/errors.ts';
import { recordAct } from '../../../platform/audit/index.ts';
import { saveWithVersion } from '../../../platform/db/rows.ts';
import { wordsFor } from '../../../phrases/index.ts';
import type { Reads, Tx } from '../../../platform/db/unit-of-work.ts';
import { type AccountsContext, policyOf, SHEET, viewerOf } from '../commands/context.ts';
import type { AccountsOrg } from '../org.ts';
import { mayHandOver } from '../policy.ts';
import { loadSheet, lockSheet } from './store.ts';
import { SheetItemTable, type SheetItemRow, type SheetRow } from './tables.ts';

export interface Counts {
  readonly done: number;
  readonly merged: number;
  readonly failed: number;
}

export async function sheetFor(ctx: AccountsContext, reads: Reads, personId: string, sheetId: string) {
  const sheet = await loadSheet(reads, sheetId);
  const org = await ctx.orgOf(reads);
  mustHandOver(ctx, org, personId, sheet.personId, sheet.unitId);
  return { sheet, org };
}

export function mustHandOver(
  ctx: AccountsContext,
  org: AccountsOrg,
  actorId: string,
  personId: string,
  unitId: string | null,
): void {
  if (!mayHandOver(viewerOf(org, actorId), personId, unitId, policyOf(ctx, org)))
    throw forbidden('accounts.not_your_unit');
}

/** For acting on one row: the sheet is locked first, so that its state holds until this row is through. */
export async function rowOf(
  tx: Tx,
  sheetId: string,
  itemId: string,
): Promise<{ sheet: SheetRow; item: SheetItemRow }> {
  const sheet = await lockSheet(tx, sheetId);
  const item = await tx.em.getRepository(SheetItemTable).findOneBy({ id: itemId, sheetId });
  if (!item) throw refused('accounts.unknown_item');
  return { sheet, item };
}

export const saveItem = (
  tx: Tx,
  item: SheetItemRow,
  changes: Partial<Omit<SheetItemRow, 'id' | 'version'>>,
) => saveWithVersion(tx, SheetItemTable, item, changes);

export const reasonOf = (error: unknown): string =>
  (error instanceof AppError
    ? wordsFor(error.code, error.data, 'zh')
    : wordsFor('accounts.handover_failed', {}, 'zh')
  ).slice(0, 191);

export const act = (tx: Tx, verb: string, sheet: SheetRow, after: object): void =>
  recordAct(tx, { action: `accounts.${verb}`, targetType: SHEET, targetId: sheet.id, after });
