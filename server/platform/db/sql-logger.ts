import type { Logger } from 'typeorm';

export interface SqlLog {
  error(fields: object, message: string): void;
}

const MAX_SQL = 300;
/** A duplicate key is an answer that callers catch; after a clash the whole unit of work runs again. */
const EXPECTED = new Set(['ER_DUP_ENTRY', 'ER_LOCK_DEADLOCK', 'ER_LOCK_WAIT_TIMEOUT', 'ER_CHECKREAD']);
const EXPECTED_STARTS = ['SQLITE_CONSTRAINT', 'SQLITE_BUSY'];

/**
 * TypeORM would print a failed query with all its parameters, which hold personal data. Ours names the statement,
 * cut short, and the error's code.
 */
export function createSqlLogger(log: SqlLog | undefined): Logger {
  const quiet = () => undefined;
  return {
    logQueryError(error, query) {
      const { code } = (typeof error === 'string' ? {} : error) as { code?: string };
      if (code !== undefined && isExpected(code)) return;
      log?.error({ code, sql: query.slice(0, MAX_SQL) }, 'query failed');
    },
    logQuery: quiet,
    logQuerySlow: quiet,
    logSchemaBuild: quiet,
    logMigration: quiet,
    log: quiet,
  };
}

const isExpected = (code: string): boolean =>
  EXPECTED.has(code) || EXPECTED_STARTS.some((start) => code.startsWith(start));
