import { actorId, type Actor } from '../../../kernel/actor.ts';
import { conflict, forbidden } from '../../../kernel/errors.ts';
import { recordAct } from '../../../platform/audit/index.ts';
import type { Tx } from '../../../platform/db/unit-of-work.ts';
import { loadBatch } from '../batch-store.ts';
import type { HrContext } from '../deps.ts';
import { loadPlan } from '../plan-store.ts';
import { isInvolved, mustMaintain } from '../policy.ts';
import { type PlanRow, SourceStateTable } from '../tables.ts';
import { planAgain } from './make-plan.ts';

/** The source's first statement was matched and nobody has said yet that the match is right (A7). */
export async function waitsForAcceptance(reads: Pick<Tx, 'em'>, plan: PlanRow): Promise<boolean> {
  if (plan.state !== 'stopped' || plan.destructiveCount === 0) return false;
  const source = await reads.em.getRepository(SourceStateTable).findOneBy({ id: plan.sourceKey });
  return source?.acceptedAt === undefined || source.acceptedAt === null;
}

/**
 * Another person than the one who brought the statement has looked at who was matched with whom and says it is right:
 * from now on this source may also take something from people, within the limits. Answers the plan made anew.
 * @throws forbidden `hr.own_plan`; conflict `hr.nothing_to_accept`
 */
export async function acceptSource(ctx: HrContext, actor: Actor, planId: string): Promise<string> {
  mustMaintain(actor);
  const plan = await ctx.db.read((reads) => loadPlan(reads, planId));
  const { createdBy: uploadedBy } = await ctx.db.read((reads) => loadBatch(reads, plan.batchId));
  if (isInvolved(actor, { createdBy: plan.createdBy, uploadedBy })) throw forbidden('hr.own_plan');
  await ctx.db.write(actor, async (tx) => {
    if (!(await waitsForAcceptance(tx, plan))) throw conflict('hr.nothing_to_accept');
    await keepAcceptance(tx, plan.sourceKey);
    recordAct(tx, {
      action: 'hr.acceptSource',
      targetType: 'hrSource',
      targetId: plan.sourceKey,
      after: { planHash: plan.hash },
    });
  });
  return planAgain(ctx, plan);
}

async function keepAcceptance(tx: Tx, sourceKey: string): Promise<void> {
  const repo = tx.em.getRepository(SourceStateTable);
  const accepted = { acceptedAt: tx.now, acceptedBy: actorId(tx.actor) };
  if (await repo.existsBy({ id: sourceKey })) await repo.update({ id: sourceKey }, accepted);
  else
    await repo.insert({
      id: sourceKey,
      lastGoodPeople: null,
      lastSuccessAt: null,
      lastCutOffAt: null,
      ...accepted,
    });
}
