import type { PersonActor } from '../../../kernel/actor.ts';
import { forbidden, notFound, refused } from '../../../kernel/errors.ts';
import { recordAct } from '../../../platform/audit/index.ts';
import type { RequestActAnswer } from '../contract.ts';
import { countHeld } from '../handover/store.ts';
import type { PlannedItem } from '../model.ts';
import * as policy from '../policy.ts';
import { accountsOf, loadRequest, statesOf } from '../store.ts';
import { loadCancellation, step } from './cancellation-steps.ts';
import { type AccountsContext, policyOf, viewerOf } from './context.ts';
import { carryOutLocal, executable } from './items.ts';
import { performOn } from './perform.ts';
import { answerOf } from './requests.ts';

/** S2-16a: "已备份" by the person, or the unit's statement that it cannot be had. */
export async function confirmBackup(
  ctx: AccountsContext,
  actor: PersonActor,
  requestId: string,
  statement: string,
): Promise<void> {
  await ctx.db.write(actor, async (tx) => {
    const row = await loadCancellation(tx, requestId);
    if (!row) throw notFound('accounts.not_visible');
    const org = await ctx.orgOf(tx);
    const { state } = await loadRequest(tx, requestId);
    if (!policy.mayBackUp(viewerOf(org, actor.personId), state, policyOf(ctx, org)))
      throw forbidden('accounts.not_your_unit');
    const by = row.personId === actor.personId ? 'person' : 'unit';
    await step(tx, requestId, { type: 'backUp', backup: { by, byPersonId: actor.personId, statement } });
    recordAct(tx, {
      action: 'accounts.backup',
      targetType: 'account_request',
      targetId: requestId,
      after: { by },
    });
  });
}

/** S2-16b, 16c: deletion, the last act, by a second person, with empty hands after grace. */
export async function deleteCancelled(
  ctx: AccountsContext,
  actor: PersonActor,
  requestId: string,
): Promise<RequestActAnswer> {
  const decision = await ctx.db.write(actor, async (tx) => {
    const { row, org } = await executable(ctx, tx, actor.personId, requestId);
    const openHoldings = await countHeld(ctx, tx, row.personId);
    const acceptedById = row.state.acceptedBy?.personId ?? null;
    const byPersonId = actor.personId;
    const moved = await step(tx, requestId, { type: 'release', byPersonId, acceptedById, openHoldings });
    if (!moved) throw notFound('accounts.not_visible');
    return (await performOn(ctx, tx, org, row, { type: 'release' })).decision;
  });
  await carryOutLocal(ctx, requestId);
  return answerOf(decision);
}

/** "可反悔": before deletion everything is given back as it was found. */
export async function recallCancellation(
  ctx: AccountsContext,
  actor: PersonActor,
  requestId: string,
  reason: string,
): Promise<RequestActAnswer> {
  const decision = await ctx.db.write(actor, async (tx) => {
    const { row, org } = await executable(ctx, tx, actor.personId, requestId);
    if (row.state.kind !== 'cancel') throw refused('accounts.cancel_order');
    const states = statesOf(await accountsOf(tx, row.personId));
    const items = row.state.items.flatMap(({ act, systemCode, status }): PlannedItem[] => {
      if (act !== 'disable' || status !== 'done' || states[systemCode] !== 'cancelling') return [];
      return [{ systemCode, act: 'restore', stage: 0, target: row.state.before[systemCode] ?? 'open' }];
    });
    const performed = await performOn(ctx, tx, org, row, { type: 'recall', reason, items });
    return performed.decision;
  });
  await carryOutLocal(ctx, requestId);
  return answerOf(decision);
}
