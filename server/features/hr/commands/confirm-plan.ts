import { actorId, type Actor } from '../../../kernel/actor.ts';
import { DAY_MS } from '../../../kernel/dates.ts';
import { conflict, forbidden, refused } from '../../../kernel/errors.ts';
import { samePhrase } from '../../../kernel/typed-phrase.ts';
import { recordAct } from '../../../platform/audit/index.ts';
import { saveWithVersion } from '../../../platform/db/rows.ts';
import { loadBatch } from '../batch-store.ts';
import type { HrContext } from '../deps.ts';
import { loadPlan } from '../plan-store.ts';
import { isInvolved, mustMaintain } from '../policy.ts';
import { PlanTable, type PlanRow } from '../tables.ts';
import { phraseOf } from '../words.ts';
import { concerns, type Concerned } from '../plan/index.ts';
import { mustStillHold } from './still-holds.ts';

/** A confirmation holds a day (D3). */
const VALID_MS = DAY_MS;

/**
 * A second person confirms exactly this plan, having typed what it takes from people (D3). Over a limit there is no
 * way to confirm. When anything changed since, the plan is outdated and another one must be made.
 * @throws conflict `hr.plan_outdated`, `hr.plan_not_waiting`; forbidden `hr.own_plan`, `hr.own_record`; refused
 *   `hr.over_limit`, `hr.phrase_differs`
 */
export async function confirmPlan(
  ctx: HrContext,
  actor: Actor,
  planId: string,
  typed: { readonly hash: string; readonly phrase: string },
): Promise<void> {
  mustMaintain(actor);
  const plan = await ctx.db.read((reads) => loadPlan(reads, planId));
  const { createdBy: uploadedBy } = await ctx.db.read((reads) => loadBatch(reads, plan.batchId));
  if (isInvolved(actor, { createdBy: plan.createdBy, uploadedBy })) throw forbidden('hr.own_plan');
  mustBeConfirmable(plan);
  const phrase = phraseOf(plan.counts);
  if (phrase !== null && !samePhrase(typed.phrase, phrase)) throw refused('hr.phrase_differs', { phrase });
  if (typed.hash !== plan.hash) throw conflict('hr.plan_outdated');
  const { plan: made } = await mustStillHold(ctx, actor, plan);
  // Nobody confirms what concerns their own record (H3).
  if (concerns(made.changes, await recordsOf(ctx, actor))) throw forbidden('hr.own_record');
  await ctx.db.write(actor, async (tx) => {
    await saveWithVersion(tx, PlanTable, plan, {
      state: 'confirmed',
      confirmedAt: tx.now,
      confirmedBy: actorId(actor),
      expiresAt: tx.now + VALID_MS,
    });
    recordAct(tx, {
      action: 'hr.confirmPlan',
      targetType: 'hrPlan',
      targetId: planId,
      after: { hash: plan.hash, destructive: plan.destructiveCount },
    });
  });
}

async function recordsOf(ctx: HrContext, actor: Actor): Promise<Concerned[]> {
  const org = await ctx.db.read((reads) => ctx.directory.orgOf(reads));
  const person = org.person(actorId(actor));
  return person ? [person] : [];
}

function mustBeConfirmable({ state, guard }: PlanRow): void {
  if (guard.verdict === 'overLimit' || guard.verdict === 'suspicious') throw refused('hr.over_limit');
  if (state !== 'waiting') throw conflict('hr.plan_not_waiting');
}
