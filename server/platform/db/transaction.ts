import type { DataSource, EntityManager } from 'typeorm';
import type { Dialect } from './dialect.ts';
import { commitWith, inOneTrip } from './one-trip.ts';
import type { Statement } from './statement.ts';

/** What a unit of work leaves to its end, besides its answer. */
export interface Ending<T> {
  readonly value: T;
  /** Changes that are checked before anything is committed, and rows of this unit's own. */
  readonly checked: readonly Statement[];
  /**
   * What goes to the server in the trip of the COMMIT. A row that is kept once for all who want it locks its key until
   * then: units that ask for the same job waited for each other's trips (a tenth of all acts when measured).
   */
  readonly withCommit: readonly Statement[];
}

/** One transaction, whole or not at all; nothing of it is left where it failed. */
export async function inTransaction<T>(
  source: DataSource,
  dialect: Dialect,
  work: (em: EntityManager) => Promise<Ending<T>>,
): Promise<T> {
  const runner = source.createQueryRunner();
  try {
    await runner.startTransaction();
    const { value, checked, withCommit } = await work(runner.manager);
    await inOneTrip({ em: runner.manager, dialect }, checked);
    await commitWith(runner, dialect, withCommit);
    return value;
  } catch (error) {
    // A connection that is gone has rolled back by itself; what went wrong first is what is told.
    await runner.rollbackTransaction().catch(() => undefined);
    throw error;
  } finally {
    await runner.release();
  }
}
