import { afterEach, expect, it } from 'vitest';
import { newPlace } from '../../test/support/test-db.ts';
import { ManualClock } from '../kernel/clock.ts';
import { migrationState, NewerDatabaseError, runMigrations } from '../platform/db/migrate.ts';
import { openDb, type OpenedDb } from '../platform/db/open.ts';
import { tables } from '../tables.ts';
import { migrations } from './index.ts';

const open: { opened: OpenedDb; remove(): Promise<void> }[] = [];
afterEach(async () => {
  for (const { opened, remove } of open.splice(0)) {
    await opened.db.close();
    await remove();
  }
});

async function migrated(): Promise<OpenedDb> {
  const place = await newPlace();
  const opened = await openDb({ url: place.url, tables, migrations, clock: new ManualClock(0) });
  open.push({ opened, remove: place.remove });
  await runMigrations(opened.source);
  return opened;
}

it('the migrated schema is exactly the tables', async () => {
  const { source } = await migrated();
  const { upQueries } = await source.driver.createSchemaBuilder().log();
  expect(upQueries.map((query) => query.query)).toEqual([]);
});

it('running the migrations again changes nothing, and a cut-off run starts over', async () => {
  const { source } = await migrated();
  await source.query('delete from migration');
  await runMigrations(source);
  expect(await migrationState(source)).toEqual({ pending: 0, unknown: [] });
});

it('refuses a database that is newer than the program', async () => {
  const { source } = await migrated();
  await source.query(`insert into migration (timestamp, name) values (9, 'FromTheFuture9')`);
  await expect(runMigrations(source)).rejects.toBeInstanceOf(NewerDatabaseError);
});
