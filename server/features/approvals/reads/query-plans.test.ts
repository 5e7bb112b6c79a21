import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestDb, type TestDb } from '../../../../test/support/test-db.ts';
import { systemActor } from '../../../kernel/actor.ts';
import { instantOf } from '../../../kernel/dates.ts';
import type { Reads } from '../../../platform/db/unit-of-work.ts';
import { calendar } from '../../supervision/testing/calendar.ts';
import { countOwnRunning, countsOf } from '../reads/box-counts.ts';
import { Box } from '../contract.ts';
import {
  heldTaskSince,
  holdersAfter,
  listItems,
  type ListContext,
  mostUrgent,
  openRequestsOf,
  openTasksOf,
  ownRunning,
} from '../reads/boxes.ts';
import { approvalsTables, CopyTable, InstanceTable, sortAtOf, TaskTable } from '../tables.ts';

const NOW = instantOf('2026-11-24', 600);
const REQUESTS = 1_500;
const TABLES = ['approval_task', 'approval_instance', 'approval_copy'];
const ME = 'p7';

let t: TestDb;
beforeAll(async () => {
  t = await openTestDb(approvalsTables, { now: new Date(NOW).toISOString() });
  await t.db.write(systemActor('test'), async (tx) => {
    for (let n = 0; n < REQUESTS; n += 1) fill(n, (table, row) => tx.append(table as never, row as never));
  });
  if (t.db.dialect === 'mysql')
    await t.db.write(systemActor('test'), (tx) => tx.em.query(`analyze table ${TABLES.join(', ')}`));
  else await t.db.write(systemActor('test'), (tx) => tx.em.query('analyze'));
});
afterAll(() => t.close());

/** Most are closed, as after a year; everybody holds a few. */
function fill(n: number, append: (table: unknown, row: object) => void): void {
  const [id, isOpen] = [`i${String(n).padStart(5, '0')}`, n % 20 === 0];
  append(InstanceTable, {
    id,
    requestNumber: `QJ-2026-${String(n)}`,
    templateKey: 'leave',
    templateVersion: 1,
    applicantId: `p${String(n % 97)}`,
    applicantUnitId: 'u',
    applicantName: '张雨桐',
    applicantUnitName: '信息工程学院',
    startsOn: null,
    holderNames: isOpen ? '陈志远' : '',
    clientKey: id,
    title: '年假 1 个工作日',
    status: isOpen ? 'running' : 'approved',
    searchText: '年假 张雨桐',
    state: {},
    eventCount: 1,
    submittedAt: NOW - n,
    finishedAt: isOpen ? null : NOW,
    version: 1,
  });
  append(TaskTable, {
    id: `t${id}`,
    instanceId: id,
    stepId: 's',
    personId: `p${String(n % 89)}`,
    status: isOpen ? 'pending' : 'approved',
    behalfOfId: n % 5 === 0 ? `p${String(n % 83)}` : null,
    behalfOfName: null,
    openedAt: NOW - n,
    closedAt: isOpen ? null : NOW,
    dueAt: NOW + n,
    sortAt: sortAtOf(NOW + n),
    provisional: false,
  });
  append(CopyTable, {
    id: `c${id}`,
    instanceId: id,
    personId: `p${String(n % 71)}`,
    sentAt: NOW - n,
    readAt: null,
  });
}

const ctx: ListContext = {
  calendar,
  look: () => ({ icon: 'doc', hue: 'blue' }),
};

interface Heard {
  readonly sql: string;
  readonly params: readonly unknown[];
}

/** What a query asks the database. */
async function statementsOf(ask: (reads: Reads) => Promise<unknown>): Promise<Heard[]> {
  const heard: Heard[] = [];
  await t.db.read(async (reads) => {
    const em = Object.create(reads.em) as Reads['em'];
    em.query = (sql: string, params: unknown[] = []) => {
      heard.push({ sql, params });
      return reads.em.query(sql, params);
    };
    await ask({ ...reads, em, now: NOW });
  });
  return heard;
}

/** Tables of ours that are read from end to end. */
async function scannedBy({ sql, params }: Heard): Promise<string[]> {
  return t.db.read(async ({ em, dialect }) => {
    const isMysql = dialect === 'mysql';
    const steps = await em.query<{ detail?: string; type?: string; table?: string }[]>(
      `${isMysql ? 'explain' : 'explain query plan'} ${sql}`,
      [...params],
    );
    return steps
      .filter((one) => (isMysql ? one.type === 'ALL' : one.detail?.startsWith('SCAN')))
      .map((one) => one.detail ?? `${one.table ?? ''} ${one.type ?? ''}`);
  });
}

const page = { limit: 20 } as const;

describe('no list of anybody’s tasks reads a table from end to end', () => {
  it.each<[string, (reads: Reads) => Promise<unknown>]>([
    ...Box.options.map((box): [string, (reads: Reads) => Promise<unknown>] => [
      `the box ${box}`,
      (reads) => listItems(reads, ctx, ME, { box, ...page }),
    ]),
    ...Box.options.map((box): [string, (reads: Reads) => Promise<unknown>] => [
      `the box ${box}, a later page of a search`,
      (reads) =>
        listItems(reads, ctx, ME, { box, q: '年假', cursor: `${String(NOW)}.${'0'.repeat(32)}`, ...page }),
    ]),
    ['counts', (reads) => countsOf(reads, ME)],
    ['own requests under way, counted', (reads) => countOwnRunning(reads, ME)],
    ['the most urgent', (reads) => mostUrgent(reads, ctx, ME, 5)],
    ['own requests under way', (reads) => ownRunning(reads, ctx, ME, 5)],
    ['open requests', (reads) => openRequestsOf(reads, ME)],
    ['open requests as an agent', (reads) => openRequestsOf(reads, ME, 'behalfOfId')],
    ['held lately', (reads) => heldTaskSince(reads, ME, NOW)],
    ['open tasks of several', (reads) => openTasksOf(reads, [ME, 'p8', 'p9'])],
  ])('%s', async (_name, ask) => {
    const heard = await statementsOf(ask);
    expect(heard.length).toBeGreaterThan(0);
    for (const one of heard) expect([one.sql, await scannedBy(one)]).toEqual([one.sql, []]);
  });

  it('a query without an index is told by this test', async () => {
    const sql = 'select id from approval_task where openedAt = ?';
    expect(await scannedBy({ sql, params: [NOW] })).toHaveLength(1);
  });

  it('holders are found one after another', async () => {
    for (const one of await statementsOf((reads) => holdersAfter(reads, ME, 20)))
      expect([one.sql, await scannedBy(one)]).toEqual([one.sql, []]);
  });
});
