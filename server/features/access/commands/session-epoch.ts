import { insertRows, updateCount } from '../../../platform/db/rows.ts';
import type { Tx } from '../../../platform/db/unit-of-work.ts';
import { PersonSessionTable } from '../tables.ts';

/** Ends every session of this person with their next request, once the revision is touched. */
export async function raiseEpoch(tx: Tx, personId: string): Promise<void> {
  const raised = await updateCount(
    tx.em,
    'update person_session set epoch = epoch + 1, raisedAt = ? where id = ?',
    [tx.now, personId],
  );
  if (raised === 0) await insertRows(tx, PersonSessionTable, [{ id: personId, epoch: 1, raisedAt: tx.now }]);
}
