import { systemActor } from '../../kernel/actor.ts';
import { insertRows, isUniqueViolation, saveWithVersion } from '../db/rows.ts';
import type { Db, Tx } from '../db/unit-of-work.ts';
import { entryHash, GENESIS } from './chain.ts';
import { AUDIT_SIGNAL } from './record.ts';
import { AuditEntryTable, type AuditEntryRow, AuditHeadTable, type AuditHeadRow } from './tables.ts';

const HEAD_ID = 'head';
const SLICE = 200;
const actor = systemActor('audit.seal');

/**
 * Give unsealed entries their place and hash, one slice in one unit of work. Chaining inside the acts themselves
 * would make all writers wait for one row. The head's version keeps a second sealer from forking the chain.
 * @returns how many entries were sealed.
 */
export async function sealSlice(db: Db): Promise<number> {
  const [waiting] = await db.read((reads) =>
    reads.em.query<{ id: string }[]>('select id from audit_entry where seq is null limit 1'),
  );
  if (!waiting) return 0;
  return db.write(actor, async (tx) => {
    // The end of the chain first, locked: what is unsealed is only known once no other sealer is at work.
    const head = await headOf(tx);
    const entries = await tx.em
      .getRepository(AuditEntryTable)
      .createQueryBuilder('e')
      .where('e.seq is null')
      .orderBy('e.id')
      .take(SLICE)
      .getMany();
    if (entries.length === 0) return 0;
    const sealed = link(entries, head);
    await writePlaces(tx, sealed);
    const last = sealed.at(-1);
    if (last) await saveWithVersion(tx, AuditHeadTable, head, { seq: last.seq, hash: last.hash });
    return sealed.length;
  });
}

/** Seal everything there is. */
export async function sealAll(db: Db): Promise<void> {
  while ((await sealSlice(db)) > 0);
}

async function headOf(tx: Tx): Promise<AuditHeadRow> {
  const query = tx.em
    .getRepository(AuditHeadTable)
    .createQueryBuilder('h')
    .where('h.id = :id', { id: HEAD_ID });
  const head = await (tx.dialect === 'mysql' ? query.setLock('pessimistic_write') : query).getOne();
  if (head) return head;
  const first: AuditHeadRow = { id: HEAD_ID, seq: 0, hash: GENESIS, version: 1 };
  // Another instance may make it at this moment; the version then tells us to start over.
  await insertRows(tx, AuditHeadTable, [first], 'keep');
  return first;
}

interface Place {
  readonly id: string;
  readonly seq: number;
  readonly prevHash: string;
  readonly hash: string;
}

function link(entries: readonly AuditEntryRow[], head: AuditHeadRow): Place[] {
  let { seq, hash } = head;
  return entries.map((entry) => {
    const prevHash = hash;
    seq += 1;
    hash = entryHash(entry, seq, prevHash);
    return { id: entry.id, seq, prevHash, hash };
  });
}

async function writePlaces(tx: Tx, places: readonly Place[]): Promise<void> {
  const cases = (value: (p: Place) => unknown) => ({
    sql: `case id ${places.map(() => 'when ? then ?').join(' ')} end`,
    params: places.flatMap((p) => [p.id, value(p)]),
  });
  const parts = [cases((p) => p.seq), cases((p) => p.prevHash), cases((p) => p.hash)];
  await tx.em.query(
    `update audit_entry set seq = ${parts[0]?.sql}, prevHash = ${parts[1]?.sql}, hash = ${parts[2]?.sql}
     where id in (${places.map(() => '?').join(', ')})`,
    [...parts.flatMap((part) => part.params), ...places.map((p) => p.id)],
  );
}

export interface Sealer {
  start(): void;
  stop(): Promise<void>;
}

const SOON_MS = 500;
/** Other processes (web instances, the command line) write entries too; their signals do not reach this one. */
const POLL_MS = 1_000;

/** Seals within about a second of each act while it runs, whichever process wrote the entry. */
export function createSealer(db: Db, onError: (error: unknown) => void): Sealer {
  let timer: NodeJS.Timeout | undefined;
  let poll: NodeJS.Timeout | undefined;
  let stopListening: (() => void) | undefined;
  let running: Promise<void> = Promise.resolve();

  const seal = () => {
    timer = undefined;
    running = sealAll(db).catch((error: unknown) => {
      // Two instances made the head row at once: the other one has it now.
      if (!isUniqueViolation(error)) onError(error);
    });
  };
  const soon = () => {
    timer ??= setTimeout(seal, SOON_MS);
  };
  return {
    start() {
      stopListening = db.onSignal(AUDIT_SIGNAL, soon);
      poll = setInterval(soon, POLL_MS);
      soon();
    },
    async stop() {
      stopListening?.();
      clearInterval(poll);
      clearTimeout(timer);
      await running;
      await sealAll(db).catch(onError);
    },
  };
}
