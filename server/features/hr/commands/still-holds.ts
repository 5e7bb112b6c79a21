import type { Actor } from '../../../kernel/actor.ts';
import { conflict, refused } from '../../../kernel/errors.ts';
import { recordAct } from '../../../platform/audit/index.ts';
import { saveWithVersion } from '../../../platform/db/rows.ts';
import type { HrContext } from '../deps.ts';
import type { GuardResult } from '../model.ts';
import { PlanTable, type PlanRow } from '../tables.ts';
import { isStopped, type Made, madeNow } from './make-plan.ts';

/**
 * The plan as it would be made at this moment: it must be this very plan (D3), and within the limits of this moment,
 * which other plans may have used up since it was made (D2).
 * @throws conflict `hr.plan_outdated`; refused `hr.over_limit`. Both are kept on the plan.
 */
export async function mustStillHold(ctx: HrContext, actor: Actor, plan: PlanRow): Promise<Made> {
  const made = await madeNow(ctx, plan);
  if (made.plan.hash !== plan.hash) {
    await outdate(ctx, actor, plan);
    throw conflict('hr.plan_outdated');
  }
  if (isStopped(made.verdict)) {
    await stop(ctx, actor, plan, made.verdict);
    throw refused('hr.over_limit');
  }
  return made;
}

export async function outdate(ctx: HrContext, actor: Actor, plan: PlanRow): Promise<void> {
  await ctx.db.write(actor, async (tx) => {
    await saveWithVersion(tx, PlanTable, plan, { state: 'outdated' });
    recordAct(tx, { action: 'hr.outdatePlan', targetType: 'hrPlan', targetId: plan.id });
  });
}

async function stop(ctx: HrContext, actor: Actor, plan: PlanRow, verdict: GuardResult): Promise<void> {
  await ctx.db.write(actor, async (tx) => {
    await saveWithVersion(tx, PlanTable, plan, { state: 'stopped', guard: verdict });
    recordAct(tx, {
      action: 'hr.stopPlan',
      targetType: 'hrPlan',
      targetId: plan.id,
      after: { verdict: verdict.verdict, reasons: verdict.reasons },
    });
  });
}
