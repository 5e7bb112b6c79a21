import type { Db } from '../db/unit-of-work.ts';
import type { Vault } from '../vault/index.ts';
import { type Anchor, type ChainFault, createChainWalk, GENESIS } from './chain.ts';
import { sealedSlices } from './read-entries.ts';
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
  for await (const slice of sealedSlices(db, SLICE)) {
    await db.read((reads) => personal.slice(reads, slice));
    for (const entry of slice) walk.step(entry);
  }
  const head = await db.read((r) => r.em.getRepository(AuditHeadTable).findOneBy({ id: 'head' }));
  const unsealed = await db.read((r) =>
    r.em.getRepository(AuditEntryTable).createQueryBuilder('e').where('e.seq is null').getCount(),
  );
  const { destroyed, faults } = await personal.finish(db);
  const chain = walk.finish(head ?? { seq: 0, hash: GENESIS }, anchors);
  return { sealed: chain.sealed, unsealed, destroyed, faults: [...chain.faults, ...faults] };
}
