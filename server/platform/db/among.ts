/** A condition on a column and its values, for `where`. */
export interface Among {
  readonly sql: string;
  readonly params: readonly string[];
}

/** SQLite takes 32,766 values in a statement, and a list may stand in it several times. */
const MOST_BOUND = 500;
/** Ids are made by us; anything else never gets into the text of a statement. */
const ID = /^[\w-]{1,64}$/;

/**
 * The column is one of these ids, however many they are: a scope may hold all 30,000 units (C5), on every database and
 * several times in one statement, and a list is complete or an error (H2). Many are written out: measured with 20,000
 * units twice in a statement that is 40 ms on SQLite, a recursive walk down the tree in the database 100 ms. MariaDB's
 * driver writes bound values out anyway.
 * @throws when one is no id
 */
export function among(column: string, ids: readonly string[]): Among {
  if (ids.length === 0) return { sql: '1 = 0', params: [] };
  if (ids.length <= MOST_BOUND)
    return { sql: `${column} in (${ids.map(() => '?').join(', ')})`, params: ids };
  return { sql: `${column} in ${idList(ids)}`, params: [] };
}

/** The same for query builders: `('…', '…')`, nothing bound. There is at least one. */
export function idList(ids: readonly string[]): string {
  const wrong = ids.find((id) => !ID.test(id));
  if (wrong !== undefined || ids.length === 0) throw new Error('idList: not a list of ids');
  return `('${ids.join("', '")}')`;
}
