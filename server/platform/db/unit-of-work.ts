import type { EntityManager, EntitySchema, ObjectLiteral } from 'typeorm';
import type { Actor } from '../../kernel/actor.ts';
import type { Dialect } from './dialect.ts';
import type { Statement } from './statement.ts';

/** What a query needs: a connection and the time. `Tx` is one too, so queries run inside a unit of work as well. */
export interface Reads {
  readonly em: EntityManager;
  readonly now: number;
  readonly dialect: Dialect;
}

/**
 * One unit of work: everything written through it is committed together or not at all. It is the first argument
 * of every command and store. Nothing calls the network while it is open; consequences outside the database are
 * jobs enqueued in it.
 */
export interface Tx extends Reads {
  readonly actor: Actor;
  /**
   * Queue a row for one multi-row INSERT per table just before commit. For append-only rows nobody reads again in
   * this unit of work (events, audit entries, jobs, messages). Rows keep their order within a table.
   * @param onDuplicate `keep` leaves an existing row with the same unique key untouched; `fail` (default) raises.
   */
  append<Row extends ObjectLiteral>(table: EntitySchema<Row>, row: Row, onDuplicate?: 'fail' | 'keep'): void;
  /**
   * Run an UPDATE or DELETE just before commit, in the order they were given and before the rows that were appended.
   * For those whose outcome nobody asks for and whose rows nobody reads again in this unit of work.
   */
  defer(statement: Statement): void;
  /**
   * Hand something to the mechanism that takes this kind (`Db.onGathered`). It gets all of this unit of work's at
   * once, before the rows that were appended: many acts cost it no more statements than one.
   */
  gather<Item>(kind: Gathered<Item>, item: Item): void;
  /** Run after the commit succeeded, in this process only: hints such as waking a worker, never consequences. */
  afterCommit(hint: () => void): void;
  /** After the commit, tell this process's listeners of a topic (`Db.onSignal`) once. A hint, never a consequence. */
  signal(topic: string): void;
}

/** A kind of thing that is gathered during a unit of work; its name is what the mechanism is found by. */
export interface Gathered<Item> {
  readonly name: string;
  /** Only for the compiler: what the kind consists of. */
  readonly itemType?: Item;
}

export interface Db {
  readonly dialect: Dialect;
  /** One unit of work. Opening a second one inside the first is refused (`db.nested_unit_of_work`). */
  write<T>(actor: Actor, work: (tx: Tx) => Promise<T>): Promise<T>;
  /** One row in one statement, durable when it resolves: the shortest unit of work there is. */
  insert<Row extends ObjectLiteral>(table: EntitySchema<Row>, row: Row): Promise<void>;
  /** Several rows in one statement, durable when it resolves; those whose unique key is known are left as they are. */
  insertNew<Row extends ObjectLiteral>(table: EntitySchema<Row>, rows: readonly Row[]): Promise<void>;
  /** One UPDATE or DELETE as a unit of work of its own, without the round trips of a transaction. */
  run(sql: string, params: unknown[]): Promise<void>;
  /** Raise a counter by one, as a unit of work of its own: its new value, or null when there is no such row. */
  raise<Row extends ObjectLiteral>(
    table: EntitySchema<Row>,
    column: keyof Row & string,
    id: string,
  ): Promise<number | null>;
  /** Reads committed rows only; never waits for the writing gate. */
  read<T>(work: (reads: Reads) => Promise<T>): Promise<T>;
  /** Listen for `Tx.signal`; returns the way to stop listening. */
  onSignal(topic: string, listener: () => void): () => void;
  /**
   * Take what units of work gather of a kind, in the same unit of work, before it commits; one mechanism for each
   * kind. Without one the unit of work fails: what somebody was to take care of is not lost in silence.
   */
  onGathered<Item>(kind: Gathered<Item>, take: (tx: Tx, items: readonly Item[]) => Promise<void>): void;
  close(): Promise<void>;
}
