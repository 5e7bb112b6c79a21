import type { Logger } from 'typeorm';

export interface SqlLog {
  error(fields: object, message: string): void;
}

const MAX_SQL = 300;

/**
 * TypeORM would print a failed query with all its parameters, which hold personal data. Ours names the statement,
 * cut short, and the error's code.
 */
export function createSqlLogger(log: SqlLog | undefined): Logger {
  const quiet = () => undefined;
  return {
    logQueryError(error, query) {
      const { code } = (typeof error === 'string' ? {} : error) as { code?: string };
      // A duplicate key is an answer, not a fault: callers catch it.
      if (code === 'ER_DUP_ENTRY' || code?.startsWith('SQLITE_CONSTRAINT')) return;
      log?.error({ code, sql: query.slice(0, MAX_SQL) }, 'query failed');
    },
    logQuery: quiet,
    logQuerySlow: quiet,
    logSchemaBuild: quiet,
    logMigration: quiet,
    log: quiet,
  };
}
