import { expect, it } from 'vitest';
import type { DataSource, QueryRunner } from 'typeorm';
import { newPlace } from '../../test/support/test-db.ts';
import { ManualClock } from '../kernel/clock.ts';
import { migrationState, runMigrations } from '../platform/db/migrate.ts';
import { openDb } from '../platform/db/open.ts';
import { tables } from '../tables.ts';
import { migrations } from './index.ts';

const CHANGES = /^\s*(create|alter|drop|update|insert|delete)\b/i;

/** From now on the power fails before the statement after the `count`-th one that changes something. */
function cutAfter(source: DataSource, count: number): { end(): void } {
  const whole = source.createQueryRunner.bind(source);
  // SQLite gives the same runner every time.
  const cut = new Map<QueryRunner, QueryRunner['query']>();
  let left = count;
  const fails = (sql: string): boolean => CHANGES.test(sql) && (left -= 1) < 0;
  source.createQueryRunner = (mode) => {
    const runner = whole(mode);
    const query = cut.get(runner) ?? runner.query.bind(runner);
    cut.set(runner, query);
    runner.query = ((sql: string, ...rest: []) =>
      fails(sql) ? Promise.reject(new Error('cut off')) : query(sql, ...rest)) as typeof query;
    return runner;
  };
  return {
    end() {
      source.createQueryRunner = whole;
      for (const [runner, query] of cut) runner.query = query;
    },
  };
}

it('cut off again and again, on a database that commits at every DDL statement too, the migrations get there', async () => {
  const place = await newPlace();
  const open = (upTo?: number) =>
    openDb({ url: place.url, tables, migrations: migrations.slice(0, upTo), clock: new ManualClock(0) });
  const first = await open(1);
  await runMigrations(first.source);
  for (const [id, category] of [
    ['1', 'nonEstablished'],
    ['2', 'entrusted'],
  ])
    await first.source.query(
      `insert into person (id, staffNo, name, pinyin, initials, category, state, userid, useridKey, sortOrder,
         version, createdAt, updatedAt) values (?, ?, '甲', 'jia', 'j', ?, 'active', ?, ?, 0, 1, 0, 0)`,
      [id, id, category, id, id],
    );
  await first.source.query(
    `insert into unit (id, code, name, parentId, kind, state, sortOrder, departmentId, version)
     values ('u1', 'u1', '校', null, 'institution', 'active', 0, 1, 1)`,
  );
  await first.db.close();

  const { db, source } = await open();
  try {
    let cuts = 0;
    for (let count = 1; ; count += source.options.type === 'better-sqlite3' ? 25 : 2) {
      const cut = cutAfter(source, count);
      const failure = await runMigrations(source).catch((error: unknown) => error);
      cut.end();
      if (failure === undefined) break;
      expect(String(failure)).toContain('cut off');
      cuts += 1;
    }
    expect(cuts).toBeGreaterThan(3);
    expect(await migrationState(source)).toEqual({ pending: 0, unknown: [] });
    const { upQueries } = await source.driver.createSchemaBuilder().log();
    expect(upQueries.map((query) => query.query)).toEqual([]);
    expect(await source.query('select category, establishment from person order by id')).toEqual([
      { category: 'internal', establishment: 'employee' },
      { category: 'entrusted', establishment: 'other' },
    ]);
    expect(await source.query('select unitId, sinceOn from unit_version')).toEqual([
      { unitId: 'u1', sinceOn: '1900-01-01' },
    ]);
  } finally {
    await db.close();
    await place.remove();
  }
});
