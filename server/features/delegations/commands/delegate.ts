import type { PersonActor } from '../../../kernel/actor.ts';
import { addDays, dateOf, instantOf } from '../../../kernel/dates.ts';
import { badRequest, refused } from '../../../kernel/errors.ts';
import { newId } from '../../../kernel/id.ts';
import { recordAct } from '../../../platform/audit/index.ts';
import { insertRows } from '../../../platform/db/rows.ts';
import type { Tx } from '../../../platform/db/unit-of-work.ts';
import { type DelegationsContext, LIST_PATH } from '../context.ts';
import { MAX_DAYS, type DelegateRequest } from '../contract.ts';
import { conflictOf, type Standing } from '../rules.ts';
import { lockPair, touching } from '../store.ts';
import { DelegationTable, type DelegationRow } from '../tables.ts';
import { daysWords, scopeWords } from '../words.ts';
import { settleAt } from './settle-job.ts';

/**
 * Somebody names who decides for them. Only they themselves can.
 * @throws refused `delegations.past`, `delegations.empty`, `delegations.too_long`, `delegations.agent_inactive`,
 * `delegations.self`, `delegations.twice`, `delegations.cycle`; badRequest `delegations.no_template`
 */
export async function delegate(
  ctx: DelegationsContext,
  tx: Tx,
  { personId: principalId }: PersonActor,
  request: DelegateRequest,
): Promise<DelegationRow> {
  mustBeDays(request, dateOf(tx.now));
  await mustBeTemplates(ctx, tx, request);
  await lockPair(tx, principalId, request.agentId);
  const proposed: Standing = { principalId, ...request };
  await mustFit(ctx, tx, proposed);
  const row: DelegationRow = {
    ...request,
    id: newId(),
    principalId,
    createdAt: tx.now,
    begunAt: null,
    endedAt: null,
    endedBy: null,
    version: 1,
  };
  await insertRows(tx, DelegationTable, [row]);
  await ctx.directory.touch(tx);
  settleAt(tx, row.id, 'begin', Math.max(tx.now, instantOf(row.fromOn)));
  settleAt(tx, row.id, 'end', instantOf(row.untilOn));
  await tell(ctx, tx, row);
  recordAct(tx, {
    action: 'delegations.delegate',
    targetType: 'agency',
    targetId: row.id,
    after: { ...request },
  });
  return row;
}

function mustBeDays({ fromOn, untilOn }: DelegateRequest, today: string): void {
  if (fromOn < today) throw refused('delegations.past');
  if (untilOn <= fromOn) throw refused('delegations.empty');
  if (addDays(fromOn, MAX_DAYS) < untilOn) throw refused('delegations.too_long', { max: MAX_DAYS });
}

async function mustBeTemplates(ctx: DelegationsContext, tx: Tx, { scope }: DelegateRequest): Promise<void> {
  if (scope.kind === 'all') return;
  const kinds = await ctx.approvals.templatesInForce(tx);
  const [named, known] =
    scope.kind === 'templates'
      ? [scope.keys, kinds.map(({ key }) => key)]
      : [scope.groups, kinds.map(({ group }) => group)];
  if (!named.every((one) => known.includes(one))) throw badRequest('delegations.no_template');
}

async function mustFit(ctx: DelegationsContext, tx: Tx, proposed: Standing): Promise<void> {
  const org = await ctx.orgOf(tx);
  const agent = org.person(proposed.agentId);
  if (!agent?.active) throw refused('delegations.agent_inactive', { name: agent?.name ?? '' });
  const conflict = conflictOf(
    proposed,
    await touching(tx, proposed),
    await ctx.approvals.templatesInForce(tx),
  );
  if (conflict === null) return;
  if (conflict.why === 'self') throw refused('delegations.self');
  const other = org.person(conflict.other?.agentId ?? '')?.name ?? '';
  throw refused(conflict.why === 'twice' ? 'delegations.twice' : 'delegations.cycle', {
    name: conflict.why === 'twice' ? other : agent.name,
    days: conflict.other === null ? '' : daysWords(conflict.other),
  });
}

async function tell(ctx: DelegationsContext, tx: Tx, row: DelegationRow): Promise<void> {
  const principal = (await ctx.orgOf(tx)).person(row.principalId)?.name ?? '';
  const titles = new Map((await ctx.approvals.templatesInForce(tx)).map(({ key, title }) => [key, title]));
  const scope = scopeWords(row.scope, (key) => titles.get(key) ?? key);
  ctx.notify(tx, {
    key: `begin:${row.id}`,
    personId: row.agentId,
    aboutId: row.id,
    path: LIST_PATH,
    words: `${principal}请你代理审批：${daysWords(row)}，${scope}。不便代理可以退出。`,
  });
}
