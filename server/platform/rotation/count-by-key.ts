import type { Db } from '../db/unit-of-work.ts';
import type { BlobStore } from '../files/index.ts';
import { everyFile, keyIdOfFile, type SealedFiles } from './sealed-files.ts';
import type { SealedColumn } from './sealed-columns.ts';
import type { Vault } from '../vault/index.ts';

/** How many values of one place lie under one key. */
export interface KeyCount {
  /** `person.mobileSealed`, or the name of a list of files. */
  readonly place: string;
  /** '' when a value has no key that can be read; for files also when their bytes are gone. */
  readonly keyId: string;
  readonly held: 'newest' | 'older' | 'unknown';
  readonly count: number;
}

export interface Places {
  readonly columns: readonly SealedColumn[];
  readonly files: readonly SealedFiles[];
}

/** What lies under which key, place by place. */
export async function countByKey(
  deps: { readonly db: Db; readonly vault: Pick<Vault, 'keyIds'>; readonly blobs: BlobStore },
  { columns, files }: Places,
): Promise<KeyCount[]> {
  const counts: KeyCount[] = [];
  const held = (keyId: string): KeyCount['held'] => {
    const place = deps.vault.keyIds.indexOf(keyId);
    return place === 0 ? 'newest' : place > 0 ? 'older' : 'unknown';
  };
  for (const { table, column } of columns) {
    const rows = await deps.db.read((reads) =>
      reads.em.query<{ keyId: string; howMany: number | string }[]>(
        `select substr(${column}, 4, 8) as keyId, count(*) as howMany from ${table}
         where ${column} is not null and ${column} <> '' group by substr(${column}, 4, 8)`,
      ),
    );
    for (const { keyId, howMany } of rows)
      counts.push({ place: `${table}.${column}`, keyId, held: held(keyId), count: Number(howMany) });
  }
  for (const list of files) {
    const byKey = new Map<string, number>();
    for await (const { fileKey } of everyFile(list, (work) => deps.db.read(work))) {
      const keyId = (await keyIdOfFile(deps.blobs, fileKey)) ?? '';
      byKey.set(keyId, (byKey.get(keyId) ?? 0) + 1);
    }
    for (const [keyId, count] of byKey) counts.push({ place: list.name, keyId, held: held(keyId), count });
  }
  return counts;
}

/** Values that the newest key does not hold. */
export const leftUnderOthers = (counts: readonly KeyCount[]): number =>
  counts.filter(({ held }) => held !== 'newest').reduce((sum, { count }) => sum + count, 0);
