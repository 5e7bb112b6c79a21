import { copyFile, cp, mkdir, rename, rm } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { Advice } from '../command-line.ts';
import { BESIDE, DATABASE, FILES, type Manifest, readManifest, sha256Of } from './manifest.ts';
import { integrityFaults, isInUse } from './sqlite-file.ts';

export interface RestorePlan {
  readonly backup: string;
  /** SQLite file to replace, or null: then the database is restored by its own tool. */
  readonly database: string | null;
  readonly dataDir: string;
  /** New folder for what is there now. */
  readonly aside: string;
}

/**
 * Put a backup in place; what is there now is moved aside, nothing is deleted. Everything is checked first: a bad
 * backup or a running server changes nothing.
 */
export async function restoreBackup(plan: RestorePlan): Promise<Manifest> {
  const manifest = readManifest(plan.backup);
  await checkBackup(plan, manifest);
  if (plan.database !== null && existsSync(plan.database) && isInUse(plan.database))
    throw new Advice(`${plan.database} is in use: stop the server first.`);
  if (existsSync(plan.aside)) throw new Advice(`${plan.aside} exists already.`);
  await moveAside(plan);
  await putInPlace(plan);
  return manifest;
}

async function checkBackup({ backup, database }: RestorePlan, { databaseSha256 }: Manifest): Promise<void> {
  if (database === null) return;
  const copy = join(backup, DATABASE);
  if (databaseSha256 === null || !existsSync(copy))
    throw new Advice(`${backup} holds no SQLite database: it was made from another kind of database.`);
  if ((await sha256Of(copy)) !== databaseSha256)
    throw new Advice(`${copy} is not what was written: the backup is damaged.`);
  const [first] = integrityFaults(copy);
  if (first !== undefined) throw new Advice(`${copy} is damaged: ${first}`);
}

async function moveAside({ database, dataDir, aside }: RestorePlan): Promise<void> {
  await mkdir(aside, { recursive: true, mode: 0o700 });
  const databaseFiles = database === null ? [] : [database, `${database}-wal`, `${database}-shm`];
  const others = [FILES, ...BESIDE].map((name) => join(dataDir, name));
  for (const path of [...databaseFiles, ...others]) {
    if (existsSync(path)) await move(path, join(aside, basename(path)));
  }
}

/** Also from one disk to another: the database may lie elsewhere than the data folder. */
async function move(from: string, to: string): Promise<void> {
  try {
    await rename(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EXDEV') throw error;
    await cp(from, to, { recursive: true });
    await rm(from, { recursive: true });
  }
}

async function putInPlace({ backup, database, dataDir }: RestorePlan): Promise<void> {
  await mkdir(dataDir, { recursive: true });
  for (const name of [FILES, ...BESIDE]) {
    if (existsSync(join(backup, name)))
      await cp(join(backup, name), join(dataDir, name), { recursive: true });
  }
  if (database === null) return;
  await mkdir(dirname(database), { recursive: true });
  await copyFile(join(backup, DATABASE), database);
}
