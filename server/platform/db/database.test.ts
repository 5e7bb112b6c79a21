import mysql from 'mysql2/promise';
import { EntitySchema } from 'typeorm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openTestDb, type TestDb } from '../../../test/support/test-db.ts';
import { systemActor } from '../../kernel/actor.ts';
import * as c from './columns.ts';
import { insertRows, isUniqueViolation, saveAtTheEnd, saveWithVersion } from './rows.ts';
import type { Tx } from './unit-of-work.ts';

interface CounterRow {
  id: string;
  total: number;
  note: string | null;
  seenAt: number;
  open: boolean;
  extra: unknown;
  version: number;
}
const CounterTable = new EntitySchema<CounterRow>({
  name: 'test_counter',
  tableName: 'test_counter',
  columns: {
    id: c.id(),
    total: c.integer(),
    note: c.nullable(c.code(32)),
    seenAt: c.instant(),
    open: c.flag(),
    extra: c.json(),
    version: c.version(),
  },
  indices: [{ name: 'test_counter_note', columns: ['note'], unique: true }],
});

const actor = systemActor('test');
const row = (id: string, note: string | null = null): CounterRow => ({
  id,
  total: 0,
  note,
  seenAt: 1_795_400_000_123,
  open: true,
  extra: { name: '张雨桐', list: [1, null] },
  version: 1,
});

let t: TestDb;
beforeEach(async () => {
  t = await openTestDb([CounterTable]);
});
afterEach(() => t.close());

const load = (id: string) => t.db.read((reads) => reads.em.getRepository(CounterTable).findOneBy({ id }));

describe('unit of work', () => {
  it('gives back what was stored: instants, flags, JSON', async () => {
    await t.db.write(actor, (tx) => insertRows(tx, CounterTable, [row('a')]));
    expect(await load('a')).toEqual(row('a'));
  });

  it('keeps concurrent units apart: a rolled-back row goes, a committed one stays', async () => {
    const results = await Promise.allSettled(
      Array.from({ length: 60 }, (_, n) =>
        t.db.write(actor, async (tx) => {
          await insertRows(tx, CounterTable, [row(`r${n}`)]);
          await new Promise((resume) => setTimeout(resume, n % 3));
          if (n % 3 === 0) throw new Error('no');
        }),
      ),
    );
    expect(results.filter((r) => r.status === 'rejected')).toHaveLength(20);
    const ids = await t.db.read((r) => r.em.query<{ id: string }[]>('select id from test_counter'));
    expect(ids).toHaveLength(40);
    expect(ids.every(({ id }) => Number(id.slice(1)) % 3 !== 0)).toBe(true);
  });

  it('loses no update when 100 units read, change and save one row', async () => {
    await t.db.write(actor, (tx) => insertRows(tx, CounterTable, [row('a')]));
    await Promise.all(
      Array.from({ length: 100 }, () =>
        retrying(() =>
          t.db.write(actor, async (tx) => {
            const found = await tx.em.getRepository(CounterTable).findOneByOrFail({ id: 'a' });
            await saveWithVersion(tx, CounterTable, found, { total: found.total + 1 });
          }),
        ),
      ),
    );
    expect(await load('a')).toMatchObject({ total: 100, version: 101 });
  });

  it('loses none either when they are saved at the end, with rows after them', async () => {
    await t.db.write(actor, (tx) => insertRows(tx, CounterTable, [row('a')]));
    await Promise.all(
      Array.from({ length: 40 }, (_, n) =>
        retrying(() =>
          t.db.write(actor, async (tx) => {
            const found = await tx.em.getRepository(CounterTable).findOneByOrFail({ id: 'a' });
            tx.append(CounterTable, row(`n${n}`));
            saveAtTheEnd(tx, CounterTable, found, { total: found.total + 1 });
          }),
        ),
      ),
    );
    expect(await load('a')).toMatchObject({ total: 40, version: 41 });
    const [{ n } = { n: 0 }] = await t.db.read((r) =>
      r.em.query<{ n: number }[]>('select count(*) as n from test_counter'),
    );
    expect(Number(n)).toBe(41);
  });

  it('runs what is deferred in its order, before the rows that are appended', async () => {
    await t.db.write(actor, (tx) => insertRows(tx, CounterTable, [row('a')]));
    await t.db.write(actor, async (tx) => {
      tx.append(CounterTable, row('b'));
      tx.defer({ sql: 'update test_counter set total = total + ?', params: [3] });
      tx.defer({ sql: 'update test_counter set total = total * ?', params: [2] });
    });
    expect(await load('a')).toMatchObject({ total: 6 });
    expect(await load('b')).toMatchObject({ total: 0 });
  });

  it('never shows uncommitted rows to a reader', async () => {
    let seen: CounterRow | null = row('x');
    await t.db.write(actor, async (tx) => {
      await insertRows(tx, CounterTable, [row('a')]);
      seen = await load('a');
    });
    expect(seen).toBeNull();
    expect(await load('a')).not.toBeNull();
  });

  it('refuses a unit of work inside a unit of work', async () => {
    await expect(t.db.write(actor, () => t.db.write(actor, async () => 1))).rejects.toMatchObject({
      code: 'db.nested_unit_of_work',
    });
  });

  it('appends buffered rows before the commit and keeps the first on a duplicate', async () => {
    let hinted = 0;
    await t.db.write(actor, async (tx) => {
      tx.append(CounterTable, row('a', 'one'), 'keep');
      tx.append(CounterTable, row('b', 'one'), 'keep');
      tx.afterCommit(() => (hinted += 1));
    });
    expect(await load('a')).not.toBeNull();
    expect(await load('b')).toBeNull();
    expect(hinted).toBe(1);
  });

  it('rolls appended rows back with the rest and recognises a duplicate key', async () => {
    await t.db.write(actor, async (tx) => tx.append(CounterTable, row('a', 'one')));
    const second = t.db.write(actor, async (tx) => {
      tx.append(CounterTable, row('b'));
      tx.append(CounterTable, row('c', 'one'));
    });
    const error = await second.then(
      () => null,
      (reason: unknown) => reason,
    );
    expect(isUniqueViolation(error)).toBe(true);
    expect(await load('b')).toBeNull();
  });

  it('inserts more rows than one statement may bind', async () => {
    const rows = Array.from({ length: 700 }, (_, n) => row(`n${n}`));
    await t.db.write(actor, (tx) => insertRows(tx, CounterTable, rows));
    const [{ n } = { n: 0 }] = await t.db.read((r) =>
      r.em.query<{ n: number }[]>('select count(*) as n from test_counter'),
    );
    expect(Number(n)).toBe(700);
  });
});

describe.runIf(process.env.DB === 'mariadb')('a connection', () => {
  it('lets no statement hold another one, though a unit of work ends with several in one trip', async () => {
    await t.db.write(actor, async (tx) => {
      tx.append(CounterTable, row('a', 'a;b'));
    });
    const sneaky = (tx: Tx) => tx.em.query("select 1; update test_counter set note = 'gone'");
    await expect(t.db.write(actor, sneaky)).rejects.toThrow('holds another one');
    await expect(t.db.read((reads) => reads.em.query('select 1; select 2'))).rejects.toThrow(
      'holds another one',
    );
    expect(await load('a')).toEqual(row('a', 'a;b'));
  });

  it('takes much text at the end of a unit of work: 400 rows of 90 kB', async () => {
    const text = '长'.repeat(30_000);
    await t.db.write(actor, async (tx) => {
      for (let n = 0; n < 400; n += 1) tx.append(CounterTable, { ...row(`n${n}`), extra: { text } });
    });
    expect(await load('n399')).toMatchObject({ extra: { text } });
  });

  it('sees a deadlock in the second statement of a trip and does the whole unit of work again', async () => {
    await t.db.insert(CounterTable, row('a', 'one'));
    let [mayGoOn, runs] = [() => {}, 0];
    const held = new Promise<void>((resume) => (mayGoOn = resume));
    // Has written more, so the server rolls the one back that is looked at here.
    const other = t.db.write(actor, async (tx) => {
      await insertRows(
        tx,
        CounterTable,
        Array.from({ length: 50 }, (_, n) => row(`x${n}`)),
      );
      await tx.em.query('update test_counter set total = 1 where id = ?', ['a']);
      await held;
      await tx.em.query('update test_counter set total = 2 where id = ?', ['b']);
    });
    await t.db.write(actor, async (tx) => {
      runs += 1;
      if (runs === 1) await new Promise((resume) => setTimeout(resume, 50));
      await insertRows(tx, CounterTable, [row('b')]);
      mayGoOn();
      if (runs === 1) await new Promise((resume) => setTimeout(resume, 100));
      tx.append(CounterTable, row(`c${runs}`));
      // The unique value of the row that is locked there.
      tx.append(CounterTable, row('d', 'one'), 'keep');
    });
    await other;
    expect(runs).toBe(2);
    const ids = await t.db.read((r) =>
      r.em.query<{ id: string }[]>("select id from test_counter where id not like 'x%' order by id"),
    );
    expect(ids.map(({ id }) => id)).toEqual(['a', 'b', 'c2']);
  });

  it('reads values as they are sent whatever mode the server is in', async () => {
    const server = await mysql.createConnection({ uri: process.env.TEST_DATABASE_URL ?? '' });
    const mode = (value: string) => server.query('set global sql_mode = ?', [value]);
    const [[{ before } = { before: '' }]] = await server.query<(mysql.RowDataPacket & { before: string })[]>(
      'select @@global.sql_mode as `before`',
    );
    await mode('NO_BACKSLASH_ESCAPES,ANSI_QUOTES');
    const other = await openTestDb([CounterTable]);
    try {
      const sneaky = "\\'; drop table test_counter; -- ";
      await other.db.insert(CounterTable, { ...row('a'), note: sneaky.slice(0, 32), extra: sneaky });
      expect(
        await other.db.read((reads) => reads.em.getRepository(CounterTable).findOneBy({ id: 'a' })),
      ).toMatchObject({ note: sneaky.slice(0, 32), extra: sneaky });
      // Nothing is cut in silence either.
      await expect(other.db.insert(CounterTable, row('b', 'x'.repeat(33)))).rejects.toThrow('too long');
    } finally {
      await mode(before);
      await server.end();
      await other.close();
    }
  });
});

describe('units of work of one statement', () => {
  it('inserts new rows, leaves known ones as they are and tells nobody', async () => {
    await t.db.insertNew(CounterTable, [row('a', 'one'), row('b', 'two')]);
    await t.db.insertNew(CounterTable, [{ ...row('c', 'one'), total: 7 }, row('d', 'three')]);
    const ids = await t.db.read((r) =>
      r.em.query<{ id: string }[]>('select id from test_counter order by id'),
    );
    expect(ids.map(({ id }) => id)).toEqual(['a', 'b', 'd']);
    expect(await load('a')).toMatchObject({ total: 0 });
  });

  it('raises a counter: every caller a number of its own, none where there is no row', async () => {
    await t.db.insert(CounterTable, row('a'));
    const numbers = await Promise.all(
      Array.from({ length: 50 }, () => t.db.raise(CounterTable, 'total', 'a')),
    );
    expect([...numbers].sort((x, y) => Number(x) - Number(y))).toEqual(
      Array.from({ length: 50 }, (_, n) => n + 1),
    );
    expect(await t.db.raise(CounterTable, 'total', 'b')).toBeNull();
  });

  it('runs one change durably, and none of them inside another unit of work', async () => {
    await t.db.insert(CounterTable, row('a'));
    await t.db.run('update test_counter set note = ? where id = ?', ['new', 'a']);
    expect(await load('a')).toMatchObject({ note: 'new' });
    const nested = { code: 'db.nested_unit_of_work' };
    const inside = (work: () => Promise<unknown>) => t.db.write(actor, work);
    await expect(inside(() => t.db.run('delete from test_counter', []))).rejects.toMatchObject(nested);
    await expect(inside(() => t.db.raise(CounterTable, 'total', 'a'))).rejects.toMatchObject(nested);
    await expect(inside(() => t.db.insertNew(CounterTable, [row('b')]))).rejects.toMatchObject(nested);
    expect(await load('a')).toMatchObject({ total: 0 });
  });
});

async function retrying<T>(run: () => Promise<T>): Promise<T> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await run();
    } catch (error) {
      if (attempt > 60) throw error;
    }
  }
}
