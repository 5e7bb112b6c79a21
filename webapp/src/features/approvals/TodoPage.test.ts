import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { connection } from '../../api/connection.ts';
import { openFor } from '../../device.ts';
import { fakeApi, problem } from '../../testing/fake-api.ts';
import { mountPage, settle, type Mounted } from '../../testing/mount.ts';
import { item, items } from '../../testing/samples.ts';
import TodoPage from './TodoPage.vue';

const list = 'GET /api/approvals/items';
const open = (url = '/todo'): Promise<Mounted> => mountPage(TodoPage, '/todo', url);

let page: Mounted;
beforeEach(() => {
  localStorage.clear();
  connection.down = false;
  openFor('p1');
});
afterEach(() => {
  page.app.unmount();
  vi.unstubAllGlobals();
});

describe('the to-do page', () => {
  it('groups by urgency in the server’s words', async () => {
    fakeApi({ [list]: () => ({ body: items([item('1', 'overdue'), item('2', 'later')]) }) });
    page = await open();
    expect([...page.root.querySelectorAll('.group-head')].map((head) => head.textContent)).toEqual([
      '已超时1',
      '之后1',
    ]);
    expect(page.text()).toContain('超时 1 个工作日');
  });

  it('reads tab and search from the URL and asks the server for just that', async () => {
    const api = fakeApi({ [list]: () => ({ body: items([item('1', null)]) }) });
    page = await open('/todo?tab=mine&q=年假');
    expect(api.calls.map((call) => call.path)).toEqual([
      `/api/approvals/items?box=mine&q=${encodeURIComponent('年假')}`,
    ]);
    expect(page.root.querySelector('[aria-selected="true"]')?.textContent).toContain('我发起');
  });

  it('puts the chosen tab into the URL and drops the rows of the other', async () => {
    fakeApi({
      [list]: ({ path }) => ({ body: items([item(path.includes('done') ? '办过的' : '要办的', null)]) }),
    });
    page = await open();
    page.button('已办').click();
    await settle();
    expect(page.router.currentRoute.value.query).toEqual({ tab: 'done' });
    expect(page.text()).toContain('办过的');
    expect(page.text()).not.toContain('要办的');
  });

  it('moves between tabs with the arrow keys', async () => {
    fakeApi({ [list]: () => ({ body: items([item('1', null)]) }) });
    page = await open();
    const tabs = page.root.querySelector('[role="tablist"]');
    tabs?.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowLeft', bubbles: true }));
    await settle();
    expect(page.router.currentRoute.value.query).toEqual({ tab: 'cc' });
  });

  it('says that everything is done', async () => {
    const nothing = { items: [], next: null, count: 0, all: 0, whole: true };
    fakeApi({ [list]: () => ({ body: items([]) }), 'GET /api/todos': () => ({ body: nothing }) });
    page = await open();
    await vi.waitFor(() => expect(page.text()).toContain('都处理完了'));
  });

  it('tells a failure with its number and tries again', async () => {
    let round = 0;
    fakeApi({
      [list]: () => {
        round += 1;
        return round === 1
          ? problem(503, 'http.internal', '服务暂时没有回应，请稍后再试。')
          : { body: items([item('1', 'later')]) };
      },
    });
    page = await open();
    expect(page.text()).toContain('R7K2-40');
    page.button('再试一次').click();
    await settle();
    expect(page.text()).toContain('年假 1');
  });

  it('shows the kept list without a network', async () => {
    fakeApi({ [list]: () => ({ body: items([item('1', 'later')]) }) });
    page = await open();
    page.app.unmount();
    fakeApi({ [list]: () => () => Promise.reject(new TypeError('offline')) });
    page = await open();
    expect(page.text()).toContain('年假 1');
    expect([connection.down, connection.keptAt === null]).toEqual([true, false]);
  });
});
