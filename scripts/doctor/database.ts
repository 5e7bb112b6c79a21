import { existsSync } from 'node:fs';
import type { Config } from '../../server/config.ts';
import { migrationState } from '../../server/platform/db/migrate.ts';
import type { OpenedDb } from '../../server/platform/db/open.ts';
import { shownUrl, sqlitePath, withDatabase } from '../command-line.ts';
import { attention, fault, fine, type Finding } from './finding.ts';

/** Oldest servers this product is tested with or, for MySQL and TiDB, documented to work with. */
const OLDEST = { MariaDB: [10, 6], TiDB: [7, 5], MySQL: [8, 0] } as const;
const MAX_SKEW_MS = 5_000;

export async function checkDatabase(config: Config): Promise<Finding[]> {
  const path = sqlitePath(config);
  if (path !== null && !existsSync(path)) return [fine(`Database ${path}: will be made at the first start`)];
  try {
    return await withDatabase(config, async (opened) => [
      await checkVersion(config, opened),
      await checkMigrations(opened),
      ...(path === null ? [await checkDatabaseClock(opened)] : []),
    ]);
  } catch (error) {
    return [
      fault(`Database ${shownUrl(config)} cannot be opened: ${(error as Error).message}`, cureOf(error)),
    ];
  }
}

function cureOf(error: unknown): string {
  switch ((error as { code?: unknown }).code) {
    case 'ECONNREFUSED':
    case 'ETIMEDOUT':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return 'is the database server running, and may this machine reach it? Host and port are in DATABASE_URL';
    case 'ER_ACCESS_DENIED_ERROR':
      return 'user or password in DATABASE_URL are refused (special characters must be percent-encoded)';
    case 'ER_BAD_DB_ERROR':
      return 'create it: CREATE DATABASE … CHARACTER SET utf8mb4';
    case 'ER_DBACCESS_DENIED_ERROR':
      return 'the user needs all rights on this database: GRANT ALL ON <database>.* TO …';
    default:
      return 'check DATABASE_URL and the rights on the file';
  }
}

async function checkVersion(config: Config, { source, db }: OpenedDb): Promise<Finding> {
  const where = `Database ${shownUrl(config)}`;
  const call = db.dialect === 'sqlite' ? 'sqlite_version()' : 'version()';
  const [row] = (await source.query(`select ${call} as version`)) as { version: string }[];
  const version = String(row?.version);
  if (db.dialect === 'sqlite') return fine(`${where}: SQLite ${version}`);
  const { product, numbers } = serverOf(version);
  const [major, minor] = OLDEST[product];
  const old = numbers[0] < major || (numbers[0] === major && numbers[1] < minor);
  if (old) return fault(`${where}: ${product} ${version}`, `${product} ${major}.${minor} or newer is needed`);
  return fine(`${where}: ${product} ${version}`);
}

/** `10.11.6-MariaDB-0+deb12u1`, `8.0.11-TiDB-v7.5.1`, `8.0.36`. */
export function serverOf(version: string): {
  product: keyof typeof OLDEST;
  numbers: readonly [number, number];
} {
  const product = version.includes('MariaDB') ? 'MariaDB' : version.includes('TiDB') ? 'TiDB' : 'MySQL';
  const text = product === 'TiDB' ? version.replace(/^.*TiDB-v?/, '') : version;
  const [major = 0, minor = 0] = text.split('.').map((part) => Number.parseInt(part, 10));
  return { product, numbers: [major, minor] };
}

async function checkMigrations({ source }: OpenedDb): Promise<Finding> {
  const { pending, unknown } = await migrationState(source);
  if (unknown.length > 0)
    return fault(
      `The database was written by a newer version (${unknown.join(', ')})`,
      'start the newer version, or restore the backup made before it',
    );
  return pending === 0
    ? fine('Migrations: all done')
    : attention(
        `Migrations: ${pending} to do`,
        'the next start runs them; make a backup first (or npm run migrate)',
      );
}

/** Leases of jobs are compared between instances: their clocks, and the database's machine, must agree. */
async function checkDatabaseClock({ source }: OpenedDb): Promise<Finding> {
  const before = Date.now();
  const [row] = (await source.query('select unix_timestamp(now(3)) * 1000 as at')) as { at: unknown }[];
  const skew = Math.abs(Number(row?.at) - (before + Date.now()) / 2);
  if (skew <= MAX_SKEW_MS) return fine('Clocks of this machine and of the database agree');
  return attention(
    `Clocks of this machine and of the database differ by ${Math.round(skew / 1000)} s`,
    'set both by NTP',
  );
}
