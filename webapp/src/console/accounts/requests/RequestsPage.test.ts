import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeApi, problem, type Answer } from '../../../testing/fake-api.ts';
import { mountPage, settle, type Mounted } from '../../../testing/mount.ts';
import { me } from '../../session.ts';
import * as shell from '../../testing/samples.ts';
import * as sample from '../testing/samples.ts';
import RequestsPage from './RequestsPage.vue';

let page: Mounted;
const list = 'GET /api/accounts/requests';
const url = '/console/accounts/requests';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: shell.at });
  me.value = shell.person();
});
afterEach(async () => {
  page.app.unmount();
  vi.useRealTimers();
  vi.unstubAllGlobals();
  await settle();
});
async function open(answer: Answer, query = '', props: Record<string, unknown> = {}) {
  const calls = fakeApi({ [list]: answer, 'GET /api/me': () => ({ body: shell.person() }) });
  page = await mountPage(RequestsPage, url, url + query, props);
  return calls;
}

describe('the list of requests', () => {
  it('shows who, what, when and how far, and opens each', async () => {
    await open(() => ({ body: sample.pageOf(sample.briefs) }));
    expect(page.text()).toContain('张老师变更2026-011711-18 周三');
    expect(page.text()).toContain('退回补正');
    expect(page.root.querySelector('tbody a')?.getAttribute('href')).toBe('/console/accounts/requests/r1');
  });

  it('tells what is late and what is near by the server’s words; nothing where no clock runs', async () => {
    const late = { dueAt: 1, provisional: false, state: 'overdue', words: '超时 2 个工作日' } as const;
    const items = [sample.brief({ due: late }), sample.brief({ requestId: 'r8', due: null })];
    await open(() => ({ body: sample.pageOf(items) }));
    const cells = [...page.root.querySelectorAll('tbody tr td:nth-child(6)')];
    expect(cells.map((cell) => cell.textContent?.trim())).toEqual(['超时 2 个工作日', '—']);
    expect(cells[0]?.querySelector('.t-red')).not.toBeNull();
  });

  it('who carries out begins none; who sends does', async () => {
    const answer: Answer = () => ({ body: sample.pageOf(sample.briefs) });
    await open(answer);
    expect(page.text()).toContain('新建申请');
    page.app.unmount();
    me.value = shell.person([{ role: 'systemAdmin', roleName: '系统管理员', scopeUnitName: null }]);
    await open(answer);
    expect(page.text()).not.toContain('新建申请');
  });

  it('shows what waits for me with its count, and asks for that alone when it is chosen', async () => {
    const calls = await open(() => ({ body: sample.pageOf([]) }), '?box=waiting');
    expect(calls.of(list).map(({ path }) => path)).toEqual(['/api/accounts/requests?box=waiting&limit=50']);
    expect(page.text()).toContain('等我办 1');
    expect(page.text()).toContain('没有等您办的申请');
  });

  it('asks the server for kind, status and page as the URL says', async () => {
    const calls = await open(
      () => ({ body: sample.pageOf(sample.briefs, 'n1') }),
      '?kind=cancel&status=done',
    );
    expect(calls.of(list)[0]?.path).toBe('/api/accounts/requests?kind=cancel&status=done&limit=50');
    page.button('下一页').click();
    await settle();
    expect(calls.of(list).at(-1)?.path).toBe(
      '/api/accounts/requests?kind=cancel&status=done&cursor=n1&limit=50',
    );
  });

  it('as the list of locks it asks for locks, whatever the URL says', async () => {
    const calls = await open(() => ({ body: sample.pageOf([]) }), '?kind=open', { only: 'lock' });
    expect(calls.of(list)[0]?.path).toBe('/api/accounts/requests?kind=lock&limit=50');
    expect(page.text()).toContain('锁定不会自己结束');
    expect(page.text()).toContain('没有锁定申请');
  });

  it('filtered to nothing it offers the wider list', async () => {
    const calls = await open(
      ({ path }) => ({
        body: sample.pageOf(path.includes('status') ? [] : sample.briefs),
      }),
      '?status=withdrawn',
    );
    expect(page.text()).toContain('没有符合的申请');
    page.button('清除筛选').click();
    await settle();
    expect(calls.of(list).at(-1)?.path).toBe('/api/accounts/requests?limit=50');
    expect(page.text()).toContain('张老师');
  });

  it('failed: says why with a number, and tries again', async () => {
    let round = 0;
    await open(() => {
      round += 1;
      return round === 1 ? problem(500, 'http.500', '出错') : { body: sample.pageOf(sample.briefs) };
    });
    expect(page.text()).toContain('没取到账号申请');
    expect(page.text()).toContain('R7K2-40');
    page.button('现在再试').click();
    await settle();
    expect(page.text()).toContain('何老师');
  });

  it('offline: says so', async () => {
    await open(() => () => Promise.reject(new TypeError('offline')));
    expect(page.text()).toContain('没有网络');
  });

  it('J and K walk the rows', async () => {
    await open(() => ({ body: sample.pageOf(sample.briefs) }));
    const press = (key: string) => window.dispatchEvent(new KeyboardEvent('keydown', { key }));
    press('j');
    press('j');
    expect(document.activeElement?.textContent).toBe('何老师');
    press('k');
    expect(document.activeElement?.textContent).toBe('张老师');
  });
});
