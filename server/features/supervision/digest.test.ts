import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openTestDb, type TestDb } from '../../../test/support/test-db.ts';
import { systemActor } from '../../kernel/actor.ts';
import { newId } from '../../kernel/id.ts';
import { AuditEntryTable } from '../../platform/audit/index.ts';
import { createJobs, JobTable } from '../../platform/jobs/index.ts';
import type { Db } from '../../platform/db/unit-of-work.ts';
import { createLog } from '../../platform/log.ts';
import { createMetrics } from '../../platform/metrics.ts';
import { MessageTable } from '../messaging/index.ts';
import { sendDigest } from './digest.ts';
import { createSupervision, supervisionTables, type NewObligation } from './index.ts';
import { planChecks, sameChanges } from './plan-checks.ts';
import { saveChecked } from './save-checked.ts';
import { ObligationRungTable, ObligationTable } from './tables.ts';
import { at, calendar } from './testing/calendar.ts';

const actor = systemActor('test');
const chen = newId();
const wang = newId();
let t: TestDb;
let reminded: string[];

beforeEach(async () => {
  t = await openTestDb([...supervisionTables, JobTable, AuditEntryTable, MessageTable]);
  reminded = [];
});
afterEach(() => t.close());

function supervisionWith(db: Db = t.db) {
  const log = createLog('silent');
  const metrics = createMetrics();
  const supervision = createSupervision({ db, log, metrics, calendar, publicUrl: 'https://h5.test' });
  const remember = (step: string) => void reminded.push(step);
  supervision.onReminder('task', async (tx, row) => tx.afterCommit(() => remember(row.stepRef)), '/todo');
  supervision.onReminder('report', async (tx, row) => tx.afterCommit(() => remember(row.stepRef)));
  supervision.onRung('effect', async (tx, row) => tx.afterCommit(() => remember(`effect ${row.stepRef}`)));
  return supervision;
}
type Supervision = ReturnType<typeof supervisionWith>;

const clocks = (count: number, more: Partial<NewObligation> = {}): NewObligation[] =>
  Array.from({ length: count }, (_, n) => ({
    kind: 'task',
    subjectType: 'instance',
    subjectId: newId(),
    stepRef: `${n}`,
    title: `第 ${n} 件`,
    path: `/approvals/${n}`,
    holderPersonId: chen,
    holderUnitId: null,
    budget: { workdays: 1 },
    ...more,
  }));
const open = (supervision: Supervision, wanted: readonly NewObligation[]) =>
  t.db.write(actor, async (tx) => supervision.openObligations(tx, wanted));
const morning = () => t.clock.set(at('2026-11-24 08:30'));
const sendAll = (supervision: Supervision) =>
  createJobs({
    db: t.db,
    clock: t.clock,
    log: createLog('silent'),
    definitions: supervision.jobs,
  }).runDue();
const cards = async () =>
  (await t.db.read(({ em }) => em.getRepository(MessageTable).find())).map(({ personId, content }) => ({
    personId,
    card: content.type === 'card' ? content.card : null,
  }));
const rungsFired = () => t.db.read(({ em }) => em.getRepository(ObligationRungTable).count());

describe('S1-10 a digest instead of a flood', () => {
  it.each([
    [5, 5, 0],
    [6, 0, 1],
    [40, 0, 1],
  ])('of %i reminders in one sweep %i come one by one and %i as a digest', async (count, singly, digests) => {
    const supervision = supervisionWith();
    await open(supervision, clocks(count));
    morning();
    expect(await supervision.sweep()).toBe(count);
    await sendAll(supervision);
    expect(reminded).toHaveLength(singly);
    expect(await cards()).toHaveLength(digests);
    // R37: each clock keeps its own rung.
    expect(await rungsFired()).toBe(count);
  });

  it('names the count, how urgent, the three most urgent, and leads to the list', async () => {
    const supervision = supervisionWith();
    await open(supervision, [
      ...clocks(4),
      ...clocks(3, { openedAt: at('2026-11-19 10:00'), title: '老的' }),
    ]);
    morning();
    await supervision.sweep();
    await sendAll(supervision);
    expect(await cards()).toEqual([
      {
        personId: chen,
        card: {
          cardType: 'text_notice',
          source: { desc: '办公助手 · 待办提醒' },
          title: '有 7 件待办该处理了',
          desc: '3 件超时，4 件今天到期',
          rows: [
            { label: '超时', value: '老的' },
            { label: '超时', value: '老的' },
            { label: '超时', value: '老的' },
          ],
          actionUrl: 'https://h5.test/todo',
        },
      },
    ]);
  });

  it('two instances that sweep at once say it once; what comes due later is said again', async () => {
    const supervision = supervisionWith();
    await open(supervision, clocks(6));
    morning();
    await supervision.sweep();
    const deps = { db: t.db, publicUrl: 'https://h5.test', listOf: () => '/todo' };
    const sweptAt = t.clock.now();
    await Promise.all(
      [0, 1, 2].map((behind) => sendDigest(deps, { personId: chen, sweptAt: sweptAt - behind })),
    );
    await sendDigest(deps, { personId: chen, sweptAt });
    expect(await cards()).toHaveLength(1);
    await open(supervision, clocks(6));
    t.clock.set(at('2026-11-25 08:30'));
    await supervision.sweep();
    await sendAll(supervision);
    expect(await cards()).toHaveLength(2);
  });

  it('leads home where the things stand in several lists', async () => {
    const supervision = supervisionWith();
    await open(supervision, [...clocks(4), ...clocks(4, { kind: 'report' })]);
    morning();
    await supervision.sweep();
    await sendAll(supervision);
    expect((await cards())[0]?.card).toMatchObject({ actionUrl: 'https://h5.test/' });
  });

  it('is composed of what is still open: one thing left is named, none is not told', async () => {
    const supervision = supervisionWith();
    const wanted = clocks(6);
    await open(supervision, [...wanted, ...clocks(6, { holderPersonId: wang })]);
    morning();
    await supervision.sweep();
    const close = ({ subjectId }: NewObligation) =>
      t.db.write(actor, (tx) =>
        supervision.closeObligations(tx, { subjectType: 'instance', subjectId, outcome: 'approved' }),
      );
    for (const one of wanted.slice(1)) await close(one);
    await t.db.write(actor, (tx) =>
      tx.em.query(`update obligation set state = 'closed' where holderPersonId = ?`, [wang]),
    );
    await sendAll(supervision);
    expect((await cards()).map(({ card }) => card)).toMatchObject([
      { title: '请处理：第 0 件', actionUrl: 'https://h5.test/approvals/0' },
    ]);
  });

  it("other people's reminders and what follows from rungs besides reminding come as ever", async () => {
    const supervision = supervisionWith();
    const others = [...clocks(2, { holderPersonId: wang }), ...clocks(8, { kind: 'effect' })];
    await open(supervision, [...clocks(9), ...others]);
    morning();
    expect(await supervision.sweep()).toBe(19);
    expect(reminded.filter((step) => step.startsWith('effect'))).toHaveLength(8);
    expect(reminded.filter((step) => !step.startsWith('effect'))).toHaveLength(2);
  });

  it('a clock that was changed since it was looked at is not overwritten', async () => {
    await open(supervisionWith(), clocks(2));
    morning();
    const rows = await t.db.read(({ em }) => em.getRepository(ObligationTable).find());
    const changes = sameChanges(planChecks(rows, t.clock.now(), calendar));
    expect(changes.map((change) => change.rows.length)).toEqual([2]);
    await t.db.run('update obligation set version = 2 where id = ?', [rows[0]?.id]);
    await expect(t.db.write(actor, (tx) => saveChecked(tx, changes))).rejects.toMatchObject({
      code: 'db.changed_meanwhile',
    });
    const after = await t.db.read(({ em }) => em.getRepository(ObligationTable).find());
    expect(after.map(({ rungLevel }) => rungLevel)).toEqual([0, 0]);
  });
});

describe('a sweep that is cut off', () => {
  /** Units of work of the sweep fail from the n-th on, after everything in them was written. */
  function cutOff(after: number): Db {
    let units = 0;
    return {
      ...t.db,
      write: (who, work) =>
        t.db.write(who, async (tx) => {
          const answer = await work(tx);
          units += 1;
          if (units > after) throw new Error('power cut');
          return answer;
        }),
    };
  }

  it('R37 wherever it stops, the next one fires what is left, and nobody hears twice or not at all', async () => {
    const people = [chen, wang, newId(), newId()];
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 4, maxLength: 4 }),
        fc.nat(12),
        async (counts, after) => {
          for (const table of ['obligation', 'obligation_rung', 'message', 'job'])
            await t.db.run(`delete from ${table}`, []);
          reminded = [];
          t.clock.set(at('2026-11-23 10:20'));
          const all = people.flatMap((holderPersonId, n) =>
            clocks(counts[n] ?? 0, { holderPersonId }).map((one) => ({
              ...one,
              stepRef: `${holderPersonId}:${one.stepRef}`,
            })),
          );
          await open(supervisionWith(), all);
          morning();
          await supervisionWith(cutOff(after))
            .sweep()
            .catch(() => undefined);
          const supervision = supervisionWith();
          await supervision.sweep();
          expect(await supervision.sweep()).toBe(0);
          await sendAll(supervision);
          expect(await rungsFired()).toBe(all.length);
          const told = (await cards()).map(({ personId }) => personId);
          expect(new Set(told).size).toBe(told.length);
          expect(new Set(reminded).size).toBe(reminded.length);
          for (const [n, person] of people.entries()) {
            const count = counts[n] ?? 0;
            const singly = reminded.filter((step) => step.startsWith(person)).length;
            // Cut off in the middle of somebody's, the rest may be few enough to be told one by one.
            if (count > 5) expect(told).toContain(person);
            else expect([told.includes(person), singly]).toEqual([false, count]);
          }
        },
      ),
      { numRuns: 20 },
    );
  });
});
