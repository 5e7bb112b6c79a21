import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { session, todoCount } from '../../session.ts';
import { fakeApi, problem } from '../../testing/fake-api.ts';
import { mountPage, settle, type Mounted } from '../../testing/mount.ts';
import { item, items, todo } from '../../testing/samples.ts';
import type { TodosAnswer } from '../../api/shapes.ts';
import TodoPage from '../approvals/TodoPage.vue';

const approvals = 'GET /api/approvals/items';
const others = 'GET /api/todos';
const answer = (part: Partial<TodosAnswer> = {}): TodosAnswer => ({
  items: [todo('o1', 'overdue', { title: '用印登记：党政办公章', note: '用印', path: '/seals/uses/u1' })],
  next: null,
  count: 1,
  all: 1,
  whole: true,
  ...part,
});

let page: Mounted;
beforeEach(() => {
  localStorage.clear();
  session.badges = { approvals: 0, others: 0, cc: 0 };
});
afterEach(() => {
  page.app.unmount();
  vi.unstubAllGlobals();
});
const open = () => mountPage(TodoPage, '/todo', '/todo');

describe('S1-2b what other rooms ask for, among the to-dos', () => {
  it('stands below approvals and counts with them; nothing is said to be done then', async () => {
    fakeApi({ [approvals]: () => ({ body: items([]) }), [others]: () => ({ body: answer() }) });
    page = await open();
    await vi.waitFor(() => expect(page.text()).toContain('其他待办1'));
    await settle();
    expect(page.root.querySelector('a[href="/seals/uses/u1"]')?.textContent).toContain(
      '用印登记：党政办公章',
    );
    expect(page.text()).toContain('超时 1 个工作日');
    expect(page.root.querySelector('#tab-todo')?.textContent.trim()).toBe('待办 1');
    expect(page.text()).not.toContain('都处理完了');
    expect(todoCount.value).toBe(1);
  });

  it('is one number with the approvals', async () => {
    fakeApi({
      [approvals]: () => ({ body: items([item('1', 'overdue'), item('2', 'later')]) }),
      [others]: () => ({ body: answer({ count: 31, all: 33, next: '1.0' }) }),
    });
    page = await open();
    await vi.waitFor(() => expect(page.root.querySelector('#tab-todo')?.textContent.trim()).toBe('待办 33'));
    page.button('再看 20 件').click();
    await settle();
    expect(page.root.querySelectorAll('a[href="/seals/uses/u1"]')).toHaveLength(2);
  });

  it('says that a room could not be read, and nothing of all being done', async () => {
    const nothing = answer({ items: [], count: 0, all: 0, whole: false });
    fakeApi({ [approvals]: () => ({ body: items([]) }), [others]: () => ({ body: nothing }) });
    page = await open();
    await vi.waitFor(() => expect(page.text()).toContain('有一部分待办没能读到'));
    expect(page.text()).not.toContain('都处理完了');
  });

  it('when nobody answers, approvals stand and it offers to try again', async () => {
    let round = 0;
    fakeApi({
      [approvals]: () => ({ body: items([item('1', 'later')]) }),
      [others]: () => ((round += 1) === 1 ? problem(503, 'http.internal', '稍后再试') : { body: answer() }),
    });
    page = await open();
    await vi.waitFor(() => expect(page.text()).toContain('再试一次'));
    expect(page.text()).toContain('年假 1');
    page.button('再试一次').click();
    await vi.waitFor(() => expect(page.text()).toContain('其他待办1'));
  });
});
