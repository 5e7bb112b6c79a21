import type { Db, Reads } from '../db/unit-of-work.ts';
import { type Anchor, addressDigestOf, BLINDED, linkOf } from './chain.ts';
import { sealedSlices } from './read-entries.ts';
import { type AuditEntryRow, AuditEntryTable } from './tables.ts';

/** Links in one proof: some ten busy days, 8 MB of text. */
const MOST_LINKS = 100_000;
/** Entries of one thing. */
const MOST_ENTRIES = 2_000;
const SLICE = 1_000;

/**
 * An entry as it is given out: what was hashed of it, in the members of canonical JSON. The address is there as a digest;
 * entries of older formats, which hash the address itself, cannot be checked without the institution.
 */
export interface ShownEntry extends Pick<
  AuditEntryRow,
  | 'action'
  | 'actorId'
  | 'actorKind'
  | 'actorRoles'
  | 'after'
  | 'at'
  | 'before'
  | 'format'
  | 'id'
  | 'personalDigest'
  | 'requestId'
  | 'result'
  | 'targetId'
  | 'targetType'
  | 'via'
> {
  readonly seq: number;
  readonly addressDigest: string | null;
}

/** A stretch of the chain, from before its first entry to a head that is known outside, or to the chain's end. */
export interface ChainPart {
  readonly fromSeq: number;
  /** Hash of the entry before the first. */
  readonly prevHash: string;
  readonly untilSeq: number;
  readonly hash: string;
  /** When this head was written outside the database; null: it is the end of the chain, not written out yet. */
  readonly anchoredAt: number | null;
}

export interface ChainProof {
  readonly entries: readonly ShownEntry[];
  /** In the chain, and left out because they are too many: the oldest are here. */
  readonly more: number;
  /** Written, and not in the chain yet. */
  readonly unsealed: number;
  readonly parts: readonly ChainPart[];
  /**
   * One line an entry of the parts, in order: `<seq> <digest of its content>`; `<seq> =<hash>` for one of an older format,
   * whose hash has to be believed. Nothing of what others did is in a digest.
   */
  readonly links: readonly string[];
}

/** What the record holds about one thing, with what somebody outside needs to follow it to a head (R45, H8). */
export async function proofOf(
  db: Db,
  anchors: readonly Anchor[],
  target: { readonly type: string; readonly id: string },
): Promise<ChainProof> {
  const { rows, sealed, unsealed, head } = await db.read(async (reads) => ({
    rows: await sealedOf(reads, target),
    sealed: await reads.em
      .getRepository(AuditEntryTable)
      .createQueryBuilder('e')
      .where('e.targetType = :type and e.targetId = :id and e.seq is not null', target)
      .getCount(),
    unsealed: await reads.em
      .getRepository(AuditEntryTable)
      .createQueryBuilder('e')
      .where('e.targetType = :type and e.targetId = :id and e.seq is null', target)
      .getCount(),
    head: await headOf(reads),
  }));
  const entries = rows.map(shown);
  const stretches = stretchesOf(
    entries.map(({ seq }) => seq),
    anchors.filter(({ seq }) => seq <= head),
    head,
  );
  const parts: ChainPart[] = [];
  const links: string[] = [];
  for (const stretch of stretches) {
    const part = await follow(db, stretch, links);
    if (part) parts.push(part);
  }
  return { entries, more: Math.max(0, sealed - entries.length), unsealed, parts, links };
}

async function sealedOf(reads: Reads, target: { type: string; id: string }): Promise<AuditEntryRow[]> {
  return reads.em
    .getRepository(AuditEntryTable)
    .createQueryBuilder('e')
    .where('e.targetType = :type and e.targetId = :id and e.seq is not null', target)
    .orderBy('e.seq')
    .take(MOST_ENTRIES)
    .getMany();
}

async function headOf(reads: Reads): Promise<number> {
  const [row] = await reads.em.query<{ seq: number | string }[]>(
    `select seq from audit_head where id = 'head'`,
  );
  return Number(row?.seq ?? 0);
}

function shown(row: AuditEntryRow): ShownEntry {
  const { action, actorId, actorKind, actorRoles, address, after, at, before, format, id } = row;
  const { personalDigest, requestId, result, salt, seq, targetId, targetType, via } = row;
  return {
    action,
    actorId,
    actorKind,
    actorRoles,
    addressDigest: format === BLINDED ? addressDigestOf(address, salt) : null,
    after,
    at,
    before,
    format,
    id,
    personalDigest,
    requestId,
    result,
    seq: seq ?? 0,
    targetId,
    targetType,
    via,
  };
}

interface Stretch {
  readonly fromSeq: number;
  readonly untilSeq: number;
  readonly anchoredAt: number | null;
}

/**
 * From each place to the first head known outside at or after it, else to the end; what overlaps is one stretch. Pure.
 * @param places ascending
 */
export function stretchesOf(places: readonly number[], anchors: readonly Anchor[], head: number): Stretch[] {
  const heads = [...anchors].sort((a, b) => a.seq - b.seq);
  const found: Stretch[] = [];
  let left = MOST_LINKS;
  for (const place of places) {
    const last = found.at(-1);
    if (last && place <= last.untilSeq) continue;
    const anchor = heads.find(({ seq }) => seq >= place);
    const untilSeq = anchor?.seq ?? head;
    left -= untilSeq - place + 1;
    if (left < 0) break;
    found.push({ fromSeq: place, untilSeq, anchoredAt: anchor?.at ?? null });
  }
  return found;
}

/** @returns null where the chain has no such stretch: a damaged record proves nothing */
async function follow(db: Db, stretch: Stretch, links: string[]): Promise<ChainPart | null> {
  const lines: string[] = [];
  let prevHash: string | null = null;
  for await (const slice of sealedSlices(db, stretch.fromSeq - 1, SLICE)) {
    for (const entry of slice) {
      const seq = entry.seq ?? 0;
      if (seq !== stretch.fromSeq + lines.length) return null;
      prevHash ??= entry.prevHash;
      lines.push(`${String(seq)} ${linkOf(entry, seq) ?? `=${entry.hash ?? ''}`}`);
      if (seq < stretch.untilSeq) continue;
      for (const line of lines) links.push(line);
      return { ...stretch, prevHash: prevHash ?? '', hash: entry.hash ?? '' };
    }
  }
  return null;
}
