import type { Reads } from '../../platform/db/unit-of-work.ts';

const PAGE = 5_000;

export interface Listing {
  readonly table: string;
  /** Property names as they are stored, so never from outside. */
  readonly columns: readonly string[];
  /** Unique column to page by; one of `columns`. */
  readonly by: string;
  /** SQL condition and its values. */
  readonly where?: readonly [sql: string, ...params: unknown[]];
}

/**
 * Every row of a listing in the order of `by`, a page at a time. A row travels as one JSON text: taking 24 values one
 * by one out of the embedded database costs ten times what the query does, for a hundred thousand rows ten seconds.
 */
export async function* jsonPages<Row extends object>(
  reads: Reads,
  listing: Listing,
): AsyncGenerator<readonly Row[]> {
  const { table, columns, by, where = ['1 = 1'] } = listing;
  const [condition, ...params] = where;
  const pairs = columns.map((column) => `'${column}', ${column}`).join(', ');
  const sql = `select ${by} as place, json_object(${pairs}) as content from ${table}
     where ${by} > ? and ${condition} order by ${by} limit ${PAGE}`;
  for (let after = ''; ;) {
    const rows: { place: string; content: unknown }[] = await reads.em.query(sql, [after, ...params]);
    yield rows.map(({ content }) => parsed<Row>(content));
    const last = rows.at(-1);
    if (!last || rows.length < PAGE) return;
    after = last.place;
  }
}

/** Some drivers parse JSON themselves. */
const parsed = <Row>(content: unknown): Row =>
  (typeof content === 'string' ? JSON.parse(content) : content) as Row;
