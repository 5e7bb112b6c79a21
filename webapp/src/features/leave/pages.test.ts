import { afterEach, describe, expect, it, vi } from 'vitest';
import { fakeApi } from '../../testing/fake-api.ts';
import { mountPage, settle, type Mounted } from '../../testing/mount.ts';
import { me } from '../../testing/samples.ts';
import type { Away, Month, Own, OwnLeave } from './api.ts';
import CalendarPage from './CalendarPage.vue';
import LeavePage from './LeavePage.vue';
import { cellsOf, monthBeside, thisMonth } from '../../ui/month.ts';
import { words } from './words.ts';

let page: Mounted;
afterEach(() => {
  page.app.unmount();
  vi.unstubAllGlobals();
});
const ME = { 'GET /api/me': () => ({ body: me }) };

const leave = (part: Partial<OwnLeave> = {}): OwnLeave => ({
  absenceId: 'a1',
  typeLabel: '年假',
  rangeWords: '11-26 下午 至 12-01',
  days: 3.5,
  state: 'away',
  stateWords: '休假中',
  isExtension: false,
  handoverName: '吴敏',
  due: null,
  can: { reportBack: true, cancel: false, extend: true },
  backWords: '11-27 下午起在岗，少休 2.5 天',
  ...part,
});
const none = { granted: 0, carriedIn: 0, carriedUntil: null, held: 0, used: 0, lapsed: 0, carriedOut: 0 };
const own = (items: readonly OwnLeave[]): Own => ({
  balances: [
    { ...none, type: 'annual', label: '年假', year: 2026, left: 6.5, granted: 10, used: 3.5 },
    { ...none, type: 'annual', label: '年假', year: 2027, left: null },
  ],
  leaves: { items: [...items], next: null },
  isHr: false,
});

describe('my leave', () => {
  it('R39 says what is left and how it came about, and reports back in one tap', async () => {
    const calls = fakeApi({
      ...ME,
      'GET /api/leave/own': () => ({ body: own([leave()]) }),
      'POST /api/leave/absences/a1/report-back': () => ({ body: { words: '已销假' } }),
    });
    page = await mountPage(LeavePage, '/leave', '/leave');
    expect(page.text()).toContain('应有 10 天，已休 3.5 天余 6.5 天');
    expect(page.text()).toContain('2027 年年假');
    expect(page.text()).toContain('11-27 下午起在岗，少休 2.5 天');
    expect(page.has('取消休假')).toBe(false);
    page.button('销假').click();
    await settle();
    expect(calls.of('POST /api/leave/absences/a1/report-back')).toHaveLength(1);
  });

  it('asks before a leave is cancelled', async () => {
    const planned = leave({
      state: 'planned',
      stateWords: '还没开始',
      backWords: '',
      can: { reportBack: false, cancel: true, extend: false },
    });
    const calls = fakeApi({
      ...ME,
      'GET /api/leave/own': () => ({ body: own([planned]) }),
      'POST /api/leave/absences/a1/cancel': () => ({ body: { words: '已取消' } }),
    });
    page = await mountPage(LeavePage, '/leave', '/leave');
    page.button('取消休假').click();
    await settle();
    expect(calls.of('POST /api/leave/absences/a1/cancel')).toHaveLength(0);
    page.button('确定取消').click();
    await settle();
    expect(calls.of('POST /api/leave/absences/a1/cancel')).toHaveLength(1);
  });
});

describe('who is away', () => {
  it('marks the days, and names people and what the viewer may know', async () => {
    const month: Month = {
      unitId: 'u1',
      unitName: '信息工程学院',
      units: [{ unitId: 'u1', name: '信息工程学院' }],
      mayAll: false,
      today: '2026-11-23',
      days: [
        { date: '2026-11-25', isWorkday: true, away: 0 },
        { date: '2026-11-26', isWorkday: true, away: 2 },
      ],
    };
    const person = {
      personId: 'p',
      unitName: '信息工程学院',
      typeLabel: null,
      rangeWords: null,
      handoverName: null,
      isOverdue: false,
      canReport: false,
    };
    const away: Away = {
      date: '2026-11-26',
      total: 2,
      items: [
        { ...person, absenceId: 'a', name: '张雨桐', words: '不在岗', handoverName: '吴敏' },
        { ...person, absenceId: 'b', name: '孙悦', words: '病假', rangeWords: '11-26' },
      ],
      next: null,
    };
    const calls = fakeApi({
      ...ME,
      'GET /api/leave/calendar': () => ({ body: month }),
      'GET /api/leave/away': ({ path }) => ({
        body: path.includes('overdue') ? { ...away, total: 0, items: [] } : away,
      }),
    });
    page = await mountPage(CalendarPage, '/leave/calendar', '/leave/calendar');
    expect(page.root.querySelector('[aria-label="11 月 26 日，2 人不在岗"]')).not.toBeNull();
    expect(page.text()).toContain('有事找吴敏');
    expect(page.text()).toContain('病假11-26');
    expect(page.text()).not.toContain('到期没销假的');
    page.root.querySelector<HTMLButtonElement>('[aria-label="11 月 25 日，没有人休假"]')?.click();
    await settle();
    expect(calls.of('GET /api/leave/away').at(-1)?.path).toContain('date=2026-11-25');
  });

  it('R38 knows its month in Shanghai, and where weeks begin', () => {
    expect(thisMonth(Date.parse('2026-11-30T16:30:00Z'))).toBe('2026-12');
    expect(monthBeside('2026-12', 1)).toBe('2027-01');
    expect(monthBeside('2026-01', -1)).toBe('2025-12');
    expect(cellsOf([{ date: '2026-11-01', isWorkday: false, away: 0 }])).toHaveLength(7);
    expect(cellsOf([])).toEqual([]);
  });
});

describe('copy rules of the pages of leave', () => {
  it('says 你, never 您, and has no exclamation marks', () => {
    const text = JSON.stringify(words);
    expect(text.length).toBeGreaterThan(100);
    expect(text).not.toMatch(/您|[!！]/);
  });
});
