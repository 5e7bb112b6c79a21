import type { Tx } from '../../../platform/db/unit-of-work.ts';
import type { PersonChange } from '../../directory/index.ts';
import type { DelegationsContext } from '../context.ts';
import { DelegationTable } from '../tables.ts';
import { endNow } from './end.ts';

/**
 * An agent who is locked or gone stands in for nobody. Of whoever has left nothing holds any more; whoever is only
 * locked is still stood in for (R22: a valid agent comes first).
 */
export async function onPersonChanged(
  ctx: DelegationsContext,
  tx: Tx,
  { personId, kind }: Pick<PersonChange, 'personId' | 'kind'>,
): Promise<void> {
  if (kind !== 'locked' && kind !== 'left') return;
  const rows = await tx.em
    .getRepository(DelegationTable)
    .createQueryBuilder('d')
    .where('d.endedAt is null and (d.agentId = :personId or d.principalId = :personId)', { personId })
    .orderBy('d.id')
    .getMany();
  for (const row of rows) {
    if (row.agentId === personId) await endNow(ctx, tx, row, 'agent_gone');
    else if (kind === 'left') await endNow(ctx, tx, row, 'principal_left');
  }
}
