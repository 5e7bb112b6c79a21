import type { EntityManager, EntityMetadata, EntitySchema, ObjectLiteral } from 'typeorm';
import { conflict } from '../../kernel/errors.ts';
import type { Dialect } from './dialect.ts';
import type { Statement } from './statement.ts';
import type { Tx } from './unit-of-work.ts';

type Where = Pick<Tx, 'em' | 'dialect'>;

// 999 bound values are safe on every SQLite build; MySQL takes 65,535.
const MAX_VALUES = 900;
/** MariaDB takes 16 MB of text in one go as it is shipped (max_allowed_packet), MySQL 4 MB before 8.0. */
export const MOST_BYTES = 3_000_000;

/**
 * Multi-row INSERT without TypeORM's query builder: the builder costs more than the statement itself, and on
 * SQLite it re-selects defaults row by row. Every column must have a value or be nullable.
 * @param onDuplicate `keep` leaves an existing row with the same unique key untouched and tells nobody.
 */
export async function insertRows<Row extends ObjectLiteral>(
  where: Where,
  table: EntitySchema<Row>,
  rows: readonly Row[],
  onDuplicate: 'fail' | 'keep' = 'fail',
): Promise<void> {
  for (const { sql, params } of insertStatements(where, table, rows, onDuplicate))
    await where.em.query(sql, [...params]);
}

/** The same as statements, to be run with others. */
export function insertStatements<Row extends ObjectLiteral>(
  { em, dialect }: Where,
  table: EntitySchema<Row>,
  rows: readonly Row[],
  onDuplicate: 'fail' | 'keep',
): Statement[] {
  if (rows.length === 0) return [];
  const columns = em.connection.getMetadata(table).columns;
  const bound = rows.map((row) => columns.map((column) => stored(column, row)));
  return inPieces(bound, { values: MAX_VALUES, bytes: MOST_BYTES }, (values) => values).map((piece) => ({
    sql: insertSql(em, table, piece.length, onDuplicate, dialect),
    params: piece.flat(),
  }));
}

/**
 * In order, as few pieces as the limits allow; what is beyond them alone is a piece of its own.
 * @param boundIn what one of them binds
 */
export function inPieces<Item>(
  items: readonly Item[],
  most: { readonly values: number; readonly bytes: number },
  boundIn: (item: Item) => readonly unknown[],
): Item[][] {
  const pieces: Item[][] = [];
  let [values, bytes] = [Infinity, Infinity];
  for (const item of items) {
    const bound = boundIn(item);
    const size = bound.reduce<number>((sum, value) => sum + mostBytes(value), 0);
    values += bound.length;
    bytes += size;
    if (values > most.values || bytes > most.bytes) {
      pieces.push([]);
      [values, bytes] = [bound.length, size];
    }
    pieces.at(-1)?.push(item);
  }
  return pieces;
}

/** What a value comes to at most, written into a text: three bytes a character, or two where it is escaped. */
const mostBytes = (value: unknown): number => (typeof value === 'string' ? 3 * value.length : 24);

const sqlCache = new WeakMap<object, Map<string, string>>();

function insertSql(
  em: EntityManager,
  table: EntitySchema,
  count: number,
  onDuplicate: 'fail' | 'keep',
  dialect: Dialect,
): string {
  const metadata = em.connection.getMetadata(table);
  const cache = sqlCache.get(metadata) ?? new Map<string, string>();
  sqlCache.set(metadata, cache);
  const key = `${count}:${onDuplicate}`;
  const known = cache.get(key);
  if (known) return known;
  const quote = (name: string) => em.connection.driver.escape(name);
  const names = metadata.columns.map((c) => quote(c.databaseName));
  const tuple = `(${names.map(() => '?').join(', ')})`;
  const first = names[0] ?? '';
  const keep =
    dialect === 'mysql' ? ` on duplicate key update ${first} = ${first}` : ' on conflict do nothing';
  const sql = `insert into ${quote(metadata.tableName)} (${names.join(', ')}) values ${Array(count).fill(tuple).join(', ')}${
    onDuplicate === 'keep' ? keep : ''
  }`;
  cache.set(key, sql);
  return sql;
}

type ColumnMetadata = EntityMetadata['columns'][number];

function stored(column: ColumnMetadata, row: ObjectLiteral): unknown {
  const value: unknown = row[column.propertyName];
  const { transformer } = column;
  const out: unknown =
    transformer && !Array.isArray(transformer) ? (transformer.to(value) as unknown) : value;
  if (typeof out === 'boolean') return out ? 1 : 0;
  return out ?? null;
}

/**
 * Save changes of one row if nobody saved it since it was loaded: `update … where id = ? and version = ?`.
 * Raises the version by one. @throws conflict `db.changed_meanwhile` unless exactly one row was changed.
 */
export async function saveWithVersion<Row extends Versioned>(
  { em }: Where,
  table: EntitySchema<Row>,
  row: Pick<Row, 'id' | 'version'>,
  changes: ChangesOf<Row>,
): Promise<void> {
  const { sql, params } = versionUpdate(em, table, row, changes);
  if ((await updateCount(em, sql, [...params])) !== 1) throw conflict('db.changed_meanwhile');
}

/** The same at the end of the unit of work, by an act that does not read the row again. */
export const saveAtTheEnd = <Row extends Versioned>(
  tx: Tx,
  table: EntitySchema<Row>,
  row: Pick<Row, 'id' | 'version'>,
  changes: ChangesOf<Row>,
): void => tx.defer(versionUpdate(tx.em, table, row, changes));

type Versioned = ObjectLiteral & { id: string; version: number };
type ChangesOf<Row> = Partial<Omit<Row, 'id' | 'version'>>;

function versionUpdate<Row extends Versioned>(
  em: EntityManager,
  table: EntitySchema<Row>,
  row: Pick<Row, 'id' | 'version'>,
  changes: ChangesOf<Row>,
): Statement {
  const metadata = em.connection.getMetadata(table);
  const quote = (name: string) => em.connection.driver.escape(name);
  const next: ObjectLiteral = { ...changes, version: row.version + 1 };
  const columns = metadata.columns.filter((c) => next[c.propertyName] !== undefined);
  const assignments = columns.map((c) => `${quote(c.databaseName)} = ?`).join(', ');
  return {
    sql: `update ${quote(metadata.tableName)} set ${assignments} where id = ? and version = ?`,
    params: [...columns.map((c) => stored(c, next)), row.id, row.version],
    mustMatch: 1,
  };
}

/**
 * Save the same columns of several rows, each with values of its own, in as few statements as bound values allow:
 * `update … set a = case id when ? then ? … end where id in (…) and <condition>`.
 * @param condition of the rows that may be written besides, with its own values
 */
export async function updateRows<Row extends ObjectLiteral & { id: string }>(
  { em }: Where,
  table: EntitySchema<Row>,
  rows: readonly Row[],
  columns: readonly (keyof Row & string)[],
  condition: { readonly sql: string; readonly params: readonly unknown[] },
): Promise<void> {
  const metadata = em.connection.getMetadata(table);
  const quote = (name: string) => em.connection.driver.escape(name);
  const written = metadata.columns.filter((c) => (columns as readonly string[]).includes(c.propertyName));
  const perStatement = Math.max(1, Math.floor(MAX_VALUES / (2 * written.length + 1)));
  for (let at = 0; at < rows.length; at += perStatement) {
    const slice = rows.slice(at, at + perStatement);
    const cases = written.map(
      (c) => `${quote(c.databaseName)} = case id${' when ? then ?'.repeat(slice.length)} end`,
    );
    await em.query(
      `update ${quote(metadata.tableName)} set ${cases.join(', ')}
       where id in (${slice.map(() => '?').join(', ')}) and ${condition.sql}`,
      [
        ...written.flatMap((c) => slice.flatMap((row) => [row.id, stored(c, row)])),
        ...slice.map(({ id }) => id),
        ...condition.params,
      ],
    );
  }
}

/** Run an UPDATE or DELETE and tell how many rows it matched, the same on every dialect. */
export async function updateCount(em: EntityManager, sql: string, params: unknown[]): Promise<number> {
  const runner = em.queryRunner;
  if (!runner) throw new Error('updateCount needs a unit of work');
  const result = await runner.query(sql, params, true);
  return result.affected ?? 0;
}

const UNIQUE = new Set(['SQLITE_CONSTRAINT_UNIQUE', 'SQLITE_CONSTRAINT_PRIMARYKEY', 'ER_DUP_ENTRY']);

/** Did this database error come from a unique or primary key? */
export function isUniqueViolation(error: unknown): boolean {
  const driverError = (error as { driverError?: unknown } | null)?.driverError ?? error;
  const { code } = (driverError ?? {}) as { code?: unknown };
  return typeof code === 'string' && UNIQUE.has(code);
}
