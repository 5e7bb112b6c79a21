import { describe, expect, it } from 'vitest';
import { countDays } from './count-days.ts';
import { addDays, isCalendarDate } from './dates.ts';
import { createCalendar } from './workdays.ts';

describe('calendar dates', () => {
  it.each(['1800-01-01', '2024-02-29', '2026-11-22', '2199-12-31'])('%s is one', (text) => {
    expect(isCalendarDate(text)).toBe(true);
  });

  it.each(['2026-02-29', '2026-13-01', '2026-1-1', '20261122', '2026-11-22T00:00', '', '+010000-01'])(
    '%s is none',
    (text) => {
      expect(isCalendarDate(text)).toBe(false);
    },
  );

  it('those nobody lives to see are none: whoever counts days walks from one to the next', () => {
    for (const text of ['0001-01-01', '1799-12-31', '2200-01-01', '3000-01-01', '9999-12-31'])
      expect(isCalendarDate(text)).toBe(false);
  });

  it('the day after the last one that can be written is no date at all, rather than one that never moves on', () => {
    expect(addDays('9999-12-30', 1)).toBe('9999-12-31');
    expect(() => addDays('9999-12-31', 1)).toThrow(RangeError);
    expect(() => addDays('0000-01-01', -1)).toThrow(RangeError);
  });

  it('R39 counting to the end of time ends', () => {
    const calendar = createCalendar([]);
    const range = { from: '9999-12-30', fromHalf: 'am', to: '9999-12-31', toHalf: 'pm' } as const;
    expect(() => countDays(range, 'workday', calendar)).toThrow('supervision.date_missing');
    expect(() => calendar.workdaysAfter('9999-12-31', 3)).toThrow(RangeError);
  });
});
