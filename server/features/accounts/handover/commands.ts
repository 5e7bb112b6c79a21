import type { PersonActor } from '../../../kernel/actor.ts';
import { AppError, refused } from '../../../kernel/errors.ts';
import { mustBeTyped } from '../../../kernel/typed-phrase.ts';
import type { Tx } from '../../../platform/db/unit-of-work.ts';
import { saveWithVersion } from '../../../platform/db/rows.ts';
import type { AccountsContext } from '../commands/context.ts';
import type { AccountsOrg } from '../org.ts';
import { act, type Counts, reasonOf, rowOf, saveItem, sheetFor } from './acting.ts';
import { mustBeSecondHand } from './reason.ts';
import * as rules from './sheet.ts';
import { holdingOf, itemsOf, providerOf, refreshItems } from './store.ts';
import { SheetTable, type SheetItemRow, type SheetRow } from './tables.ts';

/** One row, or every row without a successor when `itemId` is left out. Returns how many were changed. */
export async function assign(
  ctx: AccountsContext,
  actor: PersonActor,
  sheetId: string,
  { itemId, successorId }: { itemId?: string | undefined; successorId: string | null },
): Promise<number> {
  return ctx.db.write(actor, async (tx) => {
    const { sheet, org } = await sheetFor(ctx, tx, actor.personId, sheetId);
    mustBeOpen(sheet);
    if (successorId !== null)
      rules.mustBeSuccessor(successorId, {
        personId: sheet.personId,
        actorId: actor.personId,
        active: org.person(successorId)?.active ?? false,
      });
    const items = await itemsOf(tx, sheetId);
    const one = items.find(({ id }) => id === itemId);
    if (itemId !== undefined && !one) throw refused('accounts.unknown_item');
    if (one) rules.mustTakeSuccessor(one);
    const free = new Set(rules.unchosen(items).map(({ id }) => id));
    const targets = one ? [one] : items.filter(({ id }) => free.has(id));
    for (const item of targets)
      await saveItem(tx, item, { successorId, trialVerdict: null, trialWords: null });
    act(tx, 'assign_successor', sheet, { successorId, items: targets.length });
    return targets.length;
  });
}

/** Look at everything, change nothing: what would happen to each row. Valid for ten minutes. */
export async function dryRun(ctx: AccountsContext, actor: PersonActor, sheetId: string): Promise<void> {
  await ctx.db.write(actor, async (tx) => {
    const { sheet, org } = await sheetFor(ctx, tx, actor.personId, sheetId);
    mustBeOpen(sheet);
    await refreshItems(ctx, tx, sheet);
    for (const item of await itemsOf(tx, sheetId)) {
      if (rules.isOpen(item)) await saveItem(tx, item, await tryItem(ctx, tx, org, sheet, item));
    }
    await saveWithVersion(tx, SheetTable, sheet, { trialAt: tx.now });
  });
}

async function tryItem(
  ctx: AccountsContext,
  tx: Tx,
  org: AccountsOrg,
  sheet: SheetRow,
  item: SheetItemRow,
): Promise<Partial<SheetItemRow>> {
  const { successorId, mode } = item;
  if (mode === 'statement') return { trialVerdict: 'stated', trialWords: '系统看不到内容，以本人确认为准' };
  if (mode === 'choose' && successorId === null)
    return { trialVerdict: 'missing', trialWords: '没有选接手人' };
  if (successorId !== null && org.person(successorId)?.active !== true)
    return { trialVerdict: 'refuses', trialWords: '接手人已停用，请换一位' };
  const provider = providerOf(ctx, item.kind);
  const { verdict, words } = await provider.dryRun(tx, holdingOf(item), successorId, sheet.personId);
  return { trialVerdict: verdict, trialWords: words.slice(0, 191) };
}

/**
 * Hand everything over, each row in a unit of work of its own: one that fails says why and the rest goes on. Repeated
 * after a crash, only what is missing runs.
 */
export async function execute(
  ctx: AccountsContext,
  actor: PersonActor,
  sheetId: string,
  phrase?: string,
): Promise<Counts> {
  const items = await ctx.db.write(actor, async (tx) => {
    const { sheet, org } = await sheetFor(ctx, tx, actor.personId, sheetId);
    if (sheet.state === 'closed' || sheet.state === 'undone') throw refused('accounts.sheet_over');
    await mustBeSecondHand(ctx, tx, org, actor.personId, sheet);
    const rows = await itemsOf(tx, sheetId);
    rules.mustBeReady(rules.readinessOf(rows, sheet.trialAt, tx.now, ctx.settings.trialMinutes));
    const open = rows.filter((row) => rules.isOpen(row) && row.mode !== 'statement');
    mustBeTyped(open.length, `交接${open.length}件`, phrase);
    await saveWithVersion(tx, SheetTable, sheet, {
      state: 'executed',
      executedAt: sheet.executedAt ?? tx.now,
    });
    act(tx, 'execute_sheet', sheet, { items: rows.length });
    return open;
  });
  for (const { id } of items) await executeItem(ctx, actor, sheetId, id);
  const rows = await ctx.db.read((reads) => itemsOf(reads, sheetId));
  const count = (result: string) => rows.filter((row) => row.result === result).length;
  return { done: count('done') + count('revoked'), merged: count('merged'), failed: count('failed') };
}

async function executeItem(
  ctx: AccountsContext,
  actor: PersonActor,
  sheetId: string,
  itemId: string,
): Promise<void> {
  try {
    await ctx.db.write(actor, async (tx) => {
      const { sheet, item } = await rowOf(tx, sheetId, itemId);
      // Taken back meanwhile by somebody else: what is handed over after that nobody would take back.
      if (sheet.state !== 'executed' || !rules.isOpen(item)) return;
      if (item.mode === 'auto')
        return saveItem(tx, item, { result: 'done', resultWords: '按岗位自动跟随', endedAt: tx.now });
      const provider = providerOf(ctx, item.kind);
      const handed = await provider.handOver(tx, holdingOf(item), item.successorId, sheet.personId);
      await saveItem(tx, item, {
        result: handed.result,
        resultWords: handed.words.slice(0, 191),
        undoData: handed.undo ?? null,
        endedAt: tx.now,
      });
    });
  } catch (error) {
    await noteFailure(ctx, actor, sheetId, itemId, error);
  }
}

async function noteFailure(
  ctx: AccountsContext,
  actor: PersonActor,
  sheetId: string,
  itemId: string,
  error: unknown,
) {
  // What a room refuses it says by a code; anything else is a failure of ours and goes to the log.
  const resultWords = reasonOf(error);
  if (!(error instanceof AppError))
    ctx.onTrouble({ err: error, itemId }, 'a holding could not be handed over');
  await ctx.db.write(actor, async (tx) => {
    const { sheet, item } = await rowOf(tx, sheetId, itemId);
    if (sheet.state !== 'executed' || !rules.isOpen(item)) return;
    await saveItem(tx, item, { result: 'failed', resultWords, endedAt: tx.now });
  });
}

function mustBeOpen({ state }: SheetRow): void {
  if (state !== 'open' && state !== 'executed') throw refused('accounts.sheet_over');
}
