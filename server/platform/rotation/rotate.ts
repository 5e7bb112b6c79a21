import { systemActor } from '../../kernel/actor.ts';
import { recordAct } from '../audit/index.ts';
import { updateCount } from '../db/rows.ts';
import type { Db, Tx } from '../db/unit-of-work.ts';
import type { BlobStore } from '../files/index.ts';
import type { Places } from './count-by-key.ts';
import type { SealedColumn } from './sealed-columns.ts';
import { everyFile, keyIdOfFile, openSealedFile, type SealedFile, type SealedFiles } from './sealed-files.ts';
import type { Vault } from '../vault/index.ts';

export interface Rotated {
  readonly place: string;
  readonly resealed: number;
  /** Fingerprints that were made anew. */
  readonly printed: number;
  /** Somebody wrote the value meanwhile, with the newest key: nothing of ours to do. */
  readonly meanwhile: number;
  /** No key we have opens it, or its bytes are gone: left as it is. */
  readonly unreadable: number;
}

interface Deps {
  readonly db: Db;
  readonly vault: Vault;
  readonly blobs: BlobStore;
  readonly onProgress?: (place: string, done: number) => void;
}

const actor = systemActor('cli:vault');
const ROWS = 200;
const CHARACTERS = 8_000_000;
/** `v1.<key>.` and the nonce: no two seals share it, so it stands for the whole value. */
const MARK = 29;

/**
 * Seal anew, with the newest key, what lies under another one. Each batch is a unit of work of its own and each row is
 * written only if it still holds what was read: cut off anywhere it goes on where it was, and several may run at once.
 * @param prints make fingerprints anew as well, under the present fingerprint key; every value is opened for it
 */
export async function rotate(
  deps: Deps,
  { columns, files }: Places,
  { prints = false }: { prints?: boolean } = {},
): Promise<Rotated[]> {
  const results: Rotated[] = [];
  for (const column of columns) results.push(await rotateColumn(deps, column, prints));
  for (const list of files) results.push(await rotateFiles(deps, list));
  await deps.db.write(actor, async (tx) =>
    recordAct(tx, {
      action: 'vault.rotate',
      targetType: 'vault',
      targetId: deps.vault.keyIds[0] ?? '',
      after: {
        places: results.filter(({ resealed, printed, unreadable }) => resealed + printed + unreadable > 0),
      },
    }),
  );
  return results;
}

interface Tally {
  resealed: number;
  printed: number;
  meanwhile: number;
  unreadable: number;
}
const none = (): Tally => ({ resealed: 0, printed: 0, meanwhile: 0, unreadable: 0 });

interface Held {
  readonly id: string;
  readonly sealed: string;
  readonly print: string | null;
}

async function rotateColumn(deps: Deps, at: SealedColumn, prints: boolean): Promise<Rotated> {
  const place = `${at.table}.${at.column}`;
  const tally = none();
  const withPrints = prints && at.print !== null;
  let after = '';
  for (;;) {
    const { rows, last } = await nextBatch(deps, at, after, withPrints);
    if (last === null) break;
    const anew = rows.flatMap((row) => sealAnew(deps.vault, at, row, withPrints, tally));
    if (anew.length > 0) await deps.db.write(actor, (tx) => writeBatch(tx, at, anew, tally));
    after = last;
    deps.onProgress?.(place, tally.resealed + tally.printed);
  }
  return { place, ...tally };
}

interface Batch {
  readonly rows: readonly Held[];
  /** Where to go on; null at the end. Rows may have gone since they were counted, so it is not read from them. */
  readonly last: string | null;
}

/** The next rows that need it, as many as fit: a part of a push can be megabytes, a mobile number is not. */
async function nextBatch(deps: Deps, at: SealedColumn, after: string, all: boolean): Promise<Batch> {
  const { table, column, idColumn, print } = at;
  const stale = all ? '' : `and substr(${column}, 1, 12) <> ?`;
  const keys = all ? [] : [`v1.${deps.vault.keyIds[0] ?? ''}.`];
  return deps.db.read(async (reads) => {
    const sizes = await reads.em.query<{ id: string; size: number | string }[]>(
      `select ${idColumn} as id, length(${column}) as size from ${table}
       where ${idColumn} > ? and ${column} is not null and ${column} <> '' ${stale}
       order by ${idColumn} limit ${ROWS}`,
      [after, ...keys],
    );
    let sum = 0;
    const fitting = sizes.filter(({ size }, place) => (sum += Number(size)) <= CHARACTERS || place === 0);
    if (fitting.length === 0) return { rows: [], last: null };
    const rows = await reads.em.query<Held[]>(
      `select ${idColumn} as id, ${column} as sealed, ${print?.column ?? 'null'} as print from ${table}
       where ${idColumn} in (${fitting.map(() => '?').join(', ')}) and ${column} is not null and ${column} <> ''
       order by ${idColumn}`,
      fitting.map(({ id }) => id),
    );
    return { rows, last: fitting.at(-1)?.id ?? null };
  });
}

interface Anew extends Held {
  readonly resealed: string | null;
  readonly reprinted: string | null;
}

function sealAnew(vault: Vault, at: SealedColumn, row: Held, prints: boolean, tally: Tally): Anew[] {
  const plain = opened(vault, at.purpose, row.sealed);
  if (plain === null) {
    tally.unreadable += 1;
    return [];
  }
  const print = prints && at.print ? vault.fingerprint(at.print.purpose, plain) : row.print;
  const resealed = vault.isStale(row.sealed) ? vault.seal(at.purpose, plain) : null;
  const reprinted = print === row.print ? null : print;
  return resealed === null && reprinted === null ? [] : [{ ...row, resealed, reprinted }];
}

function opened(vault: Vault, purpose: string, sealed: string): string | null {
  try {
    return vault.open(purpose, sealed);
  } catch {
    return null;
  }
}

async function writeBatch(tx: Tx, at: SealedColumn, rows: readonly Anew[], tally: Tally): Promise<void> {
  // A clash runs this again from the start: it counts into its own tally first.
  const mine = none();
  for (const { id, sealed, resealed, reprinted } of rows) {
    const changes = [
      ...(resealed === null ? [] : [[at.column, resealed] as const]),
      ...(reprinted === null || at.print === null ? [] : [[at.print.column, reprinted] as const]),
    ];
    const changed = await updateCount(
      tx.em,
      `update ${at.table} set ${changes.map(([name]) => `${name} = ?`).join(', ')}
       where ${at.idColumn} = ? and substr(${at.column}, 1, ${MARK}) = ?`,
      [...changes.map(([, value]) => value), id, sealed.slice(0, MARK)],
    );
    if (changed === 0) mine.meanwhile += 1;
    else {
      mine.resealed += resealed === null ? 0 : 1;
      mine.printed += reprinted === null ? 0 : 1;
    }
  }
  tx.afterCommit(() => {
    tally.resealed += mine.resealed;
    tally.printed += mine.printed;
    tally.meanwhile += mine.meanwhile;
  });
}

async function rotateFiles(deps: Deps, list: SealedFiles): Promise<Rotated> {
  const tally = none();
  for await (const file of everyFile(list, (work) => deps.db.read(work))) {
    const what = await rotateFile(deps, list, file);
    if (what === null) continue;
    tally[what] += 1;
    deps.onProgress?.(list.name, tally.resealed);
  }
  return { place: list.name, ...tally };
}

/** New bytes first, then the row, then the old bytes: whatever is cut off, the row points at bytes that are there. */
async function rotateFile(
  { db, vault, blobs }: Deps,
  list: SealedFiles,
  { id, fileKey }: SealedFile,
): Promise<keyof Tally | null> {
  const keyId = await keyIdOfFile(blobs, fileKey);
  if (keyId === vault.keyIds[0]) return null;
  const sealed = keyId === null ? null : await openSealedFile(blobs, fileKey).catch(() => null);
  const plain = sealed === null ? null : opened(vault, list.purpose, sealed);
  if (plain === null) return 'unreadable';
  const anew = await blobs.put(Buffer.from(vault.seal(list.purpose, plain)));
  const replaced = await db.write(actor, (tx) => list.replace(tx, id, fileKey, anew));
  await blobs.remove(replaced ? fileKey : anew);
  return replaced ? 'resealed' : 'meanwhile';
}
