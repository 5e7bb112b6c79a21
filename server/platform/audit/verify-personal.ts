import { In } from 'typeorm';
import type { Db, Reads } from '../db/unit-of-work.ts';
import type { Vault } from '../vault/index.ts';
import type { ChainFault } from './chain.ts';
import { FORGOTTEN } from './forget-person.ts';
import { digestOf, openPart } from './part-cipher.ts';
import { keysOf, unwrap } from './person-keys.ts';
import {
  type AuditEntryRow,
  AuditEntryTable,
  type AuditPersonalRow,
  AuditPersonalTable,
  type AuditPersonKeyRow,
} from './tables.ts';

/** More of one kind would tell nobody more. */
const AT_MOST = 100;

/**
 * Holds personal parts against the digests in the chain, and their keys against what is said about them. Needs no key
 * for the parts; with the vault it also finds a key that was exchanged.
 */
export function createPersonalCheck(vault: Vault | null) {
  const faults: ChainFault[] = [];
  const told = new Set<string>();
  /** Destroyed keys: whose, and the first entry. */
  const destroyedKeys = new Map<string, { readonly personId: string; readonly seq: number }>();
  let destroyed = 0;

  const once = (kind: ChainFault['kind'], keyId: string, seq: number) => {
    if (told.has(keyId)) return;
    told.add(keyId);
    faults.push({ kind, seq });
  };

  function checkKey(part: AuditPersonalRow, key: AuditPersonKeyRow | undefined, seq: number): void {
    if (!key) return once('key_missing', part.keyId, seq);
    if ((key.keySealed === null) !== (key.destroyedAt !== null)) return once('key_changed', key.id, seq);
    if (key.keySealed === null) {
      destroyed += 1;
      if (!destroyedKeys.has(key.id)) destroyedKeys.set(key.id, { personId: part.personId, seq });
      return;
    }
    if (!vault) return;
    const bytes = unwrap(vault, key);
    if (bytes === null || openPart(bytes, part) === null) once('key_changed', key.id, seq);
  }

  return {
    async slice(reads: Reads, entries: readonly AuditEntryRow[]): Promise<void> {
      const owners = entries.filter(({ personalDigest }) => personalDigest !== null);
      if (owners.length === 0) return;
      const found = await reads.em
        .getRepository(AuditPersonalTable)
        .findBy({ id: In(owners.map(({ id }) => id)) });
      const parts = new Map(found.map((part) => [part.id, part]));
      const keys = await keysOf(
        reads,
        found.map(({ keyId }) => keyId),
      );
      for (const { id, seq, personalDigest } of owners) {
        const place = seq ?? 0;
        const part = parts.get(id);
        if (!part) faults.push({ kind: 'personal_missing', seq: place });
        else if (digestOf(part) !== personalDigest) faults.push({ kind: 'personal_changed', seq: place });
        else checkKey(part, keys.get(part.keyId), place);
      }
    },
    async finish(db: Db): Promise<{ destroyed: number; faults: readonly ChainFault[] }> {
      const recorded = await db.read((reads) => recordedKeys(reads, destroyedKeys.values()));
      for (const [keyId, { seq }] of destroyedKeys)
        if (!recorded.has(keyId)) faults.push({ kind: 'key_destroyed', seq });
      faults.push(...(await db.read(foreignParts)));
      return { destroyed, faults };
    },
  };
}

/** Keys of which an entry says that they were destroyed. */
async function recordedKeys(
  reads: Reads,
  people: Iterable<{ readonly personId: string }>,
): Promise<Set<string>> {
  const recorded = new Set<string>();
  for (const personId of new Set([...people].map((one) => one.personId))) {
    const rows = await reads.em
      .getRepository(AuditEntryTable)
      .findBy({ targetType: 'person', targetId: personId, action: FORGOTTEN });
    for (const { after } of rows)
      for (const keyId of (after as { keyIds: string[] }).keyIds) recorded.add(keyId);
  }
  return recorded;
}

/** Parts of entries that have none, or of no entry at all. */
async function foreignParts(reads: Reads): Promise<ChainFault[]> {
  const rows = await reads.em.query<{ seq: number | string | null }[]>(
    `select e.seq as seq from audit_personal p left join audit_entry e on e.id = p.id
     where e.id is null or e.personalDigest is null limit ${AT_MOST}`,
  );
  return rows.map(({ seq }) => ({ kind: 'personal_inserted', seq: Number(seq ?? 0) }));
}
