import { afterEach, beforeEach, expect, it } from 'vitest';
import { openTestDb, type TestDb } from '../../../test/support/test-db.ts';
import { insertRows } from '../../platform/db/rows.ts';
import type { Reads } from '../../platform/db/unit-of-work.ts';
import { OWN } from './store.ts';
import { BookingTable, ParticipantTable, type BookingRow } from './tables.ts';

const ME = 'me';
const OTHER = 'other';
const HOUR = 3_600_000;

let t: TestDb;
beforeEach(async () => {
  t = await openTestDb([BookingTable, ParticipantTable]);
});
afterEach(() => t.close());

const booking = (n: number, bookerId: string): BookingRow => ({
  id: `b${n}`,
  roomId: 'room',
  askId: `b${n}`,
  inSeries: false,
  bookerId,
  unitId: null,
  clientKey: `key${n}`,
  nth: 0,
  subjectSealed: '',
  reasonSealed: null,
  startsAt: n * HOUR,
  endsAt: (n + 1) * HOUR,
  state: 'booked',
  checkedInAt: null,
  releaseAt: null,
  remindedAt: null,
  createdAt: 0,
  version: 1,
});

async function put(
  rows: readonly BookingRow[],
  partIn: readonly (readonly [string, string])[],
): Promise<void> {
  await t.db.write({ kind: 'system', name: 'test' }, async (tx) => {
    await insertRows(tx, BookingTable, rows);
    await insertRows(
      tx,
      ParticipantTable,
      partIn.map(([bookingId, personId], nth) => ({ id: `p${nth}`, bookingId, personId })),
    );
  });
}
const mine = ({ em }: Reads, after: number) =>
  em
    .getRepository(BookingTable)
    .createQueryBuilder('b')
    .where(OWN, { personId: ME })
    .andWhere('b.endsAt > :after', { after })
    .orderBy('b.endsAt');

it('mine are those I booked and those I take part in, each once', async () => {
  await put(
    [booking(1, ME), booking(2, OTHER), booking(3, OTHER), booking(4, ME), booking(5, ME)],
    [
      ['b2', ME],
      ['b3', OTHER],
      ['b4', ME],
      ['b4', OTHER],
    ],
  );
  const ids = await t.db.read(async (reads) => (await mine(reads, 2 * HOUR).getMany()).map(({ id }) => id));
  expect(ids).toEqual(['b2', 'b4', 'b5']);
});

it('are found by index, never by a look at every booking', async () => {
  const many = Array.from({ length: 2_000 }, (_, n) => booking(n, n % 500 === 0 ? ME : `o${n % 97}`));
  await put(
    many,
    many.map(({ id }, n) => [id, n % 400 === 7 ? ME : `o${n % 89}`] as const),
  );
  const scanned = await t.db.read(async (reads) => {
    const isMysql = reads.dialect === 'mysql';
    for (const table of isMysql ? ['meeting_booking', 'meeting_participant'] : [])
      await reads.em.query(`analyze table ${table}`);
    const [sql, params] = mine(reads, 0).limit(50).getQueryAndParameters();
    const steps = await reads.em.query<{ detail?: string; table?: string; type?: string }[]>(
      `${isMysql ? 'explain' : 'explain query plan'} ${sql}`,
      params,
    );
    expect(steps.some((one) => one.table === 'b' || one.detail?.startsWith('SEARCH b '))).toBe(true);
    return steps.filter((one) =>
      isMysql
        ? ['b', 'o', 'p'].includes(one.table ?? '') && one.type === 'ALL'
        : /^SCAN [bop]\b/.test(one.detail ?? ''),
    );
  });
  expect(scanned).toEqual([]);
});
