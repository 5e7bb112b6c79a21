import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openTestDb, type TestDb } from '../../../test/support/test-db.ts';
import { systemActor } from '../../kernel/actor.ts';
import { newId } from '../../kernel/id.ts';
import { createCalendar, type Calendar } from '../../kernel/workdays.ts';
import { AuditEntryTable } from '../../platform/audit/index.ts';
import { createJobs, JobTable } from '../../platform/jobs/index.ts';
import type { Reads, Tx } from '../../platform/db/unit-of-work.ts';
import { createLog } from '../../platform/log.ts';
import { createMetrics } from '../../platform/metrics.ts';
import { createSupervision, supervisionTables, type NewObligation, type ObligationRow } from './index.ts';
import { CalendarAdoptionTable, ObligationTable } from './tables.ts';
import { at, calendar, calendarOf, clockOf } from './testing/calendar.ts';

const actor = systemActor('test');
const chen = newId();
const wang = newId();
const unit = newId();
let t: TestDb;
let fired: string[];

beforeEach(async () => {
  t = await openTestDb([...supervisionTables, JobTable, AuditEntryTable]);
  fired = [];
});
afterEach(() => t.close());

const metrics = () => createMetrics();
function supervisionWith(using: Calendar = calendar, alarms = metrics()) {
  const supervision = createSupervision({
    db: t.db,
    log: createLog('silent'),
    metrics: alarms,
    calendar: using,
    publicUrl: 'https://h5.test',
  });
  supervision.onRung('approvals.task', async (tx, obligation, rung) => {
    // As what a handler enqueues: nothing of a unit of work that failed.
    tx.afterCommit(() => void fired.push(`${clockOf(tx.now)} ${rung.rung} ${obligation.stepRef}`));
  });
  return supervision;
}

const subject = { subjectType: 'instance', subjectId: 'i1' };
const one = (stepRef: string, more: Partial<NewObligation> = {}): NewObligation => ({
  kind: 'approvals.task',
  ...subject,
  stepRef,
  title: '张老师 申请年假 3.5 个工作日',
  path: '/approvals/i1',
  holderPersonId: chen,
  holderUnitId: unit,
  budget: { workdays: 1 },
  ...more,
});
const write = <T>(work: (tx: Tx) => Promise<T>) => t.db.write(actor, work);
const read = <T>(work: (reads: Reads) => Promise<T>) => t.db.read(work);
const open = (supervision: ReturnType<typeof supervisionWith>, ...wanted: NewObligation[]) =>
  write(async (tx) => supervision.openObligations(tx, wanted));
const rows = (): Promise<ObligationRow[]> =>
  read(({ em }) => em.getRepository(ObligationTable).find({ order: { id: 'asc' } }));
const row = async (stepRef: string): Promise<ObligationRow> => {
  const found = (await rows()).find((r) => r.stepRef === stepRef);
  if (!found) throw new Error(`no obligation ${stepRef}`);
  return found;
};
const go = (time: string) => t.clock.set(at(time));

describe('opening and closing', () => {
  it('R36 stores the budget, derives the due time, gives back what it stored', async () => {
    const supervision = supervisionWith();
    const returned = await open(
      supervision,
      one('a'),
      one('b', { budget: { minutes: 120 }, holderPersonId: null, rungs: null, title: '长'.repeat(300) }),
      one('c', { budget: { workdays: 3, end: 'midnight' }, openedAt: at('2026-11-20 09:12') }),
    );
    expect(await rows()).toEqual(returned);
    expect(returned.map((r) => [clockOf(r.dueAt), clockOf(r.nextCheckAt), r.provisional])).toEqual([
      ['2026-11-24 17:30', '2026-11-24 08:30', false],
      ['2026-11-23 13:50', '2026-11-23 13:50', false],
      ['2026-11-26 00:00', '2026-11-25 08:30', false],
    ]);
  });

  it('refuses a clock in the future and budgets that are none', async () => {
    const supervision = supervisionWith();
    for (const bad of [
      { openedAt: t.clock.now() + 1 },
      { budget: { workdays: 0 } },
      { budget: { minutes: 0.5 } },
    ] satisfies Partial<NewObligation>[]) {
      await expect(open(supervision, one('a', bad))).rejects.toThrow(RangeError);
    }
    expect(await rows()).toEqual([]);
  });

  it('closes the named steps only, once, in time: no breach', async () => {
    const supervision = supervisionWith();
    await open(supervision, one('a'), one('b'), one('c'), one('a', { subjectId: 'i2' }));
    go('2026-11-24 17:29');
    const close = (refs: string[]) =>
      write((tx) => supervision.closeObligations(tx, { ...subject, refs, outcome: 'approved' }));
    expect(await close(['a', 'b', 'x'])).toBe(2);
    expect(await close(['a', 'b'])).toBe(0);
    expect(await close([])).toBe(0);
    const all = await rows();
    expect(all.map((r) => `${r.subjectId}${r.stepRef} ${r.state}`).sort()).toEqual([
      'i1a closed',
      'i1b closed',
      'i1c open',
      'i2a open',
    ]);
    expect(await row('b')).toMatchObject({
      outcome: 'approved',
      closedAt: t.clock.now(),
      nextCheckAt: null,
      breachedAt: null,
      breachPersonId: null,
    });
  });

  it('closes all of a subject when no steps are named', async () => {
    const supervision = supervisionWith();
    await open(supervision, one('a'), one('b'), one('a', { subjectId: 'i2' }));
    const closed = await write((tx) =>
      supervision.closeObligations(tx, { ...subject, outcome: 'withdrawn' }),
    );
    expect(closed).toBe(2);
  });

  it('G9 closing late records the breach of the holder, dated to the due time', async () => {
    const supervision = supervisionWith();
    await open(supervision, one('a'));
    go('2026-11-26 09:00');
    await write((tx) => supervision.closeObligations(tx, { ...subject, refs: ['a'], outcome: 'approved' }));
    expect(await row('a')).toMatchObject({
      state: 'closed',
      breachedAt: at('2026-11-24 17:30'),
      breachPersonId: chen,
      breachUnitId: unit,
    });
  });

  it('G9 done in time and told late is in time: a breach of meanwhile is taken back, a real one stays', async () => {
    const supervision = supervisionWith();
    await open(supervision, one('inTime'), one('late'));
    go('2026-11-25 09:00');
    await supervision.sweep();
    expect([(await row('inTime')).breachPersonId, (await row('late')).breachPersonId]).toEqual([chen, chen]);
    const close = (ref: string, doneAt: string) =>
      write((tx) =>
        supervision.closeObligations(tx, { ...subject, refs: [ref], outcome: 'done', doneAt: at(doneAt) }),
      );
    await close('inTime', '2026-11-24 10:00');
    await close('late', '2026-11-24 18:00');
    expect(await row('inTime')).toMatchObject({
      state: 'closed',
      closedAt: at('2026-11-24 10:00'),
      breachedAt: null,
      breachPersonId: null,
      breachUnitId: null,
    });
    expect(await row('late')).toMatchObject({ breachedAt: at('2026-11-24 17:30'), breachUnitId: unit });
  });

  it('S1-6.1b counts by unit what is open, what is overdue and what ran out while the unit held it', async () => {
    const supervision = supervisionWith();
    const other = newId();
    await open(supervision, one('a'), one('b'), one('c', { holderUnitId: other, budget: { workdays: 9 } }));
    go('2026-11-25 09:00');
    const figures = () =>
      read((reads) => supervision.figuresByUnit(reads, subject.subjectType, at('2026-11-01 00:00')));
    // Before the sweep has written it down, and after.
    expect(await figures()).toContainEqual({ unitId: unit, open: 2, overdue: 2, late: 2 });
    await supervision.sweep();
    await write((tx) => supervision.closeObligations(tx, { ...subject, refs: ['a'], outcome: 'done' }));
    expect(await figures()).toEqual(
      expect.arrayContaining([
        { unitId: unit, open: 1, overdue: 1, late: 2 },
        { unitId: other, open: 1, overdue: 0, late: 0 },
      ]),
    );
  });

  it('is undone with the unit of work around it', async () => {
    const supervision = supervisionWith();
    await open(supervision, one('a'));
    const broken = write(async (tx) => {
      supervision.openObligation(tx, one('b'));
      await supervision.closeObligations(tx, { ...subject, outcome: 'approved' });
      throw new Error('no');
    });
    await expect(broken).rejects.toThrow('no');
    expect((await rows()).map((r) => `${r.stepRef} ${r.state}`)).toEqual(['a open']);
  });
});

describe('holders and pauses', () => {
  it('G9 a hand-over keeps the clock; a breach before it stays with the one before', async () => {
    const supervision = supervisionWith();
    await open(supervision, one('a'), one('b'));
    const hand = (refs: string[]) =>
      write((tx) =>
        supervision.transferObligations(tx, {
          ...subject,
          refs,
          toPersonId: wang,
          toUnitId: null,
          reason: '转审',
        }),
      );
    go('2026-11-24 10:00');
    expect(await hand(['a'])).toBe(1);
    go('2026-11-25 10:00');
    expect(await hand(['a', 'b'])).toBe(2);
    expect(await row('a')).toMatchObject({
      holderPersonId: wang,
      holderUnitId: null,
      breachPersonId: wang,
      dueAt: at('2026-11-24 17:30'),
    });
    expect(await row('b')).toMatchObject({ holderPersonId: wang, breachPersonId: chen, breachUnitId: unit });
    const { events } = await read((reads) => row('a').then((r) => supervision.historyOf(reads, r.id)));
    expect(events.map((e) => [e.kind, e.fromPersonId, e.toPersonId, e.reason])).toEqual([
      ['transferred', chen, wang, '转审'],
      ['transferred', wang, wang, '转审'],
    ]);
  });

  it('G6 stops for named reasons only, and goes on with what was left', async () => {
    const supervision = supervisionWith();
    await open(supervision, one('a', { budget: { minutes: 120 } }));
    const pause = (reason: string) => write((tx) => supervision.pauseObligations(tx, { ...subject, reason }));
    await expect(pause('busy')).rejects.toMatchObject({ code: 'supervision.pause_reason' });
    go('2026-11-23 11:20');
    expect(await pause('returned_incomplete')).toBe(1);
    expect(await pause('returned_incomplete')).toBe(0);
    const paused = await row('a');
    expect(paused).toMatchObject({ dueAt: null, nextCheckAt: null, pausedReason: 'returned_incomplete' });
    expect(supervision.dueOf(paused, t.clock.now())).toMatchObject({ state: 'none', words: '计时暂停' });
    go('2026-11-26 10:00');
    expect(await supervision.sweep()).toBe(0);
    expect(await write((tx) => supervision.resumeObligations(tx, subject))).toBe(1);
    expect(await write((tx) => supervision.resumeObligations(tx, subject))).toBe(0);
    const resumed = await row('a');
    expect([clockOf(resumed.dueAt), clockOf(resumed.firstDueAt)]).toEqual([
      '2026-11-26 11:00',
      '2026-11-23 13:50',
    ]);
    expect(resumed).toMatchObject({ pausedReason: null, breachedAt: null });
    const { events } = await read((reads) => supervision.historyOf(reads, resumed.id));
    expect(events.map((e) => [e.kind, e.reason])).toEqual([
      ['paused', 'returned_incomplete'],
      ['resumed', 'returned_incomplete'],
    ]);
  });

  it('G9 pausing after the time ran out does not undo the breach', async () => {
    const supervision = supervisionWith();
    await open(supervision, one('a'));
    go('2026-11-25 09:00');
    await write((tx) => supervision.pauseObligations(tx, { ...subject, reason: 'returned_incomplete' }));
    expect(await row('a')).toMatchObject({
      breachedAt: at('2026-11-24 17:30'),
      breachPersonId: chen,
      dueAt: at('2026-11-24 17:30'),
    });
  });
});

describe('the sweep', () => {
  it('R37 fires each rung once, in office daytime, and records the breach at the due time', async () => {
    const supervision = supervisionWith();
    await open(supervision, one('a'));
    for (let time = t.clock.now(); time < at('2026-11-27 12:00'); time += 10 * 60_000) {
      t.clock.set(time);
      await supervision.sweep();
      await supervision.sweep();
      if (time === at('2026-11-24 17:30')) expect((await row('a')).breachedAt).toBe(time);
    }
    expect(fired).toEqual(['2026-11-24 08:30 amber a', '2026-11-25 08:30 due a', '2026-11-26 08:30 red a']);
    const { rungs } = await read((reads) => row('a').then((r) => supervision.historyOf(reads, r.id)));
    expect(rungs.map((r) => [r.rung, clockOf(r.passedAt), clockOf(r.firedAt)])).toEqual([
      ['amber', '2026-11-24 08:30', '2026-11-24 08:30'],
      ['due', '2026-11-24 17:30', '2026-11-25 08:30'],
      ['red', '2026-11-25 17:30', '2026-11-26 08:30'],
    ]);
    expect(await row('a')).toMatchObject({ breachPersonId: chen, nextCheckAt: null, state: 'open' });
  });

  it('R37 after a long stop fires the highest rung only, and not at night', async () => {
    const supervision = supervisionWith();
    await open(supervision, one('a'));
    go('2026-12-05 23:00');
    expect(await supervision.sweep()).toBe(0);
    expect((await row('a')).breachedAt).toBe(at('2026-11-24 17:30'));
    go('2026-12-07 08:30');
    expect(await supervision.sweep()).toBe(1);
    expect(await supervision.sweep()).toBe(0);
    expect(fired).toEqual(['2026-12-07 08:30 red a']);
  });

  it('R37 leaves closed ones alone and those without reminders silent', async () => {
    const supervision = supervisionWith();
    await open(supervision, one('a'), one('b', { rungs: null }));
    await write((tx) => supervision.closeObligations(tx, { ...subject, refs: ['a'], outcome: 'approved' }));
    go('2026-12-07 09:00');
    expect(await supervision.sweep()).toBe(0);
    expect((await row('a')).breachedAt).toBeNull();
    expect((await row('b')).breachedAt).toBe(at('2026-11-24 17:30'));
  });

  it('R37 swept by three at once still fires once', async () => {
    const supervision = supervisionWith();
    const steps = Array.from({ length: 12 }, (_, n) => one(`s${n}`));
    await open(supervision, ...steps);
    go('2026-11-24 08:30');
    const counts = await Promise.all([supervision.sweep(), supervision.sweep(), supervision.sweep()]);
    expect(counts.reduce((a, b) => a + b, 0)).toBe(12);
    const history = await read(async (reads) =>
      Promise.all((await rows()).map((r) => supervision.historyOf(reads, r.id))),
    );
    expect(history.map((h) => h.rungs.length)).toEqual(steps.map(() => 1));
  });

  it('one broken handler stops nobody else, leaves no half-fired rung, and is told', async () => {
    const supervision = supervisionWith();
    let broken = true;
    supervision.onRung('bad', async () => {
      if (broken) throw new Error('handler');
      fired.push('bad');
    });
    await open(supervision, one('x', { kind: 'bad' }), one('a'), one('y', { kind: 'unheard' }));
    go('2026-11-24 08:30');
    await expect(supervision.sweep()).rejects.toThrow('1 obligations not checked');
    expect(fired).toEqual(['2026-11-24 08:30 amber a']);
    expect((await row('x')).rungLevel).toBe(0);
    expect((await row('y')).rungLevel).toBe(1);
    broken = false;
    expect(await supervision.sweep()).toBe(1);
    expect(fired.at(-1)).toBe('bad');
  });

  it('takes one handler per kind', () => {
    const supervision = supervisionWith();
    expect(() => supervision.onRung('approvals.task', async () => undefined)).toThrow(/has a handler/);
  });

  it('runs as a scheduled job', async () => {
    const supervision = supervisionWith();
    await open(supervision, one('a'));
    const jobs = createJobs({
      db: t.db,
      clock: t.clock,
      log: createLog('silent'),
      definitions: supervision.jobs,
      schedules: supervision.schedules,
    });
    go('2026-11-24 08:30');
    await jobs.tick();
    await jobs.runDue();
    expect(fired).toEqual(['2026-11-24 08:30 amber a']);
  });
});

describe('an unpublished year (G4)', () => {
  it('warns, never breaches, raises one alarm, and becomes firm with the notice', async () => {
    const alarms = metrics();
    const supervision = supervisionWith(calendar, alarms);
    go('2026-12-30 10:00');
    await open(supervision, one('a', { budget: { workdays: 3 } }));
    expect(await row('a')).toMatchObject({ provisional: true, dueAt: at('2027-01-04 17:30') });
    for (const time of ['2027-01-04 09:00', '2027-01-04 17:30', '2027-01-04 17:31', '2027-01-20 09:00']) {
      go(time);
      await supervision.sweep();
    }
    expect(fired).toEqual(['2027-01-04 09:00 amber a']);
    expect(await row('a')).toMatchObject({ breachedAt: null, nextCheckAt: null });
    const count = async () => (await alarms.alarm.get()).values.map((v) => [v.labels.kind, v.value]);
    expect(await count()).toEqual([['supervision_provisional_due', 1]]);
    expect(await read((reads) => supervision.calendarHealth(reads))).toEqual({
      missing: [2027],
      awaited: [2027],
      provisional: { open: 1, past: 1 },
    });
    expect(() => supervision.requireKnownYear(t.clock.now())).toThrow(
      expect.objectContaining({ code: 'supervision.year_unknown', data: { year: 2027 } }),
    );

    const notice = { year: 2027, notices: [], off: [{ date: '2027-01-01', name: '元旦' }], work: [] };
    const next = supervisionWith(createCalendar([...calendar.years, notice]));
    expect(() => next.requireKnownYear(t.clock.now())).not.toThrow();
    expect(await next.adoptCalendar()).toBe(1);
    expect(await row('a')).toMatchObject({
      provisional: false,
      dueAt: at('2027-01-05 17:30'),
      firstDueAt: at('2027-01-04 17:30'),
      breachedAt: at('2027-01-05 17:30'),
      breachPersonId: chen,
    });
  });

  it('counts a late notice as an alarm in the daily job from 10 December', async () => {
    const alarms = metrics();
    const supervision = supervisionWith(calendar, alarms);
    const [, adopt] = supervision.jobs;
    const daily = async (time: string) => {
      go(time);
      await adopt?.handle({ id: 'x', payload: {}, attempt: 1, now: t.clock.now() });
      return (await alarms.alarm.get()).values.length;
    };
    expect(await daily('2026-12-09 00:05')).toBe(0);
    expect(await daily('2026-12-10 00:05')).toBe(1);
  });
});

describe('a changed calendar (G5)', () => {
  const off = (date: string) => calendarOf([{ date, kind: 'off', name: '校运会' }]);

  it('moves open clocks, keeps both dates, tells the room, leaves closed and paused ones', async () => {
    const before = supervisionWith();
    await open(before, one('a'), one('closed'), one('paused'), one('far', { budget: { workdays: 10 } }));
    await write((tx) => before.closeObligations(tx, { ...subject, refs: ['closed'], outcome: 'approved' }));
    await write((tx) =>
      before.pauseObligations(tx, { ...subject, refs: ['paused'], reason: 'returned_incomplete' }),
    );
    const closed = await row('closed');
    const after = supervisionWith(off('2026-11-24'));
    const told: string[] = [];
    after.onMoved('approvals.task', async (_tx, obligation, from) => {
      told.push(`${obligation.stepRef} ${clockOf(from)} → ${clockOf(obligation.dueAt)}`);
    });
    expect(await after.adoptCalendar()).toBe(2);
    expect(told).toEqual([
      'a 2026-11-24 17:30 → 2026-11-25 17:30',
      'far 2026-12-07 17:30 → 2026-12-08 17:30',
    ]);
    expect(await row('closed')).toEqual(closed);
    expect((await row('paused')).dueAt).toBeNull();
    const a = await row('a');
    expect([clockOf(a.dueAt), clockOf(a.firstDueAt), clockOf(a.nextCheckAt)]).toEqual([
      '2026-11-25 17:30',
      '2026-11-24 17:30',
      '2026-11-25 08:30',
    ]);
    const { events } = await read((reads) => after.historyOf(reads, a.id));
    expect(events.map((e) => [e.kind, clockOf(e.fromDueAt), clockOf(e.toDueAt)])).toEqual([
      ['moved', '2026-11-24 17:30', '2026-11-25 17:30'],
    ]);
    expect(await after.adoptCalendar()).toBe(0);
    const adoptions = await read(({ em }) => em.getRepository(CalendarAdoptionTable).find());
    expect(adoptions.map((r) => r.movedCount)).toEqual([2]);
  });

  it('takes a breach back when the new time is still to come', async () => {
    await open(supervisionWith(), one('a'));
    go('2026-11-25 10:00');
    await supervisionWith().sweep();
    expect((await row('a')).breachPersonId).toBe(chen);
    await supervisionWith(off('2026-11-24')).adoptCalendar();
    expect(await row('a')).toMatchObject({ breachedAt: null, breachPersonId: null, breachUnitId: null });
  });

  it('G9 dates a breach anew and gives it to whoever held it then', async () => {
    const before = supervisionWith();
    await open(before, one('a'));
    go('2026-11-25 10:00');
    await write((tx) => before.transferObligations(tx, { ...subject, toPersonId: wang, toUnitId: unit }));
    expect((await row('a')).breachPersonId).toBe(chen);
    go('2026-11-27 10:00');
    await supervisionWith(off('2026-11-24')).adoptCalendar();
    expect(await row('a')).toMatchObject({ breachedAt: at('2026-11-25 17:30'), breachPersonId: wang });
  });

  it('walks page by page, and once per calendar at start', async () => {
    const before = supervisionWith();
    await open(before, ...Array.from({ length: 450 }, (_, n) => one(`s${n}`)));
    const after = supervisionWith(off('2026-11-24'));
    const jobs = createJobs({
      db: t.db,
      clock: t.clock,
      log: createLog('silent'),
      definitions: after.jobs,
    });
    await write(async (tx) => after.noteCalendar(tx));
    await write(async (tx) => after.noteCalendar(tx));
    expect(await jobs.runDue()).toBe(1);
    expect(new Set((await rows()).map((r) => clockOf(r.dueAt)))).toEqual(new Set(['2026-11-25 17:30']));
  });
});

describe('what a person owes', () => {
  it('counts and lists by urgency, and says it in words', async () => {
    const supervision = supervisionWith();
    await open(
      supervision,
      one('late', { openedAt: at('2026-11-18 10:00') }),
      one('today', { openedAt: at('2026-11-20 10:00') }),
      one('tonight', { openedAt: at('2026-11-20 10:00'), budget: { workdays: 1, end: 'midnight' } }),
      one('later', { budget: { workdays: 2 } }),
      one('paused', { subjectId: 'i2' }),
      one('other', { holderPersonId: wang }),
      one('done', { subjectId: 'i3' }),
    );
    await write(async (tx) => {
      await supervision.pauseObligations(tx, { ...subject, subjectId: 'i2', reason: 'returned_incomplete' });
      await supervision.closeObligations(tx, { ...subject, subjectId: 'i3', outcome: 'approved' });
    });
    expect(await read((reads) => supervision.countHeld(reads, chen))).toEqual({
      total: 5,
      overdue: 1,
      today: 2,
      later: 2,
    });
    expect(await read((reads) => supervision.countHeld(reads, newId()))).toEqual({
      total: 0,
      overdue: 0,
      today: 0,
      later: 0,
    });
    const held = await read((reads) => supervision.listHeld(reads, chen, { limit: 20 }));
    expect(held.map((r) => [r.stepRef, supervision.dueOf(r, t.clock.now()).words])).toEqual([
      ['late', '超时 1 个工作日'],
      ['today', '还剩 5 小时'],
      ['tonight', '还剩 5 小时'],
      ['later', '还剩 2 个工作日'],
      ['paused', '计时暂停'],
    ]);
    const second = await read((reads) => supervision.listHeld(reads, chen, { limit: 2, offset: 1 }));
    expect(second.map((r) => r.stepRef)).toEqual(['today', 'tonight']);
  });

  it('lists those of subjects, open and closed, with the time used', async () => {
    const supervision = supervisionWith();
    await open(
      supervision,
      one('a', { openedAt: at('2026-11-19 16:05') }),
      one('b'),
      one('c', { subjectId: 'i9' }),
    );
    go('2026-11-23 11:20');
    await write((tx) => supervision.closeObligations(tx, { ...subject, refs: ['b'], outcome: 'approved' }));
    go('2026-11-25 11:20');
    const found = await read((reads) => supervision.listOfSubjects(reads, 'instance', ['i1', 'i2']));
    expect(found.map((r) => [r.stepRef, r.state])).toEqual([
      ['a', 'open'],
      ['b', 'closed'],
    ]);
    expect(found.map((r) => supervision.usedMs(r, t.clock.now()) / 60_000)).toEqual([85 + 450 * 3 + 170, 60]);
    expect(await read((reads) => supervision.listOfSubjects(reads, 'instance', []))).toEqual([]);
  });
});
