import type { EntitySchema, EntitySchemaColumnOptions } from 'typeorm';
import { PRINTED, SEALED, type Printing, type Sealing } from '../db/columns.ts';

/** A column of sealed values, and the column of their fingerprints where the table has one. */
export interface SealedColumn {
  readonly table: string;
  readonly idColumn: string;
  readonly column: string;
  readonly purpose: string;
  readonly print: { readonly column: string; readonly purpose: string } | null;
}

type Options = EntitySchemaColumnOptions & { readonly [SEALED]?: Sealing; readonly [PRINTED]?: Printing };

/** Every column made with `c.sealed`: the tables themselves are the register, so none can be forgotten. */
export function sealedColumns(tables: readonly EntitySchema[]): SealedColumn[] {
  return tables.flatMap(({ options }) => {
    const columns = Object.entries(options.columns as Readonly<Record<string, Options>>);
    const [idColumn] = columns.find(([, { primary }]) => primary === true) ?? [''];
    return columns.flatMap(([column, { [SEALED]: sealing }]) =>
      sealing === undefined
        ? []
        : [
            {
              table: options.tableName ?? options.name,
              idColumn,
              column,
              purpose: sealing.purpose,
              print: printOf(columns, column),
            },
          ],
    );
  });
}

function printOf(columns: readonly (readonly [string, Options])[], sealedColumn: string) {
  const found = columns.find(([, { [PRINTED]: printing }]) => printing?.sealedColumn === sealedColumn);
  const printing = found?.[1][PRINTED];
  return found && printing ? { column: found[0], purpose: printing.purpose } : null;
}
