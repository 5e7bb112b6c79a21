import type { EntitySchema, ObjectLiteral } from 'typeorm';
import type { Reads } from './unit-of-work.ts';

/**
 * Raise a counter by one and tell its new value, in one statement; null when there is no such row.
 * LAST_INSERT_ID(expr) belongs to the connection and comes back with the answer (MySQL, MariaDB, TiDB).
 */
export async function raiseCounter<Row extends ObjectLiteral>(
  { em, dialect }: Pick<Reads, 'em' | 'dialect'>,
  table: EntitySchema<Row>,
  column: keyof Row & string,
  id: string,
): Promise<number | null> {
  const name = em.connection.getMetadata(table).tableName;
  if (dialect === 'sqlite') {
    const sql = `update ${name} set ${column} = ${column} + 1 where id = ? returning ${column} as n`;
    const [row] = await em.query<{ n: number }[]>(sql, [id]);
    return row?.n ?? null;
  }
  const sql = `update ${name} set ${column} = last_insert_id(${column} + 1) where id = ?`;
  const { affectedRows, insertId } = await em.query<{ affectedRows: number; insertId: number }>(sql, [id]);
  return affectedRows === 1 ? insertId : null;
}
