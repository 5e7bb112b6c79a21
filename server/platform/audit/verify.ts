import type { Db, Reads } from '../db/unit-of-work.ts';
import type { Vault } from '../vault/index.ts';
import { type Anchor, type ChainFault, createChainWalk, GENESIS } from './chain.ts';
import { FROM_START, sealedSlices } from './read-entries.ts';
import { AuditEntryTable, AuditHeadTable } from './tables.ts';
import { createPersonalCheck } from './verify-personal.ts';

const SLICE = 1000;

export interface AuditReport {
  readonly sealed: number;
  readonly unsealed: number;
  /** Entries whose personal part was destroyed (H9). */
  readonly destroyed: number;
  readonly faults: readonly ChainFault[];
}

/**
 * Rule R45: finds change, insertion, removal and reorder by the chain itself, a cut tail by the head row, and a
 * cut or rewritten tail that took the head row with it by the anchors written outside the database. Personal parts
 * are held against their digests; with the vault also the keys of those that were not destroyed.
 */
export async function verifyAudit(
  db: Db,
  anchors: readonly Anchor[],
  vault: Vault | null = null,
): Promise<AuditReport> {
  const walk = createChainWalk();
  const personal = createPersonalCheck(vault);
  walk.watch(anchors.map((anchor) => anchor.seq));
  let head = { seq: 0, hash: GENESIS };
  let read = FROM_START;
  // What is sealed while we read moves the head: it is read as well, until the head stands where we do.
  for (let isMore = true; isMore; isMore = isMore && walk.place < head.seq) {
    isMore = false;
    for await (const slice of sealedSlices(db, read, SLICE)) {
      isMore = true;
      await db.read((reads) => personal.slice(reads, slice));
      for (const entry of slice) walk.step(entry);
      read = slice.at(-1)?.seq ?? read;
    }
    head = await db.read(headOf);
  }
  const unsealed = await db.read((r) =>
    r.em.getRepository(AuditEntryTable).createQueryBuilder('e').where('e.seq is null').getCount(),
  );
  const { destroyed, faults } = await personal.finish(db);
  const chain = walk.finish(head, anchors);
  return { sealed: chain.sealed, unsealed, destroyed, faults: [...chain.faults, ...faults] };
}

const headOf = async (reads: Reads): Promise<{ seq: number; hash: string }> =>
  (await reads.em.getRepository(AuditHeadTable).findOneBy({ id: 'head' })) ?? { seq: 0, hash: GENESIS };
