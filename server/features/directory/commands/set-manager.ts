import { refused } from '../../../kernel/errors.ts';
import { saveWithVersion } from '../../../platform/db/rows.ts';
import type { Tx } from '../../../platform/db/unit-of-work.ts';
import { recordChange } from '../history.ts';
import { mustMaintainAnother } from '../policy.ts';
import { PersonTable } from '../tables.ts';
import type { Consequences } from './consequences.ts';
import { lockDirectory } from './lock-directory.ts';
import { personHere } from './person-here.ts';

/** Direct superior (C15, C16). The loop check runs under the directory's lock: two edits cannot close one together. */
export function createSetManager(consequences: Consequences) {
  return async function setManager(tx: Tx, personId: string, managerId: string | null): Promise<boolean> {
    mustMaintainAnother(tx.actor, personId);
    await lockDirectory(tx);
    const person = await personHere(tx, personId);
    if (person.managerId === managerId) return false;
    if (managerId !== null) {
      await personHere(tx, managerId);
      if (await isAbove(tx, personId, managerId)) throw refused('directory.manager_loop');
    }
    await saveWithVersion(tx, PersonTable, person, { managerId, updatedAt: tx.now });
    recordChange(tx, {
      type: 'person',
      id: personId,
      kind: 'manager',
      before: { managerId: person.managerId },
      after: { managerId },
    });
    await consequences.peopleChanged(tx, [{ personId, kind: 'updated' }]);
    return true;
  };
}

/** Is `personId` the other one, or above them? */
async function isAbove(tx: Tx, personId: string, otherId: string): Promise<boolean> {
  const seen = new Set<string>();
  for (let at: string | null = otherId; at !== null && !seen.has(at);) {
    if (at === personId) return true;
    seen.add(at);
    const rows: { managerId: string | null }[] = await tx.em.query(
      'select managerId from person where id = ?',
      [at],
    );
    at = rows[0]?.managerId ?? null;
  }
  return false;
}
