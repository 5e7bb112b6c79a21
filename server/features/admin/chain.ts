import { newId } from '../../kernel/id.ts';
import { systemActor } from '../../kernel/actor.ts';
import {
  type Anchor,
  AuditEntryTable,
  AuditHeadTable,
  recordAct,
  readAnchors,
  verifyAudit,
} from '../../platform/audit/index.ts';
import type { Db, Reads, Tx } from '../../platform/db/unit-of-work.ts';
import { enqueue, JobTable } from '../../platform/jobs/index.ts';
import type { Vault } from '../../platform/vault/index.ts';
import type { ChainAnswer } from './contract.ts';
import { VerificationTable } from './tables.ts';
import { faultWords } from './words.ts';

export const VERIFY_JOB = 'audit.verify';
const mechanism = systemActor(`job:${VERIFY_JOB}`);
/** The first faults say where to look. */
const KEPT_FAULTS = 50;

export interface ChainDeps {
  readonly db: Db;
  readonly vault: Vault;
  /** Heads outside the database, one line a day. */
  readonly anchorFile: string;
  readonly onAlarm: (kind: string) => void;
}

/** Walk the whole record once and keep what was found. */
export async function verify(
  { db, vault, anchorFile, onAlarm }: ChainDeps,
  startedAt: number,
): Promise<void> {
  const anchors = await readAnchors(anchorFile);
  const { sealed, destroyed, faults } = await verifyAudit(db, anchors, vault);
  if (faults.length > 0) onAlarm('audit_broken');
  await db.write(mechanism, async (tx) =>
    tx.append(VerificationTable, {
      id: newId(),
      startedAt,
      finishedAt: tx.now,
      sealed,
      anchors: anchors.length,
      destroyed,
      faultCount: faults.length,
      faults: faults.slice(0, KEPT_FAULTS),
    }),
  );
}

/** Asked for again within one minute it is one verification. */
export function verifySoon(tx: Tx): void {
  enqueue(tx, { name: VERIFY_JOB, key: `asked:${Math.floor(tx.now / 60_000)}`, payload: {} });
  recordAct(tx, { action: 'audit.verify', targetType: 'audit', targetId: 'chain' });
}

export async function readChain(reads: Reads, anchorFile: string): Promise<ChainAnswer> {
  const head = await reads.em.getRepository(AuditHeadTable).findOneBy({ id: 'head' });
  const unsealed = await reads.em
    .getRepository(AuditEntryTable)
    .createQueryBuilder('e')
    .where('e.seq is null')
    .getCount();
  const [latest] = await reads.em
    .getRepository(VerificationTable)
    .find({ order: { finishedAt: 'DESC', id: 'DESC' }, take: 1 });
  const running = await reads.em
    .getRepository(JobTable)
    .createQueryBuilder('j')
    .where(`j.name = :name and j.state in ('ready', 'running')`, { name: VERIFY_JOB })
    .getCount();
  return {
    head: head ? { seq: head.seq, hash: head.hash } : { seq: 0, hash: '' },
    unsealed,
    verified: latest
      ? {
          ...latest,
          faults: latest.faults.map(({ kind, seq }) => ({ kind, seq, words: faultWords(kind) })),
        }
      : null,
    running: running > 0,
    anchor: await lastAnchor(anchorFile),
  };
}

async function lastAnchor(file: string): Promise<Anchor | null> {
  return (await readAnchors(file)).at(-1) ?? null;
}
