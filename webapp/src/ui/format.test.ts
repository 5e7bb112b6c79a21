import { describe, expect, it } from 'vitest';
import { dateOf, dayWords, fileSize, fromPicker, glue, shortDate, stamp, toPicker } from './format.ts';

const at = Date.parse('2026-11-23T01:30:00Z');

describe('R38 times are those of Asia/Shanghai', () => {
  it('takes the date after midnight there, not in UTC', () => {
    expect(dateOf(Date.parse('2026-11-22T16:30:00Z'))).toBe('2026-11-23');
  });
  it('writes a moment without the year of today', () => {
    expect(stamp(at, at)).toBe('11-23 09:30');
    expect(stamp(at, Date.parse('2027-01-02T00:00:00Z'))).toBe('2026-11-23 09:30');
  });
  it('does not shift a day that a calendar returned', () => {
    expect(fromPicker(new Date(2026, 10, 26))).toBe('2026-11-26');
    expect(fromPicker(toPicker('2027-03-01'))).toBe('2027-03-01');
  });
});

describe('words for dates and sizes', () => {
  it('names the weekday', () => {
    expect(dayWords('2026-11-26', at)).toBe('11-26 周四');
  });
  it('shows another year', () => {
    expect(shortDate('2027-01-04', at)).toBe('2027-01-04');
  });
  it('rounds file sizes', () => {
    expect([fileSize(900), fileSize(88_064), fileSize(1_468_006)]).toEqual(['900 B', '86 KB', '1.4 MB']);
  });
});

describe('glue', () => {
  it('keeps a figure with its unit', () => {
    expect(glue('年假 3.5 个工作日')).toBe('年假 3.5\u00a0个工作日');
  });
  it('leaves dates and times alone', () => {
    expect(glue('11-26 周四')).toBe('11-26 周四');
    expect(glue('今天 17:30 到期')).toBe('今天 17:30 到期');
  });
});
