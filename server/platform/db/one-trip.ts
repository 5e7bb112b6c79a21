import { inPieces, MOST_BYTES, type Statement } from './rows.ts';
import type { Tx } from './unit-of-work.ts';

/** What begins a text of several statements; no other text may hold two. */
const SEVERAL = '/* several */ ';
/** Bound in one trip: a large unit of work makes several, none of them beyond what a server takes. */
const MOST_BOUND = 2_000;

/**
 * Statements of a unit of work that need no answer, on MySQL in one trip to the server: what an act writes at its end are
 * six tables, and a trip costs both sides more than the statement itself (an eighth of an act when measured). They run in
 * order; the first that fails ends the unit of work, as one by one.
 */
export async function inOneTrip(
  { em, dialect }: Pick<Tx, 'em' | 'dialect'>,
  statements: readonly Statement[],
): Promise<void> {
  const most = { values: MOST_BOUND, bytes: MOST_BYTES };
  const trips =
    dialect === 'mysql' ? inPieces(statements, most, ({ params }) => params) : statements.map((one) => [one]);
  for (const trip of trips) {
    const sql = trip.map((one) => one.sql).join('; ');
    await em.query(
      trip.length === 1 ? sql : SEVERAL + sql,
      trip.flatMap(({ params }) => params),
    );
  }
}

/**
 * Connections let several statements through for this file alone. Values are bound, so a semicolon in the text of any
 * other statement was put there by somebody who should not.
 * @throws Error
 */
export function mustBeOne(sql: string): void {
  if (sql.includes(';') && !sql.startsWith(SEVERAL)) throw new Error('a statement holds another one');
}
