import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { connection } from '../../api/connection.ts';
import { openFor } from '../../device.ts';
import { forgetMe } from '../../session.ts';
import { fakeApi, problem, type Answer } from '../../testing/fake-api.ts';
import { mountPage, settle, type Mounted } from '../../testing/mount.ts';
import RequestsPage from './RequestsPage.vue';
import { brief, me } from './testing/samples.ts';

const list = 'GET /api/accounts/requests';
const server = (answer: Answer) => fakeApi({ 'GET /api/me': () => ({ body: me }), [list]: answer });
const page1 = (...items: ReturnType<typeof brief>[]) => ({
  body: { items, next: null, counts: { waiting: 2, mine: 5, all: 9 }, can: { report: true } },
});
const open = (url = '/accounts'): Promise<Mounted> => mountPage(RequestsPage, '/accounts', url);

let page: Mounted;
beforeEach(() => {
  localStorage.clear();
  connection.down = false;
  forgetMe();
  openFor('p1');
  HTMLElement.prototype.scrollIntoView = () => undefined;
});
afterEach(() => {
  page.app.unmount();
  vi.unstubAllGlobals();
});

describe('the list of account requests', () => {
  it('shows what, whom, since when and how far, and the clock when the server tells it', async () => {
    const due = { dueAt: 1, provisional: false, state: 'overdue', words: '超时 2 个工作日' } as const;
    server(() => page1(brief('r1', { due })));
    page = await open();
    expect(page.text()).toContain('注销账号：吴敏');
    expect(page.text()).toContain('未报送');
    expect(page.root.querySelector('.due.overdue')?.textContent).toMatch(/超时 2.个工作日/);
  });

  it('offers to report to whoever sends for a unit, and to nobody else', async () => {
    server(() => page1());
    page = await open();
    expect(page.text()).toContain('报一个人');
    page.app.unmount();
    server(() => ({
      body: { items: [], next: null, counts: { waiting: 2, mine: 5, all: 9 }, can: { report: false } },
    }));
    page = await open();
    expect(page.text()).not.toContain('报一个人');
    expect(page.text()).toContain('有关你的账号申请会在这里');
  });

  it('asks the server for one state only when that is chosen', async () => {
    const api = server(() => page1(brief('r1')));
    page = await open('/accounts?status=submitted');
    expect(api.of(list).map(({ path }) => path)).toEqual(['/api/accounts/requests?status=submitted']);
    expect(page.root.querySelector('[aria-current="true"]')?.textContent).toBe('待受理');
  });

  it('counts what waits for me, and asks the server for that alone when it is chosen', async () => {
    const api = server(() => page1(brief('r1')));
    page = await open('/accounts?box=waiting');
    expect(api.of(list).map(({ path }) => path)).toEqual(['/api/accounts/requests?box=waiting']);
    expect(page.root.querySelector('[aria-current="true"]')?.textContent).toBe('等我办2');
    page.app.unmount();
    server(() => page1());
    page = await open('/accounts?box=waiting');
    expect(page.text()).toContain('没有等你办的申请');
  });

  it('ignores a state that there is not', async () => {
    const api = server(() => page1(brief('r1')));
    page = await open('/accounts?status=everything');
    expect(api.of(list).map(({ path }) => path)).toEqual(['/api/accounts/requests']);
  });

  it('asks about me by my id, once it is known', async () => {
    const api = server(() => page1(brief('r1')));
    page = await open('/accounts?about=me');
    await settle();
    expect(api.of(list).at(-1)?.path).toBe('/api/accounts/requests?personId=p1');
  });

  it('says that there is none', async () => {
    server(() => page1());
    page = await open('/accounts?status=done');
    expect(page.text()).toContain('没有已办结的申请');
  });

  it('tells a failure with its number and tries again', async () => {
    let round = 0;
    server(() => {
      round += 1;
      return round === 1
        ? problem(503, 'http.internal', '服务暂时没有回应，请稍后再试。')
        : page1(brief('r1'));
    });
    page = await open();
    expect(page.text()).toContain('R7K2-40');
    page.button('再试一次').click();
    await settle();
    expect(page.text()).toContain('吴敏');
  });

  it('shows the kept list without a network', async () => {
    server(() => page1(brief('r1')));
    page = await open();
    page.app.unmount();
    server(() => () => Promise.reject(new TypeError('offline')));
    page = await open();
    expect(page.text()).toContain('吴敏');
    expect(page.has('重新连接')).toBe(true);
  });
});
