import { describe, expect, it } from 'vitest';
import { at, calendar } from './testing/calendar.ts';
import {
  bucketOf,
  describeDue,
  wallTime,
  wordsOfDeadline,
  wordsOfDue,
  wordsOfMissingYears,
  wordsOfWorked,
} from './words.ts';

/** The moment of the pictures. */
const NOW = '2026-11-23 10:20';

describe('wordsOfDue', () => {
  it.each([
    [NOW, '2026-11-23 17:30', '还剩 5 小时'],
    [NOW, '2026-11-23 14:40', '还剩 2 小时'],
    [NOW, '2026-11-25 17:30', '还剩 2 个工作日'],
    [NOW, '2026-11-24 10:20', '还剩 1 个工作日'],
    [NOW, '2026-11-24 10:19', '还剩 7 小时'],
    [NOW, '2026-11-23 11:00', '还剩 40 分钟'],
    ['2026-09-30 17:00', '2026-10-08 17:30', '还剩 1 个工作日'],
    ['2026-09-30 17:30', '2026-10-08 12:00', '还剩 3 小时'],
    ['2026-11-23 17:29:30', '2026-11-23 17:30', '今天 17:30 到期'],
    ['2026-11-23 18:00', '2026-11-24 00:00', '今天 24:00 到期'],
    ['2026-11-21 10:00', '2026-11-23 08:30', '11-23 08:30 到期'],
    ['2026-11-20 17:30', '2026-11-20 17:30', '已超时'],
    ['2026-11-22 10:00', '2026-11-20 17:30', '已超时'],
    [NOW, '2026-11-20 17:30', '超时 1 小时'],
    ['2026-11-23 08:50', '2026-11-20 17:30', '超时 20 分钟'],
    ['2026-11-23 17:30', '2026-11-20 17:30', '超时 1 个工作日'],
    [NOW, '2026-11-19 17:30', '超时 1 个工作日'],
    [NOW, '2026-11-18 17:30', '超时 2 个工作日'],
  ])('at %s, due %s: %s', (now, due, words) => {
    expect(wordsOfDue(at(now), at(due), calendar)).toBe(words);
  });

  it('G4 says when it is an estimate and never speaks of overdue then', () => {
    expect(wordsOfDue(at('2026-12-31 09:00'), at('2027-01-04 17:30'), calendar, true)).toBe(
      '还剩 2 个工作日（暂估）',
    );
    expect(wordsOfDue(at('2027-01-05 09:00'), at('2027-01-04 17:30'), calendar, true)).toBe('到期日暂估');
  });
});

describe('deadlines as wall times', () => {
  it.each([
    [NOW, '2026-11-23 17:30', '今天 17:30 到期'],
    [NOW, '2026-11-24 17:30', '11-24 17:30 到期'],
    [NOW, '2026-11-24 00:00', '今天 24:00 到期'],
    [NOW, '2027-01-04 17:30', '2027-01-04 17:30 到期'],
    [NOW, '2026-11-20 17:30', '应于 11-20 17:30 前处理'],
    [NOW, '2026-10-10 00:00', '应于 10-09 24:00 前处理'],
  ])('at %s, due %s: %s', (now, due, words) => {
    expect(wordsOfDeadline(at(now), at(due))).toBe(words);
  });

  it('is bare for sentences, and marked when estimated', () => {
    expect(`请在 ${wallTime(at(NOW), at('2026-11-24 17:30'))} 前处理`).toBe('请在 11-24 17:30 前处理');
    expect(wordsOfDeadline(at('2027-01-05 09:00'), at('2027-01-04 17:30'), true)).toBe(
      '01-04 17:30 到期（暂估）',
    );
  });
});

describe('wordsOfWorked', () => {
  const spent = (from: string, until: string) =>
    wordsOfWorked(calendar.workingMsBetween(at(from), at(until)).ms, calendar);

  it.each([
    ['2026-11-19 16:05', '2026-11-20 09:12', '2 小时'],
    ['2026-11-20 09:12', '2026-11-23 10:20', '1 个工作日'],
    ['2026-11-21 10:00', '2026-11-22 10:00', '不到 1 分钟'],
  ])('%s to %s: %s', (from, until, words) => {
    expect(spent(from, until)).toBe(words);
  });
});

it('G4 names the notices waited for', () => {
  expect(wordsOfMissingYears([2028])).toBe('2028 年放假安排未公布，天数暂估。');
  expect(wordsOfMissingYears([2027, 2028])).toBe('2027、2028 年放假安排未公布，天数暂估。');
  expect(wordsOfMissingYears([])).toBe('');
});

describe('describeDue', () => {
  it.each([
    ['today', '2026-11-23 17:30', null, 'today', 'today'],
    ['until 24:00 today', '2026-11-24 00:00', null, 'today', 'today'],
    ['tomorrow', '2026-11-24 17:30', '2026-11-24 08:30', 'ok', 'later'],
    ['tomorrow, already urgent', '2026-11-24 10:00', '2026-11-23 10:20', 'amber', 'later'],
    ['past', '2026-11-20 17:30', '2026-11-20 08:30', 'overdue', 'overdue'],
    ['this very moment', NOW, null, 'overdue', 'overdue'],
  ])('%s', (_name, due, amber, state, bucket) => {
    const facts = { dueAt: at(due), provisional: false, amberAt: amber === null ? null : at(amber) };
    expect(describeDue(facts, at(NOW), calendar).state).toBe(state);
    expect(bucketOf(facts, at(NOW))).toBe(bucket);
  });

  it('without a due time', () => {
    const facts = { dueAt: null, provisional: false };
    expect(describeDue(facts, at(NOW), calendar)).toEqual({ ...facts, state: 'none', words: '' });
    expect(describeDue({ ...facts, paused: true }, at(NOW), calendar).words).toBe('计时暂停');
    expect(bucketOf(facts, at(NOW))).toBe('later');
  });

  it('G4 provisional and past is for today, not overdue', () => {
    const facts = { dueAt: at('2026-11-20 17:30'), provisional: true };
    expect(describeDue(facts, at(NOW), calendar).state).toBe('today');
    expect(bucketOf(facts, at(NOW))).toBe('today');
  });
});
