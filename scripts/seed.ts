import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { systemActor } from '../server/kernel/actor.ts';
import type { Access, GrantsImported } from '../server/features/access/index.ts';
import type { Directory, ImportResult } from '../server/features/directory/index.ts';
import type { Db } from '../server/platform/db/unit-of-work.ts';
import { readSheets, writeSheets } from '../server/platform/sheets/index.ts';
import { demoRoster } from './demo/roster.ts';

export interface SeedDeps {
  readonly db: Db;
  readonly directory: Directory;
  readonly access: Access;
}

export interface Seeded {
  readonly roster: ImportResult;
  readonly grants: GrantsImported;
}

/** Write the demo college as an .xlsx roster. The same content on every machine. */
export async function writeDemoRoster(file: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, await writeSheets(demoRoster()));
}

/** Import a roster file (sheets 单位, 人员, 岗位, 角色) in one unit of work, by the command everybody uses. */
export async function seedFrom(file: string, { db, directory, access }: SeedDeps): Promise<Seeded> {
  const sheets = await readSheets(await readFile(file));
  return db.write(systemActor('cli:seed'), async (tx) => ({
    roster: await directory.importRoster(tx, sheets),
    grants: await access.importGrants(tx, sheets),
  }));
}

/** The demo college, through its file, into an empty database; a database with people in it is left alone. */
export async function seedDemo(file: string, deps: SeedDeps): Promise<Seeded | null> {
  if ((await deps.db.read(deps.directory.orgOf)).people().length > 0) return null;
  await writeDemoRoster(file);
  return seedFrom(file, deps);
}
