import type { PersonActor } from '../../../../kernel/actor.ts';
import { conflict } from '../../../../kernel/errors.ts';
import { recordAct } from '../../../../platform/audit/index.ts';
import { mustRun, type DesignContext } from '../context.ts';
import { designScope, mustChangeDesign } from '../scope.ts';
import { keepState, stateOf } from '../states.ts';

/** 停用: nobody can apply any more, requests under way go on to their end (R41). */
export const retireTemplate = (ctx: DesignContext, actor: PersonActor, key: string, reason: string) =>
  turn(ctx, actor, key, 'retired', reason);

/** 恢复使用 */
export const restoreTemplate = (ctx: DesignContext, actor: PersonActor, key: string) =>
  turn(ctx, actor, key, 'inForce', '');

function turn(
  ctx: DesignContext,
  actor: PersonActor,
  key: string,
  to: 'retired' | 'inForce',
  reason: string,
): Promise<{ ok: true }> {
  return ctx.db.write(actor, async (tx) => {
    mustChangeDesign(await designScope(tx, actor), await mustRun(ctx, tx, key));
    const from = (await stateOf(tx, key))?.state ?? 'inForce';
    if (from === to)
      throw conflict(to === 'retired' ? 'approvals.template_retired_already' : 'approvals.template_in_force');
    await keepState(tx, key, { state: to, reason });
    recordAct(tx, {
      action: to === 'retired' ? 'approvals.retire_template' : 'approvals.restore_template',
      targetType: 'template',
      targetId: key,
      before: { state: from },
      after: { state: to, reason },
    });
    return { ok: true };
  });
}
