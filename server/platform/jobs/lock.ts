import { systemActor } from '../../kernel/actor.ts';
import { isUniqueViolation, updateCount } from '../db/rows.ts';
import type { Db } from '../db/unit-of-work.ts';
import { JobLockTable } from './tables.ts';

const actor = systemActor('jobs.lock');

/**
 * The right to run an exclusive job, one holder at a time across all instances (rule D12). It ends by itself when
 * its holder dies.
 */
export async function takeLock(
  db: Db,
  name: string,
  holder: string,
  now: number,
  until: number,
): Promise<boolean> {
  const take = () =>
    db.write(actor, (tx) =>
      updateCount(
        tx.em,
        'update job_lock set holder = ?, leaseUntil = ? where name = ? and (holder = ? or leaseUntil <= ?)',
        [holder, until, name, holder, now],
      ),
    );
  if ((await take()) === 1) return true;
  const known = await db.read((reads) => reads.em.getRepository(JobLockTable).countBy({ name }));
  if (known > 0) return false;
  await db.insert(JobLockTable, { name, holder: '', leaseUntil: 0 }).catch((error: unknown) => {
    // Another instance made the row at the same moment.
    if (!isUniqueViolation(error)) throw error;
  });
  return (await take()) === 1;
}

export async function releaseLock(db: Db, name: string, holder: string): Promise<void> {
  await db.write(actor, (tx) =>
    updateCount(tx.em, 'update job_lock set leaseUntil = 0 where name = ? and holder = ?', [name, holder]),
  );
}
