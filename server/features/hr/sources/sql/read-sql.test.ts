import mysql from 'mysql2/promise';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../../../kernel/id.ts';
import type { SqlList } from '../contract.ts';
import { createReach } from '../reach.ts';
import type { SqlSettings } from '../reading.ts';
import { withView } from './connect.ts';
import { readSql, sampleSql } from './read-sql.ts';

/** A source of this kind is another MySQL or MariaDB; SQLite cannot play it. */
const server = process.env.DB === 'mariadb' ? process.env.TEST_DATABASE_URL : undefined;
const NOW = Date.parse('2026-11-23T10:20:00+08:00');
const PASSWORD = 'only-for-this-test';

const schema = `hr_${newId()}`;
const reader = `r${newId().slice(-12)}`;
const writer = `w${newId().slice(-12)}`;
let admin: mysql.Connection;

/** The tests' own account may do everything but grant, so the rights are written where MariaDB keeps them. */
beforeAll(async () => {
  if (server === undefined) return;
  admin = await mysql.createConnection({ uri: server, multipleStatements: true });
  await admin.query(`
    create database ${schema} character set utf8mb4;
    use ${schema};
    create table staff (no varchar(16) primary key, xm varchar(64), dept varchar(64), born date null, seen datetime(3),
      pay decimal(20, 4), big bigint, mobile varchar(32) null, zt char(2), photo blob null);
    insert into staff values
      ('00731', '张雨桐', 'D2001；D05', '1990-02-03', '2026-11-20 08:00:00.123', 1.5, 9007199254740993, null, '01', x'ff'),
      ('00215', '陈志远', 'D20', null, null, null, null, '19900000215', '09', null);
    create view v_people as select *, '院内' as lb from staff;
    create view v_units as select 'D20' as code, '信息工程学院' as name, '' as parent;
    create view v_many as select seq as no, 'x' as xm, 'D20' as dept, '院内' as lb, '01' as zt from seq_1_to_200001;
    create user ${reader}@'%' identified by '${PASSWORD}';
    create user ${writer}@'%' identified by '${PASSWORD}';
    insert into mysql.tables_priv (Host, Db, User, Table_name, Grantor, Table_priv, Column_priv) values
      ${['v_people', 'v_units', 'v_many'].map((view) => `('%', '${schema}', '${reader}', '${view}', '', 'Select', '')`).join(', ')};
    insert into mysql.db (Host, Db, User, Select_priv, Insert_priv, Delete_priv) values
      ('%', '${schema}', '${writer}', 'Y', 'Y', 'Y');
    flush privileges;`);
});
afterAll(async () => {
  if (server === undefined) return;
  await admin.query(`drop database ${schema}; drop user ${reader}@'%'; drop user ${writer}@'%';`);
  await admin.end();
});

const STATUS = { '01': '在职', '09': '离职' };
const rules = (...more: SqlList['columns']): SqlList['columns'] => [
  { column: 'staffNo', from: 'no' },
  { column: 'name', from: 'xm' },
  { column: 'unitCodes', from: 'dept' },
  { column: 'category', from: 'lb' },
  { column: 'status', from: 'zt', values: STATUS },
  ...more,
];
const people = (more: Partial<SqlList> = {}): SqlList => ({ view: 'v_people', columns: rules(), ...more });

function settingsOf(list: SqlList = people(), more: Partial<SqlSettings> = {}): SqlSettings {
  const { hostname, port } = new URL(server ?? 'mysql://127.0.0.1:3306');
  return {
    kind: 'sql',
    name: '人事库',
    empties: 'notProvided',
    full: true,
    hour: null,
    connection: { host: hostname, port: Number(port), database: schema, user: reader, tls: false },
    lists: { units: null, people: list },
    ...more,
  };
}
const as = (user: string, more: object = {}): Partial<SqlSettings> => ({
  connection: { ...settingsOf().connection, user, ...more },
});
const reading = (signal = AbortSignal.timeout(60_000), networks = ['127.0.0.0/8']) => ({
  reach: createReach(networks),
  signal,
  now: () => NOW,
});
const read = (settings = settingsOf(), password = PASSWORD) => readSql(settings, password, reading());
const failing = (settings: SqlSettings, password = PASSWORD): Promise<string> =>
  read(settings, password).then(
    () => 'read',
    (error: { code: string }) => error.code,
  );

describe.skipIf(server === undefined)('a view of another database (needs scripts/mariadb-test.mjs)', () => {
  it('A1 is read whole in the order of its key, and counted', async () => {
    const units: SqlList = {
      view: 'v_units',
      columns: [
        { column: 'code', from: 'code' },
        { column: 'name', from: 'name' },
        { column: 'parentCode', from: 'parent' },
      ],
    };
    const statement = await read(settingsOf(people(), { lists: { units, people: people() } }));
    expect(statement).toMatchObject({
      complete: true,
      units: 1,
      people: 2,
      cutOffAt: NOW,
      missingColumns: [],
    });
    expect(statement.rows.map(({ kind, line, cells }) => [kind, line, cells.staffNo ?? cells.code])).toEqual([
      ['units', 2, 'D20'],
      ['people', 2, '00215'],
      ['people', 3, '00731'],
    ]);
    expect(statement.rows[1]?.cells).toEqual({
      staffNo: '00215',
      name: '陈志远',
      unitCodes: 'D20',
      category: '院内',
      status: '离职',
    });
    expect((await read(settingsOf(people(), { lists: { units, people: people() } }))).hash).toBe(
      statement.hash,
    );
  });

  it('A5 values come as they stand: days, moments, large numbers; null is what the source was set up to mean', async () => {
    const list = people({
      columns: rules(
        { column: 'bornOn', from: 'born' },
        { column: 'statusOn', from: 'seen' },
        { column: 'sortOrder', from: 'big' },
        { column: 'grade', from: 'pay' },
        { column: 'mobile', from: 'mobile' },
      ),
    });
    const [none, given] = (await read(settingsOf(list))).rows;
    expect(given?.cells).toMatchObject({
      bornOn: '1990-02-03',
      statusOn: '2026-11-20 08:00:00.123',
      sortOrder: '9007199254740993',
      grade: '1.5000',
      mobile: '',
    });
    expect(none?.cells.bornOn).toBe('');
    const [cleared] = (await read(settingsOf(list, { empties: 'clear' }))).rows;
    expect(cleared?.cells.bornOn).toBe('[清空]');
    const photo = people({ columns: rules({ column: 'title', from: 'photo' }) });
    expect(await failing(settingsOf(photo))).toBe('hr.source_not_text');
  });

  it('A1 more rows than the bound: nothing', async () => {
    expect(await failing(settingsOf(people({ view: 'v_many' })))).toBe('hr.source_too_many_rows');
  });

  it('says what is wrong with the view, the columns, the account, the address', async () => {
    expect(await failing(settingsOf(people({ view: 'v_nothing' })))).toBe('hr.source_no_view');
    // The account may not see the table behind the view.
    expect(await failing(settingsOf(people({ view: 'staff' })))).toBe('hr.source_no_view');
    await expect(
      read(settingsOf(people({ columns: rules({ column: 'title', from: 'zw' }) }))),
    ).rejects.toMatchObject({
      code: 'hr.source_no_column',
      data: { view: 'v_people', column: 'zw', known: expect.stringContaining('xm、dept') as string },
    });
    expect(await failing(settingsOf(), 'wrong')).toBe('hr.source_login');
    expect(await failing(settingsOf(people(), as(reader, { database: 'mysql' })))).toBe('hr.source_login');
    expect(await failing(settingsOf(people(), as(reader, { port: 1 })))).toBe('hr.source_unreachable');
    const closed = reading(AbortSignal.timeout(60_000), []);
    const code = (host: string) =>
      readSql(settingsOf(people(), as(reader, { host })), PASSWORD, closed).catch(
        (error: { code: string }) => error.code,
      );
    expect(await code('127.0.0.1')).toBe('hr.source_private_address');
    expect(await code('localhost')).toBe('hr.source_private_address');
    expect(await code('2130706433')).toBe('hr.source_private_address');
  });

  it('only looks, even with an account that may write, and at one state of the data', async () => {
    const settings = settingsOf(people(), as(writer));
    await withView(settings.connection, PASSWORD, reading(), async (view) => {
      const count = () => view.rows<{ n: number }>('select count(*) as n from v_people');
      const before = await count();
      await admin.query(`insert into ${schema}.staff (no, xm) values ('00999', '后来的')`);
      expect(await count()).toEqual(before);
      await expect(view.rows(`delete from staff`)).rejects.toMatchObject({
        code: 'ER_CANT_EXECUTE_IN_READ_ONLY_TRANSACTION',
      });
    });
    await admin.query(`delete from ${schema}.staff where no = '00999'`);
  });

  it('ends when it is told to, wherever it is', async () => {
    const stop = new AbortController();
    const work = withView(settingsOf().connection, PASSWORD, reading(stop.signal), async (view) => {
      setTimeout(() => stop.abort(), 50);
      await view.rows('select sleep(300)');
    });
    await expect(work).rejects.toMatchObject({ code: 'hr.source_timeout' });
    await expect(readSql(settingsOf(), PASSWORD, reading(AbortSignal.abort()))).rejects.toMatchObject({
      code: 'hr.source_timeout',
    });
  });

  it('samples its first rows and tells what the account may do besides reading', async () => {
    const looking = await sampleSql(settingsOf(), PASSWORD, reading(), 1);
    expect(looking).toMatchObject({ writingRights: [], samples: [{ kind: 'people', total: 2 }] });
    expect(looking.samples[0]?.records).toHaveLength(1);
    expect(looking.samples[0]?.fields).toContain('photo');
    const may = await sampleSql(settingsOf(people(), as(writer)), PASSWORD, reading(), 1);
    expect(may.writingRights).toEqual(['DELETE', 'INSERT']);
  });
});
