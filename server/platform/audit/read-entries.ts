import type { Db, Reads } from '../db/unit-of-work.ts';
import type { AuditEntryRow } from './tables.ts';

/** As the drivers give it: counters may come as text, JSON does. */
interface StoredEntry extends Omit<AuditEntryRow, 'at' | 'before' | 'after' | 'seq' | 'format'> {
  readonly at: number | string;
  readonly before: string | null;
  readonly after: string | null;
  readonly seq: number | string;
  readonly format: number | string;
}

/** Before every place, also those no sealer gives: what somebody put at 0 or below is read as well. */
export const FROM_START = Number.MIN_SAFE_INTEGER;

/**
 * What is sealed after this place, in slices of so many; the database reads the next one while somebody looks at this
 * one.
 */
export async function* sealedSlices(db: Db, from: number, most: number): AsyncGenerator<AuditEntryRow[]> {
  const after = (seq: number) => db.read((reads) => sealedAfter(reads, seq, most));
  let next = after(from);
  for (;;) {
    const slice = await next;
    const last = slice.at(-1)?.seq ?? null;
    if (last === null) return;
    next = after(last);
    // Told when it is asked for; whoever fails before that need not hear of it as well.
    next.catch(() => undefined);
    yield slice;
  }
}

/**
 * Sealed entries in order of the chain, after this place. Rows and no entities: making entities took several times as
 * long as verifying what is in them.
 */
async function sealedAfter(reads: Reads, seq: number, most: number): Promise<AuditEntryRow[]> {
  const rows = await reads.em.query<StoredEntry[]>(
    `select e.id, e.at, e.actorKind, e.actorId, e.actorRoles, e.via, e.action, e.targetType, e.targetId, e.before,
       e.after, e.result, e.requestId, e.address, e.seq, e.prevHash, e.hash, e.format, e.salt,
       e.personalDigest
     from audit_entry e where e.seq > ? order by e.seq limit ${most}`,
    [seq],
  );
  return rows.map(entryOf);
}

const entryOf = (row: StoredEntry): AuditEntryRow => ({
  ...row,
  at: Number(row.at),
  before: storedJson(row.before),
  after: storedJson(row.after),
  seq: Number(row.seq),
  format: Number(row.format),
});

/** What is no JSON was not written by us: the hash will say so. */
export function storedJson(text: string | null): unknown {
  if (text === null) return null;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return { unreadable: text };
  }
}
