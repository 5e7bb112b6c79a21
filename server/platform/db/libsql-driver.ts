import { createRequire } from 'node:module';

/**
 * libsql behind better-sqlite3's API, as TypeORM's `driver` option wants it.
 *
 * Why a guard: binding a boolean makes libsql abort the whole process, binding `undefined` throws from Rust, and
 * blobs come back as ArrayBuffer. Every bound value is therefore checked here in JavaScript first.
 */
interface Statement {
  reader: boolean;
  all(params: readonly unknown[]): unknown[];
  get(params: readonly unknown[]): unknown;
  run(params: readonly unknown[]): { changes: number; lastInsertRowid: number | bigint };
}
interface Connection {
  prepare(sql: string): Statement;
  exec(sql: string): void;
  pragma(sql: string): unknown;
  close(): void;
}
type ConnectionConstructor = new (path: string, options: Record<string, unknown>) => Connection;

function bindable(value: unknown): unknown {
  switch (typeof value) {
    case 'undefined':
      return null;
    case 'boolean':
      return value ? 1 : 0;
    case 'string':
      return value;
    case 'number':
      if (!Number.isFinite(value)) throw new TypeError('cannot bind a non-finite number');
      return value;
    case 'bigint':
      return Number.isSafeInteger(Number(value)) ? Number(value) : value.toString();
    case 'object':
      return bindableObject(value);
    default:
      throw new TypeError(`cannot bind a value of type ${typeof value}`);
  }
}

function bindableObject(value: object | null): unknown {
  if (value === null) return null;
  if (ArrayBuffer.isView(value)) return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  throw new TypeError(`cannot bind an object (${value.constructor.name}); serialise it in a transformer`);
}

const bindAll = (params: readonly unknown[]): unknown[] => params.map(bindable);

/**
 * What TypeORM opens a unit of work with, and what SQLite is told instead. A unit that reads before it writes would
 * otherwise learn only at its first write that another process (the command line beside the server) wrote meanwhile,
 * and no waiting helps then (SQLITE_BUSY_SNAPSHOT). Taken at the beginning, the write lock is waited for.
 */
const BEGIN = { asked: 'BEGIN TRANSACTION', said: 'BEGIN IMMEDIATE' } as const;

/** A statement with many values written out (among.ts) is not asked again word for word. */
const LONG = 20_000;

/** The class TypeORM instantiates for each SQLite connection. */
export function libsqlDriver(): unknown {
  const Libsql = createRequire(import.meta.url)('libsql') as ConnectionConstructor;

  return class LibsqlConnection {
    readonly #connection: Connection;
    // Parsing SQL costs more than running it on an embedded database; statements are kept per connection.
    readonly #statements = new Map<string, Statement>();

    constructor(
      path: string,
      options: { readonly?: boolean; fileMustExist?: boolean; timeout?: number } = {},
    ) {
      this.#connection = new Libsql(path, {
        readonly: options.readonly ?? false,
        fileMustExist: options.fileMustExist ?? false,
        timeout: options.timeout ?? 5000,
      });
    }

    prepare(sql: string) {
      const statement = this.#prepared(sql === BEGIN.asked ? BEGIN.said : sql);
      return {
        reader: statement.reader,
        all: (...params: unknown[]) => statement.all(bindAll(params)),
        get: (...params: unknown[]) => statement.get(bindAll(params)),
        run: (...params: unknown[]) => statement.run(bindAll(params)),
      };
    }

    exec(sql: string): void {
      this.#connection.exec(sql);
    }

    pragma(sql: string): unknown {
      return this.#connection.pragma(sql);
    }

    close(): void {
      this.#statements.clear();
      this.#connection.close();
    }

    #prepared(sql: string): Statement {
      const known = this.#statements.get(sql);
      if (known) return known;
      const statement = this.#connection.prepare(sql);
      // A changed schema invalidates prepared statements, and one-off SQL would only fill the memory.
      if (/^\s*(create|alter|drop|pragma|vacuum)/i.test(sql)) this.#statements.clear();
      else if (this.#statements.size < 500 && sql.length < LONG) this.#statements.set(sql, statement);
      return statement;
    }
  };
}
