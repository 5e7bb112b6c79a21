import { afterEach, describe, expect, it, vi } from 'vitest';
import { fakeApi, problem, type Answer } from '../../testing/fake-api.ts';
import { mountPage, settle, type Mounted } from '../../testing/mount.ts';
import { mayOpen } from '../session.ts';
import * as sample from '../testing/samples.ts';
import AccountPage from './AccountPage.vue';
import AccountsPage from './AccountsPage.vue';
import AwayPage from './AwayPage.vue';
import type { Account, Accounts, Away, Balance, Month } from './api.ts';
import { halfDays } from './half-days.ts';

let page: Mounted;
afterEach(() => {
  page.app.unmount();
  vi.unstubAllGlobals();
});

const ME = { 'GET /api/me': () => ({ body: sample.person() }) };
const rows = (): string[] =>
  [...page.root.querySelectorAll('tbody tr')].map((row) =>
    [...row.children].map((cell) => cell.textContent?.trim().replace(/\s+/g, ' ')).join(' | '),
  );
const press = async (name: string): Promise<void> => {
  page.button(name).click();
  await settle();
};
const fill = async (id: string, text: string): Promise<void> => {
  const field = document.querySelector<HTMLInputElement>(`#${id}`);
  if (!field) throw new Error(`no field ${id}`);
  field.value = text;
  field.dispatchEvent(new Event('input'));
  await settle();
};

const balance = (part: Partial<Balance>): Balance => ({
  type: 'annual',
  label: '年假',
  year: 2026,
  left: 0,
  granted: 0,
  carriedIn: 0,
  carriedUntil: null,
  held: 0,
  used: 0,
  lapsed: 0,
  carriedOut: 0,
  ...part,
});
const types = [
  { type: 'annual', label: '年假', isByService: true },
  { type: 'inLieu', label: '调休', isByService: false },
];
const person = { personId: 'p9', name: '张雨桐', staffNo: '00731', unitName: '信息工程学院' };

describe('balances of everybody', () => {
  const list: Accounts = {
    year: 2026,
    years: [2027, 2026, 2025],
    types,
    total: 1,
    items: [
      {
        ...person,
        balances: [balance({ left: 4.5, used: 3.5, held: 1 }), balance({ type: 'inLieu', left: null })],
      },
    ],
    next: null,
  };
  const open = async (answers: Record<string, Answer> = {}) => {
    const calls = fakeApi({ ...ME, 'GET /api/leave/accounts': () => ({ body: list }), ...answers });
    page = await mountPage(AccountsPage, '/console/leave', '/console/leave');
    return calls;
  };

  it('says what is left, what is taken and asked for, and what is not known', async () => {
    await open();
    expect(rows()).toEqual(['00731 | 张雨桐 | 信息工程学院 | 4.5已休 3.5，申请中 1 | 没登记']);
    const file = page.root.querySelector('a[download]')?.getAttribute('href');
    expect(file).toContain('/api/leave/accounts/export/list');
  });

  it('gives a year to who has none, so many at a time until nobody is left', async () => {
    let left = 2;
    const calls = await open({
      'GET /api/leave/grants': () => ({ body: { people: 250 } }),
      'POST /api/leave/grants': () => ({ body: { people: 125, left: (left -= 1) } }),
    });
    await press('统一登记');
    await fill('grant-days', '1.3');
    await fill('grant-reason', '校庆值班');
    const act = () => [...document.querySelectorAll<HTMLButtonElement>('.ask footer button')].at(-1);
    expect(act()?.disabled).toBe(true);
    await fill('grant-days', '1.5');
    expect(act()?.textContent?.trim()).toBe('给 250 人各登记 1.5 天');
    await press('给 250 人各登记 1.5 天');
    const sent = calls.of('POST /api/leave/grants');
    expect(sent.map(({ body }) => body)).toEqual([
      { type: 'inLieu', year: 2026, days: 1.5, reason: '校庆值班' },
      { type: 'inLieu', year: 2026, days: 1.5, reason: '校庆值班' },
    ]);
  });

  it('is of human resources alone', async () => {
    await open({ 'GET /api/leave/accounts': () => problem(403, 'leave.hr_only', '假期账由人事处管。') });
    expect(page.text()).toContain('您没有看假期余额的权限');
    const head = sample.person([{ role: 'unitHead', roleName: '部门负责人', scopeUnitName: null }]);
    expect([mayOpen(sample.person(), 'leave'), mayOpen(head, 'leave')]).toEqual([true, false]);
  });
});

describe('one account', () => {
  const account: Account = {
    ...person,
    service: { workSinceOn: null, employedOn: null, isEntitled: true },
    types,
    years: [2027, 2026, 2025],
    balances: [balance({ left: 4.5, granted: 8, used: 3.5 }), balance({ year: 2027, left: null })],
    canKeep: true,
    entries: {
      items: [
        {
          id: 'e1',
          at: sample.at,
          label: '年假',
          year: 2026,
          kindWords: '人事处调整',
          days: -2,
          note: '<b>纸面已休</b>',
          byName: '李老师',
          requestId: null,
        },
      ],
      next: null,
    },
  };
  const open = async (body: Account, answers: Record<string, Answer> = {}) => {
    const calls = fakeApi({ ...ME, 'GET /api/leave/accounts/p9': () => ({ body }), ...answers });
    page = await mountPage(AccountPage, '/console/leave/people/:personId', '/console/leave/people/p9', {
      personId: 'p9',
    });
    return calls;
  };

  it('shows every entry as it was written, and years of which something is known', async () => {
    await open(account);
    expect(rows()).toEqual([
      '年假 | 2026 年 | 4.5 | 8 | 0 | 3.5 | 0 | 0 | 0',
      expect.stringContaining('人事处调整 | 年假 2026 年 | -2 | 李老师 | <b>纸面已休</b>'),
    ]);
    expect(page.text()).toContain('年假没有登记');
  });

  it('takes half days with a reason, and says what the server refused', async () => {
    const calls = await open(account, {
      'POST /api/leave/accounts/p9/entries': () => problem(422, 'leave.below_zero', '账上只有 4.5 天'),
    });
    await press('加减天数');
    await fill('adjust-days', '-20');
    await fill('adjust-reason', '扣减');
    await press('减 20 天');
    expect(calls.of('POST /api/leave/accounts/p9/entries')[0]?.body).toEqual({
      type: 'annual',
      year: 2026,
      days: -20,
      reason: '扣减',
    });
    expect(document.body.textContent).toContain('账上只有 4.5 天');
    expect(['1.5', '+2', '-0.5', '0', '1.3', 'x', '400'].map(halfDays)).toEqual([
      1.5,
      2,
      -0.5,
      null,
      null,
      null,
      null,
    ]);
  });

  it('nobody keeps their own', async () => {
    await open({ ...account, canKeep: false });
    expect(page.text()).toContain('这是您自己的账');
    expect([...page.root.querySelectorAll('.head-acts button')]).toEqual([]);
  });
});

describe('who is away', () => {
  it('S1-9.5 a month by day, who it is, and since when somebody is back', async () => {
    const month: Month = {
      unitId: null,
      unitName: '',
      units: [],
      mayAll: true,
      today: '2026-11-26',
      days: [
        { date: '2026-11-25', isWorkday: true, away: 0 },
        { date: '2026-11-26', isWorkday: true, away: 1 },
      ],
    };
    const away: Away = {
      date: '2026-11-26',
      total: 1,
      items: [
        {
          ...person,
          absenceId: 'a1',
          words: '年假，待销假',
          typeLabel: '年假',
          rangeWords: '11-23 至 11-24',
          handoverName: '吴敏',
          isOverdue: true,
          canReport: true,
        },
      ],
      next: null,
    };
    const calls = fakeApi({
      ...ME,
      'GET /api/leave/calendar': () => ({ body: month }),
      'GET /api/leave/away': () => ({ body: away }),
      'POST /api/leave/absences/a1/report-back': () => ({ body: { words: '已销假' } }),
    });
    page = await mountPage(AwayPage, '/console/leave/calendar', '/console/leave/calendar');
    expect(page.root.querySelector('[aria-pressed="true"]')?.getAttribute('aria-label')).toBe(
      '11 月 26 日，1 人不在岗',
    );
    expect(rows()).toEqual(['张雨桐 | 信息工程学院 | 年假 待销假 | 11-23 至 11-24 | 吴敏 | 补登记销假']);
    await press('补登记销假');
    await fill('back-on', '2026-11-25');
    document.querySelector<HTMLButtonElement>('.ask footer button:last-child')?.click();
    await settle();
    expect(calls.of('POST /api/leave/absences/a1/report-back')[0]?.body).toEqual({
      back: { on: '2026-11-25', half: 'am' },
    });
  });
});
