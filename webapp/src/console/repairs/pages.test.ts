import { afterEach, describe, expect, it, vi } from 'vitest';
import { fakeApi, problem } from '../../testing/fake-api.ts';
import { mountPage, settle, type Mounted } from '../../testing/mount.ts';
import * as sample from '../testing/samples.ts';
import type { Figures, FigureRow, Place, Tickets } from './api.ts';
import CodesPage from './CodesPage.vue';
import FiguresPage from './FiguresPage.vue';
import TicketsPage from './TicketsPage.vue';

let page: Mounted;
afterEach(() => {
  page.app.unmount();
  vi.unstubAllGlobals();
});
const ME = { 'GET /api/me': () => ({ body: sample.person() }) };

const row = (name: string, reported: number, more: Partial<FigureRow> = {}): FigureRow => ({
  id: name,
  name,
  reported,
  done: reported,
  inTime: reported,
  medianMs: null,
  rating: null,
  rated: 0,
  rework: 0,
  ...more,
});
const answer: Figures = {
  period: 'month',
  title: '2026 年 11 月',
  fromOn: '2026-11-01',
  untilOn: '2026-12-01',
  lastOn: '2026-11-30',
  workdayMs: 27_000_000,
  madeAt: null,
  before: '2026-10-01',
  after: null,
  figures: {
    total: row('合计', 3, { done: 2, inTime: 1, medianMs: 32_400_000 }),
    takeInTime: 2,
    taken: 3,
    autoConfirmed: 1,
    open: 1,
    cancelled: 0,
    byCategory: [row('水', 2), row('安全隐患', 1)],
    byUnit: [row('图书馆', 3)],
    byPerson: [row('冯师傅', 3)],
    byDay: [
      { on: '2026-11-23', reported: 3, works: true },
      { on: '2026-11-24', reported: 0, works: true },
    ],
    byDuration: [{ words: '1 天以内', count: 2 }],
    byRating: [{ stars: 5, count: 0 }],
    late: [
      {
        ticketId: 't1',
        number: 'BX-2026-0001',
        what: '水，三楼',
        unitName: '图书馆',
        who: '冯师傅',
        why: '修好晚',
      },
    ],
    lateTotal: 1,
  },
};

describe('the report', () => {
  it('S1-10.1c each chart says in a sentence what it shows; nobody rated is no average', async () => {
    fakeApi({ ...ME, 'GET /api/repairs/figures': () => ({ body: answer }) });
    page = await mountPage(FiguresPage, '/console/repairs/figures', '/console/repairs/figures');
    const said = [...page.root.querySelectorAll('svg[role=img]')].map((one) =>
      one.getAttribute('aria-label'),
    );
    expect(said).toContain('按类别：水 2 件，安全隐患 1 件');
    expect(said).toContain('每天报修：共 3 件，最多的一天是 11-23，3 件');
    const figures = page.root.querySelector('.rep-figures')?.textContent ?? '';
    expect(figures).toContain('1.2');
    expect(figures).not.toContain('0.0');
    expect(page.text()).toContain('按现在的情况计算');
    expect(page.root.querySelector('a[download]')?.getAttribute('href')).toBe(
      '/api/repairs/figures/export?period=month',
    );
  });
});

describe('the board', () => {
  const tickets: Tickets = {
    items: [
      {
        ticketId: 't1',
        number: 'BX-2026-0001',
        categoryName: '安全隐患',
        icon: 'alert',
        place: '3 号宿舍楼',
        words: '扶手松动',
        state: 'reported',
        stateWords: '待派单',
        reportedAt: 0,
        unitName: '学生处',
        holder: null,
        due: null,
        isLate: false,
        rating: null,
        canDispatch: true,
      },
    ],
    next: null,
    total: 1,
    counts: { reported: 1, dispatched: 0, accepted: 0, held: 0, done: 0 },
    categories: [],
    workers: [],
    can: { manage: true },
  };

  it('a filter is part of the address and of the question', async () => {
    const calls = fakeApi({ ...ME, 'GET /api/repairs/tickets': () => ({ body: tickets }) });
    page = await mountPage(TicketsPage, '/console/repairs', '/console/repairs');
    expect(page.text()).toContain('扶手松动');
    page.button('待派单').click();
    await settle();
    expect(calls.of('GET /api/repairs/tickets').at(-1)?.path).toContain('state=reported');
  });

  it('says whose page it is to who may not see it', async () => {
    fakeApi({ ...ME, 'GET /api/repairs/tickets': () => problem(403, 'repairs.not_yours', '不行') });
    page = await mountPage(TicketsPage, '/console/repairs', '/console/repairs');
    expect(page.text()).toContain('您没有看报修管理的权限');
  });

  it('who may not give a ticket out has no button for it', async () => {
    const items = tickets.items.map((one) => ({ ...one, canDispatch: false }));
    fakeApi({ ...ME, 'GET /api/repairs/tickets': () => ({ body: { ...tickets, items } }) });
    page = await mountPage(TicketsPage, '/console/repairs', '/console/repairs');
    expect(page.text()).toContain('扶手松动');
    expect([...page.root.querySelectorAll('td button')]).toEqual([]);
  });
});

describe('the codes', () => {
  const place: Place = {
    placeId: 'p1',
    code: '3HDKA7G9',
    name: '行政楼 302',
    area: '行政楼',
    kind: 'asset',
    assetNo: 'JD-2023-0417',
    state: 'active',
    version: 1,
    url: 'https://steward.example/repairs/new?at=3HDKA7G9',
  };

  it('each place that takes reports has its own, with what to search for when it cannot be scanned', async () => {
    const calls = fakeApi({
      ...ME,
      'GET /api/repairs/places': () => ({ body: { items: [place], next: null } }),
    });
    page = await mountPage(CodesPage, '/console/repairs/codes', '/console/repairs/codes?q=302');
    const asked = calls.of('GET /api/repairs/places').at(-1)?.path ?? '';
    expect([asked.includes('state=active'), asked.includes('q=302')]).toEqual([true, true]);
    expect(page.root.querySelector('svg.qr-code')?.getAttribute('aria-label')).toBe(
      '扫开是行政楼 302的报修页',
    );
    expect(page.root.querySelector('.rep-sheet')?.textContent).toMatch(/行政楼 · JD-2023-0417.*3HDKA7G9/);
  });

  it('nothing to print says so', async () => {
    fakeApi({ ...ME, 'GET /api/repairs/places': () => ({ body: { items: [], next: null } }) });
    page = await mountPage(CodesPage, '/console/repairs/codes', '/console/repairs/codes');
    expect(page.text()).toContain('没有在用的地点');
    expect((page.button('打印这一页') as HTMLButtonElement).disabled).toBe(true);
  });
});
