import { afterEach, describe, expect, it, vi } from 'vitest';
import { fakeApi, problem, type Answer } from '../../testing/fake-api.ts';
import { mountPage, settle, type Mounted } from '../../testing/mount.ts';
import * as sample from '../testing/samples.ts';
import { accounts, person } from './testing/samples.ts';
import PersonPage from './PersonPage.vue';

const url = '/console/people/p1';
let page: Mounted;
const open = async (more: Record<string, Answer> = {}) => {
  const calls = fakeApi({
    'GET /api/me': () => ({ body: sample.person() }),
    'GET /api/access/people/p1': () => ({ body: person() }),
    'GET /api/accounts/people/p1': () => ({ body: accounts() }),
    ...more,
  });
  page = await mountPage(PersonPage, '/console/people/:personId', url, { personId: 'p1' });
  return calls;
};
afterEach(() => {
  page.app.unmount();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});
const text = (selector: string) => page.root.querySelector(selector)?.textContent?.replace(/\s+/g, ' ');

describe('a person', () => {
  it('shows posts past and present, accounts, history and masked data', async () => {
    await open();
    const posts = [...page.root.querySelectorAll('[aria-labelledby="posts-head"] tbody tr')];
    expect(posts.map((row) => row.querySelector('.tag')?.textContent)).toEqual(['主岗', '曾任']);
    // A unit outside the scope has a name and no page.
    expect(posts.map((row) => row.querySelector('a')?.getAttribute('href'))).toEqual([
      '/console/org?unit=d20',
      undefined,
    ]);
    expect(page.text()).toContain('办公 OA');
    expect(page.text()).toContain('八级 → 七级');
    expect(text('.data')).toContain('199****0731');
  });

  it('H6 a copy of everything asks what for, then comes as a file', async () => {
    const calls = await open({
      'POST /api/access/people/p1/data': () => ({
        body: { name: '个人数据.xlsx', type: 'x/y', base64: 'AAEC' },
      }),
    });
    const saved: string[] = [];
    vi.stubGlobal(
      'URL',
      Object.assign(URL, { createObjectURL: () => 'blob:1', revokeObjectURL: () => undefined }),
    );
    const clicked = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (
      this: HTMLAnchorElement,
    ) {
      saved.push(this.download);
    });
    const press = async (words: string) => {
      [...document.querySelectorAll('button')].find((one) => one.textContent?.includes(words))?.click();
      await settle();
    };
    await press('导出全部数据');
    expect(calls.of('POST /api/access/people/p1/data')).toEqual([]);
    await press('记入审计并导出');
    expect(calls.of('POST /api/access/people/p1/data').map((call) => call.body)).toEqual([
      { format: 'xlsx', purpose: '本人书面申请' },
    ]);
    expect(saved).toEqual(['个人数据.xlsx']);
    clicked.mockRestore();
  });

  it('H5 a lock says since when and nothing else', async () => {
    await open({
      'GET /api/access/people/p1': () => ({
        body: person({ state: { code: 'locked', words: '锁定' }, stateSince: '2026-11-03' }),
      }),
    });
    expect(text('.head .tag')).toMatch(/^锁定，(2026-)?11-03 起$/);
  });

  it('the history is split by what it is about', async () => {
    await open();
    const radio = [
      ...page.root.querySelectorAll<HTMLInputElement>('[aria-labelledby="history-head"] input'),
    ][3];
    radio?.click();
    await settle();
    expect(text('.story')).toContain('锁定');
    expect(text('.story')).not.toContain('资料变动');
  });

  it('H6 a value in full asks what for, and is masked again after half a minute', async () => {
    const calls = await open({
      'POST /api/access/people/p1/reveal': () => ({ body: { value: '19900000731' } }),
    });
    page.button('查看完整的手机号').click();
    await settle();
    expect(calls.of('POST /api/access/people/p1/reveal')).toEqual([]);
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    page.button('记入审计并查看').click();
    await vi.advanceTimersByTimeAsync(100);
    expect(calls.of('POST /api/access/people/p1/reveal').map((call) => call.body)).toEqual([
      { field: 'mobile', purpose: '核对报到材料' },
    ]);
    expect(text('.data')).toContain('19900000731');
    await vi.advanceTimersByTimeAsync(30_000);
    expect(text('.data')).not.toContain('19900000731');
    expect(text('.data')).toContain('199****0731');
  });

  it('H6 who only looks on is offered no full value', async () => {
    await open({
      'GET /api/access/people/p1': () => ({
        body: person({
          personal: [{ field: 'mobile', label: '手机号', masked: '199****0731', canReveal: false }],
        }),
      }),
    });
    expect(page.has('查看完整的手机号')).toBe(false);
    expect(page.text()).toContain('完整号码由管理这份资料的人看');
  });

  it('shows the rest when accounts are not for this reader', async () => {
    await open({ 'GET /api/accounts/people/p1': () => problem(403, 'accounts.forbidden', '无权') });
    expect(page.text()).toContain('账号由本单位联络员、人事处和信息办看');
    expect(page.text()).toContain('张雨桐');
  });

  it('H1 somebody outside the scope is as unknown as nobody', async () => {
    await open({ 'GET /api/access/people/p1': () => problem(404, 'access.unknown_person', '没有') });
    expect(page.text()).toContain('没有找到这个人');
    expect(page.text()).toContain('去人员名单');
  });
});
