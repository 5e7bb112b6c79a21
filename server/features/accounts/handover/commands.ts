import type { PersonActor } from '../../../kernel/actor.ts';
import { AppError, forbidden, refused } from '../../../kernel/errors.ts';
import { newId } from '../../../kernel/id.ts';
import { dateOf } from '../../../kernel/dates.ts';
import { recordAct } from '../../../platform/audit/index.ts';
import { saveWithVersion } from '../../../platform/db/rows.ts';
import { wordsFor } from '../../../phrases/index.ts';
import type { Reads, Tx } from '../../../platform/db/unit-of-work.ts';
import { step } from '../commands/cancellation-steps.ts';
import { type AccountsContext, policyOf, SHEET, viewerOf } from '../commands/context.ts';
import type { AccountsOrg } from '../org.ts';
import { mayHandOver } from '../policy.ts';
import { openSheet } from './open-sheet.ts';
import * as rules from './sheet.ts';
import { countHeld, holdingOf, itemsOf, loadSheet, providerOf, refreshItems, signaturesOf } from './store.ts';
import { SheetItemTable, SheetTable, SignatureTable, type SheetItemRow, type SheetRow } from './tables.ts';

export interface Counts {
  readonly done: number;
  readonly merged: number;
  readonly failed: number;
}

/** For movers and locks: a sheet without a request. */
export async function createSheet(
  ctx: AccountsContext,
  actor: PersonActor,
  personId: string,
): Promise<string> {
  return ctx.db.write(actor, async (tx) => {
    const org = await ctx.orgOf(tx);
    const unitId = org.mainAssignmentOf(personId)?.unitId ?? null;
    mustHandOver(ctx, org, actor.personId, personId, unitId);
    return openSheet(ctx, tx, org, { personId, unitId, requestId: null, eventOn: dateOf(tx.now) });
  });
}

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
      rules.mustBeSuccessor(successorId, sheet.personId, org.person(successorId)?.active ?? false);
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
export async function execute(ctx: AccountsContext, actor: PersonActor, sheetId: string): Promise<Counts> {
  const items = await ctx.db.write(actor, async (tx) => {
    const { sheet } = await sheetFor(ctx, tx, actor.personId, sheetId);
    if (sheet.state === 'closed' || sheet.state === 'undone') throw refused('accounts.sheet_over');
    const rows = await itemsOf(tx, sheetId);
    rules.mustBeReady(rules.readinessOf(rows, sheet.trialAt, tx.now, ctx.settings.trialMinutes));
    await saveWithVersion(tx, SheetTable, sheet, {
      state: 'executed',
      executedAt: sheet.executedAt ?? tx.now,
    });
    act(tx, 'execute_sheet', sheet, { items: rows.length });
    return rows.filter((row) => rules.isOpen(row) && row.mode !== 'statement');
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
      if (!rules.isOpen(item)) return;
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
    const { item } = await rowOf(tx, sheetId, itemId);
    if (rules.isOpen(item)) await saveItem(tx, item, { result: 'failed', resultWords, endedAt: tx.now });
  });
}

const reasonOf = (error: unknown): string =>
  (error instanceof AppError
    ? wordsFor(error.code, error.data, 'zh')
    : wordsFor('accounts.handover_failed', {}, 'zh')
  ).slice(0, 191);

/** Take the whole sheet back within its window; what the successor has done with stays done. */
export async function undo(ctx: AccountsContext, actor: PersonActor, sheetId: string): Promise<Counts> {
  const items = await ctx.db.write(actor, async (tx) => {
    const { sheet } = await sheetFor(ctx, tx, actor.personId, sheetId);
    rules.mustBeUndoable(sheet.executedAt, tx.now, ctx.settings.undoDays);
    if (sheet.state !== 'undone') await saveWithVersion(tx, SheetTable, sheet, { state: 'undone' });
    act(tx, 'undo_sheet', sheet, {});
    return itemsOf(tx, sheetId);
  });
  for (const item of items) {
    if (item.result === 'done' || item.result === 'revoked') await undoItem(ctx, actor, sheetId, item.id);
  }
  const rows = await ctx.db.read((reads) => itemsOf(reads, sheetId));
  const count = (result: string) => rows.filter((row) => row.result === result).length;
  return { done: count('undone'), merged: count('merged'), failed: count('kept') };
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
      if (item.result !== 'done' && item.result !== 'revoked') return;
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
      await saveItem(tx, item, { result: 'kept', resultWords });
    });
  }
}

/** The unit's hand or a successor's own. With the last one the sheet closes and the grace of a cancellation begins. */
export async function sign(ctx: AccountsContext, actor: PersonActor, sheetId: string): Promise<boolean> {
  return ctx.db.write(actor, async (tx) => {
    const sheet = await loadSheet(tx, sheetId);
    const org = await ctx.orgOf(tx);
    const items = await itemsOf(tx, sheetId);
    if (sheet.state !== 'executed') throw refused('accounts.sheet_not_executed');
    const roles = rolesToSign(ctx, org, sheet, items, actor.personId);
    if (roles.length === 0) throw forbidden('accounts.not_a_signer');
    const signed = await signaturesOf(tx, sheetId);
    const fresh = roles
      .filter((role) => !signed.some((one) => one.role === role && one.personId === actor.personId))
      .map((role) => ({ id: newId(), sheetId, role, personId: actor.personId, signedAt: tx.now }));
    for (const row of fresh) tx.append(SignatureTable, row, 'keep');
    if (fresh.length > 0) act(tx, 'sign_sheet', sheet, { roles });
    return closeIfDone(ctx, tx, sheet, items, [...signed, ...fresh]);
  });
}

function rolesToSign(
  ctx: AccountsContext,
  org: AccountsOrg,
  sheet: SheetRow,
  items: readonly SheetItemRow[],
  personId: string,
): ('unit' | 'successor')[] {
  const ofUnit = mayHandOver(viewerOf(org, personId), sheet.personId, sheet.unitId, policyOf(ctx, org));
  return [
    ...(ofUnit ? (['unit'] as const) : []),
    ...(rules.signersOf(items).includes(personId) ? (['successor'] as const) : []),
  ];
}

async function closeIfDone(
  ctx: AccountsContext,
  tx: Tx,
  sheet: SheetRow,
  items: readonly SheetItemRow[],
  signed: readonly { role: 'unit' | 'successor'; personId: string }[],
): Promise<boolean> {
  if (!rules.isClosed(items, signed)) return false;
  const openHoldings = await countHeld(ctx, tx, sheet.personId);
  // Something came in meanwhile: the sheet is looked at again instead of closing over it.
  if (openHoldings > 0) {
    await refreshItems(ctx, tx, sheet);
    await saveWithVersion(tx, SheetTable, sheet, { state: 'open', trialAt: null });
    return false;
  }
  await saveWithVersion(tx, SheetTable, sheet, { state: 'closed', closedAt: tx.now });
  await ctx.supervision.closeObligations(tx, { subjectType: SHEET, subjectId: sheet.id, outcome: 'closed' });
  if (sheet.requestId !== null)
    await step(tx, sheet.requestId, {
      type: 'handedOver',
      openHoldings: 0,
      graceDays: ctx.settings.graceDays,
    });
  return true;
}

export async function sheetFor(ctx: AccountsContext, reads: Reads, personId: string, sheetId: string) {
  const sheet = await loadSheet(reads, sheetId);
  const org = await ctx.orgOf(reads);
  mustHandOver(ctx, org, personId, sheet.personId, sheet.unitId);
  return { sheet, org };
}

function mustHandOver(
  ctx: AccountsContext,
  org: AccountsOrg,
  actorId: string,
  personId: string,
  unitId: string | null,
): void {
  if (!mayHandOver(viewerOf(org, actorId), personId, unitId, policyOf(ctx, org)))
    throw forbidden('accounts.not_your_unit');
}

function mustBeOpen({ state }: SheetRow): void {
  if (state !== 'open' && state !== 'executed') throw refused('accounts.sheet_over');
}

async function rowOf(
  tx: Tx,
  sheetId: string,
  itemId: string,
): Promise<{ sheet: SheetRow; item: SheetItemRow }> {
  const sheet = await loadSheet(tx, sheetId);
  const item = await tx.em.getRepository(SheetItemTable).findOneBy({ id: itemId, sheetId });
  if (!item) throw refused('accounts.unknown_item');
  return { sheet, item };
}

const saveItem = (tx: Tx, item: SheetItemRow, changes: Partial<Omit<SheetItemRow, 'id' | 'version'>>) =>
  saveWithVersion(tx, SheetItemTable, item, changes);

const act = (tx: Tx, verb: string, sheet: SheetRow, after: object): void =>
  recordAct(tx, { action: `accounts.${verb}`, targetType: SHEET, targetId: sheet.id, after });
