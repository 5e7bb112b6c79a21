import { expect, it } from 'vitest';
import { newPlace } from '../../test/support/test-db.ts';
import { ManualClock } from '../kernel/clock.ts';
import { runMigrations } from '../platform/db/migrate.ts';
import { openDb } from '../platform/db/open.ts';
import { tables } from '../tables.ts';
import { migrations } from './index.ts';

const PRINT = 'a'.repeat(64);

it('people and units of before keep what they are: category and kind of establishment, lock, first version', async () => {
  const place = await newPlace();
  const open = (upTo?: number) =>
    openDb({ url: place.url, tables, migrations: migrations.slice(0, upTo), clock: new ManualClock(0) });
  const before = await open(2);
  await runMigrations(before.source);
  const people = [
    ['1', 'established', 'active'],
    ['2', 'nonEstablished', 'locked'],
    ['3', 'outsourced', 'active'],
    ['4', 'entrusted', 'active'],
  ] as const;
  for (const [id, category, state] of people)
    await before.source.query(
      `insert into person (id, staffNo, name, pinyin, initials, category, state, userid, useridKey, sortOrder,
         version, createdAt, updatedAt) values (?, ?, '甲', 'jia', 'j', ?, ?, ?, ?, 0, 1, 0, 0)`,
      [id, id, category, state, id, id],
    );
  for (const [id, parentId, state] of [
    ['u1', null, 'active'],
    ['u2', 'u1', 'removed'],
  ])
    await before.source.query(
      `insert into unit (id, code, name, parentId, kind, state, sortOrder, departmentId, version)
       values (?, ?, '处', ?, 'department', ?, 0, ?, 1)`,
      [id, id, parentId, state, id === 'u1' ? 1 : 2],
    );
  for (const [id, written] of [
    ['1', JSON.stringify({ userid: '1', mobile: PRINT, email: '' })],
    ['2', JSON.stringify({ userid: '2', mobile: '', email: PRINT })],
    ['3', '{}'],
  ])
    await before.source.query(
      `insert into wecom_member_mirror (id, userid, written, state, updatedAt) values (?, ?, ?, 'written', 0)`,
      [id, id, written],
    );
  await before.db.close();

  const { db, source } = await open();
  try {
    await runMigrations(source);
    const read = (sql: string): Promise<Record<string, unknown>[]> => source.query(sql);
    expect(await read('select category, establishment, status, lockCause from person order by id')).toEqual([
      { category: 'internal', establishment: 'established', status: 'working', lockCause: null },
      { category: 'internal', establishment: 'employee', status: 'working', lockCause: 'decision' },
      { category: 'external', establishment: 'outsourced', status: 'working', lockCause: null },
      { category: 'entrusted', establishment: 'other', status: 'working', lockCause: null },
    ]);
    expect(await read('select unitId, parentId, sinceOn, untilOn from unit_version')).toEqual([
      { unitId: 'u1', parentId: null, sinceOn: '1900-01-01', untilOn: null },
    ]);
    const prints = await read('select mobilePrint from wecom_member_mirror order by id');
    expect(prints.map((row) => row.mobilePrint)).toEqual([PRINT, null, null]);
  } finally {
    await db.close();
    await place.remove();
  }
});
