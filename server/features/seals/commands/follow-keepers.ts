/** Uses of keepers who left, and of heads who are none any more: their clocks go to whom they lie with now. */
import { systemActor } from '../../../kernel/actor.ts';
import type { Tx } from '../../../platform/db/unit-of-work.ts';
import { newId } from '../../../kernel/id.ts';
import { enqueue } from '../../../platform/jobs/index.ts';
import type { PersonChange } from '../../directory/index.ts';
import type { SealsContext } from '../context.ts';
import { loadSeal } from '../store.ts';
import { UseTable } from '../tables.ts';
import { moveClocks } from './clocks.ts';

export const FOLLOW_JOB = 'seals.follow';

/** Fill for `directory.onPersonChanged`: who left keeps no seal; the clocks are a job's. */
export async function onPersonChanged(tx: Tx, { kind, personId }: PersonChange): Promise<void> {
  if (kind === 'left')
    await tx.em.query('update seal_keeper set untilAt = ? where personId = ? and untilAt is null', [
      tx.now,
      personId,
    ]);
  if (kind === 'locked' || kind === 'left')
    enqueue(tx, { name: FOLLOW_JOB, key: newId(), payload: { personId } });
}

export async function followKeepers(ctx: SealsContext): Promise<void> {
  const seals = await ctx.db.read(({ em }) =>
    em.query<{ sealId: string }[]>(
      `select distinct sealId from seal_use where state in ('approved', 'partly') order by sealId`,
    ),
  );
  for (const { sealId } of seals)
    await ctx.db.write(systemActor(`job:${FOLLOW_JOB}`), async (tx) => {
      const uses = await tx.em.getRepository(UseTable).find({
        where: [
          { sealId, state: 'approved' },
          { sealId, state: 'partly' },
        ],
        order: { id: 'asc' },
      });
      await moveClocks(ctx, tx, await ctx.orgOf(tx), await loadSeal(tx, sealId), uses);
    });
}
