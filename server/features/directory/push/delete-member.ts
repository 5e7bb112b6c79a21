import { RunAgain } from '../../../platform/jobs/index.ts';
import type { Db } from '../../../platform/db/unit-of-work.ts';
import { recordChange } from '../history.ts';
import { PersonTable } from '../tables.ts';
import { attemptRemoval, type DirectoryClient } from './client.ts';
import { claimMembers, forgetMember, memberMirrors, releaseMembers } from './mirror-store.ts';
import { PUSH_ACTOR } from './push-actor.ts';
import { CLAIMED_PAUSE_MS } from './write-member.ts';

/**
 * Delete one member. Looks at the present state first: who was employed again meanwhile is not deleted. A member
 * that is gone already is deleted (60111). The creator of the enterprise cannot be (301005): marked, and the record
 * stays disabled until somebody transfers that office (C11). What was done is kept as proof (S2-16c).
 */
export async function deleteMemberNow(
  { db, wecom }: { db: Db; wecom: DirectoryClient },
  personId: string,
  now: number,
): Promise<void> {
  const found = await db.read(async (reads) => (await memberMirrors(reads, [personId])).get(personId));
  if (!found) return;
  const { claim, personIds } = await db.write(PUSH_ACTOR, (tx) =>
    claimMembers(tx, [{ personId, userid: found.userid }]),
  );
  if (personIds.size === 0) throw new RunAgain(now + CLAIMED_PAUSE_MS, 'the member is being written');
  const release = () => db.write(PUSH_ACTOR, (tx) => releaseMembers(tx, claim, personIds, []));
  try {
    const person = await db.read((reads) => reads.em.getRepository(PersonTable).findOneBy({ id: personId }));
    if (person?.state !== 'left') return await release();
    const { userid } = found;
    const outcome = await attemptRemoval(now, () => wecom.user.delete(userid));
    await db.write(PUSH_ACTOR, async (tx) => {
      if (outcome.ok) await forgetMember(tx, personId, claim);
      else {
        const refused = {
          ...found,
          state: 'failed' as const,
          errorCode: outcome.errcode,
          errorFields: 'delete',
        };
        await releaseMembers(tx, claim, personIds, [{ ...refused, updatedAt: tx.now }]);
      }
      const after = outcome.ok ? { userid, result: 'gone' } : { userid, errorCode: outcome.errcode };
      const kind = outcome.ok ? 'memberDeleted' : 'memberNotDeleted';
      recordChange(tx, { type: 'person', id: personId, kind, after });
    });
  } catch (error) {
    await release();
    throw error;
  }
}
