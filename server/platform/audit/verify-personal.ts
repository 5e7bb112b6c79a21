import { z } from 'zod';
import type { Db, Reads } from '../db/unit-of-work.ts';
import type { Vault } from '../vault/index.ts';
import type { ChainFault } from './chain.ts';
import { FORGOTTEN } from './forget-person.ts';
import { digestOf, openPart } from './part-cipher.ts';
import { unwrap } from './person-keys.ts';
import { storedJson } from './read-entries.ts';
import type { AuditEntryRow, AuditPersonalRow } from './tables.ts';

const Forgotten = z.object({ keyIds: z.array(z.string()) });

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

  function checkKey(part: StoredPart, seq: number): void {
    const { keyId, keySealed } = part;
    if (part.foundKey === null) return once('key_missing', keyId, seq);
    if ((keySealed === null) !== (part.destroyedAt !== null)) return once('key_changed', keyId, seq);
    if (keySealed === null) {
      destroyed += 1;
      if (!destroyedKeys.has(keyId)) destroyedKeys.set(keyId, { personId: part.personId, seq });
      return;
    }
    if (!vault) return;
    const bytes = unwrap(vault, { id: keyId, personId: part.ofPerson, keySealed });
    if (bytes === null || openPart(bytes, part) === null) once('key_changed', keyId, seq);
  }

  return {
    async slice(reads: Reads, entries: readonly AuditEntryRow[]): Promise<void> {
      const owners = entries.filter(({ personalDigest }) => personalDigest !== null);
      if (owners.length === 0) return;
      const parts = await partsOf(reads, entries);
      for (const { id, seq, personalDigest } of owners) {
        const place = seq ?? 0;
        const part = parts.get(id);
        if (!part) faults.push({ kind: 'personal_missing', seq: place });
        else if (digestOf(part) !== personalDigest) faults.push({ kind: 'personal_changed', seq: place });
        else checkKey(part, place);
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

/** A personal part with what is stored of its key. */
interface StoredPart extends AuditPersonalRow {
  readonly foundKey: string | null;
  readonly ofPerson: string;
  readonly keySealed: string | null;
  readonly destroyedAt: number | string | null;
}

/** Rows and no entities, as in read-entries.ts. */
async function partsOf(reads: Reads, entries: readonly AuditEntryRow[]): Promise<Map<string, StoredPart>> {
  const rows = await reads.em.query<StoredPart[]>(
    `select p.id, p.personId, p.keyId, p.sealed, k.id as foundKey, k.personId as ofPerson, k.keySealed, k.destroyedAt
     from audit_entry e join audit_personal p on p.id = e.id left join audit_person_key k on k.id = p.keyId
     where e.seq >= ? and e.seq <= ?`,
    [entries[0]?.seq, entries.at(-1)?.seq],
  );
  return new Map(rows.map((row) => [row.id, row]));
}

/** Keys of which an entry says that they were destroyed. */
async function recordedKeys(
  reads: Reads,
  people: Iterable<{ readonly personId: string }>,
): Promise<Set<string>> {
  const recorded = new Set<string>();
  for (const personId of new Set([...people].map((one) => one.personId))) {
    const rows = await reads.em.query<{ after: string | null }[]>(
      `select e.after from audit_entry e where e.targetType = 'person' and e.targetId = ? and e.action = ?`,
      [personId, FORGOTTEN],
    );
    // An entry that somebody changed may say anything; what it does not say is not recorded.
    for (const { after } of rows)
      for (const keyId of Forgotten.safeParse(storedJson(after)).data?.keyIds ?? []) recorded.add(keyId);
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
