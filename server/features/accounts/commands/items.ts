import { systemActor, type PersonActor } from '../../../kernel/actor.ts';
import { AppError, forbidden } from '../../../kernel/errors.ts';
import { mustBeTyped } from '../../../kernel/typed-phrase.ts';
import { wordsFor } from '../../../phrases/index.ts';
import type { Tx } from '../../../platform/db/unit-of-work.ts';
import type { ConfirmRowsRequest, ProofRequest, RequestActAnswer } from '../contract.ts';
import type { ItemState, Order, RequestState } from '../model.ts';
import { mayExecute, mustBeIt } from '../policy.ts';
import { openFormOf } from '../secret.ts';
import type { Carried } from '../connectors.ts';
import { loadRequest } from '../store.ts';
import { ItemTable } from '../tables.ts';
import { type AccountsContext, policyOf, viewerOf } from './context.ts';
import { perform, performOn } from './perform.ts';
import { answerOf, visible } from './requests.ts';

const MECHANISM = systemActor('job:accounts.item');

/** Begin to carry out: connectors act at once, the rest is on somebody's list. */
export async function executeRequest(
  ctx: AccountsContext,
  actor: PersonActor,
  requestId: string,
): Promise<RequestActAnswer> {
  const { decision } = await ctx.db.write(actor, async (tx) => {
    const { row, org } = await executable(ctx, tx, actor.personId, requestId);
    return performOn(ctx, tx, org, row, { type: 'execute' });
  });
  await carryOutLocal(ctx, requestId);
  return ctx.db.read(async (reads) => {
    const { state } = await loadRequest(reads, requestId);
    return answerOf({ ...decision, state });
  });
}

/**
 * C13: what a connector does in our own database happens now, not when a job comes by, so that a locked person is
 * signed out at once. The jobs written beside it find it done.
 */
export async function carryOutLocal(ctx: AccountsContext, requestId: string): Promise<void> {
  const { state } = await ctx.db.read((reads) => loadRequest(reads, requestId));
  for (const item of state.items) {
    const isLocal = ctx.connectors.get(item.systemCode)?.mode === 'local';
    if (isLocal && item.status === 'running')
      // A failure of ours stays with the job, which tries again.
      await carryOut(ctx, requestId, item.itemId, ctx.clock.now()).catch((error: unknown) =>
        ctx.onTrouble({ err: error, itemId: item.itemId }, 'a connector failed'),
      );
  }
}

/**
 * The job of one item: looks at the present state first, so a repetition is harmless. `waiting`: the order was given,
 * its proof is not there yet.
 */
export async function carryOut(
  ctx: AccountsContext,
  requestId: string,
  itemId: string,
  givenAt: number,
): Promise<'over' | 'waiting'> {
  const { state } = await ctx.db.read((reads) => loadRequest(reads, requestId));
  const item = runningItem(state, itemId);
  const connector = item && ctx.connectors.get(item.systemCode);
  if (!item || !connector) return 'over';
  const order = orderOf(state, item, givenAt);
  const confirm = async (tx: Tx, { note }: Carried) => {
    await perform(ctx, tx, requestId, { type: 'confirmItem', itemId, note, fileId: null });
    return 'over' as const;
  };
  try {
    if (connector.mode === 'local')
      return await ctx.db.write(MECHANISM, async (tx) => {
        const carried = await connector.apply(tx, order);
        return carried === 'waiting' ? carried : confirm(tx, carried);
      });
    const carried = await connector.call(order);
    return await ctx.db.write(MECHANISM, (tx) => confirm(tx, carried));
  } catch (error) {
    if (!(error instanceof AppError) || error.code === 'db.changed_meanwhile') throw error;
    const trouble = wordsFor(error.code, error.data, 'zh');
    await ctx.db.write(MECHANISM, (tx) => perform(ctx, tx, requestId, { type: 'failItem', itemId, trouble }));
    return 'over';
  }
}

/** No job tries it any more: it fails on the page, where it can be tried again or done by hand. */
export async function giveUpItem(ctx: AccountsContext, requestId: string, itemId: string): Promise<void> {
  const trouble = wordsFor('accounts.connector_broken', {}, 'zh');
  await ctx.db.write(MECHANISM, (tx) => perform(ctx, tx, requestId, { type: 'failItem', itemId, trouble }));
}

const runningItem = (state: RequestState, itemId: string): ItemState | undefined =>
  state.items.find((item) => item.itemId === itemId && item.status === 'running');

/** S3-2b: an order names exactly what is to change. */
export function orderOf(state: RequestState, item: ItemState, givenAt: number): Order {
  const filled = openFormOf(state);
  return {
    itemId: item.itemId,
    personId: state.personId,
    systemCode: item.systemCode,
    act: item.act,
    target: item.target,
    givenAt,
    changes: filled.kind === 'change' ? filled.form.changes : [],
    concurrentPost: item.act === 'change' ? concurrentPostOf(filled, state.eventOn) : null,
  };
}

/** S3-2.3, C12: the original post stays, a concurrent one is added with its end. */
function concurrentPostOf(filled: ReturnType<typeof openFormOf>, fromOn: string): Order['concurrentPost'] {
  if (filled.kind === 'concurrentPost' && filled.form.toUnitId !== null)
    return { unitId: filled.form.toUnitId, title: filled.form.title, fromOn, untilOn: filled.form.untilOn };
  if ((filled.kind === 'secondIn' || filled.kind === 'attach') && filled.form.hostUnitId !== null)
    return { unitId: filled.form.hostUnitId, title: filled.form.title, fromOn, untilOn: filled.form.untilOn };
  return null;
}

/** Done by hand or by an exchange file: only with proof. */
export async function confirmItem(
  ctx: AccountsContext,
  actor: PersonActor,
  requestId: string,
  itemId: string,
  { note, fileId }: ProofRequest,
): Promise<RequestActAnswer> {
  const decision = await ctx.db.write(actor, async (tx) => {
    const { row, org } = await executable(ctx, tx, actor.personId, requestId);
    mustBeByHand(ctx, row.state, itemId);
    return (await performOn(ctx, tx, org, row, { type: 'confirmItem', itemId, note, fileId })).decision;
  });
  // The next stage may be a connector's.
  if (decision.events.some(({ type }) => type === 'stageStarted')) await carryOutLocal(ctx, requestId);
  return answerOf(decision);
}

/** What a connector does is proved by the connector, unless it failed and somebody did it by hand. */
function mustBeByHand(ctx: AccountsContext, state: RequestState, itemId: string): void {
  const item = state.items.find((one) => one.itemId === itemId);
  if (item && ctx.connectors.has(item.systemCode) && item.status === 'running')
    throw forbidden('accounts.by_connector');
}

/** Rows of an exchange file, confirmed together; one that fails does not stop the others. */
export async function confirmRows(
  ctx: AccountsContext,
  actor: PersonActor,
  { itemIds, note, fileId, phrase }: ConfirmRowsRequest,
): Promise<{ done: number; failed: { itemId: string; code: string }[] }> {
  await ctx.db.read(async (reads) =>
    mustBeIt(viewerOf(await ctx.orgOf(reads), actor.personId), ctx.settings),
  );
  mustBeTyped(itemIds.length, `确认${itemIds.length}行`, phrase);
  const failed: { itemId: string; code: string }[] = [];
  for (const itemId of itemIds) {
    const found = await ctx.db.read((reads) => reads.em.getRepository(ItemTable).findOneBy({ id: itemId }));
    if (!found) {
      failed.push({ itemId, code: 'accounts.unknown_item' });
      continue;
    }
    await confirmItem(ctx, actor, found.requestId, itemId, { note, fileId }).catch((error: unknown) => {
      if (!(error instanceof AppError)) throw error;
      failed.push({ itemId, code: error.code });
    });
  }
  return { done: itemIds.length - failed.length, failed };
}

/** A connector that refused: try again after its cause is mended. */
export async function retryItem(
  ctx: AccountsContext,
  actor: PersonActor,
  requestId: string,
  itemId: string,
): Promise<RequestActAnswer> {
  return ctx.db.write(actor, async (tx) => {
    const { row, org } = await executable(ctx, tx, actor.personId, requestId);
    return answerOf((await performOn(ctx, tx, org, row, { type: 'retryItem', itemId })).decision);
  });
}

export async function executable(ctx: AccountsContext, tx: Tx, personId: string, requestId: string) {
  const found = await visible(ctx, tx, personId, requestId);
  const viewer = viewerOf(found.org, personId);
  mustBeIt(viewer, ctx.settings);
  if (!mayExecute(viewer, found.row.state, policyOf(ctx, found.org))) throw forbidden('accounts.own_request');
  return found;
}
