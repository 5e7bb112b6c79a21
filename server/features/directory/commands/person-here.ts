import { notFound, refused } from '../../../kernel/errors.ts';
import type { Tx } from '../../../platform/db/unit-of-work.ts';
import { PersonTable, type PersonRow } from '../tables.ts';

export async function knownPerson(tx: Tx, personId: string): Promise<PersonRow> {
  const person = await tx.em.getRepository(PersonTable).findOneBy({ id: personId });
  if (!person) throw notFound('directory.unknown_person');
  return person;
}

/** Somebody employed, locked or not. @throws refused `directory.has_left` for a former one */
export async function personHere(tx: Tx, personId: string): Promise<PersonRow> {
  const person = await knownPerson(tx, personId);
  if (person.state === 'left') throw refused('directory.has_left');
  return person;
}
