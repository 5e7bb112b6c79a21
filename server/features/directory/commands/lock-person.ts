import { notFound } from '../../../kernel/errors.ts';
import { recordAct } from '../../../platform/audit/index.ts';
import { saveWithVersion } from '../../../platform/db/rows.ts';
import type { Tx } from '../../../platform/db/unit-of-work.ts';
import { mustMaintainAnother } from '../policy.ts';
import { PersonTable } from '../tables.ts';
import type { Consequences } from './consequences.ts';

/**
 * Lock and unlock an account (rule C13): sign-in is refused at once (access raises the epoch), 企业微信 gets
 * `enable=0`; posts stay as they are, so that unlocking restores everything.
 */
export function createLockPerson(consequences: Consequences) {
  const setState = async (tx: Tx, personId: string, state: 'active' | 'locked') => {
    mustMaintainAnother(tx.actor, personId);
    const person = await tx.em.getRepository(PersonTable).findOneBy({ id: personId });
    if (!person || person.state === 'left') throw notFound('directory.unknown_person');
    if (person.state === state) return;
    await saveWithVersion(tx, PersonTable, person, { state, updatedAt: tx.now });
    recordAct(tx, {
      action: state === 'locked' ? 'directory.lock' : 'directory.unlock',
      targetType: 'person',
      targetId: personId,
      before: { state: person.state },
      after: { state },
    });
    await consequences.personChanged(tx, { personId, kind: state === 'locked' ? 'locked' : 'unlocked' });
  };
  return {
    lockPerson: (tx: Tx, personId: string) => setState(tx, personId, 'locked'),
    unlockPerson: (tx: Tx, personId: string) => setState(tx, personId, 'active'),
  };
}
