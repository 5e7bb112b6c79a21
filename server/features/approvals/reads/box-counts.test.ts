import { afterEach, beforeEach, expect, it } from 'vitest';
import { openTestDb, type TestDb } from '../../../../test/support/test-db.ts';
import { systemActor } from '../../../kernel/actor.ts';
import { instantOf } from '../../../kernel/dates.ts';
import { bucketOf } from '../../supervision/index.ts';
import { countsOf } from './box-counts.ts';
import { approvalsTables, CopyTable, sortAtOf, TaskTable } from '../tables.ts';

const TODAY = '2026-11-24';
const NOW = instantOf(TODAY, 10 * 60);

let t: TestDb;
beforeEach(async () => {
  t = await openTestDb(approvalsTables, { now: new Date(NOW).toISOString() });
});
afterEach(() => t.close());

/** Around every border: now, the end of today as its 24:00, and no clock at all. */
const DUES = [-86_400_000, -1, 0, 1].map((ms) => NOW + ms);
const END = instantOf('2026-11-25');
const dues = [...DUES, END - 1, END, END + 1, END + 86_400_000, null].flatMap((dueAt) =>
  [false, true].map((provisional) => ({ dueAt, provisional })),
);

it('R6 G4 the database counts what bucketOf says of each to-do, and nobody else’s', async () => {
  await t.db.write(systemActor('test'), async (tx) => {
    dues.forEach(({ dueAt, provisional }, n) => {
      for (const [personId, status] of [
        ['ada', 'pending'],
        ['ada', 'approved'],
        ['bob', 'pending'],
      ] as const)
        tx.append(TaskTable, {
          id: `${personId}-${status}-${n}`,
          instanceId: 'i',
          stepId: 's',
          personId,
          status,
          behalfOfId: null,
          behalfOfName: null,
          openedAt: 0,
          closedAt: status === 'pending' ? null : 1,
          dueAt,
          sortAt: sortAtOf(dueAt),
          provisional,
        });
    });
    for (const [id, readAt] of [
      ['c1', null],
      ['c2', null],
      ['c3', 5],
    ] as const)
      tx.append(CopyTable, { id, instanceId: id, personId: 'ada', sentAt: 1, readAt });
  });
  const expected = { todo: dues.length, overdue: 0, today: 0, later: 0, cc: 2 };
  for (const due of dues) expected[bucketOf(due, NOW)] += 1;
  expect(expected).toMatchObject({ overdue: 3, today: 9, later: 6 });
  expect(await t.db.read((reads) => countsOf(reads, 'ada'))).toEqual(expected);
  expect(await t.db.read((reads) => countsOf(reads, 'ada', { unread: 7 }))).toEqual({ ...expected, cc: 7 });
  expect(await t.db.read((reads) => countsOf(reads, 'nobody'))).toEqual({
    todo: 0,
    overdue: 0,
    today: 0,
    later: 0,
    cc: 0,
  });
});
