// Bring the schema up to date and exit; `npm start` does the same. For a release with several instances: migrate
// first, then start the new ones.
import { systemClock } from '../server/kernel/clock.ts';
import { migrations } from '../server/migrations/index.ts';
import { migrationState, NewerDatabaseError, runMigrations } from '../server/platform/db/migrate.ts';
import { openDb } from '../server/platform/db/open.ts';
import { tables } from '../server/tables.ts';
import { Advice, configured, runProgram, shownUrl } from './command-line.ts';

await runProgram(async () => {
  const config = configured();
  const { db, source } = await openDb({ url: config.databaseUrl, tables, migrations, clock: systemClock });
  try {
    const { pending } = await migrationState(source);
    await runMigrations(source);
    console.log(`${shownUrl(config)}: ${pending === 0 ? 'up to date' : `${pending} migration(s) run`}.`);
    return 0;
  } catch (error) {
    throw error instanceof NewerDatabaseError ? new Advice(error.message) : error;
  } finally {
    await db.close();
  }
});
