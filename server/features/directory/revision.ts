import { newId } from '../../kernel/id.ts';
import { insertRows, updateCount } from '../../platform/db/rows.ts';
import type { Reads, Tx } from '../../platform/db/unit-of-work.ts';
import { lockDirectory, REVISION } from './commands/lock-directory.ts';
import { DirectoryChangeTable, DirectoryRevisionTable, type DirectoryChangeRow } from './tables.ts';

/** Changes with every change of the directory; '' before the first one. */
export async function revisionStamp(reads: Reads): Promise<string> {
  const rows: { stamp: string }[] = await reads.em.query(
    'select stamp from directory_revision where id = ?',
    [REVISION],
  );
  return rows[0]?.stamp ?? '';
}

/** More than this many people, and reading everybody is no more work. */
const MAX_NAMED = 500;

/**
 * Tell every instance that its copy is old. A random stamp, not a counter: a number given out by a unit of work
 * that rolled back would come again with other content.
 * Called after the rows are written and before anybody reads the directory in this unit of work.
 * @param personIds whose rows or posts this unit of work changed since the last touch; null: perhaps everybody's
 */
export async function touchRevision(tx: Tx, personIds: readonly string[] | null): Promise<string> {
  // Whose stamp came before is only known while nobody else can touch.
  await lockDirectory(tx);
  const previous = await revisionStamp(tx);
  const stamp = newId();
  const updated = await updateCount(
    tx.em,
    'update directory_revision set stamp = ?, changedAt = ? where id = ?',
    [stamp, tx.now, REVISION],
  );
  if (updated === 0)
    await insertRows(tx, DirectoryRevisionTable, [{ id: REVISION, stamp, changedAt: tx.now }]);
  const named = personIds && personIds.length <= MAX_NAMED ? [...new Set(personIds)] : null;
  await insertRows(tx, DirectoryChangeTable, [{ id: stamp, previous, personIds: named, changedAt: tx.now }]);
  return stamp;
}

/** What the revision of this stamp changed; null when nobody remembers. */
export const changeOfRevision = (reads: Reads, stamp: string): Promise<DirectoryChangeRow | null> =>
  reads.em.getRepository(DirectoryChangeTable).findOneBy({ id: stamp });
