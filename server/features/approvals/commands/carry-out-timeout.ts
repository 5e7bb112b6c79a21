/** The job a rung leads to (R37). */
import { systemActor } from '../../../kernel/actor.ts';
import { agencyChain } from '../people/agency-chain.ts';
import { SYSTEM } from '../engine/timeout.ts';
import { lockInstanceOfTask } from '../store/requests.ts';
import type { ApprovalsContext } from './deps.ts';
import { performOn } from './perform.ts';
import { TIMEOUT_JOB } from './timeouts.ts';

/** A task closed meanwhile, or a rung that was carried out, changes nothing. */
export async function carryOutTimeout(ctx: ApprovalsContext, payload: unknown): Promise<void> {
  const { taskId, rung } = payload as { taskId: string; rung: number };
  await ctx.db.write(systemActor(`job:${TIMEOUT_JOB}`), async (tx) => {
    const row = await lockInstanceOfTask(tx, taskId);
    // An agent may have taken it over, or given it back, since the clock began (R36).
    const present = agencyChain(row.state, taskId).at(-1)?.taskId ?? taskId;
    await performOn(ctx, tx, row, { type: 'timeOut', by: SYSTEM, taskId: present, rung });
  });
}
