import { join } from 'node:path';
import type { Config } from '../config.ts';
import type { Clock } from '../kernel/clock.ts';
import { migrations } from '../migrations/index.ts';
import { createOpenPersonal, createSealer, keepPersonalParts } from '../platform/audit/index.ts';
import { runMigrations } from '../platform/db/migrate.ts';
import { openDb } from '../platform/db/open.ts';
import { createFiles, createFolderStore, createS3Store } from '../platform/files/index.ts';
import { createSessions } from '../platform/http/session.ts';
import type { Log } from '../platform/log.ts';
import { createMetrics } from '../platform/metrics.ts';
import { createVault } from '../platform/vault/index.ts';
import { tables } from '../tables.ts';

export interface AppOptions {
  readonly config: Config;
  readonly clock: Clock;
  readonly log: Log;
  /** Where `config/` lies; the working directory by default. */
  readonly root?: string;
  /** Origins besides our own that may frame the pages: the sandbox phone. */
  readonly frameAncestors?: readonly string[];
}

export type Platform = Awaited<ReturnType<typeof openPlatform>>;

/** The plumbing, with the database opened and migrated. */
export async function openPlatform({ config, clock, log, root = process.cwd() }: AppOptions) {
  const metrics = createMetrics();
  const onAlarm = (kind: string): void => metrics.alarm.inc({ kind });
  const { db, source } = await openDb({ url: config.databaseUrl, tables, migrations, clock, log });
  await runMigrations(source);
  const vault = createVault({
    secrets: config.vaultKeys,
    fingerprintSecret: config.fingerprintKey,
  });
  keepPersonalParts(db, vault);
  const anchorFile = join(config.dataDir, 'audit-heads.jsonl');
  const openPersonal = createOpenPersonal(vault);
  const sessions = createSessions({
    keys: config.sessionKeys,
    clock,
    secure: config.publicUrl.startsWith('https:'),
  });
  const blobs = config.s3 ? createS3Store(config.s3) : createFolderStore(join(config.dataDir, 'files'));
  const files = createFiles(db, blobs);
  const sealer = createSealer(db, (error) => log.error({ err: error }, 'audit entries not sealed'));
  return {
    config,
    clock,
    log,
    root,
    metrics,
    onAlarm,
    db,
    source,
    vault,
    anchorFile,
    openPersonal,
    sessions,
    blobs,
    files,
    sealer,
  };
}
