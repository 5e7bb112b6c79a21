import { chmod, cp, mkdir, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Advice } from '../command-line.ts';
import { BESIDE, DATABASE, FILES, type Manifest, sha256Of } from './manifest.ts';
import { openSqliteFile } from './sqlite-file.ts';

export interface BackupPlan {
  /** SQLite file, or null: then only what lies beside the database is copied. */
  readonly database: string | null;
  readonly dataDir: string;
  /** New folder to write. */
  readonly target: string;
  readonly now: number;
}

/**
 * Copy database, attachments and keys into a new folder while the server may be running. The database comes first:
 * an attachment is stored before its row, so every row in the copy finds its file.
 */
export async function makeBackup({ database, dataDir, target, now }: BackupPlan): Promise<Manifest> {
  if (existsSync(target)) throw new Advice(`${target} exists already: name a new folder.`);
  if (database !== null && !existsSync(database)) throw new Advice(`There is no database at ${database}.`);
  await mkdir(target, { recursive: true, mode: 0o700 });
  const databaseSha256 = database === null ? null : await copyDatabase(database, join(target, DATABASE));
  if (existsSync(join(dataDir, FILES)))
    await cp(join(dataDir, FILES), join(target, FILES), { recursive: true });
  for (const name of BESIDE) {
    if (!existsSync(join(dataDir, name))) continue;
    await cp(join(dataDir, name), join(target, name));
    await chmod(join(target, name), 0o600);
  }
  const manifest = { product: 'wecom-steward' as const, madeAt: new Date(now).toISOString(), databaseSha256 };
  // Last: a backup that broke off has no manifest and is refused by restore.
  await writeFile(join(target, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`, { mode: 0o600 });
  return manifest;
}

/** VACUUM INTO reads one moment of the database, also from beside a running server. */
async function copyDatabase(from: string, to: string): Promise<string> {
  const file = openSqliteFile(from);
  try {
    file.exec(`vacuum into '${to.replaceAll("'", "''")}'`);
  } finally {
    file.close();
  }
  await chmod(to, 0o600);
  return sha256Of(to);
}
