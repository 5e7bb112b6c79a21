import type { Db, Reads, Tx } from '../db/unit-of-work.ts';
import type { Vault } from '../vault/index.ts';
import { digestOf, openPart, sealPart } from './part-cipher.ts';
import { keysOf, livingKeys, unwrap } from './person-keys.ts';
import { PERSONAL, type PersonalAct } from './record.ts';
import { AuditEntryTable, type AuditPersonalRow, AuditPersonalTable } from './tables.ts';

type Fields = Readonly<Record<string, unknown>>;

export type PersonalPart =
  | {
      readonly state: 'open';
      readonly personId: string;
      readonly before: Fields | null;
      readonly after: Fields | null;
    }
  /** The key is destroyed: nobody can read it any more. */
  | { readonly state: 'destroyed'; readonly personId: string; readonly at: number }
  /** The vault does not open the key, or one of both was changed. */
  | { readonly state: 'unreadable'; readonly personId: string };

/** From now on acts of this process may have a personal part; without this their units of work fail. */
export function keepPersonalParts(db: Db, vault: Vault): void {
  db.onGathered(PERSONAL, (tx, acts) => keep(tx, vault, acts));
}

async function keep(tx: Tx, vault: Vault, acts: readonly PersonalAct[]): Promise<void> {
  const keys = await livingKeys(
    tx,
    vault,
    acts.map(({ personal }) => personal.personId),
  );
  for (const { entry, personal } of acts) {
    const { personId, before, after } = personal;
    const known = keys.get(personId);
    if (!known) throw new Error('a personal part without a key');
    const owner = { id: entry.id, personId, keyId: known.keyId };
    const row: AuditPersonalRow = { ...owner, sealed: sealPart(known.key, owner, { before, after }) };
    tx.append(AuditPersonalTable, row);
    tx.append(AuditEntryTable, { ...entry, personalDigest: digestOf(row) });
  }
}

/** Opens personal parts, for whom a policy allows it: this asks nobody. By entry; entries without one are left out. */
export type OpenPersonal = (
  reads: Reads,
  entryIds: readonly string[],
) => Promise<ReadonlyMap<string, PersonalPart>>;

/** At most some hundred entries at a time. */
export function createOpenPersonal(vault: Vault): OpenPersonal {
  return async (reads, entryIds) => {
    if (entryIds.length === 0) return new Map();
    const rows = await reads.em
      .getRepository(AuditPersonalTable)
      .createQueryBuilder('p')
      .where('p.id in (:...entryIds)', { entryIds: [...entryIds] })
      .getMany();
    const keys = await keysOf(
      reads,
      rows.map(({ keyId }) => keyId),
    );
    return new Map(
      rows.map((row): [string, PersonalPart] => {
        const { id, personId, keyId } = row;
        const key = keys.get(keyId);
        if (key && key.destroyedAt !== null)
          return [id, { state: 'destroyed', personId, at: key.destroyedAt }];
        const bytes = key ? unwrap(vault, key) : null;
        const fields = bytes && (openPart(bytes, row) as { before?: Fields; after?: Fields } | null);
        if (!fields) return [id, { state: 'unreadable', personId }];
        return [id, { state: 'open', personId, before: fields.before ?? null, after: fields.after ?? null }];
      }),
    );
  };
}
