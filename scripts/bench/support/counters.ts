import type { RowDataPacket } from 'mysql2/promise';

interface Sql {
  query<T extends RowDataPacket[]>(sql: string): Promise<[T, unknown]>;
}

/** Since the server started. */
export interface Counters {
  /** Statements received, all connections together. */
  readonly statements: number;
  /** Deadlocks the server broke; NaN where it does not tell (MySQL). */
  readonly deadlocks: number;
}

export async function readCounters(sql: Sql): Promise<Counters> {
  const [rows] = await sql.query<RowDataPacket[]>(
    `show global status where Variable_name in ('Questions', 'Innodb_deadlocks')`,
  );
  const value = (name: string) => Number(rows.find((row) => row.Variable_name === name)?.Value);
  return { statements: value('Questions'), deadlocks: value('Innodb_deadlocks') };
}

/** Run the work and add how many statements each of its `count` parts took; no one else may use the server. */
export async function withStatements<T extends object>(
  sql: Sql,
  count: number,
  work: () => Promise<T>,
): Promise<T & { statements: number }> {
  const before = await readCounters(sql);
  const result = await work();
  const after = await readCounters(sql);
  return { ...result, statements: Number(((after.statements - before.statements) / count).toFixed(1)) };
}
