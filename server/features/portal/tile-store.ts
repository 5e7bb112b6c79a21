/** What stands on people's tiles as far as we know, so that nothing is called that says the same again. */
import { insertRows, saveWithVersion, updateCount } from '../../platform/db/rows.ts';
import type { Reads, Tx } from '../../platform/db/unit-of-work.ts';
import { TileTable, type TileNumbers, type TileRow } from './tables.ts';

export const loadTile = ({ em }: Reads, personId: string): Promise<TileRow | null> =>
  em.getRepository(TileTable).findOneBy({ id: personId });

const UNKNOWN: TileNumbers = { todo: {}, unread: 0, running: 0 };

/**
 * Before the call: from here on it is not known what stands there, and whoever began before is told so when done.
 * @returns the version to report with
 */
export async function beginShowing(tx: Tx, personId: string): Promise<number> {
  const known = await loadTile(tx, personId);
  if (known !== null) {
    await saveWithVersion(tx, TileTable, known, { isShown: false });
    return known.version + 1;
  }
  const row = { id: personId, numbers: UNKNOWN, isShown: false, saidAt: tx.now, version: 1 };
  await insertRows(tx, TileTable, [row]);
  return row.version;
}

/** After the call. False: somebody else began meanwhile, and which of the two came last is not known. */
export async function endShowing(
  tx: Tx,
  personId: string,
  version: number,
  numbers: TileNumbers,
): Promise<boolean> {
  const known = await loadTile(tx, personId);
  if (known === null) return false;
  const isLast = known.version === version;
  await saveWithVersion(
    tx,
    TileTable,
    known,
    isLast ? { numbers, isShown: true, saidAt: tx.now } : { isShown: false },
  );
  return isLast;
}

/** People whose tile may say something else than what is so, by id, after the one given. */
export async function notShownAfter({ em }: Reads, personId: string, limit: number): Promise<string[]> {
  const rows = await em.query<{ id: string }[]>(
    `select id from workbench_tile where isShown = 0 and id > ? order by id limit ${limit}`,
    [personId],
  );
  return rows.map(({ id }) => id);
}

/** The template was put anew: what members had may be gone. */
export const forgetShown = async ({ em }: Tx): Promise<void> =>
  void (await updateCount(
    em,
    'update workbench_tile set isShown = 0, version = version + 1 where isShown = 1',
    [],
  ));

export const dropTile = async ({ em }: Tx, personId: string): Promise<void> =>
  void (await em.query('delete from workbench_tile where id = ?', [personId]));
