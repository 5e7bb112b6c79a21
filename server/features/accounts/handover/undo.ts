import type { PersonActor } from '../../../kernel/actor.ts';
import { AppError } from '../../../kernel/errors.ts';
import { saveWithVersion } from '../../../platform/db/rows.ts';
import type { Tx } from '../../../platform/db/unit-of-work.ts';
import { runningCancellation, step } from '../commands/cancellation-steps.ts';
import { type AccountsContext, SHEET } from '../commands/context.ts';
import { act, type Counts, reasonOf, rowOf, saveItem, sheetFor } from './acting.ts';
import { reopenFor } from './begin.ts';
import * as rules from './sheet.ts';
import { holdingOf, itemsOf, loadSheet } from './store.ts';
import { type SheetItemRow, SheetTable } from './tables.ts';

/** Take the whole sheet back within its window; what the successor has done with stays done. */
export async function undo(ctx: AccountsContext, actor: PersonActor, sheetId: string): Promise<Counts> {
  await ctx.db.write(actor, async (tx) => {
    const { sheet } = await sheetFor(ctx, tx, actor.personId, sheetId);
    rules.mustBeUndoable(sheet.executedAt, tx.now, ctx.settings.undoDays);
    if (sheet.requestId !== null) await step(tx, sheet.requestId, { type: 'handoverUndone' });
    if (sheet.state !== 'undone') await saveWithVersion(tx, SheetTable, sheet, { state: 'undone' });
    await ctx.supervision.closeObligations(tx, { subjectType: SHEET, subjectId: sheetId, outcome: 'undone' });
    act(tx, 'undo_sheet', sheet, {});
  });
  // A row that was under way is through now, and none begins any more.
  const items = await ctx.db.read((reads) => itemsOf(reads, sheetId));
  for (const item of items) {
    if (isHandedOver(item)) await undoItem(ctx, actor, sheetId, item.id);
  }
  await ctx.db.write(actor, (tx) => oweAgain(ctx, tx, sheetId));
  const rows = await ctx.db.read((reads) => itemsOf(reads, sheetId));
  const count = (result: string) => rows.filter((row) => row.result === result).length;
  return { done: count('undone'), merged: count('merged'), failed: count('kept') };
}

const isHandedOver = ({ result }: Pick<SheetItemRow, 'result'>): boolean =>
  result === 'done' || result === 'revoked';

/** Who still leaves has to hand over again: a new sheet with its own clock. */
async function oweAgain(ctx: AccountsContext, tx: Tx, sheetId: string): Promise<void> {
  const { personId, unitId, requestId } = await loadSheet(tx, sheetId);
  const leaving = requestId === null ? null : await runningCancellation(tx, personId);
  if (leaving) await reopenFor(ctx, tx, await ctx.orgOf(tx), leaving, { personId, unitId });
}

async function undoItem(
  ctx: AccountsContext,
  actor: PersonActor,
  sheetId: string,
  itemId: string,
): Promise<void> {
  try {
    await ctx.db.write(actor, async (tx) => {
      const { sheet, item } = await rowOf(tx, sheetId, itemId);
      if (sheet.state !== 'undone' || !isHandedOver(item)) return;
      const provider = ctx.providers.get(item.kind);
      const taken =
        provider?.undo && item.undoData !== null
          ? await provider.undo(tx, holdingOf(item), item.undoData, sheet.personId)
          : ({ result: 'kept', words: '不能撤回' } as const);
      await saveItem(tx, item, {
        result: taken.result,
        resultWords: taken.words.slice(0, 191),
        endedAt: tx.now,
      });
    });
  } catch (error) {
    if (!(error instanceof AppError))
      ctx.onTrouble({ err: error, itemId }, 'a hand-over could not be taken back');
    const resultWords = reasonOf(error);
    await ctx.db.write(actor, async (tx) => {
      const { item } = await rowOf(tx, sheetId, itemId);
      if (isHandedOver(item)) await saveItem(tx, item, { result: 'kept', resultWords });
    });
  }
}
