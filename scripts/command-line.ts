import { existsSync } from 'node:fs';
import { type Config, ConfigError, readConfig } from '../server/config.ts';
import { systemClock } from '../server/kernel/clock.ts';
import { keepPersonalParts } from '../server/platform/audit/index.ts';
import { errorForLog, redactLine } from '../server/platform/log.ts';
import { openDb, type OpenedDb } from '../server/platform/db/open.ts';
import { createVault, type Vault } from '../server/platform/vault/index.ts';
import { migrations } from '../server/migrations/index.ts';
import { tables } from '../server/tables.ts';

/** Something the operator can put right; its message is all that is printed. */
export class Advice extends Error {
  override readonly name = 'Advice';
}

/** Run a command-line program: its answer is the exit code; faults of use are one message, others keep their stack. */
export async function runProgram(program: (args: string[]) => Promise<number>): Promise<void> {
  try {
    process.exitCode = await program(process.argv.slice(2));
  } catch (error) {
    const plain = error instanceof Advice || error instanceof ConfigError;
    // A failed query would show its values, which hold personal data.
    console.error(plain ? error.message : redactLine(JSON.stringify(errorForLog(error), null, 2)));
    process.exitCode = 1;
  }
}

export const configured = (): Config => readConfig(process.env);

export const vaultOf = ({ vaultKeys, fingerprintKey }: Config): Vault =>
  createVault({ secrets: vaultKeys, fingerprintSecret: fingerprintKey });

/** Path of the SQLite file, or null for another database. */
export function sqlitePath({ databaseUrl }: Config): string | null {
  return databaseUrl.startsWith('sqlite:') ? databaseUrl.slice('sqlite:'.length) : null;
}

/** The database's address without its password. */
export function shownUrl({ databaseUrl }: Config): string {
  return databaseUrl.replace(/^(mysql:\/\/[^:/@]*):.*@/, '$1:…@');
}

/** Open the configured database for one piece of work. @throws Advice when an embedded one does not exist yet */
export async function withDatabase<T>(config: Config, work: (opened: OpenedDb) => Promise<T>): Promise<T> {
  const path = sqlitePath(config);
  if (path !== null && !existsSync(path))
    throw new Advice(`There is no database at ${path} yet: run npm start once.`);
  const opened = await openDb({ url: config.databaseUrl, tables, migrations, clock: systemClock });
  keepPersonalParts(opened.db, vaultOf(config));
  try {
    return await work(opened);
  } finally {
    await opened.db.close();
  }
}
