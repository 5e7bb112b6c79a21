import { forbidden } from '../../../kernel/errors.ts';
import { saveWithVersion } from '../../../platform/db/rows.ts';
import type { Tx } from '../../../platform/db/unit-of-work.ts';
import { recordChange } from '../history.ts';
import { PersonTable } from '../tables.ts';
import { lockDirectory } from './lock-directory.ts';
import { personHere } from './person-here.ts';
import type { Personal } from './protect-personal.ts';

/**
 * The home address as the person gave it (S2-15c), or none any more. Who owns the field has accepted it: that right is
 * the caller's to check; nobody accepts their own (H3). It is in no read model and never in 企业微信, so nothing else
 * has to know of it.
 */
export const createSetAddress =
  (personal: Personal) =>
  async (tx: Tx, personId: string, address: string | null): Promise<boolean> => {
    if (tx.actor.kind === 'person' && tx.actor.personId === personId) throw forbidden('directory.own_record');
    await lockDirectory(tx);
    const person = await personHere(tx, personId);
    const known = person.addressSealed === null ? null : personal.reveal('address', person.addressSealed);
    const wanted = address?.trim() ?? null;
    if (known === wanted) return false;
    const next = wanted === null ? null : personal.protectAddress(wanted);
    await saveWithVersion(tx, PersonTable, person, {
      addressSealed: next?.sealed ?? null,
      addressMasked: next?.masked ?? null,
      updatedAt: tx.now,
    });
    recordChange(tx, {
      type: 'person',
      id: personId,
      kind: 'address',
      before: { address: person.addressMasked },
      after: { address: next?.masked ?? null },
    });
    return true;
  };
