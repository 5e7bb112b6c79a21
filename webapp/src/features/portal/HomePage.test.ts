import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { todoCount } from '../../session.ts';
import { fakeApi, problem } from '../../testing/fake-api.ts';
import { mountPage, settle, type Mounted } from '../../testing/mount.ts';
import { home, todo } from '../../testing/samples.ts';
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
    expect(todoCount.value).toBe(2);
  });

  it('hides 与我有关 when there is nothing', async () => {
    fakeApi({ 'GET /api/home': () => ({ body: home }) });
    page = await open();
    expect(page.text()).not.toContain('与我有关');
  });

  it('S1-2b tells what any room asks of me, and leads to the PC console where that is the place', async () => {
    const items = [
      todo('o1', 'overdue', { title: '报送注销申请', path: '/accounts/requests/r1' }),
      todo('o2', 'none', { title: '数据来源读不了', path: '/console/sources' }),
    ];
    fakeApi({ 'GET /api/home': () => ({ body: { ...home, todo: { ...home.todo, items } } }) });
    page = await open();
    const links = [...page.root.querySelectorAll('.row a')];
    expect(links.map((link) => link.getAttribute('href'))).toEqual([
      '/accounts/requests/r1',
      '/console/sources',
    ]);
    expect(links[0]?.querySelector('.due.overdue')?.textContent).toMatch(/超时 1\s个工作日/);
    expect(links[0]?.querySelector('.stripe.late')).not.toBeNull();
  });

  it('says in one line that nothing is left', async () => {
    const nothing = { count: 0, overdue: 0, dueToday: 0, items: [] };
    fakeApi({ 'GET /api/home': () => ({ body: { ...home, todo: nothing } }) });
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
