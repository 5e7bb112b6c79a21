import { systemActor } from '../../../kernel/actor.ts';
import { dateOf, MINUTE_MS } from '../../../kernel/dates.ts';
import { saveWithVersion } from '../../../platform/db/rows.ts';
import type { Reads, Tx } from '../../../platform/db/unit-of-work.ts';
import type { Job } from '../../../platform/jobs/index.ts';
import type { DelegationsContext } from '../context.ts';
import { isInForce } from '../rules.ts';
import { loadDelegation } from '../store.ts';
import { DelegationTable, type DelegationRow } from '../tables.ts';
import { endNow } from './end.ts';
import { settleAt } from './settle-job.ts';

const ACTOR = systemActor('delegations');

/**
 * Open tasks follow a rule when its days begin and when it ends (R33), request by request, each in a unit of work of its
 * own. Looks at what is so now: repeating it, or running late, changes nothing. A minute later it looks again, because
 * an act that was under way meanwhile may have gone by what held before.
 */
export async function settleDelegation(ctx: DelegationsContext, { payload }: Job): Promise<void> {
  const { id, again } = payload as { readonly id: string; readonly again?: boolean };
  const row = await expire(ctx, id);
  const now = await ctx.db.read(async (reads) => reads.now);
  const isOver = row.endedAt !== null;
  if (!isOver && !isInForce(row, dateOf(now))) return;
  await (isOver ? handBack(ctx, row) : begin(ctx, row));
  if (again) return;
  await ctx.db.write(ACTOR, async (tx) => {
    settleAt(tx, id, isOver ? 'ended:again' : 'begin:again', now + MINUTE_MS, { again: true });
  });
}

const expire = (ctx: DelegationsContext, id: string): Promise<DelegationRow> =>
  ctx.db.write(ACTOR, async (tx) => {
    const row = await loadDelegation(tx, id);
    if (row.endedAt !== null || row.untilOn > dateOf(tx.now)) return row;
    return endNow(ctx, tx, row, 'expired');
  });

async function begin(ctx: DelegationsContext, row: DelegationRow): Promise<void> {
  const { agency } = ctx.approvals;
  const { principalId } = row;
  if (row.takesOpen)
    await inEach(
      ctx,
      (reads) => agency.heldBy(reads, principalId),
      (tx, instanceId) => agency.handToAgent(tx, instanceId, principalId),
    );
  if (row.begunAt === null)
    await ctx.db.write(ACTOR, (tx) => saveWithVersion(tx, DelegationTable, row, { begunAt: tx.now }));
}

/** Whoever leaves is replaced where that is known (R22); here only what was agreed on, and what an agent let go of. */
async function handBack(ctx: DelegationsContext, row: DelegationRow): Promise<void> {
  const stays = row.endedBy === 'principal_left' || (row.atEnd === 'stay' && !isByAgent(row));
  if (stays) return;
  const { agency } = ctx.approvals;
  const rule = { personId: row.principalId, agentId: row.agentId };
  await inEach(
    ctx,
    async (reads) => [
      ...(await agency.heldFor(reads, rule.personId)),
      ...(await agency.heldBy(reads, rule.agentId)),
    ],
    (tx, instanceId) => agency.handBack(tx, instanceId, rule),
  );
}

/** Who does not want to decide, or cannot, keeps nothing, whatever was agreed on. */
const isByAgent = ({ endedBy }: DelegationRow): boolean => endedBy === 'agent' || endedBy === 'agent_gone';

/** @throws AggregateError of what failed, after trying everything: one stuck request holds up no other */
async function inEach(
  ctx: DelegationsContext,
  which: (reads: Reads) => Promise<readonly string[]>,
  act: (tx: Tx, instanceId: string) => Promise<unknown>,
): Promise<void> {
  const failures: unknown[] = [];
  for (const instanceId of new Set(await ctx.db.read(which)))
    await ctx.db.write(ACTOR, (tx) => act(tx, instanceId)).catch((error: unknown) => failures.push(error));
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} requests did not follow`);
}
