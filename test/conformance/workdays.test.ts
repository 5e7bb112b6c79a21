import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { loadHolidayYears } from '../../server/features/supervision/index.ts';
import { countDays, type HalfDayRange } from '../../server/kernel/count-days.ts';
import { MINUTE_MS } from '../../server/kernel/dates.ts';
import { createCalendar, type Calendar, type PeriodEnd } from '../../server/kernel/workdays.ts';

type Case = { rule: string } & (
  | { op: 'dayKind'; date: string; is: string }
  | { op: 'workdaysAfter'; date: string; n: number; on: string; provisional: boolean }
  | { op: 'addWorkdays'; from: string; n: number; end: PeriodEnd; at: string; provisional: boolean }
  | { op: 'addWorkingMinutes'; from: string; minutes: number; at: string; provisional: boolean }
  | { op: 'workingMinutes'; from: string; until: string; minutes: number; provisional: boolean }
  | {
      op: 'countDays';
      range: HalfDayRange;
      unit: 'workday' | 'calendar';
      total: number;
      weights?: number[];
      provisional: boolean;
    }
  | { op: 'countDaysRefused'; range: HalfDayRange; code: string }
);

const { cases } = JSON.parse(readFileSync(new URL('workdays.json', import.meta.url), 'utf8')) as {
  cases: Case[];
};

/** The server's own zone must not matter (G10, R38): behind and ahead of Beijing, up to UTC+14. */
const ZONES = ['Asia/Shanghai', 'UTC', 'Pacific/Kiritimati', 'America/New_York'];
const before = process.env.TZ;
afterAll(() => {
  if (before === undefined) delete process.env.TZ;
  else process.env.TZ = before;
});

describe.each(ZONES)('working days, server in %s', (zone) => {
  it('runs in that zone (G10)', () => {
    process.env.TZ = zone;
    const shown = new Date('2026-11-22T12:00:00Z').toLocaleString('en-US', {
      hourCycle: 'h23',
      hour: '2-digit',
    });
    expect(shown).toBe(
      { 'Asia/Shanghai': '20', UTC: '12', 'Pacific/Kiritimati': '02', 'America/New_York': '07' }[zone],
    );
  });

  it.each(cases.map((one) => [`${one.rule} ${describeCase(one)}`, one] as const))('%s', (_name, one) => {
    process.env.TZ = zone;
    run(one, createCalendar(loadHolidayYears('config/holidays')));
  });
});

function run(one: Case, calendar: Calendar): void {
  switch (one.op) {
    case 'dayKind':
      return expect(calendar.dayKind(one.date)).toBe(one.is);
    case 'workdaysAfter':
      return expect(calendar.workdaysAfter(one.date, one.n)).toEqual({
        on: one.on,
        provisional: one.provisional,
      });
    case 'addWorkdays': {
      const { at, provisional } = calendar.addWorkdays(Date.parse(one.from), one.n, one.end);
      return expect([iso(at), provisional]).toEqual([iso(Date.parse(one.at)), one.provisional]);
    }
    case 'addWorkingMinutes': {
      const { at, provisional } = calendar.addWorkingMs(Date.parse(one.from), one.minutes * MINUTE_MS);
      return expect([iso(at), provisional]).toEqual([iso(Date.parse(one.at)), one.provisional]);
    }
    case 'workingMinutes': {
      const { ms, provisional } = calendar.workingMsBetween(Date.parse(one.from), Date.parse(one.until));
      return expect([ms / MINUTE_MS, provisional]).toEqual([one.minutes, one.provisional]);
    }
    case 'countDays': {
      const { total, strip, provisional } = countDays(one.range, one.unit, calendar);
      const weights = strip.map((day) => day.weight);
      return expect({ total, provisional, weights }).toEqual({
        total: one.total,
        provisional: one.provisional,
        weights: one.weights ?? weights,
      });
    }
    case 'countDaysRefused':
      return expect(() => countDays(one.range, 'workday', calendar)).toThrow(
        expect.objectContaining({ code: one.code }),
      );
  }
}

const iso = (at: number) => new Date(at).toISOString();

function describeCase({ rule: _rule, op, ...rest }: Case): string {
  return `${op} ${JSON.stringify(rest)}`;
}
