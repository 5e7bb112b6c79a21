import { insertRows } from '../../../platform/db/rows.ts';
import type { Reads, Tx } from '../../../platform/db/unit-of-work.ts';
import { DirectoryRevisionTable } from '../tables.ts';

/** The one row of directory_revision that names the directory's present state. */
export const REVISION = 'directory';

/**
 * One change of the directory at a time: what a rule looks at (who reports to whom, which names a unit's siblings
 * have) must not be changed by another unit of work before this one ends (C16). Every change locks the revision at
 * its end anyway; taken first, two of them wait instead of meeting in a deadlock. SQLite runs units of work one by
 * one. We read what is committed, not a snapshot, so what is read after the lock is the present state.
 */
export async function lockDirectory(tx: Tx): Promise<void> {
  if (tx.dialect !== 'mysql' || holding.has(tx)) return;
  const lock = async () => {
    const rows: unknown[] = await tx.em.query('select id from directory_revision where id = ? for update', [
      REVISION,
    ]);
    return rows.length > 0;
  };
  if (!(await lock())) {
    await insertRows(tx, DirectoryRevisionTable, [{ id: REVISION, stamp: '', changedAt: tx.now }], 'keep');
    await lock();
  }
  holding.add(tx);
  told.delete(tx);
}

/** The stamp a unit of work was told: old once it has waited here. */
export const told = new WeakMap<Reads, Promise<string>>();

/** A lock is held until its unit of work ends: many changes in one ask for it once. */
const holding = new WeakSet<Tx>();
