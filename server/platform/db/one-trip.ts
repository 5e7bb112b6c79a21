import type { EntityManager, QueryRunner } from 'typeorm';
import { conflict } from '../../kernel/errors.ts';
import { inPieces, MOST_BYTES, updateCount } from './rows.ts';
import type { Statement } from './statement.ts';
import type { Dialect } from './dialect.ts';
import type { Tx } from './unit-of-work.ts';

/** What begins a text of several statements; no other text may hold two. */
const SEVERAL = '/* several */ ';
/** Bound in one trip: a large unit of work makes several, none of them beyond what a server takes. */
const MOST_BOUND = 2_000;

/**
 * Statements of a unit of work that need no answer, on MySQL in one trip to the server: what an act writes at its end are
 * nine tables, and a trip costs both sides more than the statement itself (a fifth of an act when measured). They run in
 * order; the first that fails ends the unit of work, as one by one.
 * @throws conflict `db.changed_meanwhile` where one matched other rows than it must; the unit of work is then run again
 */
export async function inOneTrip(
  { em, dialect }: Pick<Tx, 'em' | 'dialect'>,
  statements: readonly Statement[],
): Promise<void> {
  for (const trip of tripsOf(dialect, statements)) mustHaveMatched(trip, await matchedBy(em, trip));
}

/** The same and the COMMIT, on MySQL together: none of them may have to match. On SQLite there is nobody to wait. */
export async function commitWith(
  runner: QueryRunner,
  dialect: Dialect,
  statements: readonly Statement[],
): Promise<void> {
  const trips = tripsOf(dialect, statements);
  const last = dialect === 'mysql' ? trips.pop() : undefined;
  for (const trip of trips) await matchedBy(runner.manager, trip);
  if (last === undefined) return runner.commitTransaction();
  const texts = [...last.map(({ sql }) => sql), 'COMMIT'];
  await runner.query(
    SEVERAL + texts.join('; '),
    last.flatMap(({ params }) => params),
  );
}

function tripsOf(dialect: Dialect, statements: readonly Statement[]): Statement[][] {
  for (const { sql } of statements) mustBeOne(sql);
  if (dialect === 'sqlite') return statements.map((one) => [one]);
  return inPieces(statements, { values: MOST_BOUND, bytes: MOST_BYTES }, ({ params }) => params);
}

/** How many rows each of them matched, in their order. */
async function matchedBy(em: EntityManager, trip: readonly Statement[]): Promise<number[]> {
  const params = trip.flatMap((one) => one.params);
  const [only] = trip;
  if (only && trip.length === 1) return [await updateCount(em, only.sql, params)];
  const answers = await em.query<{ affectedRows: number }[]>(
    SEVERAL + trip.map((one) => one.sql).join('; '),
    params,
  );
  return answers.map(({ affectedRows }) => affectedRows);
}

function mustHaveMatched(trip: readonly Statement[], matched: readonly number[]): void {
  trip.forEach(({ mustMatch }, n) => {
    if (mustMatch !== undefined && matched[n] !== mustMatch) throw conflict('db.changed_meanwhile');
  });
}

/**
 * Connections let several statements through for this file alone. Values are bound, so a semicolon in the text of any
 * other statement was put there by somebody who should not.
 * @throws Error
 */
export function mustBeOne(sql: string): void {
  if (sql.includes(';') && !sql.startsWith(SEVERAL)) throw new Error('a statement holds another one');
}
