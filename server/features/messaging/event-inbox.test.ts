import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openTestDb, type TestDb } from '../../../test/support/test-db.ts';
import { createEventInbox } from './event-inbox.ts';
import type { NewEvent } from './received-events.ts';
import { ReceivedEventTable } from './tables.ts';

let t: TestDb;
beforeEach(async () => {
  t = await openTestDb([ReceivedEventTable]);
});
afterEach(() => t.close());

const event = (eventKey: string, body = '<xml/>'): NewEvent => ({
  entrance: 'app',
  eventKey,
  kind: 'text',
  fromUser: 'Ada',
  body,
  receivedAt: 1,
  handledAt: null,
});

const kept = async () => {
  const rows = await t.db.read((r) =>
    r.em.query<{ eventKey: string }[]>('select eventKey from received_event order by eventKey'),
  );
  return rows.map(({ eventKey }) => eventKey);
};

/** Counts statements and the rows of each. */
function counted() {
  const batches: number[] = [];
  const keep = createEventInbox({
    insertNew: async (table, rows) => {
      batches.push(rows.length);
      await t.db.insertNew(table, rows);
    },
  });
  return { batches, keep };
}

describe('the inbox of callbacks', () => {
  it('an event is stored when its promise resolves', async () => {
    const { keep } = counted();
    await keep(event('1'));
    expect(await kept()).toEqual(['1']);
  });

  it('what arrives while one INSERT is under way shares the next', async () => {
    const { keep, batches } = counted();
    await Promise.all(Array.from({ length: 120 }, (_, n) => keep(event(String(n)))));
    expect(batches).toEqual([1, 50, 50, 19]);
    expect(await kept()).toHaveLength(120);
  });

  it('R26 an event known already, or twice in one burst, is kept once and acknowledged each time', async () => {
    const { keep } = counted();
    await keep(event('1', 'first'));
    await Promise.all([keep(event('2')), keep(event('1', 'again')), keep(event('2'))]);
    expect(await kept()).toEqual(['1', '2']);
    const bodies = await t.db.read((r) =>
      r.em.query<{ body: string }[]>("select body from received_event where eventKey = '1'"),
    );
    expect(bodies).toEqual([{ body: 'first' }]);
  });

  it('one the database refuses does not refuse its neighbours, and the inbox goes on', async () => {
    const keep = createEventInbox({
      insertNew: async (table, rows) => {
        if (rows.some((row) => (row as unknown as NewEvent).eventKey === 'bad')) throw new Error('refused');
        await t.db.insertNew(table, rows);
      },
    });
    const results = await Promise.allSettled(['1', 'bad', '2'].map((id) => keep(event(id))));
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    await keep(event('3'));
    expect(await kept()).toEqual(['1', '2', '3']);
  });
});
