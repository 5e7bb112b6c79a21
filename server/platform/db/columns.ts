import type { EntitySchemaColumnOptions, ValueTransformer } from 'typeorm';

/**
 * The column vocabulary: the only place that knows how a kind of value is stored. Tables and migrations both use
 * it, so they cannot drift. Columns are written for MySQL; `adaptColumn` in dialect.ts turns them into SQLite's.
 *
 * Why these and no others: DATETIME drops milliseconds on MariaDB, DECIMAL comes back as a string, JSON columns
 * differ between MySQL and MariaDB, and the default collation merges `ZhangSan` with `zhangsan`.
 */
type Column = EntitySchemaColumnOptions & { readonly [SEALED]?: Sealing; readonly [PRINTED]?: Printing };

/** What the vault did to a column's values. Read from the tables by a rotation: nothing else has to remember them. */
export const SEALED = Symbol('sealed');
export const PRINTED = Symbol('printed');

/** The purpose the values are sealed for; one column holds one purpose. */
export interface Sealing {
  readonly purpose: string;
}

/** The purpose of the fingerprints, and the sealed column that holds the value itself. */
export interface Printing {
  readonly purpose: string;
  readonly sealedColumn: string;
}

const BINARY = 'utf8mb4_bin';

const numberFromDriver: ValueTransformer = {
  to: (value: number | null | undefined) => value,
  from: (value: string | number | null) => (value === null ? null : Number(value)),
};

/** JSON in a text column: same bytes out as in, on every dialect. */
export const jsonInText: ValueTransformer = {
  to: (value: unknown) => (value === null || value === undefined ? value : JSON.stringify(value)),
  from: (value: unknown) => (typeof value === 'string' ? (JSON.parse(value) as unknown) : value),
};

/** Primary key: 32 hex digits from `newId`. */
export const id = (): Column => ({ type: 'varchar', length: 32, collation: BINARY, primary: true });

/** Reference to another row's id. No foreign keys: rooms archive on their own. */
export const ref = (): Column => ({ type: 'varchar', length: 32, collation: BINARY });

/** Identifier or code compared byte by byte. */
export const code = (length = 64): Column => ({ type: 'varchar', length, collation: BINARY });

/** Short text for people; compared without case, so never a key. */
export const label = (length = 191): Column => ({ type: 'varchar', length });

/** Long text or a payload: up to 16 MB on MySQL (TEXT would stop at 64 KB). */
export const longText = (): Column => ({ type: 'mediumtext' });

/** JSON value, parsed on load. Not searched by the database. */
export const json = (): Column => ({ type: 'mediumtext', transformer: jsonInText });

export const integer = (): Column => ({ type: 'integer' });

/** Instant: UTC epoch milliseconds. Property names end in `At`. */
export const instant = (): Column => ({ type: 'bigint', transformer: numberFromDriver });

/** Large counter or sequence number below 2^53. */
export const counter = (): Column => ({ type: 'bigint', transformer: numberFromDriver });

/** Calendar date `YYYY-MM-DD` in Asia/Shanghai. Property names end in `On`. */
export const day = (): Column => ({ type: 'varchar', length: 10, collation: BINARY });

export const flag = (): Column => ({ type: 'boolean' });

/** Optimistic lock; starts at 1, raised by every save (`saveWithVersion`). */
export const version = (): Column => ({ type: 'integer' });

/** May hold no value. */
export const nullable = (column: Column): Column => ({ ...column, nullable: true });

/** What rows have that were there before the column. */
export const withDefault = (column: Column, value: number | string): Column => ({
  ...column,
  default: value,
});

/** Values sealed by the vault for this purpose; '' is no value yet. */
export const sealed = (column: Column, purpose: string): Column => ({ ...column, [SEALED]: { purpose } });

/** Fingerprints by the vault of what `sealedColumn` of the same row holds. */
export const print = (purpose: string, sealedColumn: string): Column => ({
  ...code(64),
  [PRINTED]: { purpose, sealedColumn },
});
