import { describe, expect, it } from 'vitest';
import { supervisionPhrases } from '../../phrases/supervision.ts';
import { CalendarAnswer, SUPERVISION_CODES } from './contract.ts';
import { readCalendar } from './read-calendar.ts';
import { calendar } from './testing/calendar.ts';

describe('GET /api/calendar', () => {
  it('gives both ends, kinds, names and the notice', () => {
    const answer = readCalendar({ from: '2026-09-30', to: '2026-10-10' }, calendar);
    expect(CalendarAnswer.parse(answer)).toEqual(answer);
    expect(answer.days.map(({ date, kind }) => `${date.slice(5)} ${kind}`)).toEqual([
      '09-30 workday',
      ...['01', '02', '03', '04', '05', '06', '07'].map((d) => `10-${d} holiday`),
      '10-08 workday',
      '10-09 workday',
      '10-10 makeup',
    ]);
    expect(answer.days[1]?.name).toBe('国庆节');
    expect(answer.notices).toEqual([
      {
        year: 2026,
        title: '国务院办公厅关于2026年部分节假日安排的通知',
        number: '国办发明电〔2025〕7号',
        url: 'https://www.gov.cn/zhengce/zhengceku/202511/content_7047091.htm',
      },
    ]);
    expect(answer.missingYears).toEqual([]);
  });

  it('G4 marks what is not known and names the year waited for', () => {
    const { days, missingYears } = readCalendar({ from: '2026-12-27', to: '2027-01-04' }, calendar);
    expect(days.filter((day) => day.known).map((day) => day.date)).toEqual(['2026-12-27']);
    expect(missingYears).toEqual([2027]);
  });

  it.each([
    ['2026-11-02', '2026-11-01', 'supervision.range_reversed'],
    ['2026-01-01', '2026-03-04', 'supervision.range_too_long'],
  ])('refuses %s to %s', (from, to, code) => {
    expect(() => readCalendar({ from, to }, calendar)).toThrow(expect.objectContaining({ code }));
  });

  it('takes 62 days', () => {
    expect(readCalendar({ from: '2026-01-01', to: '2026-03-03' }, calendar).days).toHaveLength(62);
  });

  it('has words for every code', () => {
    expect(Object.keys(supervisionPhrases).sort()).toEqual([...SUPERVISION_CODES].sort());
  });
});
