import { randomBytes } from 'node:crypto';
import { conflict } from '../../kernel/errors.ts';
import { newId } from '../../kernel/id.ts';
import { insertRows } from '../db/rows.ts';
import type { Reads, Tx } from '../db/unit-of-work.ts';
import { type Vault, VaultError } from '../vault/index.ts';
import { KEY_BYTES } from './part-cipher.ts';
import { AuditPersonKeyTable, type AuditPersonKeyRow, PERSON_KEY_PURPOSE } from './tables.ts';

const PER_STATEMENT = 500;

export interface LivingKey {
  readonly keyId: string;
  readonly key: Buffer;
}

/**
 * The keys of these people; those who have none get one. Keys are in no memory of ours between two acts: one that was
 * destroyed is gone on every instance at once.
 */
export async function livingKeys(
  tx: Tx,
  vault: Vault,
  personIds: Iterable<string>,
): Promise<Map<string, LivingKey>> {
  // In one order for everybody: two units of work that need the same keys do not wait for each other in a circle.
  const wanted = [...new Set(personIds)].sort();
  const found = await living(tx, wanted);
  const without = wanted.filter((personId) => !found.has(personId));
  if (without.length > 0) {
    const made = without.map((personId) => newKey(vault, personId, tx.now));
    // Somebody else may make the same person's key at this moment: the unique key keeps one, and that one is read.
    await insertRows(tx, AuditPersonKeyTable, made, 'keep');
    for (const [personId, row] of await living(tx, without)) found.set(personId, row);
  }
  return new Map(
    wanted.map((personId) => {
      const row = found.get(personId);
      // Made by another and destroyed already: look again.
      if (!row) throw conflict('db.changed_meanwhile');
      const key = unwrap(vault, row);
      if (key === null) throw new VaultError('the key of a person cannot be opened');
      return [personId, { keyId: row.id, key }];
    }),
  );
}

async function living(tx: Tx, personIds: readonly string[]): Promise<Map<string, AuditPersonKeyRow>> {
  const found = new Map<string, AuditPersonKeyRow>();
  for (let at = 0; at < personIds.length; at += PER_STATEMENT) {
    const some = personIds.slice(at, at + PER_STATEMENT);
    const query = tx.em
      .getRepository(AuditPersonKeyTable)
      .createQueryBuilder('k')
      .where('k.livingFor in (:...some)', { some })
      .orderBy('k.livingFor');
    // Held until the act is written, so that it is not destroyed in between.
    const rows = await (tx.dialect === 'mysql' ? query.setLock('pessimistic_write') : query).getMany();
    for (const row of rows) found.set(row.personId, row);
  }
  return found;
}

function newKey(vault: Vault, personId: string, now: number): AuditPersonKeyRow {
  const id = newId();
  const key = randomBytes(KEY_BYTES).toString('base64url');
  return {
    id,
    personId,
    livingFor: personId,
    keySealed: vault.seal(PERSON_KEY_PURPOSE, [id, personId, key].join('.')),
    createdAt: now,
    destroyedAt: null,
  };
}

/** @returns null when it was destroyed, changed, or is somebody else's */
export function unwrap(
  vault: Vault,
  { id, personId, keySealed }: Pick<AuditPersonKeyRow, 'id' | 'personId' | 'keySealed'>,
): Buffer | null {
  if (keySealed === null) return null;
  try {
    const [ofKey, ofPerson, key = ''] = vault.open(PERSON_KEY_PURPOSE, keySealed).split('.');
    return ofKey === id && ofPerson === personId ? Buffer.from(key, 'base64url') : null;
  } catch (error) {
    if (error instanceof VaultError) return null;
    throw error;
  }
}

export async function keysOf(
  reads: Reads,
  keyIds: Iterable<string>,
): Promise<Map<string, AuditPersonKeyRow>> {
  const wanted = [...new Set(keyIds)];
  const found = new Map<string, AuditPersonKeyRow>();
  for (let at = 0; at < wanted.length; at += PER_STATEMENT) {
    const rows = await reads.em
      .getRepository(AuditPersonKeyTable)
      .createQueryBuilder('k')
      .where('k.id in (:...some)', { some: wanted.slice(at, at + PER_STATEMENT) })
      .getMany();
    for (const row of rows) found.set(row.id, row);
  }
  return found;
}
