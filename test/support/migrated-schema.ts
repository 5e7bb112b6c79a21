import mysql from 'mysql2/promise';
import { newId } from '../../server/kernel/id.ts';
import { migrate, templateName } from './migrated-template.ts';
import type { newPlace } from './test-db.ts';

/** A whole run of the tests shares one server; whoever comes second waits for the first. */
const WAIT_SECONDS = 120;
const READY = 'template_is_ready';

interface Template {
  readonly name: string;
  readonly tables: readonly string[];
  /** Those with rows that migrations wrote. */
  readonly filled: readonly string[];
  /** Those that number their rows. */
  readonly numbered: ReadonlySet<string>;
}

let template: Promise<Template> | undefined;
/** Schemas that were kept, by name. */
const kept = new Map<string, Promise<Template>>();

/**
 * A copy of the template that nobody uses now, emptied; else a new one. To make 150 tables and to drop them costs
 * 0.3 s, to empty the few that a test wrote to a fraction of that. Whoever has one holds its lock by an open
 * connection: the end of a process, however it comes, gives it back.
 * @param filledFrom a kept schema of the same tables, whose rows the copy has
 */
export async function takeSchema(filledFrom?: string): ReturnType<typeof newPlace> {
  const server = serverUrl();
  const migrated = await (template ??= prepare(server));
  const from = filledFrom === undefined ? migrated : await keptOne(server, filledFrom);
  const connection = await mysql.createConnection({ uri: server, multipleStatements: true });
  const name = await lockOne(connection, migrated.name);
  await connection.query(`create database if not exists ${name} character set utf8mb4; use ${name}`);
  const whole = (await tablesOf(connection, name)).join() === from.tables.join();
  await connection.query((whole ? await emptying(connection, from) : copying(name, from)).join(';\n'));
  return { url: `${server}/${name}`, remove: () => connection.end() };
}

function serverUrl(): string {
  const server = process.env.TEST_DATABASE_URL?.replace(/\/+$/, '');
  if (!server) throw new Error('DB=mariadb needs TEST_DATABASE_URL=mysql://user:password@host:port');
  return server;
}

/** A copy of a schema, to fill others from. @returns its name */
export async function keepSchema(url: string): Promise<string> {
  const connection = await mysql.createConnection({ uri: url, multipleStatements: true });
  try {
    const source = await describe(connection, new URL(url).pathname.slice(1));
    const name = `kept_${newId()}`;
    await connection.query(`create database ${name}; ${copying(name, source).join(';\n')}`);
    return name;
  } finally {
    await connection.end();
  }
}

function keptOne(server: string, name: string): Promise<Template> {
  const known = kept.get(name) ?? describeKept(server, name);
  kept.set(name, known);
  return known;
}

async function describeKept(server: string, name: string): Promise<Template> {
  const connection = await mysql.createConnection({ uri: server });
  try {
    return await describe(connection, name);
  } finally {
    await connection.end();
  }
}

async function lockOne(connection: mysql.Connection, prefix: string): Promise<string> {
  for (let n = 1; ; n++) {
    const name = `${prefix}_${n}`;
    const [row] = await rowsOf(connection, `select get_lock('${name}', 0) as got`);
    if (Number(row?.got) === 1) return name;
  }
}

async function rowsOf(connection: mysql.Connection, sql: string): Promise<mysql.RowDataPacket[]> {
  return (await connection.query<mysql.RowDataPacket[]>(sql))[0];
}

const namesOf = async (connection: mysql.Connection, sql: string): Promise<string[]> =>
  (await rowsOf(connection, sql)).map((row) => String(row.name)).sort();

const tablesOf = (connection: mysql.Connection, schema: string): Promise<string[]> =>
  namesOf(
    connection,
    `select table_name as name from information_schema.tables
     where table_schema = '${schema}' and table_name <> '${READY}'`,
  );

/** Of these, the ones that hold a row, in the schema in use. */
const filledOf = (connection: mysql.Connection, tables: readonly string[]): Promise<string[]> =>
  namesOf(
    connection,
    tables.map((t) => `select '${t}' as name where exists (select 1 from \`${t}\`)`).join(' union all '),
  );

async function emptying(connection: mysql.Connection, from: Template): Promise<string[]> {
  const dirty = await filledOf(connection, from.tables);
  return [
    'set foreign_key_checks = 0',
    ...dirty.map((t) => `delete from \`${t}\``),
    ...dirty.filter((t) => from.numbered.has(t)).map((t) => `alter table \`${t}\` auto_increment = 1`),
    ...filling(from),
  ];
}

const copying = (name: string, from: Template): string[] => [
  `drop database ${name}; create database ${name} character set utf8mb4; use ${name}`,
  ...from.tables.map((t) => `create table \`${t}\` like ${from.name}.\`${t}\``),
  ...filling(from),
];

const filling = ({ name, filled }: Template): string[] =>
  filled.map((t) => `insert into \`${t}\` select * from ${name}.\`${t}\``);

async function prepare(server: string): Promise<Template> {
  const name = templateName();
  const connection = await mysql.createConnection({ uri: server });
  try {
    await connection.query('select get_lock(?, ?)', [name, WAIT_SECONDS]);
    await connection.query(`create database if not exists ${name} character set utf8mb4`);
    const ready = await connection.query<mysql.RowDataPacket[]>(`show tables from ${name} like '${READY}'`);
    if (ready[0].length === 0) await makeTemplate(connection, server, name);
    await connection.query('select release_lock(?)', [name]);
    return await describe(connection, name);
  } finally {
    await connection.end();
  }
}

async function makeTemplate(connection: mysql.Connection, server: string, name: string): Promise<void> {
  await connection.query(`drop database ${name}`);
  await connection.query(`create database ${name} character set utf8mb4`);
  await migrate(`${server}/${name}`);
  await connection.query(`create table ${name}.${READY} (id int)`);
}

async function describe(connection: mysql.Connection, name: string): Promise<Template> {
  await connection.query(`use ${name}`);
  const tables = await tablesOf(connection, name);
  const numbered = await namesOf(
    connection,
    `select table_name as name from information_schema.columns
     where table_schema = '${name}' and extra like '%auto_increment%'`,
  );
  return { name, tables, filled: await filledOf(connection, tables), numbered: new Set(numbered) };
}
