import { actorId, type Actor } from '../../../kernel/actor.ts';
import { conflict } from '../../../kernel/errors.ts';
import { recordAct } from '../../../platform/audit/index.ts';
import { isUniqueViolation, saveWithVersion } from '../../../platform/db/rows.ts';
import type { Tx } from '../../../platform/db/unit-of-work.ts';
import { enqueue } from '../../../platform/jobs/index.ts';
import type { HrContext } from '../deps.ts';
import { loadPlan } from '../plan-store.ts';
import { mustMaintain } from '../policy.ts';
import { PlanTable, type PlanRow } from '../tables.ts';
import { gatherNewcomers } from './gather-newcomers.ts';
import type { Made } from './make-plan.ts';
import { mustStillHold } from './still-holds.ts';

export const RUN_JOB = 'hr.run';
/** The value of the one run slot there is. */
const THE_RUN = 1;

/** Confirmed, or nothing destructive in it and nobody needed. */
export const isReady = ({ state, guard, expiresAt }: PlanRow, now: number): boolean =>
  state === 'confirmed'
    ? expiresAt !== null && now < expiresAt
    : state === 'waiting' && guard.verdict === 'free';

/**
 * Begin to carry a plan out. Another run must be over first (D12).
 * @throws conflict `hr.plan_not_confirmed`, `hr.plan_outdated`, `hr.other_run`; refused `hr.over_limit`
 */
export async function startRun(ctx: HrContext, actor: Actor, planId: string): Promise<void> {
  mustMaintain(actor);
  const plan = await ctx.db.read((reads) => loadPlan(reads, planId));
  if (!isReady(plan, ctx.clock.now())) throw conflict('hr.plan_not_confirmed');
  const made = await mustStillHold(ctx, actor, plan);
  try {
    await begin(ctx, actor, plan, made);
  } catch (error) {
    // The one place for a plan that is carried out is taken.
    throw isUniqueViolation(error) ? conflict('hr.other_run') : error;
  }
}

async function begin(
  ctx: HrContext,
  actor: Actor,
  plan: PlanRow,
  { plan: made, stamp }: Made,
): Promise<void> {
  await ctx.db.write(actor, async (tx) => {
    // The directory changed between the look and now: what was looked at is not what would be done.
    if ((await ctx.directory.revisionStamp(tx)) !== stamp) throw conflict('db.changed_meanwhile');
    await withdraw(
      tx,
      made.withdrawn.map(({ key }) => key),
    );
    await saveWithVersion(tx, PlanTable, plan, {
      state: 'running',
      runState: 'running',
      runSlot: THE_RUN,
      startedAt: tx.now,
      startedBy: actorId(actor),
      lastSignAt: tx.now,
    });
    await gatherNewcomers(ctx, tx, { planId: plan.id, result: 'waiting' });
    enqueueRun(tx, plan.id);
    recordAct(tx, {
      action: 'hr.startRun',
      targetType: 'hrPlan',
      targetId: plan.id,
      after: { hash: plan.hash, changes: plan.changeCount },
    });
  });
}

/** What an earlier statement said for a later day and this one does not say any more will not happen (A6). */
async function withdraw(tx: Tx, keys: readonly string[]): Promise<void> {
  if (keys.length === 0) return;
  await tx.em.query(
    `update hr_change set result = 'skipped', errorCode = 'hr.withdrawn'
     where result = 'planned' and changeKey in (${keys.map(() => '?').join(', ')})`,
    [...keys],
  );
}

/** The item in hand is finished; the rest waits. @throws conflict `hr.not_running` */
export const pauseRun = (ctx: HrContext, actor: Actor, planId: string): Promise<void> =>
  turn(ctx, actor, planId, 'running', 'paused', 'hr.pauseRun');

/** Goes on where it stopped. @throws conflict `hr.not_paused` */
export const resumeRun = (ctx: HrContext, actor: Actor, planId: string): Promise<void> =>
  turn(ctx, actor, planId, 'paused', 'running', 'hr.resumeRun');

async function turn(
  ctx: HrContext,
  actor: Actor,
  planId: string,
  from: 'running' | 'paused',
  to: 'running' | 'paused',
  action: string,
): Promise<void> {
  mustMaintain(actor);
  await ctx.db.write(actor, async (tx) => {
    const plan = await loadPlan(tx, planId);
    if (plan.state !== from) throw conflict(from === 'running' ? 'hr.not_running' : 'hr.not_paused');
    await saveWithVersion(tx, PlanTable, plan, { state: to, runState: to, lastSignAt: tx.now });
    if (to === 'running') {
      await gatherNewcomers(ctx, tx, { planId, result: 'waiting' });
      enqueueRun(tx, planId);
    } else await ctx.directory.newcomersAreHere(tx);
    recordAct(tx, { action, targetType: 'hrPlan', targetId: planId });
  });
}

export function enqueueRun(tx: Tx, planId: string, runAt?: number): void {
  const key = runAt === undefined ? `${planId}:${tx.now}` : `${planId}:${runAt}`;
  enqueue(tx, { name: RUN_JOB, key, payload: { planId }, ...(runAt === undefined ? {} : { runAt }) });
}
