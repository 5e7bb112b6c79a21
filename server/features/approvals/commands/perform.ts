import { type Actor, actorId } from '../../../kernel/actor.ts';
import { newId } from '../../../kernel/id.ts';
import type { Tx } from '../../../platform/db/unit-of-work.ts';
import { decide } from '../engine/decide.ts';
import type { By } from '../model/people.ts';
import type { Decision } from '../model/events.ts';
import type { InstanceCommand } from '../model/commands.ts';
import { type ActedOn, lockInstance, saveInstance } from '../store/requests.ts';
import { consequences } from './consequences.ts';
import type { ApprovalsContext } from './deps.ts';

export const byOf = (actor: Actor): By =>
  actor.kind === 'person'
    ? { personId: actor.personId, name: actor.name }
    : { personId: null, name: actorId(actor) };

/** Acts after which nobody new is asked to decide: who stands in for whom makes no difference to them. */
const OPENS_NONE: ReadonlySet<InstanceCommand['type']> = new Set([
  'comment',
  'circulate',
  'confirmRead',
  'consult',
  'answerConsult',
  'markRead',
  'remind',
  'withdraw',
  'terminate',
  'revoke',
]);

const NO_AGENTS = (): null => null;

/**
 * One act on one request, whole: load, decide, save with version, and everything that follows from it, in the
 * caller's unit of work. A late or repeated act comes back as `already` and writes nothing.
 */
export async function perform(
  ctx: ApprovalsContext,
  tx: Tx,
  instanceId: string,
  command: InstanceCommand,
): Promise<Decision> {
  return performOn(ctx, tx, await lockInstance(tx, instanceId), command);
}

export async function performOn(
  ctx: ApprovalsContext,
  tx: Tx,
  row: ActedOn,
  command: InstanceCommand,
): Promise<Decision> {
  const template = await ctx.templates.version(tx, row.templateKey, row.templateVersion);
  const org = await ctx.orgOf(tx);
  const agentOf = OPENS_NONE.has(command.type) ? NO_AGENTS : await ctx.agentsOf(tx, template);
  const decision = decide(row.state, command, { now: tx.now, newId, template, org, agentOf });
  if (decision.events.length === 0) return decision;
  saveInstance(tx, row, decision);
  await consequences(ctx, tx, { before: row.state, decision, template, org, action: command.type });
  return decision;
}
