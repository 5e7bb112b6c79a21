import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { session } from '../../session.ts';
import { fakeApi, problem } from '../../testing/fake-api.ts';
import { mountPage, settle, type Mounted } from '../../testing/mount.ts';
import { home } from '../../testing/samples.ts';
import HomePage from './HomePage.vue';

const open = (): Promise<Mounted> => mountPage(HomePage, '/', '/');
let page: Mounted;
beforeEach(() => localStorage.clear());
afterEach(() => {
  page.app.unmount();
  vi.unstubAllGlobals();
});

describe('the home page', () => {
  it('starts with what I owe', async () => {
    fakeApi({ 'GET /api/home': () => ({ body: home }) });
    page = await open();
    expect(page.text()).toContain('1 件超时');
    expect(page.text()).not.toContain('件今天到期');
    expect(session.badges.todo).toBe(2);
  });

  it('hides 与我有关 when there is nothing', async () => {
    fakeApi({ 'GET /api/home': () => ({ body: home }) });
    page = await open();
    expect(page.text()).not.toContain('与我有关');
  });

  it('tells what I owe besides approvals, and leads to the PC console where that is the place', async () => {
    const mine = [
      {
        id: 'o1',
        icon: 'clock',
        text: '报送注销申请，超时 2 个工作日',
        path: '/accounts/requests/r1',
        tone: 'red',
      },
      { id: 'o2', icon: 'clock', text: '数据来源读不了', path: '/console/sources', tone: 'normal' },
    ];
    fakeApi({ 'GET /api/home': () => ({ body: { ...home, mine } }) });
    page = await open();
    const links = [...page.root.querySelectorAll('.mine a')];
    expect(links.map((link) => link.getAttribute('href'))).toEqual([
      '/accounts/requests/r1',
      '/console/sources',
    ]);
    expect(links[0]?.querySelector('.red')?.textContent).toBe('报送注销申请，超时 2 个工作日');
  });

  it('says in one line that nothing is left', async () => {
    const todo = { count: 0, overdue: 0, dueToday: 0, items: [] };
    fakeApi({ 'GET /api/home': () => ({ body: { ...home, todo } }) });
    page = await open();
    expect(page.text()).toContain('待办都处理完了');
  });

  it('offers to try again in the place of the card', async () => {
    let round = 0;
    fakeApi({
      'GET /api/home': () => ((round += 1) === 1 ? problem(503, 'http.internal', '忙') : { body: home }),
    });
    page = await open();
    page.button('再试一次').click();
    await settle();
    expect(page.text()).toContain('年假 1');
  });
});
