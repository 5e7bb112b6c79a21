import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DataSource, type EntitySchema, type MigrationInterface } from 'typeorm';
import mysql from 'mysql2/promise';
import type { Clock } from '../../kernel/clock.ts';
import { createDb } from './database.ts';
import { adaptTable, type Dialect } from './dialect.ts';
import { libsqlDriver } from './libsql-driver.ts';
import { mustBeOne } from './one-trip.ts';
import { createSqlLogger, type SqlLog } from './sql-logger.ts';
import type { Db } from './unit-of-work.ts';

type Migration = new () => MigrationInterface;

export interface OpenOptions {
  /** `sqlite:<path>` or `mysql://user:password@host:port/database`. */
  readonly url: string;
  readonly tables: readonly EntitySchema[];
  readonly migrations?: readonly Migration[];
  readonly clock: Clock;
  readonly log?: SqlLog;
  readonly poolSize?: number;
}

export interface OpenedDb {
  readonly db: Db;
  /** The writing connection, for migrations and schema checks only. */
  readonly source: DataSource;
}

/** Connect; does not migrate. @throws when the database cannot be reached. */
export async function openDb(options: OpenOptions): Promise<OpenedDb> {
  return options.url.startsWith('sqlite:') ? openSqlite(options) : openMysql(options);
}

async function openSqlite(options: OpenOptions): Promise<OpenedDb> {
  const path = options.url.slice('sqlite:'.length);
  mkdirSync(dirname(path), { recursive: true });
  const connect = () =>
    new DataSource({
      type: 'better-sqlite3',
      database: path,
      driver: libsqlDriver(),
      enableWAL: true,
      // NORMAL loses no committed unit on a crash of the process, only on a power cut; FULL costs an fsync each.
      prepareDatabase: (connection: { pragma(sql: string): void }) => {
        connection.pragma('synchronous = NORMAL');
        connection.pragma('busy_timeout = 5000');
        // KiB. With SQLite's own 2 MB a unit of work over a large table reads the same pages again and again.
        connection.pragma('cache_size = -65536');
      },
      ...shared(options, 'sqlite'),
    }).initialize();
  const writer = await connect();
  const reader = await connect();
  return { db: createDb({ writer, reader, dialect: 'sqlite', clock: options.clock }), source: writer };
}

async function openMysql(options: OpenOptions): Promise<OpenedDb> {
  const source = await new DataSource({
    // TypeORM reads MariaDB's information schema wrongly as `mysql` and reports false differences.
    type: (await serverVersion(options.url)).includes('MariaDB') ? 'mariadb' : 'mysql',
    url: options.url,
    charset: 'utf8mb4',
    timezone: 'Z',
    poolSize: options.poolSize ?? 16,
    supportBigNumbers: true,
    bigNumberStrings: false,
    connectTimeout: 10_000,
    // A stack captured for every statement costs as much as parsing its answer; a failed one is logged with its SQL.
    trace: false,
    // For `inOneTrip` alone; `guard` refuses it to everybody else.
    multipleStatements: true,
    ...shared(options, 'mysql'),
  }).initialize();
  await eachConnection(source);
  const db = createDb({ writer: source, reader: source, dialect: 'mysql', clock: options.clock });
  return { db, source };
}

interface Promises {
  query(sql: string | { readonly sql: string }, params?: unknown[]): Promise<unknown>;
}

interface PoolConnection {
  query(sql: string): void;
  promise(): Promises;
  release(): void;
}

interface Pool {
  on(event: 'connection', listener: (connection: PoolConnection) => void): void;
  getConnection(done: (error: Error | null, connection: PoolConnection) => void): void;
}

/** What every connection is told first, that included which TypeORM opened to greet the server. */
async function eachConnection({ driver }: DataSource): Promise<void> {
  const { pool } = driver as unknown as { pool: Pool };
  const begin = (connection: PoolConnection): void => {
    connection.query(READ_COMMITTED);
    connection.query(MODE);
    guard(connection);
  };
  const first = await new Promise<PoolConnection>((resolve, reject) => {
    pool.getConnection((error, connection) => (error ? reject(error) : resolve(connection)));
  });
  begin(first);
  first.release();
  pool.on('connection', begin);
}

/**
 * MySQL's default, REPEATABLE READ, locks the gaps between index entries: two acts on different requests then
 * deadlock on the to-do index (214 times in 1,200 requests when measured). Versions, row locks and unique keys keep
 * our units of work right without it. Set per connection, because per transaction it would cost a round trip each.
 */
const READ_COMMITTED = 'set session transaction isolation level read committed';

/**
 * Whatever the server is set to. Values are escaped by the driver with backslashes: where they mean nothing
 * (NO_BACKSLASH_ESCAPES) a value could end its quotes. And what does not fit a column is refused, not cut.
 */
const MODE = `set session sql_mode = 'STRICT_TRANS_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION'`;

/**
 * One statement a call, but those of `inOneTrip`. TypeORM asks a connection for its promises at every statement, and
 * mysql2 loads a module and makes a wrapper for each answer, 3 % of a command's time when measured: one wrapper for each
 * connection, ours, says the same.
 */
function guard(connection: PoolConnection): void {
  const promises = connection.promise();
  const query = promises.query.bind(promises);
  promises.query = async (asked, params) => {
    mustBeOne(typeof asked === 'string' ? asked : asked.sql);
    return query(asked, params);
  };
  connection.promise = () => promises;
}

async function serverVersion(url: string): Promise<string> {
  const connection = await mysql.createConnection({ uri: url, connectTimeout: 10_000 });
  try {
    const [rows] = await connection.query<mysql.RowDataPacket[]>('select version() as version');
    return String(rows[0]?.version);
  } finally {
    await connection.end();
  }
}

function shared(options: OpenOptions, dialect: Dialect) {
  return {
    entities: options.tables.map((table) => adaptTable(table, dialect)),
    migrations: [...(options.migrations ?? [])],
    migrationsTableName: 'migration',
    migrationsTransactionMode: 'each' as const,
    logger: createSqlLogger(options.log),
    logging: ['error' as const],
  };
}
