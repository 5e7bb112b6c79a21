import type { Db } from '../db/unit-of-work.ts';
import { type Anchor, type ChainFault, createChainWalk, GENESIS } from './chain.ts';
import { AuditEntryTable, AuditHeadTable } from './tables.ts';

const SLICE = 1000;

export interface AuditReport {
  readonly sealed: number;
  readonly unsealed: number;
  readonly faults: readonly ChainFault[];
}

/**
 * Rule R45: finds change, insertion, removal and reorder by the chain itself, a cut tail by the head row, and a
 * cut or rewritten tail that took the head row with it by the anchors written outside the database.
 */
export async function verifyAudit(db: Db, anchors: readonly Anchor[]): Promise<AuditReport> {
  const walk = createChainWalk();
  walk.watch(anchors.map((anchor) => anchor.seq));
  let last = 0;
  for (;;) {
    const slice = await db.read((reads) =>
      reads.em
        .getRepository(AuditEntryTable)
        .createQueryBuilder('e')
        .where('e.seq > :last', { last })
        .orderBy('e.seq')
        .take(SLICE)
        .getMany(),
    );
    for (const entry of slice) walk.step(entry);
    last = slice.at(-1)?.seq ?? last;
    if (slice.length < SLICE) break;
  }
  const head = await db.read((r) => r.em.getRepository(AuditHeadTable).findOneBy({ id: 'head' }));
  const unsealed = await db.read((r) =>
    r.em.getRepository(AuditEntryTable).createQueryBuilder('e').where('e.seq is null').getCount(),
  );
  return { ...walk.finish(head ?? { seq: 0, hash: GENESIS }, anchors), unsealed };
}
