import { describe, expect, it } from 'vitest';
import type { EntityManager } from 'typeorm';
import { inOneTrip, mustBeOne } from './one-trip.ts';
import type { Statement } from './statement.ts';

/** Which texts reach the server, and how much is bound in each. Each matches as many rows as it binds. */
async function trips(dialect: 'mysql' | 'sqlite', statements: readonly Statement[]) {
  const sent: { sql: string; bound: number }[] = [];
  const query = (sql: string, params: unknown[]) => {
    if (dialect === 'mysql') mustBeOne(sql);
    sent.push({ sql, bound: params.length });
    const texts = sql.split(';').length;
    return Promise.resolve(Array.from({ length: texts }, () => ({ affectedRows: params.length / texts })));
  };
  const queryRunner = {
    query: async (sql: string, params: unknown[]) => ({
      affected: (await query(sql, params))[0]?.affectedRows,
    }),
  };
  await inOneTrip({ em: { query, queryRunner } as unknown as EntityManager, dialect }, statements);
  return sent;
}

const insert = (table: string, bound: number, value = ';'): Statement => ({
  sql: `insert into ${table} values (?)`,
  params: Array.from({ length: bound }, () => value),
});

describe('what a unit of work writes at its end', () => {
  it('goes to MySQL in one trip, in order', async () => {
    const sent = await trips('mysql', [insert('a', 1), insert('b', 2), insert('c', 3)]);
    expect(sent).toEqual([
      {
        sql: '/* several */ insert into a values (?); insert into b values (?); insert into c values (?)',
        bound: 6,
      },
    ]);
  });

  it('is one statement a trip on SQLite', async () => {
    expect(await trips('sqlite', [insert('a', 1), insert('b', 1)])).toHaveLength(2);
  });

  it('makes several trips when it is much', async () => {
    const sent = await trips(
      'mysql',
      Array.from({ length: 7 }, () => insert('a', 900)),
    );
    expect(sent.map(({ bound }) => bound)).toEqual([1800, 1800, 1800, 900]);
    expect(await trips('mysql', [])).toEqual([]);
  });

  it.each(['mysql', 'sqlite'] as const)(
    'is run again when one matched other rows than it must: %s',
    async (on) => {
      const others = [insert('a', 1), insert('b', 1)];
      await expect(trips(on, [{ ...insert('c', 1), mustMatch: 1 }, ...others])).resolves.not.toEqual([]);
      await expect(trips(on, [...others, { ...insert('c', 1), mustMatch: 2 }])).rejects.toMatchObject({
        code: 'db.changed_meanwhile',
      });
      await expect(trips(on, [{ ...insert('c', 1), mustMatch: 0 }])).rejects.toThrow();
    },
  );

  it('takes no statement that holds another one', async () => {
    const two = { sql: 'delete from a; delete from b', params: [] };
    await expect(trips('mysql', [insert('c', 1), two])).rejects.toThrow('holds another one');
  });

  it('makes several trips when the values are long: a server takes so many bytes at once', async () => {
    const long = Array.from({ length: 7 }, () => insert('a', 5, '长'.repeat(60_000)));
    expect((await trips('mysql', long)).map(({ bound }) => bound)).toEqual([15, 15, 5]);
    // One that is too long by itself goes alone, and the server has the last word.
    const huge = [insert('a', 1), insert('b', 1, 'x'.repeat(4_000_000)), insert('c', 1)];
    expect(await trips('mysql', huge)).toHaveLength(3);
  });
});

describe('a statement of anybody else', () => {
  it.each(['select 1; drop table person', "select ';'", ';'])('does not hold another one: %s', (sql) => {
    expect(() => mustBeOne(sql)).toThrow('holds another one');
  });

  it('binds its values, whatever they are', () => {
    expect(() => mustBeOne('select ?')).not.toThrow();
  });
});
