import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EntitySchema } from 'typeorm';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { systemActor } from '../../kernel/actor.ts';
import { systemClock } from '../../kernel/clock.ts';
import * as c from './columns.ts';
import { openDb, type OpenedDb } from './open.ts';
import { insertRows } from './rows.ts';

interface NoteRow {
  id: string;
  words: string;
}
const NoteTable = new EntitySchema<NoteRow>({
  name: 'test_note',
  tableName: 'test_note',
  columns: { id: c.id(), words: c.label() },
});

const actor = systemActor('test');
let folder: string;
let opened: OpenedDb;

/** What a command line beside the server has: a connection of its own to the same file, that waits for nobody. */
function otherProcess(): { exec(sql: string): void; close(): void } {
  const Libsql = createRequire(import.meta.url)('libsql') as new (
    path: string,
    options: object,
  ) => { exec(sql: string): void; close(): void };
  return new Libsql(join(folder, 'shared.db'), { timeout: 0 });
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'steward-two-'));
  opened = await openDb({
    url: `sqlite:${join(folder, 'shared.db')}`,
    tables: [NoteTable as unknown as EntitySchema],
    clock: systemClock,
  });
  await opened.source.synchronize();
});
afterEach(async () => {
  await opened.db.close();
  rmSync(folder, { recursive: true, force: true });
});

it('a unit of work that read first still writes when another process would have written meanwhile', async () => {
  const other = otherProcess();
  await opened.db.write(actor, async (tx) => {
    expect(await tx.em.getRepository(NoteTable).count()).toBe(0);
    expect(() => other.exec(`insert into test_note (id, words) values ('theirs', '二')`)).toThrow(/locked/);
    await insertRows(tx, NoteTable, [{ id: 'ours', words: '一' }]);
  });
  other.exec(`insert into test_note (id, words) values ('theirs', '二')`);
  other.close();
  const ids = await opened.db.read((reads) => reads.em.query<{ id: string }[]>('select id from test_note'));
  expect(ids.map(({ id }) => id).sort()).toEqual(['ours', 'theirs']);
});
