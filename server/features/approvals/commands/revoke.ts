/** 撤销: an approved request is undone as far as it can be, and what cannot be undone is said. */
import type { PersonActor } from '../../../kernel/actor.ts';
import { dateOf } from '../../../kernel/dates.ts';
import { refused } from '../../../kernel/errors.ts';
import type { Tx } from '../../../platform/db/unit-of-work.ts';
import type { HalfDayRangeValue, RevokeAnswer } from '../contract.ts';
import { STATUS_WORDS } from '../views/status.ts';
import { isEmpty, rangeOf, valueOf } from '../form/fields.ts';
import type { InstanceState } from '../model/state.ts';
import { mustBeAllowed } from '../policy.ts';
import { lockInstance } from '../store/requests.ts';
import { freedDays, type Freed } from '../form/taken-days.ts';
import type { Template } from '../template/template.ts';
import type { ApprovalsContext } from './deps.ts';
import { byOf, performOn } from './perform.ts';

/** @throws `approvals.nothing_to_revoke` when all there is has happened already */
export async function revokeRequest(
  ctx: ApprovalsContext,
  actor: PersonActor,
  instanceId: string,
  reason: string,
): Promise<RevokeAnswer> {
  const { state, outcome } = await ctx.db.write(actor, async (tx) => {
    const row = await lockInstance(tx, instanceId);
    mustBeAllowed(row.state, actor, 'revoke');
    const freed = row.state.status === 'approved' ? await freeing(ctx, tx, row.state) : NOTHING;
    return performOn(ctx, tx, row, { type: 'revoke', by: byOf(actor), reason, ...freed });
  });
  const { released = [], kept = [] } = state.revoked ?? {};
  return { outcome, words: STATUS_WORDS[state.status], released: [...released], kept: [...kept] };
}

const NOTHING: Freed = { released: [], kept: [] };

async function freeing(ctx: ApprovalsContext, tx: Tx, state: InstanceState): Promise<Freed> {
  const template = await ctx.templates.version(tx, state.templateKey, state.templateVersion);
  const taken = await ctx.leaves().takenOtherwise(tx, [state.instanceId]);
  const parts = [...daysOf(template, state, dateOf(tx.now), taken.get(state.instanceId))];
  for (const effect of ctx.revoked.get(state.templateKey) ?? []) parts.push(await effect(tx, state));
  const released = parts.flatMap((part) => part.released);
  const kept = parts.flatMap((part) => part.kept);
  if (released.length === 0 && kept.length > 0)
    throw refused('approvals.nothing_to_revoke', { kept: kept.join('；') });
  return { released, kept };
}

/**
 * Days that count as an absence end with the revocation; `approvedAbsences` says the same. Who came back early, or did
 * not go, has no more days than `taken`.
 */
const daysOf = (
  { fields }: Template,
  { form }: InstanceState,
  today: string,
  taken: HalfDayRangeValue | null | undefined,
): Freed[] =>
  fields.flatMap((field) => {
    if (field.type !== 'halfDayRange' || !field.exclusive) return [];
    const value = valueOf(form, field.key);
    const asked = isEmpty(value) ? null : rangeOf(value);
    const range = taken === undefined ? asked : taken;
    return range === null ? [] : [freedDays(range, today)];
  });
