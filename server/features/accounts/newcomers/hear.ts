import { In } from 'typeorm';
import { z } from 'zod';
import type { Tx } from '../../../platform/db/unit-of-work.ts';
import { enqueue } from '../../../platform/jobs/index.ts';
import type { PersonChange } from '../../directory/index.ts';
import { NEWCOMER_JOB } from './link.ts';
import { EXPECTED } from './store.ts';
import { NewcomerTable } from './tables.ts';

export const OfPerson = z.object({ personId: z.string() });

/** Once per unit of work: a statement of HR tells of thousands. */
const expecting = new WeakMap<object, Promise<boolean>>();

/**
 * Somebody may be the one who is waited for; looked at by a job, so that a statement is not held up. Whatever changed:
 * the number may be what HR adds later.
 */
export async function hearOfNewcomer(tx: Tx, { personId, kind }: PersonChange): Promise<void> {
  if (kind === 'left' || kind === 'locked') return;
  const isExpecting =
    expecting.get(tx) ?? tx.em.getRepository(NewcomerTable).existsBy({ state: In([...EXPECTED]) });
  expecting.set(tx, isExpecting);
  if (await isExpecting)
    enqueue(tx, { name: NEWCOMER_JOB, key: `${personId}:${tx.now}`, payload: { personId } });
}
