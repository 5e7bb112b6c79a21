import { connect, type Socket } from 'node:net';
import { createConnection, type Connection, type QueryError, type RowDataPacket } from 'mysql2';
import { AppError } from '../../../../kernel/errors.ts';
import type { SqlConnection } from '../contract.ts';
import type { Reading } from '../reading.ts';
import { OUT_OF_REACH } from '../reach.ts';
import { trouble } from '../troubles.ts';

const CONNECT_WITHIN_MS = 10_000;
/** Longest time for one statement at the source. */
const STATEMENT_WITHIN_S = 300;

export interface View {
  rows<T>(sql: string, values?: readonly unknown[]): Promise<T[]>;
  /** One by one, never all in memory. */
  stream(sql: string): AsyncIterable<Readonly<Record<string, unknown>>>;
}

/**
 * A connection that can only look: one read-only transaction on one state of the data, every statement bounded in
 * time, values as text. It is closed when the work ends, however it ends.
 * @throws refused a `hr.source_…` trouble
 */
export async function withView<T>(
  to: SqlConnection,
  password: string,
  { reach, signal }: Reading,
  work: (view: View) => Promise<T>,
): Promise<T> {
  reach.mustReach(to.host);
  // The check of the address and the connection are one, so that a name cannot change in between.
  const socket = connect({ host: to.host, port: to.port, lookup: reach.lookup, keepAlive: true });
  // The driver's own way to end waits for the statement in hand.
  const stop = () => socket.destroy(new Error('stopped'));
  signal.addEventListener('abort', stop);
  const connection = open(to, password, socket);
  try {
    signal.throwIfAborted();
    const view = viewOf(connection);
    await beginReading(view);
    return await work(view);
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw signal.aborted ? trouble('timeout') : sqlTrouble(error, to.host);
  } finally {
    signal.removeEventListener('abort', stop);
    connection.destroy();
    socket.destroy();
  }
}

function open({ host, port, database, user, tls }: SqlConnection, password: string, socket: Socket) {
  const connection = createConnection({
    host,
    port,
    database,
    user,
    password,
    charset: 'utf8mb4',
    connectTimeout: CONNECT_WITHIN_MS,
    stream: () => socket,
    ...(tls && { ssl: { rejectUnauthorized: true, verifyIdentity: true } }),
    dateStrings: true,
    supportBigNumbers: true,
    bigNumberStrings: true,
    multipleStatements: false,
    // A server must not ask this process for its files.
    flags: ['-LOCAL_FILES'],
  });
  // What it ends in comes with the statement in hand; without a listener it would end the process.
  connection.on('error', () => undefined);
  return connection;
}

const viewOf = (connection: Connection): View => ({
  rows: <T>(sql: string, values: readonly unknown[] = []) =>
    new Promise<T[]>((resolve, reject) => {
      connection.query<RowDataPacket[]>(sql, [...values], (error, rows) =>
        error ? reject(error) : resolve(rows as unknown as T[]),
      );
    }),
  stream: (sql) => connection.query(sql).stream({ highWaterMark: 500 }),
});

async function beginReading(view: View): Promise<void> {
  const [server] = await view.rows<{ version: string }>('select version() as version');
  await view.rows(
    server?.version.includes('MariaDB')
      ? `set session max_statement_time = ${STATEMENT_WITHIN_S}`
      : `set session max_execution_time = ${STATEMENT_WITHIN_S * 1_000}`,
  );
  await view.rows('set session transaction isolation level repeatable read');
  await view.rows('start transaction with consistent snapshot, read only');
}

const LOGIN = new Set([
  'ER_ACCESS_DENIED_ERROR',
  'ER_DBACCESS_DENIED_ERROR',
  'ER_ACCESS_DENIED_NO_PASSWORD_ERROR',
]);
const NOT_ALLOWED = new Set([
  'ER_TABLEACCESS_DENIED_ERROR',
  'ER_COLUMNACCESS_DENIED_ERROR',
  'ER_VIEW_INVALID',
]);
const TOO_LONG = new Set(['ER_STATEMENT_TIMEOUT', 'ER_QUERY_TIMEOUT', 'ETIMEDOUT', 'ER_QUERY_INTERRUPTED']);

/** The driver's own message may quote the statement or a value, so only its code goes on. */
function sqlTrouble(error: unknown, host: string): AppError {
  const { code = 'ERROR' } = error as Partial<QueryError>;
  if (code === OUT_OF_REACH) return trouble('private_address', { host });
  if (LOGIN.has(code)) return trouble('login');
  if (NOT_ALLOWED.has(code)) return trouble('not_allowed');
  if (TOO_LONG.has(code)) return trouble('timeout');
  return code.startsWith('ER_')
    ? trouble('query_failed', { what: code })
    : trouble('unreachable', { what: code });
}
