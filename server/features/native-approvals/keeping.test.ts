import { afterEach, beforeEach, expect, it } from 'vitest';
import { openTestDb, type TestDb } from '../../../test/support/test-db.ts';
import { insertRows } from '../../platform/db/rows.ts';
import { nativeKeepings } from './keeping.ts';
import {
  CaseTable,
  HoldingTable,
  ImportTable,
  PartTable,
  WindowTable,
  type CaseRow,
  type ImportRow,
} from './tables.ts';

let t: TestDb;
beforeEach(async () => {
  t = await openTestDb([CaseTable, HoldingTable, PartTable, ImportTable, WindowTable]);
});
afterEach(() => t.close());

const NOW = 1_000;
const ENDINGS = { old: NOW - 1, young: NOW, running: null } as const;
const form = ([id, endedAt]: [string, number | null]): CaseRow => ({
  id,
  number: id,
  title: '补卡申请',
  templateId: 't',
  state: endedAt === null ? 'running' : 'approved',
  applicantUserid: 'u',
  applicantId: 'p',
  unitId: null,
  appliedAt: 0,
  endedAt,
  formSealed: '',
  readAt: 0,
  version: 1,
});
const span = ([id, endedAt]: [string, number | null]): ImportRow => ({
  id,
  fromOn: '2026-01-01',
  untilOn: '2026-01-31',
  byId: 'p',
  byName: '许安宁',
  state: endedAt === null ? 'running' : 'done',
  runningKey: endedAt === null ? 'running' : null,
  startedAt: 0,
  endedAt,
  version: 1,
});
const left = async (table: string, column = 'id') => {
  const sql = `select ${column} as id from ${table} order by ${column}`;
  return (await t.db.read(({ em }) => em.query<{ id: string }[]>(sql))).map(({ id }) => id);
};

it('forms and imports that ended long ago go with all that hangs on them; what runs has no end', async () => {
  const each = Object.entries(ENDINGS);
  await t.db.write({ kind: 'system', name: 'test' }, async (tx) => {
    await insertRows(tx, CaseTable, each.map(form));
    await insertRows(
      tx,
      HoldingTable,
      each.map(([caseId]) => ({
        id: `h-${caseId}`,
        caseId,
        step: 0,
        userid: 'u',
        personId: 'p',
        unitId: null,
        sinceAt: 0,
        untilAt: null,
      })),
    );
    await insertRows(
      tx,
      PartTable,
      each.map(([caseId]) => ({ id: `p-${caseId}`, caseId, personId: 'p' })),
    );
    await insertRows(tx, ImportTable, each.map(span));
    await insertRows(
      tx,
      WindowTable,
      each.map(([importId]) => ({
        id: `w-${importId}`,
        importId,
        place: 0,
        fromAt: 0,
        untilAt: 1,
        isDone: true,
        found: 0,
        readCount: 0,
        unreadable: 0,
      })),
    );
  });
  for (const { ending } of nativeKeepings(t)) {
    if (!ending) throw new Error('nothing ends it');
    expect(await t.db.read((reads) => ending.overdue(reads, NOW))).toBe(1);
    expect(await ending.remove(NOW, 100)).toBe(1);
    expect(await ending.remove(NOW, 100)).toBe(0);
    expect(await t.db.read((reads) => ending.oldest(reads))).toBe(NOW);
  }
  const stay = ['running', 'young'];
  expect(await left('native_case')).toEqual(stay);
  expect(await left('native_holding', 'caseId')).toEqual(stay);
  expect(await left('native_part', 'caseId')).toEqual(stay);
  expect(await left('native_import')).toEqual(stay);
  expect(await left('native_window', 'importId')).toEqual(stay);
});
