import type { Actor } from '../../kernel/actor.ts';
import { dateOf } from '../../kernel/dates.ts';
import type { Reads } from '../../platform/db/unit-of-work.ts';
import type { OrgWithRoles } from '../access/index.ts';
import type { DelegationsContext } from './context.ts';
import type { DelegationView, ListAnswer, ListQuery, OverseeQuery } from './contract.ts';
import { mustOversee } from './policy.ts';
import { DelegationTable, type DelegationRow } from './tables.ts';
import { atEndWords, daysWords, scopeWords, stateOf } from './words.ts';

/** What I gave to others, or others to me; newest first. */
export async function listDelegations(
  ctx: DelegationsContext,
  reads: Reads,
  personId: string,
  { side, cursor, limit }: ListQuery,
): Promise<ListAnswer> {
  const query = reads.em
    .getRepository(DelegationTable)
    .createQueryBuilder('d')
    .where(side === 'given' ? 'd.principalId = :personId' : 'd.agentId = :personId', { personId })
    .orderBy('d.id', 'DESC')
    .take(limit + 1);
  if (cursor !== undefined) query.andWhere('d.id < :cursor', { cursor });
  const rows = await query.getMany();
  const shown = rows.slice(0, limit);
  const view = await viewer(ctx, reads, personId);
  return { items: shown.map(view), next: rows.length > limit ? (shown.at(-1)?.id ?? null) : null };
}

/** Of the whole house, those that hold or will hold, or those that ended; newest first. */
export async function overseeDelegations(
  ctx: DelegationsContext,
  reads: Reads,
  actor: Actor,
  { state, cursor, limit }: OverseeQuery,
): Promise<ListAnswer> {
  mustOversee(actor);
  const today = dateOf(reads.now);
  const query = reads.em
    .getRepository(DelegationTable)
    .createQueryBuilder('d')
    .where(
      state === 'running'
        ? 'd.endedAt is null and d.untilOn > :today'
        : '(d.endedAt is not null or d.untilOn <= :today)',
      { today },
    )
    .orderBy('d.id', 'DESC')
    .take(limit + 1);
  if (cursor !== undefined) query.andWhere('d.id < :cursor', { cursor });
  const rows = await query.getMany();
  const shown = rows.slice(0, limit);
  const view = await viewer(ctx, reads, '');
  return { items: shown.map(view), next: rows.length > limit ? (shown.at(-1)?.id ?? null) : null };
}

/** How a rule looks to one of its two sides. */
export async function viewer(
  ctx: DelegationsContext,
  reads: Reads,
  personId: string,
): Promise<(row: DelegationRow) => DelegationView> {
  const org = await ctx.orgOf(reads);
  const titles = new Map((await ctx.approvals.templatesInForce(reads)).map(({ key, title }) => [key, title]));
  const today = dateOf(reads.now);
  return (row) => {
    const state = stateOf(row, today);
    return {
      delegationId: row.id,
      principal: someone(org, row.principalId),
      agent: someone(org, row.agentId),
      fromOn: row.fromOn,
      untilOn: row.untilOn,
      daysWords: daysWords(row),
      scopeWords: scopeWords(row.scope, (key) => titles.get(key) ?? key),
      atEndWords: atEndWords(row.atEnd),
      atEnd: row.atEnd,
      takesOpen: row.takesOpen,
      ...state,
      side: row.principalId === personId ? 'given' : 'received',
      canEnd: state.state !== 'ended',
    };
  };
}

function someone(org: OrgWithRoles, personId: string): DelegationView['agent'] {
  const unitId = org.assignmentsOf(personId)[0]?.unitId;
  return {
    personId,
    name: org.person(personId)?.name ?? '',
    unitName: unitId === undefined ? '' : (org.departmentOf(unitId)?.name ?? ''),
  };
}
