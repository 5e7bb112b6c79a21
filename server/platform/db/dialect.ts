import { EntitySchema, type EntitySchemaColumnOptions } from 'typeorm';

export type Dialect = 'sqlite' | 'mysql';

/** A column of the vocabulary as this dialect wants it. */
export function adaptColumn(column: EntitySchemaColumnOptions, dialect: Dialect): EntitySchemaColumnOptions {
  if (dialect === 'mysql') return column;
  const { collation: _collation, ...rest } = column;
  return rest.type === 'mediumtext' ? { ...rest, type: 'text' } : rest;
}

/** The same table for one dialect. Repositories are found by name, so callers keep using the original schema. */
export function adaptTable<Row>(table: EntitySchema<Row>, dialect: Dialect): EntitySchema<Row> {
  const columns = Object.fromEntries(
    Object.entries<EntitySchemaColumnOptions | undefined>(table.options.columns).map(([name, column]) => [
      name,
      column && adaptColumn(column, dialect),
    ]),
  );
  return new EntitySchema<Row>({ ...table.options, columns: columns as typeof table.options.columns });
}
