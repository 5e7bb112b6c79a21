import { EntitySchema } from 'typeorm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openTestDb, type TestDb } from '../../../test/support/test-db.ts';
import { systemActor } from '../../kernel/actor.ts';
import { DAY_MS } from '../../kernel/dates.ts';
import { AuditEntryTable } from '../../platform/audit/index.ts';
import * as c from '../../platform/db/columns.ts';
import { insertRows } from '../../platform/db/rows.ts';
import { deleteRows, type Ending } from '../../platform/keeping/index.ts';
import type { PersonActor } from '../../kernel/actor.ts';
import { mustReadKeeping } from './policy.ts';
import { keepingReport, keepingRuns } from './queries.ts';
import type { Period } from './register.ts';
import { runKeeping } from './run.ts';
import { KeepingRunTable } from './tables.ts';

interface Letter {
  id: string;
  state: string;
  sentAt: number | null;
}
const LetterTable = new EntitySchema<Letter>({
  name: 'letter',
  tableName: 'letter',
  columns: { id: c.id(), state: c.code(8), sentAt: c.nullable(c.instant()) },
});
const PageTable = new EntitySchema<{ id: string; letterId: string }>({
  name: 'letter_page',
  tableName: 'letter_page',
  columns: { id: c.id(), letterId: c.ref() },
});

let t: TestDb;
beforeEach(async () => {
  t = await openTestDb([LetterTable, PageTable, KeepingRunTable, AuditEntryTable] as never);
});
afterEach(() => t.close());

const seed = systemActor('test');
const letters = (count: number, ageDays: number, state = 'done', prefix = 'a') =>
  t.db.write(seed, async (tx) => {
    const ids = Array.from({ length: count }, (_, n) => `${prefix}${String(n).padStart(4, '0')}`);
    const sentAt = t.clock.now() - ageDays * DAY_MS;
    await insertRows(
      tx,
      LetterTable,
      ids.map((id) => ({ id, state, sentAt })),
    );
    await insertRows(
      tx,
      PageTable,
      ids.map((id) => ({ id: `p${id}`, letterId: id })),
    );
  });
const count = (table: EntitySchema) => t.db.read((r) => r.em.getRepository(table).count());

const period = (ending: Ending | null, days: number | null, kind = 'post.letters'): Period => ({
  kind,
  ending,
  days,
  what: '信',
  purpose: '',
  ground: '',
  since: '',
});
const ofLetters = () =>
  deleteRows(t.db, {
    kind: 'post.letters',
    table: 'letter',
    since: 'sentAt',
    where: `state = 'done'`,
    parts: [{ table: 'letter_page', column: 'letterId' }],
  }).ending;
const failures: string[] = [];
const night = (periods: readonly Period[], more: { slices?: number; slice?: number } = {}) =>
  runKeeping(
    { db: t.db, periods, onFailed: (kind, error) => failures.push(`${kind} ${String(error)}`), ...more },
    t.clock.now(),
  );
const report = (periods: readonly Period[]) => t.db.read((r) => keepingReport(r, periods));

describe('the nightly end of what is kept', () => {
  it('takes what is past its time, with its parts, in slices; what is open or younger stays', async () => {
    await letters(1000, 31);
    await letters(5, 31, 'open', 'o');
    await letters(7, 30, 'done', 'y');
    const periods = [period(ofLetters(), 30)];
    await night(periods, { slice: 300 });
    expect(await count(LetterTable)).toBe(12);
    expect(await count(PageTable)).toBe(12);
    const { items, removedLately, overdue } = await report(periods);
    expect(items[0]).toMatchObject({ ends: 'delete', removedLately: 1000, nextAt: t.clock.now() });
    expect([removedLately, overdue]).toEqual([1000, 0]);
    const acts = await t.db.read((r) => r.em.getRepository(AuditEntryTable).find());
    expect(acts.map(({ action, targetId }) => `${action} ${targetId}`)).toEqual([
      'keeping.delete post.letters',
    ]);
  });

  it('is bounded a night, tells what is left, and goes on the next night', async () => {
    await letters(250, 40);
    const periods = [period(ofLetters(), 30)];
    await night(periods, { slice: 100, slices: 2 });
    expect(await report(periods)).toMatchObject({ overdue: 50, removedLately: 200 });
    t.clock.advance(DAY_MS);
    await night(periods, { slice: 100, slices: 2 });
    expect(await report(periods)).toMatchObject({ overdue: 0, removedLately: 250 });
    expect((await report(periods)).items[0]?.nextAt).toBeNull();
  });

  it('a kind that fails is told of and stops no other', async () => {
    await letters(3, 40);
    const broken: Ending = {
      how: 'blank',
      remove: () => Promise.reject(new Error('no')),
      overdue: () => Promise.resolve(4),
      oldest: () => Promise.resolve(5),
    };
    const periods = [period(broken, 1, 'post.broken'), period(ofLetters(), 30)];
    await night(periods);
    expect(failures).toEqual(['post.broken Error: no']);
    expect(await report(periods)).toMatchObject({ failed: 1, overdue: 4, removedLately: 3 });
  });

  it('what has no end is never touched, and stands in the report', async () => {
    await letters(3, 4000);
    const periods = [period(ofLetters(), null), period(null, null, 'audit.entries')];
    await night(periods);
    expect(await count(LetterTable)).toBe(3);
    expect((await report(periods)).items.map(({ ends }) => ends)).toEqual(['kept', 'kept']);
  });

  it('nights are listed page by page, the quiet ones left out when asked', async () => {
    const periods = [period(ofLetters(), 30)];
    for (let n = 0; n < 5; n += 1) {
      if (n === 2) await letters(1, 40);
      await night(periods);
      t.clock.advance(DAY_MS);
    }
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const from = cursor;
      const page = await t.db.read((r) =>
        keepingRuns(r, periods, { telling: 'false', limit: 2, ...(from ? { cursor: from } : {}) }),
      );
      seen.push(...page.items.map(({ runId }) => runId));
      cursor = page.next ?? undefined;
    } while (cursor);
    expect(new Set(seen).size).toBe(5);
    const telling = await t.db.read((r) => keepingRuns(r, periods, { telling: 'true', limit: 50 }));
    expect(telling.items).toMatchObject([{ removed: 1, what: '信' }]);
  });
});

describe('who reads the register', () => {
  const actor = (...roles: PersonActor['roles']): PersonActor => ({
    kind: 'person',
    personId: 'p',
    name: 'p',
    roles,
    via: 'console',
  });
  it('H4 those who answer for the system, those who check them, and HR; nobody else', () => {
    for (const role of ['superAdmin', 'systemAdmin', 'securityAdmin', 'auditAdmin', 'hrMaintainer'] as const)
      expect(() => mustReadKeeping(actor('staff', role))).not.toThrow();
    for (const role of ['staff', 'unitHead', 'liaison', 'moduleManager'] as const)
      expect(() => mustReadKeeping(actor(role))).toThrow('keeping.readers_only');
  });
});
