import type { DataSource } from 'typeorm';

/** A database written by a newer version of this program. */
export class NewerDatabaseError extends Error {
  override readonly name = 'NewerDatabaseError';
}

/**
 * Bring the schema up to date, each migration on its own.
 * @throws NewerDatabaseError when the database knows migrations this program does not.
 */
export async function runMigrations(source: DataSource): Promise<void> {
  const { unknown } = await migrationState(source);
  if (unknown.length > 0) {
    throw new NewerDatabaseError(
      `The database has migrations this program does not know (${unknown.join(', ')}). Start the newer version, or restore the backup made before it.`,
    );
  }
  await alone(source, () => source.runMigrations({ transaction: 'each' }));
}

const LOCK = `concat('steward.migrate.', left(sha1(database()), 16))`;
const WAIT_SECONDS = 120;

/** Instances that start together migrate one after the other; the later ones find everything done. */
async function alone(source: DataSource, work: () => Promise<unknown>): Promise<void> {
  // A database file belongs to one process.
  if (source.options.type === 'better-sqlite3') return void (await work());
  // The lock belongs to this connection and ends with it, whatever happens to us.
  const runner = source.createQueryRunner();
  try {
    const [row] = (await runner.query(`select get_lock(${LOCK}, ?) as got`, [WAIT_SECONDS])) as {
      got: unknown;
    }[];
    if (Number(row?.got) !== 1)
      throw new Error('another instance has been migrating the database for too long');
    await work();
    await runner.query(`select release_lock(${LOCK})`);
  } finally {
    await runner.release();
  }
}

/** What the database has against what this program knows. */
export async function migrationState(source: DataSource): Promise<{ pending: number; unknown: string[] }> {
  const known = new Set(source.migrations.map((migration) => migration.name ?? ''));
  const runner = source.createQueryRunner();
  try {
    if (!(await runner.hasTable('migration'))) return { pending: known.size, unknown: [] };
    const done = (await runner.query('select name from migration')) as { name: string }[];
    const names = new Set(done.map((row) => row.name));
    return {
      pending: [...known].filter((name) => !names.has(name)).length,
      unknown: [...names].filter((name) => !known.has(name)),
    };
  } finally {
    await runner.release();
  }
}
