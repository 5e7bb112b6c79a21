import type { Clock } from '../../kernel/clock.ts';
import { systemActor } from '../../kernel/actor.ts';
import { newId } from '../../kernel/id.ts';
import { updateCount } from '../db/rows.ts';
import type { Db, Tx } from '../db/unit-of-work.ts';
import { enqueue, JOBS_SIGNAL } from './enqueue.ts';
import { releaseLock, takeLock } from './lock.ts';
import type { Schedule } from './schedule.ts';
import { JobTable, type JobRow } from './tables.ts';

export interface Job {
  readonly id: string;
  readonly payload: unknown;
  /** 1 at the first run. */
  readonly attempt: number;
  readonly now: number;
}

export type JobHandler = (job: Job) => Promise<void>;

export interface JobDefinition {
  readonly name: string;
  readonly handle: JobHandler;
  /** How long a run may take before another worker takes over; default two minutes. */
  readonly leaseMs?: number;
  /** Never two runs of this name at once, on any instance; a second one waits. */
  readonly exclusive?: boolean;
}

/**
 * Thrown by a handler for what is nobody's fault and will pass (企业微信 busy, quota empty): run again at `at`
 * without counting a failure.
 */
export class RunAgain extends Error {
  override readonly name = 'RunAgain';
  readonly at: number;

  constructor(at: number, reason: string) {
    super(reason);
    this.at = at;
  }
}

interface Log {
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export interface JobsOptions {
  readonly db: Db;
  readonly clock: Clock;
  readonly log: Log;
  readonly definitions: readonly JobDefinition[];
  readonly schedules?: readonly Schedule[];
  readonly concurrency?: number;
  /** After five failures: make it somebody's business, in the unit of work that gives the job up. */
  readonly onGivenUp?: (tx: Tx, job: { id: string; name: string; lastError: string }) => Promise<void>;
  readonly onRun?: (outcome: { name: string; outcome: 'done' | 'again' | 'failed'; ms: number }) => void;
}

export interface Jobs {
  start(): void;
  /** Take no more work and wait for what runs. */
  stop(): Promise<void>;
  /** Write the jobs of every schedule bucket that is due. */
  tick(): Promise<void>;
  /** For tests and the command line: run until nothing is due. Returns how many runs there were. */
  runDue(): Promise<number>;
  readonly running: boolean;
}

/** A job that fails this often is given up. */
export const MAX_ATTEMPTS = 5;
const LEASE_MS = 120_000;
const POLL_MS = 1_000;
const LOCKED_PAUSE_MS = 3_000;
const actor = systemActor('jobs');

/**
 * Runs jobs from the table. Claiming is a conditional UPDATE that works the same on SQLite, MariaDB, MySQL and
 * TiDB; candidates are picked at random from the oldest so that instances do not queue for the same rows.
 */
export function createJobs(options: JobsOptions): Jobs {
  const { db, clock, log } = options;
  const handlers = new Map(options.definitions.map((d) => [d.name, d]));
  const concurrency = options.concurrency ?? 8;
  const active = new Set<Promise<void>>();
  let timer: NodeJS.Timeout | undefined;
  let stopListening: (() => void) | undefined;
  let started = false;
  let pumping = false;
  let again = false;

  async function claim(limit: number): Promise<JobRow[]> {
    const now = clock.now();
    const names = [...handlers.keys()];
    if (names.length === 0) return [];
    const due = await db.read((reads) =>
      reads.em.query<{ id: string }[]>(
        `select id from job where state = 'ready' and runAt <= ? order by runAt limit ${limit * 4}`,
        [now],
      ),
    );
    if (due.length === 0) return [];
    const ids = pick(
      due.map((row) => row.id),
      limit,
    );
    const worker = newId();
    return db.write(actor, async (tx) => {
      const taken = await updateCount(
        tx.em,
        `update job set state = 'running', worker = ?, leaseUntil = ?, attempts = attempts + 1, fence = fence + 1
         where state = 'ready' and id in (${ids.map(() => '?').join(', ')})`,
        [worker, now + LEASE_MS, ...ids],
      );
      if (taken === 0) return [];
      return tx.em.getRepository(JobTable).findBy({ worker, state: 'running' });
    });
  }

  async function run(row: JobRow): Promise<void> {
    const began = performance.now();
    const report = (outcome: 'done' | 'again' | 'failed') =>
      options.onRun?.({ name: row.name, outcome, ms: performance.now() - began });
    const definition = handlers.get(row.name);
    try {
      if (!definition) throw new Error(`no handler for job ${row.name}`);
      await alone(row, definition, () =>
        definition.handle({ id: row.id, payload: row.payload, attempt: row.attempts, now: clock.now() }),
      );
      await finish(row, { state: 'done', finishedAt: clock.now(), lastError: null });
      report('done');
    } catch (error) {
      await afterFailure(row, error, report);
    }
  }

  async function alone(row: JobRow, definition: JobDefinition, work: () => Promise<void>): Promise<void> {
    if (!definition.exclusive) return withLease(row, definition, work);
    const until = () => clock.now() + (definition.leaseMs ?? LEASE_MS);
    if (!(await takeLock(db, row.name, row.id, clock.now(), until()))) {
      throw new RunAgain(clock.now() + LOCKED_PAUSE_MS, 'another run is under way');
    }
    try {
      await withLease(row, definition, work, () => takeLock(db, row.name, row.id, clock.now(), until()));
    } finally {
      await releaseLock(db, row.name, row.id);
    }
  }

  /** Long runs renew their lease, so that only a dead worker's job is taken over. */
  async function withLease(
    row: JobRow,
    definition: JobDefinition,
    work: () => Promise<void>,
    alsoRenew?: () => Promise<unknown>,
  ): Promise<void> {
    const leaseMs = definition.leaseMs ?? LEASE_MS;
    const renew = async () => {
      await alsoRenew?.();
      await db.write(actor, (tx) =>
        updateCount(tx.em, 'update job set leaseUntil = ? where id = ? and fence = ?', [
          clock.now() + leaseMs,
          row.id,
          row.fence,
        ]),
      );
    };
    const renewal = setInterval(() => {
      renew().catch((error: unknown) => log.warn({ job: row.name, err: error }, 'lease not renewed'));
    }, leaseMs / 3);
    try {
      await work();
    } finally {
      clearInterval(renewal);
    }
  }

  async function finish(row: JobRow, changes: Partial<JobRow>, also?: (tx: Tx) => Promise<void>) {
    await db.write(actor, async (tx) => {
      const names = Object.keys(changes);
      const changed = await updateCount(
        tx.em,
        `update job set ${names.map((n) => `${n} = ?`).join(', ')}, worker = null, leaseUntil = null
         where id = ? and fence = ? and state = 'running'`,
        [...Object.values(changes), row.id, row.fence],
      );
      if (changed !== 1) return log.warn({ job: row.name, id: row.id }, 'a stale worker finished a job');
      await also?.(tx);
    });
  }

  async function afterFailure(row: JobRow, error: unknown, report: (o: 'again' | 'failed') => void) {
    const lastError = describe(error);
    if (error instanceof RunAgain) {
      report('again');
      return finish(row, { state: 'ready', runAt: error.at, attempts: row.attempts - 1, lastError });
    }
    if (row.attempts < MAX_ATTEMPTS) {
      log.warn(
        { job: row.name, id: row.id, attempt: row.attempts, error: lastError },
        'job failed, will retry',
      );
      report('again');
      return finish(row, { state: 'ready', runAt: clock.now() + pause(row.attempts), lastError });
    }
    log.error({ job: row.name, id: row.id, error: lastError }, 'job given up');
    report('failed');
    return finish(row, { state: 'failed', finishedAt: clock.now(), lastError }, (tx) =>
      Promise.resolve(options.onGivenUp?.(tx, { id: row.id, name: row.name, lastError })),
    );
  }

  async function sweep(): Promise<void> {
    await db.write(actor, (tx) =>
      updateCount(
        tx.em,
        `update job set state = 'ready', worker = null, leaseUntil = null
         where state = 'running' and leaseUntil < ?`,
        [clock.now()],
      ),
    );
  }

  async function tick(): Promise<void> {
    const now = clock.now();
    await db.write(actor, async (tx) => {
      for (const { name, bucket } of options.schedules ?? []) {
        const start = bucket(now);
        if (start !== null)
          enqueue(tx, { name, key: `at:${start}`, payload: { bucketAt: start }, runAt: start });
      }
    });
  }

  async function pump(): Promise<void> {
    if (pumping) {
      again = true;
      return;
    }
    pumping = true;
    try {
      do {
        again = false;
        await fill();
      } while (again && started);
    } catch (error) {
      log.error({ error: describe(error) }, 'could not take jobs');
    } finally {
      pumping = false;
    }
  }

  async function fill(): Promise<void> {
    while (started && active.size < concurrency) {
      const rows = await claim(concurrency - active.size);
      if (rows.length === 0) return;
      for (const row of rows) launch(row);
    }
  }

  function launch(row: JobRow): void {
    const work = run(row)
      .catch((error: unknown) =>
        log.error({ job: row.name, error: describe(error) }, 'job bookkeeping failed'),
      )
      .finally(() => {
        active.delete(work);
        if (started) void pump();
      });
    active.add(work);
  }

  return {
    get running() {
      return started;
    },
    start() {
      if (started) return;
      started = true;
      stopListening = db.onSignal(JOBS_SIGNAL, () => void pump());
      let sinceSweep = 0;
      timer = setInterval(() => {
        sinceSweep += POLL_MS;
        if (sinceSweep >= 30_000) {
          sinceSweep = 0;
          void sweep().catch((error: unknown) => log.error({ error: describe(error) }, 'sweep failed'));
        }
        void pump();
      }, POLL_MS);
      void sweep().then(pump, (error: unknown) => log.error({ error: describe(error) }, 'sweep failed'));
    },
    async stop() {
      started = false;
      clearInterval(timer);
      stopListening?.();
      while (active.size > 0) await Promise.allSettled(active);
    },
    tick,
    async runDue() {
      await sweep();
      let runs = 0;
      for (;;) {
        const rows = await claim(concurrency);
        if (rows.length === 0) return runs;
        runs += rows.length;
        await Promise.all(rows.map(run));
      }
    },
  };
}

/** 10 s, 1 min, 5 min, 15 min. */
function pause(attempts: number): number {
  return [10_000, 60_000, 300_000, 900_000][attempts - 1] ?? 900_000;
}

function describe(error: unknown): string {
  return (error instanceof Error ? `${error.name}: ${error.message}` : String(error)).slice(0, 500);
}

function pick(ids: string[], count: number): string[] {
  for (let i = ids.length - 1; i > 0; i -= 1) {
    const j = Math.floor(Math.random() * (i + 1));
    const [a, b] = [ids[i], ids[j]];
    if (a !== undefined && b !== undefined) [ids[i], ids[j]] = [b, a];
  }
  // Sorted, so that two claimers lock rows in one order.
  return ids.slice(0, count).sort();
}
