import { createHash } from 'node:crypto';
import { canonicalJson } from '../../kernel/canonical-json.ts';
import type { AuditEntryRow } from './tables.ts';

/** Hash before the first entry. */
export const GENESIS = '0'.repeat(64);

/** The format entries are written in now. */
export const BLINDED = 3;

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/**
 * The entry's place-dependent hash: SHA-256 over the previous hash and every field in canonical form (rule H8). Entries
 * of older formats are hashed as they always were, so that what was sealed before stays true.
 */
export const entryHash = (entry: AuditEntryRow, seq: number, prevHash: string): string =>
  sha256(`${prevHash}\n${linkOf(entry, seq) ?? contentOf(entry, seq)}`);

/** What the hash holds of the content: enough to follow the chain, nothing of what was done. Null before format 3. */
export const linkOf = (entry: AuditEntryRow, seq: number): string | null =>
  entry.format === BLINDED ? sha256(blindedContent(entry, seq)) : null;

/** What is hashed of an entry of format 3, in canonical JSON; whoever is given it can hash it without the address. */
export function blindedContent(entry: AuditEntryRow, seq: number): string {
  const { action, actorId, actorKind, actorRoles, address, after, at, before } = entry;
  const { format, id, personalDigest, requestId, result, salt, targetId, targetType, via } = entry;
  const addressDigest = addressDigestOf(address, salt);
  const head = JSON.stringify({ action, actorId, actorKind, actorRoles, addressDigest });
  const tail = { format, id, personalDigest, requestId, result, seq, targetId, targetType, via };
  return `${head.slice(0, -1)},${valuesOf(after, at, before)},${JSON.stringify(tail).slice(1)}`;
}

export const addressDigestOf = (address: string | null, salt: string | null): string | null =>
  address === null ? null : sha256(`${salt ?? ''}\n${address}`);

/** Canonical JSON with its members written in order, because sorting them took longer than hashing. */
function contentOf(entry: AuditEntryRow, seq: number): string {
  const { action, actorId, actorKind, actorRoles, address, after, at, before } = entry;
  const { format, id, personalDigest, requestId, result, targetId, targetType, via } = entry;
  const head = JSON.stringify({ action, actorId, actorKind, actorRoles, address });
  const tail =
    format === 1
      ? JSON.stringify({ id, requestId, result, seq, targetId, targetType, via })
      : JSON.stringify({ format, id, personalDigest, requestId, result, seq, targetId, targetType, via });
  return `${head.slice(0, -1)},${valuesOf(after, at, before)},${tail.slice(1)}`;
}

const valuesOf = (after: unknown, at: number, before: unknown): string =>
  `"after":${canonicalJson(after)},"at":${String(at)},"before":${canonicalJson(before)}`;

/** A head written outside the database: what the chain's end was at a moment. */
export interface Anchor {
  readonly at: number;
  readonly seq: number;
  readonly hash: string;
}

export type FaultKind =
  | 'changed'
  | 'missing'
  | 'inserted'
  | 'tail_cut'
  | 'rewritten'
  /** The personal part is not the one the entry was written with. */
  | 'personal_changed'
  | 'personal_missing'
  | 'personal_inserted'
  /** A person's key is gone, was changed, or was destroyed without an entry that says so. */
  | 'key_missing'
  | 'key_changed'
  | 'key_destroyed';

export interface ChainFault {
  readonly kind: FaultKind;
  /** Of the entry; of a key the first entry it was used for; 0 where there is no entry. */
  readonly seq: number;
}

/** Walks sealed entries in order of `seq`; pure, fed in slices by `verifyAudit`. */
export function createChainWalk() {
  let seq = 0;
  let prevHash = GENESIS;
  const faults: ChainFault[] = [];
  const hashes = new Map<number, string>();

  return {
    faults,
    /** Remember the hash at these places, to hold against anchors. */
    watch: (places: Iterable<number>) => {
      for (const place of places) hashes.set(place, '');
    },
    /** The place of the last entry of the chain so far. */
    get place() {
      return seq;
    },
    step(entry: AuditEntryRow): void {
      const place = entry.seq ?? 0;
      // No sealer gives such a place: the entry stands beside the chain, which goes on where it was.
      if (place <= seq || !Number.isSafeInteger(place)) {
        faults.push({ kind: 'inserted', seq: place });
        return;
      }
      if (place > seq + 1) faults.push({ kind: 'missing', seq: seq + 1 });
      // The stored link is compared as well: re-hashing one entry alone breaks the next one's link.
      const wanted = entryHash(entry, place, entry.prevHash ?? '');
      const isForeign = entry.format === 1 && entry.personalDigest !== null;
      if (isForeign || entry.hash !== wanted || (place === seq + 1 && entry.prevHash !== prevHash)) {
        faults.push({ kind: 'changed', seq: place });
      }
      seq = place;
      prevHash = entry.hash ?? '';
      if (hashes.has(place)) hashes.set(place, prevHash);
    },
    /** Compare the end with the head row and with every anchor outside. */
    finish(head: { seq: number; hash: string }, anchors: readonly Anchor[]) {
      if (seq !== head.seq) faults.push({ kind: seq < head.seq ? 'tail_cut' : 'inserted', seq: seq + 1 });
      else if (prevHash !== head.hash) faults.push({ kind: 'changed', seq });
      for (const anchor of anchors) {
        if (anchor.seq > seq) faults.push({ kind: 'tail_cut', seq: seq + 1 });
        else if (anchor.seq > 0 && hashes.get(anchor.seq) !== anchor.hash)
          faults.push({ kind: 'rewritten', seq: anchor.seq });
      }
      return { sealed: seq, faults };
    },
  };
}
