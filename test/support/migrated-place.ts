import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, readdirSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import mysql from 'mysql2/promise';
import { ManualClock } from '../../server/kernel/clock.ts';
import { migrations } from '../../server/migrations/index.ts';
import { runMigrations } from '../../server/platform/db/migrate.ts';
import { openDb } from '../../server/platform/db/open.ts';
import { tables } from '../../server/tables.ts';
import { MONDAY, newPlace } from './test-db.ts';

/** A whole run of the tests shares one server; whoever comes second waits for the first. */
const WAIT_SECONDS = 120;
const READY = 'template_is_ready';

/**
 * A place whose database has had all migrations already. They run once, and every test gets a copy of what they made:
 * a start costs a quarter less on SQLite, and on MariaDB a fifth of the time of its migrations. What the migrations do
 * is shown by tests of their own.
 */
export async function newMigratedPlace(): ReturnType<typeof newPlace> {
  const place = await newPlace();
  if (process.env.DB === 'mariadb') await copySchema(place.url);
  else await copyFile(place.url);
  return place;
}

/** Another state of the migrations is another template: a server that stays may hold old ones. */
function templateName(): string {
  const hash = createHash('sha256');
  for (const folder of ['server/migrations', 'server/platform/db'])
    for (const name of readdirSync(folder).sort()) hash.update(readFileSync(join(folder, name)));
  return `template_${hash.digest('hex').slice(0, 32)}`;
}

let template: Promise<string> | undefined;

async function copyFile(url: string): Promise<void> {
  template ??= migratedFile();
  copyFileSync(await template, url.slice('sqlite:'.length));
}

/** Made aside and put into its place whole: of two processes that make it at once, either's is right. */
async function migratedFile(): Promise<string> {
  const path = join('test/.tmp', `${templateName()}.db`);
  if (existsSync(path)) return path;
  const place = await newPlace();
  await migrate(place.url);
  renameSync(place.url.slice('sqlite:'.length), path);
  await place.remove();
  return path;
}

async function migrate(url: string): Promise<void> {
  const { db, source } = await openDb({ url, tables, migrations, clock: new ManualClock(MONDAY) });
  await runMigrations(source);
  // The file alone is copied: nothing may be left in the log beside it.
  if (url.startsWith('sqlite:')) await source.query('pragma wal_checkpoint(truncate)');
  await db.close();
}

/** Statements that make the template's tables, and rows that migrations wrote, in the schema in use. */
async function copySchema(url: string): Promise<void> {
  const server = url.slice(0, url.lastIndexOf('/'));
  template ??= prepare(server);
  const sql = await template;
  const connection = await mysql.createConnection({ uri: url, multipleStatements: true });
  await connection.query(sql).finally(() => connection.end());
}

async function prepare(server: string): Promise<string> {
  const name = templateName();
  const connection = await mysql.createConnection({ uri: server });
  try {
    await connection.query('select get_lock(?, ?)', [name, WAIT_SECONDS]);
    const [ready] = await connection.query<mysql.RowDataPacket[]>(
      'select 1 from information_schema.tables where table_schema = ? and table_name = ?',
      [name, READY],
    );
    if (ready.length === 0) await makeSchema(connection, server, name);
    await connection.query('select release_lock(?)', [name]);
    return await statements(connection, name);
  } finally {
    await connection.end();
  }
}

async function makeSchema(connection: mysql.Connection, server: string, name: string): Promise<void> {
  await connection.query(`drop database if exists ${name}`);
  await connection.query(`create database ${name} character set utf8mb4`);
  await migrate(`${server}/${name}`);
  await connection.query(`create table ${name}.${READY} (id int)`);
}

async function statements(connection: mysql.Connection, name: string): Promise<string> {
  const [rows] = await connection.query<mysql.RowDataPacket[]>(
    'select table_name as name from information_schema.tables where table_schema = ? and table_name <> ?',
    [name, READY],
  );
  const parts = rows.map(({ name: table }) => String(table));
  return parts
    .map(
      (table) =>
        `create table \`${table}\` like ${name}.\`${table}\`; insert into \`${table}\` select * from ${name}.\`${table}\``,
    )
    .join(';\n');
}
