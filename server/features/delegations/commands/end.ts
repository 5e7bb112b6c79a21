import type { PersonActor } from '../../../kernel/actor.ts';
import { dateOf } from '../../../kernel/dates.ts';
import { notFound } from '../../../kernel/errors.ts';
import { recordAct } from '../../../platform/audit/index.ts';
import { saveWithVersion } from '../../../platform/db/rows.ts';
import type { Tx } from '../../../platform/db/unit-of-work.ts';
import { type DelegationsContext, LIST_PATH } from '../context.ts';
import { mustOversee } from '../policy.ts';
import { loadDelegation } from '../store.ts';
import { DelegationTable, type DelegationRow, type EndedBy } from '../tables.ts';
import { daysWords, endedWords } from '../words.ts';
import { settleAt } from './settle-job.ts';

/**
 * The principal takes it back, or the agent lets go of it. Again, or after its days, it changes nothing.
 * @throws notFound `delegations.not_found` also to others: whom somebody trusts is not for everybody
 */
export async function endDelegation(
  ctx: DelegationsContext,
  tx: Tx,
  { personId }: PersonActor,
  id: string,
): Promise<DelegationRow> {
  const row = await loadDelegation(tx, id);
  if (row.principalId !== personId && row.agentId !== personId) throw notFound('delegations.not_found');
  if (row.endedAt !== null || row.untilOn <= dateOf(tx.now)) return row;
  return endNow(ctx, tx, row, row.principalId === personId ? 'principal' : 'agent');
}

/**
 * Somebody who is locked or away for long can take nothing back: who oversees does it for them, with a reason that both
 * sides read. What is undecided follows the rule as if the principal had ended it.
 * @throws forbidden `delegations.overseers_only`
 */
export async function endDelegationFor(
  ctx: DelegationsContext,
  tx: Tx,
  id: string,
  reason: string,
): Promise<DelegationRow> {
  mustOversee(tx.actor);
  const row = await loadDelegation(tx, id);
  if (row.endedAt !== null || row.untilOn <= dateOf(tx.now)) return row;
  return endNow(ctx, tx, row, 'admin', reason);
}

/** From now on it holds no more; what is undecided follows by a job. The other side is told. */
export async function endNow(
  ctx: DelegationsContext,
  tx: Tx,
  row: DelegationRow,
  endedBy: EndedBy,
  reason = '',
): Promise<DelegationRow> {
  const changes = { endedAt: tx.now, endedBy };
  await saveWithVersion(tx, DelegationTable, row, changes);
  await ctx.directory.touch(tx);
  settleAt(tx, row.id, 'ended', tx.now);
  await tell(ctx, tx, row, endedBy, reason);
  recordAct(tx, {
    action: 'delegations.end',
    targetType: 'agency',
    targetId: row.id,
    after: { endedBy },
    ...(reason && { personal: { personId: row.principalId, after: { reason } } }),
  });
  return { ...row, ...changes };
}

/** Who ended it knows; whoever has left reads nothing any more. */
async function tell(
  ctx: DelegationsContext,
  tx: Tx,
  row: DelegationRow,
  endedBy: EndedBy,
  reason: string,
): Promise<void> {
  const org = await ctx.orgOf(tx);
  const told = [row.principalId, row.agentId].filter(
    (id) => org.person(id)?.active && id !== whoEnded(row, endedBy),
  );
  for (const personId of told) {
    const other = personId === row.agentId ? row.principalId : row.agentId;
    const name = org.person(other)?.name ?? '';
    const whose = personId === row.agentId ? `你代${name}审批` : `${name}代你审批`;
    ctx.notify(tx, {
      key: `end:${row.id}`,
      personId,
      aboutId: row.id,
      path: LIST_PATH,
      words: `${whose}（${daysWords(row)}）：${endedWords(endedBy)}${reason && `（${reason}）`}。${restWords(row, endedBy)}`,
    });
  }
}

const whoEnded = (row: DelegationRow, endedBy: EndedBy): string | null =>
  ({
    principal: row.principalId,
    agent: row.agentId,
    expired: null,
    agent_gone: row.agentId,
    principal_left: row.principalId,
    admin: null,
  })[endedBy];

function restWords({ atEnd }: DelegationRow, endedBy: EndedBy): string {
  if (endedBy === 'principal_left') return '没处理完的仍由代理人处理。';
  const isByAgent = endedBy === 'agent' || endedBy === 'agent_gone';
  return atEnd === 'return' || isByAgent ? '没处理完的退回本人。' : '没处理完的仍由代理人处理。';
}
