import { enqueue } from '../../../platform/jobs/index.ts';
import type { Tx } from '../../../platform/db/unit-of-work.ts';
import { openFormOf } from '../secret.ts';
import type { AccountMove } from '../store.ts';
import { applyMove, insertItems, saveItemStatus } from '../store.ts';
import { systemOf } from '../settings.ts';
import type { Decision, ItemState, RequestEvent, RequestState } from '../model.ts';
import type { AccountsOrg } from '../org.ts';
import * as clocks from './clocks-of.ts';
import { cancelAccepted, cancelDone, cancelRecalled, stageDone } from './cancellation-steps.ts';
import { noteLate } from './late-cases.ts';
import { decisionMade, decisionUnmade, lockBegun, locksEnded } from './lock-steps.ts';
import type { AccountsContext } from './context.ts';
import { proofOwner } from './files.ts';
import { followNewcomer } from '../newcomers/store.ts';

export interface Happening {
  readonly before: RequestState | null;
  readonly decision: Decision;
  readonly org: AccountsOrg;
}

export const ITEM_JOB = 'accounts.item';

/** Everything that must be true together with a decision: items, accounts, clocks, locks. Nothing calls the network. */
export async function consequences(ctx: AccountsContext, tx: Tx, what: Happening): Promise<void> {
  for (const event of what.decision.events) await follow(ctx, tx, what, event);
  await followNewcomer(tx, what.decision);
}

async function follow(ctx: AccountsContext, tx: Tx, what: Happening, event: RequestEvent): Promise<void> {
  const { org, before } = what;
  const { state } = what.decision;
  switch (event.type) {
    case 'created':
      return clocks.openSendClocks(ctx, tx, org, state);
    case 'filled':
      return refilled(ctx, tx, what);
    case 'sent':
      await clocks.closeSendClock(ctx, tx, state, event.unitId);
      return noteLate(tx, state, event);
    case 'submitted':
      await decisionMade(ctx, tx, state);
      return clocks.startReview(ctx, tx, org, state);
    case 'awaited':
      return clocks.awaitNewcomer(ctx, tx, org, state);
    case 'linked':
      await clocks.newcomerArrived(ctx, tx, state);
      return;
    case 'unlinked':
      return unlinked(ctx, tx, what);
    case 'returned':
      if (event.byCheck || before === null) return;
      await clocks.pauseReview(ctx, tx, state);
      return clocks.openSendClocks(ctx, tx, org, state);
    case 'accepted':
      await clocks.closeReview(ctx, tx, state);
      await insertItems(tx, state, event.items);
      if (state.kind === 'cancel') await cancelAccepted(ctx, tx, org, state);
      return;
    case 'stageStarted':
      return started(ctx, tx, what, event.stage);
    case 'itemDone':
    case 'itemFailed':
    case 'itemRetried':
      return itemChanged(ctx, tx, what, event);
    case 'recalled':
      return recalled(ctx, tx, state, event.items);
    case 'done':
      await locksEnded(ctx, tx, state);
      if (state.kind === 'cancel') await cancelDone(tx, state);
      return;
    case 'withdrawn':
      await decisionUnmade(ctx, tx, org, state);
      await clocks.closeAllClocks(ctx, tx, state, 'withdrawn');
      if (state.kind === 'cancel') await cancelRecalled(ctx, tx, state);
      return;
    case 'released':
      return;
  }
}

async function unlinked(ctx: AccountsContext, tx: Tx, { decision, org }: Happening): Promise<void> {
  const { state } = decision;
  await clocks.unlinkReview(ctx, tx, state);
  await tx.em.query('delete from account_item where requestId = ?', [state.requestId]);
  if (state.status === 'awaiting') await clocks.awaitNewcomer(ctx, tx, org, state);
}

/** Another day or another unit: the clocks of the units begin anew, counted from the day of the event as ever. */
async function refilled(ctx: AccountsContext, tx: Tx, { before, decision, org }: Happening): Promise<void> {
  const { state } = decision;
  if (before === null) return;
  if (sameDuty(before, state)) {
    // Who had sent in signed another form: they owe this one.
    const sent = new Set(before.senders.flatMap((one) => (one.submittedAt === null ? [] : one.unitId)));
    const again = state.senders.filter(({ unitId }) => sent.has(unitId));
    return clocks.openSendClocks(ctx, tx, org, state, again);
  }
  for (const { unitId } of before.senders) await clocks.closeSendClock(ctx, tx, before, unitId);
  clocks.openSendClocks(ctx, tx, org, state);
}

function sameDuty(before: RequestState, after: RequestState): boolean {
  const duty = ({ eventOn, senders }: RequestState) =>
    [eventOn, ...senders.map(({ unitId }) => unitId)].join();
  return duty(before) === duty(after);
}

async function started(ctx: AccountsContext, tx: Tx, what: Happening, stage: number): Promise<void> {
  const { state } = what.decision;
  const items = state.items.filter((item) => item.stage === stage && item.status !== 'dropped');
  if (stage === 1) await lockBegun(ctx, tx, what.org, state);
  for (const item of items) {
    await saveItemStatus(tx, { ...item, status: 'running' });
    await applyMove(tx, moveOf(state, item, 'start', state.acceptedBy?.name ?? ''));
  }
  const isApi = (item: ItemState) => systemOf(ctx.settings, item.systemCode)?.grade === 'api';
  clocks.openItemClocks(
    ctx,
    tx,
    what.org,
    state,
    items.filter((item) => !isApi(item)),
  );
  for (const item of items.filter(isApi)) queueItem(tx, item.itemId, state.requestId);
}

/** The net below a connector: the job looks at the present state first. */
function queueItem(tx: Tx, itemId: string, requestId: string): void {
  enqueue(tx, {
    name: ITEM_JOB,
    key: `${itemId}:${tx.now}`,
    payload: { itemId, requestId, givenAt: tx.now },
  });
}

async function itemChanged(
  ctx: AccountsContext,
  tx: Tx,
  { decision, before, org }: Happening,
  event: Extract<RequestEvent, { type: 'itemDone' | 'itemFailed' | 'itemRetried' }>,
): Promise<void> {
  const { state } = decision;
  const item = state.items.find(({ itemId }) => itemId === event.itemId);
  if (!item) return;
  await saveItemStatus(tx, item);
  if (event.type === 'itemRetried') return queueItem(tx, item.itemId, state.requestId);
  if (event.type === 'itemFailed') return clocks.openFailureClock(ctx, tx, org, state, item);
  await applyMove(tx, { ...moveOf(state, item, 'done', event.proof.by.name), proof: event.proof });
  await clocks.closeItemClocks(ctx, tx, state, [item.itemId], 'done');
  if (event.proof.fileId !== null && event.by.personId !== null)
    await ctx.claimFiles(tx, [event.proof.fileId], proofOwner(event.proof.fileId));
  if (state.kind === 'cancel' && before !== null) await stageDone(ctx, tx, state);
}

async function recalled(
  ctx: AccountsContext,
  tx: Tx,
  state: RequestState,
  fresh: readonly ItemState[],
): Promise<void> {
  const dropped = state.items.filter(({ status }) => status === 'dropped');
  for (const item of dropped) await saveItemStatus(tx, item);
  await clocks.closeItemClocks(
    ctx,
    tx,
    state,
    dropped.map(({ itemId }) => itemId),
    'recalled',
  );
  await insertItems(tx, state, fresh);
  await cancelRecalled(ctx, tx, state);
}

const moveOf = (
  request: RequestState,
  item: ItemState,
  phase: AccountMove['phase'],
  byName: string,
): AccountMove => ({ request, item, phase, byName, proof: null, about: aboutOf(request) });

/** S3-1.3: with a new account its category, where the person comes from and until when they stay. */
function aboutOf(request: RequestState): AccountMove['about'] {
  const filled = openFormOf(request);
  if (filled.kind !== 'open') return {};
  const { category, originUnit, untilOn } = filled.form;
  return { category, originUnit: originUnit || null, untilOn };
}
