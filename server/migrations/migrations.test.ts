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

it('a database of the first release keeps its tasks, sorted as before', async () => {
  const place = await newPlace();
  const first = await openDb({
    url: place.url,
    tables,
    migrations: migrations.slice(0, 1),
    clock: new ManualClock(0),
  });
  await runMigrations(first.source);
  const columns = 'id, instanceId, stepId, personId, status, openedAt, provisional, dueAt';
  await first.source.query(
    `insert into approval_task (${columns}) values ('a', '', '', '', '', 0, 0, 7), ('b', '', '', '', '', 0, 0, null)`,
  );
  await first.db.close();
  const opened = await openDb({ url: place.url, tables, migrations, clock: new ManualClock(0) });
  open.push({ opened, remove: place.remove });
  await runMigrations(opened.source);
  const rows = await opened.source.query<{ sortAt: unknown }[]>(
    'select sortAt from approval_task order by id',
  );
  expect(rows.map(({ sortAt }) => Number(sortAt))).toEqual([7, 9_000_000_000_000_000]);
});
