import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import mysql from 'mysql2/promise';
import type { EntitySchema } from 'typeorm';
import { ManualClock } from '../../server/kernel/clock.ts';
import { newId } from '../../server/kernel/id.ts';
import { AuditEntryTable, auditTables, keepPersonalParts } from '../../server/platform/audit/index.ts';
import { openDb } from '../../server/platform/db/open.ts';
import type { Db } from '../../server/platform/db/unit-of-work.ts';
import { createVault } from '../../server/platform/vault/index.ts';

export interface TestDb {
  readonly db: Db;
  readonly clock: ManualClock;
  close(): Promise<void>;
}

/** Monday morning in Beijing, office open: the day of the pictures. */
export const MONDAY = '2026-11-23T10:20:00+08:00';

/** What the keys of people's parts of the record are sealed with in a test. */
export const recordVault = createVault({
  secrets: ['a-secret-of-the-record-in-tests'],
  fingerprintSecret: 'a-fingerprint-secret-for-tests',
});

/** Whoever keeps a record keeps its personal parts as well. */
const completed = (tables: readonly EntitySchema[]): EntitySchema[] => {
  const record = auditTables as unknown as EntitySchema[];
  const keeps = tables.includes(AuditEntryTable as unknown as EntitySchema);
  return [...new Set([...tables, ...(keeps ? record : [])])];
};

/** An empty database with these tables: a file of its own, or a MariaDB schema of its own when `DB=mariadb`. */
export async function openTestDb(
  tables: readonly EntitySchema[],
  options: { now?: string } = {},
): Promise<TestDb> {
  const place = await newPlace();
  const clock = new ManualClock(options.now ?? MONDAY);
  const { db, source } = await openDb({ url: place.url, tables: completed(tables), clock });
  keepPersonalParts(db, recordVault);
  await source.synchronize();
  return {
    db,
    clock,
    async close() {
      await db.close();
      await place.remove();
    },
  };
}

/** A place for one test's database: `url` for `openDb` or `DATABASE_URL`. */
export async function newPlace(): Promise<{ url: string; remove(): Promise<void> }> {
  return process.env.DB === 'mariadb' ? newMariadbPlace() : newSqlitePlace();
}

async function newSqlitePlace() {
  const folder = join('test/.tmp', newId());
  mkdirSync(folder, { recursive: true });
  return {
    url: `sqlite:${join(folder, 'test.db')}`,
    remove: async () => rmSync(folder, { recursive: true, force: true }),
  };
}

async function newMariadbPlace() {
  const server = process.env.TEST_DATABASE_URL;
  if (!server) throw new Error('DB=mariadb needs TEST_DATABASE_URL=mysql://user:password@host:port');
  const name = `t_${newId()}`;
  const run = async (sql: string) => {
    const connection = await mysql.createConnection({ uri: server });
    await connection.query(sql).finally(() => connection.end());
  };
  await run(`create database ${name} character set utf8mb4`);
  return {
    url: `${server.replace(/\/+$/, '')}/${name}`,
    remove: () => run(`drop database ${name}`),
  };
}
