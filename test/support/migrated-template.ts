import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ManualClock } from '../../server/kernel/clock.ts';
import { migrations } from '../../server/migrations/index.ts';
import { runMigrations } from '../../server/platform/db/migrate.ts';
import { openDb } from '../../server/platform/db/open.ts';
import { tables } from '../../server/tables.ts';
import { MONDAY } from './test-db.ts';

/** Another state of the migrations is another template: a folder or a server that stays may hold old ones. */
export function templateName(): string {
  const hash = createHash('sha256');
  for (const folder of ['server/migrations', 'server/platform/db'])
    for (const name of readdirSync(folder).sort()) hash.update(readFileSync(join(folder, name)));
  return `template_${hash.digest('hex').slice(0, 32)}`;
}

/** Run every migration on the database at `url`. */
export async function migrate(url: string): Promise<void> {
  const { db, source } = await openDb({ url, tables, migrations, clock: new ManualClock(MONDAY) });
  await runMigrations(source);
  if (url.startsWith('sqlite:')) await source.query(CHECKPOINT);
  await db.close();
}

/** The file alone is copied: nothing may be left in the log beside it. */
const CHECKPOINT = 'pragma wal_checkpoint(truncate)';

/** Bring everything that was written into the file itself. */
export async function wholeFile(url: string): Promise<void> {
  const { db, source } = await openDb({ url, tables: [], clock: new ManualClock(MONDAY) });
  await source.query(CHECKPOINT);
  await db.close();
}
