import { In } from 'typeorm';
import { conflict } from '../../kernel/errors.ts';
import { updateCount } from '../db/rows.ts';
import type { Reads, Tx } from '../db/unit-of-work.ts';
import { recordAct } from './record.ts';
import { AuditPersonalTable, AuditPersonKeyTable } from './tables.ts';

export const FORGOTTEN = 'audit.forgetPerson';

/**
 * H9: destroy a person's key. What the record says about them in their own words and data is unreadable from the
 * commit on, on every instance; the chain stays whole. Whether it may be done is the caller's to know. Acts about the
 * person that follow get a new key.
 * @param said what the entry tells besides, without anything personal
 * @returns how many entries lost their personal part; 0 when there was no key.
 */
export async function forgetPerson(
  tx: Tx,
  personId: string,
  said: Readonly<Record<string, unknown>> = {},
): Promise<number> {
  const query = tx.em
    .getRepository(AuditPersonKeyTable)
    .createQueryBuilder('k')
    .where('k.personId = :personId and k.keySealed is not null', { personId })
    .orderBy('k.id');
  const keys = await (tx.dialect === 'mysql' ? query.setLock('pessimistic_write') : query).getMany();
  if (keys.length === 0) return 0;
  const keyIds = keys.map(({ id }) => id);
  const destroyed = await updateCount(
    tx.em,
    `update audit_person_key set keySealed = null, livingFor = null, destroyedAt = ?
     where keySealed is not null and id in (${keyIds.map(() => '?').join(', ')})`,
    [tx.now, ...keyIds],
  );
  if (destroyed !== keyIds.length) throw conflict('db.changed_meanwhile');
  const entries = await tx.em.getRepository(AuditPersonalTable).countBy({ keyId: In(keyIds) });
  recordAct(tx, {
    action: FORGOTTEN,
    targetType: 'person',
    targetId: personId,
    after: { ...said, keyIds, entries },
  });
  return entries;
}

/** Keys that are there, by the person they are of. */
export async function livingKeysOf(reads: Reads): Promise<Map<string, string>> {
  const rows: { id: string; livingFor: string }[] = await reads.em.query(
    'select id, livingFor from audit_person_key where livingFor is not null',
  );
  return new Map(rows.map(({ id, livingFor }) => [livingFor, id]));
}
