import { createRequire } from 'node:module';

interface SqliteFile {
  /** First column of every row. */
  column(sql: string): unknown[];
  exec(sql: string): void;
  close(): void;
}

interface Libsql {
  prepare(sql: string): { all(): Record<string, unknown>[] };
  exec(sql: string): void;
  close(): void;
}
type LibsqlConstructor = new (path: string, options: { fileMustExist: boolean; timeout: number }) => Libsql;

/** One plain connection, without the unit of work: for copying and checking whole files. */
export function openSqliteFile(path: string, waitMs = 5_000): SqliteFile {
  const Libsql = createRequire(import.meta.url)('libsql') as LibsqlConstructor;
  const connection = new Libsql(path, { fileMustExist: true, timeout: waitMs });
  return {
    column: (sql) =>
      connection
        .prepare(sql)
        .all()
        .flatMap((row) => Object.values(row).slice(0, 1)),
    exec: (sql) => void connection.exec(sql),
    close: () => connection.close(),
  };
}

/** Is another process using the file? An exclusive lock needs everybody else's connection to be closed. */
export function isInUse(path: string): boolean {
  const file = openSqliteFile(path, 0);
  try {
    file.column('pragma locking_mode = exclusive');
    file.exec('begin exclusive');
    file.exec('rollback');
    return false;
  } catch (error) {
    if (/locked|busy/i.test(String(error))) return true;
    throw error;
  } finally {
    file.close();
  }
}

/** Faults SQLite finds in its own file; none when it is whole. */
export function integrityFaults(path: string): string[] {
  const file = openSqliteFile(path);
  try {
    return file
      .column('pragma integrity_check')
      .map(String)
      .filter((line) => line !== 'ok');
  } finally {
    file.close();
  }
}
