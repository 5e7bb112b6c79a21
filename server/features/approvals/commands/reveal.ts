import type { PersonActor } from '../../../kernel/actor.ts';
import { notFound } from '../../../kernel/errors.ts';
import { recordAct } from '../../../platform/audit/index.ts';
import type { RevealFieldAnswer } from '../contract.ts';
import { valueOf } from '../form/fields.ts';
import { hiddenFrom } from '../field-rights.ts';
import { mustBeAllowed } from '../policy.ts';
import { secretsOf } from '../store/secrets.ts';
import { loadInstance } from '../store/requests.ts';
import { fieldOf } from '../template/template.ts';
import type { ApprovalsContext } from './deps.ts';

/**
 * A number of a person in full, for whoever filled it in or has to decide now. The look is in the record before the
 * value leaves (H6); the value is not.
 */
export function revealNumber(
  ctx: ApprovalsContext,
  actor: PersonActor,
  instanceId: string,
  key: string,
): Promise<RevealFieldAnswer> {
  return ctx.db.write(actor, async (tx) => {
    const { state, templateKey, templateVersion } = await loadInstance(tx, instanceId);
    mustBeAllowed(state, actor, 'reveal');
    const template = await ctx.templates.version(tx, templateKey, templateVersion);
    const field = hiddenFrom(template, state, actor).has(key) ? undefined : fieldOf(template, key);
    const given = field?.type === 'phone' ? valueOf(state.form, key) : null;
    const value = field?.type === 'idNumber' ? (await secretsOf(ctx, tx, instanceId)).get(key) : given;
    if (typeof value !== 'string') throw notFound('approvals.nothing_to_reveal');
    recordAct(tx, {
      action: 'approvals.reveal',
      targetType: 'approval',
      targetId: instanceId,
      after: { field: key },
    });
    return { value: value.trim() };
  });
}
