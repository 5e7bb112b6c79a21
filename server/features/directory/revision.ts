import { newId } from '../../kernel/id.ts';
import { insertRows, updateCount } from '../../platform/db/rows.ts';
import type { Db, Gathered, Reads, Tx } from '../../platform/db/unit-of-work.ts';
import { lockDirectory, REVISION, told } from './commands/lock-directory.ts';
import { DirectoryChangeTable, DirectoryRevisionTable, type DirectoryChangeRow } from './tables.ts';

/** Changes with every change of the directory; '' before the first one. */
export async function revisionStamp(reads: Reads): Promise<string> {
  await writeTouched(reads);
  // Somebody else in this unit of work may be writing it right now.
  await told.get(reads);
  return storedStamp(reads);
}

async function storedStamp({ em }: Reads): Promise<string> {
  const rows: { stamp: string }[] = await em.query('select stamp from directory_revision where id = ?', [
    REVISION,
  ]);
  return rows[0]?.stamp ?? '';
}

/**
 * The same for a unit of work that asks again and again: one directory, until it changes it or waits for whoever does.
 * Outside of one nothing is kept.
 */
export async function stampOfWork(reads: Reads): Promise<string> {
  if (!('actor' in reads)) return storedStamp(reads);
  await writeTouched(reads);
  const asked = told.get(reads) ?? storedStamp(reads);
  told.set(reads, asked);
  return asked;
}

export const forgetStamp = (reads: Reads): void => void told.delete(reads);

/** More than this many people, and reading everybody is no more work. */
const MAX_NAMED = 500;

interface Touched {
  readonly tx: Tx;
  readonly stamp: string;
  /** Null: perhaps everybody. */
  personIds: Set<string> | null;
}

/** What a unit of work changed since it last asked for the directory. */
const touched = new WeakMap<Reads, Touched>();
const TOUCHED: Gathered<Tx> = { name: 'directory.touched' };

/**
 * Tell every instance that its copy is old. A random stamp, not a counter: a number given out by a unit of work
 * that rolled back would come again with other content. It is written once for all changes of a unit of work, before
 * the commit or before the unit of work itself reads the directory.
 * Called after the rows are written and before anybody reads the directory in this unit of work.
 * @param personIds whose rows or posts this unit of work changed since the last touch; null: perhaps everybody's
 */
export async function touchRevision(tx: Tx, personIds: readonly string[] | null): Promise<string> {
  // Whose stamp came before is only known while nobody else can touch.
  await lockDirectory(tx);
  const one = touched.get(tx) ?? beginTouch(tx);
  if (personIds === null) one.personIds = null;
  else for (const personId of personIds) one.personIds?.add(personId);
  return one.stamp;
}

function beginTouch(tx: Tx): Touched {
  const one = { tx, stamp: newId(), personIds: new Set<string>() };
  touched.set(tx, one);
  tx.gather(TOUCHED, tx);
  return one;
}

/** Units of work on this database end with the stamp of what they changed. */
export const stampChanges = (db: Db): void => db.onGathered(TOUCHED, writeTouched);

async function writeTouched(reads: Reads): Promise<void> {
  const one = touched.get(reads);
  if (!one) return;
  touched.delete(reads);
  const written = writeStamp(one);
  // At once: who asks while it is being written waits for it, instead of reading what stood there before.
  told.set(reads, written);
  await written;
}

async function writeStamp(one: Touched): Promise<string> {
  const { tx, stamp } = one;
  const previous = await storedStamp(tx);
  const updated = await updateCount(
    tx.em,
    'update directory_revision set stamp = ?, changedAt = ? where id = ?',
    [stamp, tx.now, REVISION],
  );
  if (updated === 0)
    await insertRows(tx, DirectoryRevisionTable, [{ id: REVISION, stamp, changedAt: tx.now }]);
  const personIds = one.personIds && one.personIds.size <= MAX_NAMED ? [...one.personIds] : null;
  await insertRows(tx, DirectoryChangeTable, [{ id: stamp, previous, personIds, changedAt: tx.now }]);
  return stamp;
}

/** What the revision of this stamp changed; null when nobody remembers. */
export const changeOfRevision = (reads: Reads, stamp: string): Promise<DirectoryChangeRow | null> =>
  reads.em.getRepository(DirectoryChangeTable).findOneBy({ id: stamp });
