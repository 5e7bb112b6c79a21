import { AsyncLocalStorage } from 'node:async_hooks';
import { EventEmitter } from 'node:events';
import type { DataSource, EntityManager, EntitySchema, ObjectLiteral } from 'typeorm';
import type { Actor } from '../../kernel/actor.ts';
import type { Clock } from '../../kernel/clock.ts';
import { AppError } from '../../kernel/errors.ts';
import type { Dialect } from './dialect.ts';
import { raiseCounter } from './counter.ts';
import { insertRows, insertStatements } from './rows.ts';
import type { Statement } from './statement.ts';
import { type Ending, inTransaction } from './transaction.ts';
import type { Db, Gathered, Reads, Tx } from './unit-of-work.ts';

/** MySQL deadlock, lock wait timeout, record changed; TiDB write conflict, schema changed, retryable commit. */
const CLASHES = new Set([1213, 1205, 1020, 8002, 8022, 8028, 9007]);
const MAX_RUNS = 6;

interface DatabaseOptions {
  readonly writer: DataSource;
  /** SQLite: a second connection on the same WAL file. MySQL: the same pool as `writer`. */
  readonly reader: DataSource;
  readonly dialect: Dialect;
  readonly clock: Clock;
}

/**
 * The unit of work over TypeORM. On SQLite all of a process's transactions would share one connection and corrupt
 * each other, so every `write` passes a FIFO gate and `read` uses its own connection. On MySQL there is no gate;
 * clashes re-run the whole work, which is safe because no work touches anything but the database.
 */
export function createDb({ writer, reader, dialect, clock }: DatabaseOptions): Db {
  const open = new AsyncLocalStorage<true>();
  const signals = new EventEmitter();
  const takers: Takers = new Map();
  const gate = dialect === 'sqlite' ? fifoGate() : (work: () => Promise<unknown>) => work();

  const once = <T>(actor: Actor, work: (tx: Tx) => Promise<T>): Promise<T> =>
    open.run(true, async () => {
      const hints: (() => void)[] = [];
      const result = await inTransaction(writer, dialect, async (em) => {
        hints.length = 0;
        const signal = (topic: string) => signals.emit(topic);
        const unit = createTx(em, actor, clock.now(), dialect, hints, signal);
        const value = await work(unit.tx);
        return { value, ...(await unit.end(takers)) };
      });
      // Outside this unit's context: a listener may well open a unit of work of its own.
      for (const hint of hints) open.exit(hint);
      return result;
    });

  const alone = async <T>(work: () => Promise<T>): Promise<T> => {
    if (open.getStore()) throw new AppError('db.nested_unit_of_work', { status: 500 });
    return (await gate(work)) as T;
  };
  const outside = { em: writer.manager, dialect };

  return {
    dialect,
    write: (actor, work) => alone(() => retryClashes(() => once(actor, work))),
    insert: (table, row) => alone(() => insertRows(outside, table, [row])),
    insertNew: (table, rows) => alone(() => retryClashes(() => insertRows(outside, table, rows, 'keep'))),
    run: (sql, params) =>
      alone(() => retryClashes(() => writer.manager.query<unknown>(sql, params))).then(() => undefined),
    raise: (table, column, id) => alone(() => retryClashes(() => raiseCounter(outside, table, column, id))),
    read: (work) => work({ em: reader.manager, now: clock.now(), dialect } satisfies Reads),
    onSignal(topic, listener) {
      signals.on(topic, listener);
      return () => void signals.off(topic, listener);
    },
    onGathered<Item>({ name }: Gathered<Item>, take: (tx: Tx, items: readonly Item[]) => Promise<void>) {
      if (takers.has(name)) throw new Error(`${name} is taken already`);
      takers.set(name, (tx, items) => take(tx, items as readonly Item[]));
    },
    async close() {
      await writer.destroy();
      if (reader !== writer) await reader.destroy();
    },
  };
}

type Takers = Map<string, (tx: Tx, items: readonly unknown[]) => Promise<void>>;

interface PendingRows {
  readonly table: EntitySchema;
  readonly onDuplicate: 'fail' | 'keep';
  readonly rows: ObjectLiteral[];
}

function createTx(
  em: EntityManager,
  actor: Actor,
  now: number,
  dialect: Dialect,
  hints: (() => void)[],
  tell: (topic: string) => void,
) {
  const pending = new Map<string, PendingRows>();
  const deferred: Statement[] = [];
  const topics = new Set<string>();
  const gathered = new Map<string, unknown[]>();
  const tx: Tx = {
    em,
    actor,
    now,
    dialect,
    append(table, row, onDuplicate = 'fail') {
      const key = `${table.options.name}:${onDuplicate}`;
      const waiting = pending.get(key);
      if (waiting) waiting.rows.push(row);
      else pending.set(key, { table: table as unknown as EntitySchema, onDuplicate, rows: [row] });
    },
    defer: (statement) => void deferred.push(statement),
    gather({ name }, item) {
      const waiting = gathered.get(name);
      if (waiting) waiting.push(item);
      else gathered.set(name, [item]);
    },
    afterCommit: (hint) => void hints.push(hint),
    signal(topic) {
      if (topics.has(topic)) return;
      topics.add(topic);
      hints.push(() => tell(topic));
    },
  };
  const inserts = (wanted: PendingRows['onDuplicate']) =>
    [...pending.values()]
      .filter(({ onDuplicate }) => onDuplicate === wanted)
      .flatMap(({ table, rows, onDuplicate }) => insertStatements(tx, table, rows, onDuplicate));
  const end = async (takers: Takers): Promise<Omit<Ending<unknown>, 'value'>> => {
    for (const [name, items] of gathered) {
      const take = takers.get(name);
      if (!take) throw new Error(`nobody takes ${name}`);
      await take(tx, items);
    }
    const own = [...deferred, ...inserts('fail')];
    const kept = inserts('keep');
    const isChecked = own.some(({ mustMatch }) => mustMatch !== undefined);
    return isChecked ? { checked: own, withCommit: kept } : { checked: [], withCommit: [...own, ...kept] };
  };
  return { tx, end };
}

function fifoGate() {
  let tail: Promise<unknown> = Promise.resolve();
  return (work: () => Promise<unknown>): Promise<unknown> => {
    const result = tail.then(work);
    tail = result.catch(() => undefined);
    return result;
  };
}

async function retryClashes<T>(run: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await run();
    } catch (error) {
      if (attempt >= MAX_RUNS || !isClash(error)) throw error;
      await new Promise((resume) => setTimeout(resume, 5 * 2 ** attempt * (0.5 + Math.random())));
    }
  }
}

/** A clash with another writer: the database's own, or a version check that found a newer row. */
function isClash(error: unknown): boolean {
  if (error instanceof AppError) return error.code === 'db.changed_meanwhile';
  const { errno, code } = ((error as { driverError?: unknown }).driverError ?? {}) as {
    errno?: unknown;
    code?: unknown;
  };
  if (typeof code === 'string' && code.startsWith('SQLITE_BUSY')) return true;
  return typeof errno === 'number' && CLASHES.has(errno);
}
