import { type EntitySchemaColumnOptions, type QueryRunner, Table, TableColumn, TableIndex } from 'typeorm';
import { adaptColumn, type Dialect } from './dialect.ts';

export interface IndexSpec {
  readonly name: string;
  readonly columns: readonly string[];
  readonly unique?: boolean;
}

const dialectOf = (runner: QueryRunner): Dialect =>
  runner.connection.options.type === 'better-sqlite3' ? 'sqlite' : 'mysql';

/**
 * Create a table from the column vocabulary. Safe to run again: MySQL commits at every DDL statement, so a
 * migration that was cut off starts over.
 */
export async function createTable(
  runner: QueryRunner,
  name: string,
  columns: Readonly<Record<string, EntitySchemaColumnOptions>>,
  indices: readonly IndexSpec[] = [],
): Promise<void> {
  const table = new Table({
    name,
    columns: Object.entries(columns).map(([column, options]) => tableColumn(runner, column, options)),
    indices: indices.map(
      (index) =>
        new TableIndex({
          name: index.name,
          columnNames: [...index.columns],
          isUnique: index.unique ?? false,
        }),
    ),
  });
  await runner.createTable(table, true);
}

/** Add columns that are not there yet. New columns of a filled table must be nullable or carry a default. */
export async function addColumns(
  runner: QueryRunner,
  table: string,
  columns: Readonly<Record<string, EntitySchemaColumnOptions>>,
): Promise<void> {
  for (const [name, options] of Object.entries(columns)) {
    if (!(await runner.hasColumn(table, name)))
      await runner.addColumn(table, tableColumn(runner, name, options));
  }
}

function tableColumn(runner: QueryRunner, name: string, options: EntitySchemaColumnOptions): TableColumn {
  const column = adaptColumn(options, dialectOf(runner));
  return new TableColumn({
    name,
    type: runner.connection.driver.normalizeType({ type: column.type as never }),
    ...(column.length === undefined ? {} : { length: String(column.length) }),
    ...(column.collation === undefined ? {} : { collation: column.collation }),
    ...(column.default === undefined ? {} : { default: String(column.default) }),
    isNullable: column.nullable ?? false,
    isPrimary: column.primary === true,
  });
}

/** Make an index of an existing table what the spec says, whatever it was. */
export async function replaceIndex(runner: QueryRunner, table: string, spec: IndexSpec): Promise<void> {
  const known = (await runner.getTable(table))?.indices.find(({ name }) => name === spec.name);
  const isUnique = spec.unique ?? false;
  if (known?.columnNames.join() === spec.columns.join() && known.isUnique === isUnique) return;
  if (known) await runner.dropIndex(table, known);
  await runner.createIndex(
    table,
    new TableIndex({ name: spec.name, columnNames: [...spec.columns], isUnique }),
  );
}
