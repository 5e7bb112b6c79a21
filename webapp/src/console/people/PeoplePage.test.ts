import { afterEach, describe, expect, it, vi } from 'vitest';
import { fakeApi, problem, type Answer } from '../../testing/fake-api.ts';
import { mountPage, settle, type Mounted } from '../../testing/mount.ts';
import { item, people } from './testing/samples.ts';
import PeoplePage from './PeoplePage.vue';

const list = 'GET /api/access/people';
let page: Mounted;
const open = async (answer: Answer, query = '') => {
  const calls = fakeApi({ [list]: answer });
  page = await mountPage(PeoplePage, '/console/people', `/console/people${query}`);
  return calls;
};
afterEach(() => {
  page.app.unmount();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

const zhang = item('p1', '张雨桐', { alsoIn: ['人事处 干事'] });
const asked = (path: string) => Object.fromEntries(new URL(path, 'http://x').searchParams);
const search = (): HTMLInputElement => {
  const input = page.root.querySelector<HTMLInputElement>('.people-search input');
  if (!input) throw new Error('no search box');
  return input;
};

describe('the list of people', () => {
  it('shows name, number, unit, posts and leads to the person; only what is unusual is coloured', async () => {
    await open(() => people([zhang, item('p2', '王海燕', { state: { code: 'locked', words: '锁定' } })]));
    const rows = [...page.root.querySelectorAll('tbody tr')];
    expect(rows[0]?.textContent).toContain('另兼 人事处 干事');
    expect(rows[0]?.querySelector('a')?.getAttribute('href')).toBe('/console/people/p1');
    expect(rows[0]?.querySelector('.tag')).toBeNull();
    expect(rows[1]?.querySelector('.tag.orange')?.textContent).toBe('锁定');
    expect(page.text()).toContain('2 人');
  });

  it('marks what answered the search', async () => {
    await open(() => people([{ ...zhang, matched: { from: 1, to: 3 } }]), '?q=yt');
    expect(page.root.querySelector('mark')?.textContent).toBe('雨桐');
  });

  it('Ctrl K goes to the search, which is in the URL and begins at the first page', async () => {
    const calls = await open(() => people([zhang]), '?cursor=c1&at=50');
    window.dispatchEvent(new KeyboardEvent('keydown', { key: 'k', ctrlKey: true, cancelable: true }));
    expect(document.activeElement).toBe(search());
    vi.useFakeTimers();
    search().value = ' zyt ';
    search().dispatchEvent(new Event('input'));
    await vi.advanceTimersByTimeAsync(250);
    vi.useRealTimers();
    await settle();
    expect(page.router.currentRoute.value.query).toEqual({ q: 'zyt' });
    expect(asked(calls.of(list).at(-1)?.path ?? '')).toEqual({ q: 'zyt' });
  });

  it('filters, sorts and exports the same set', async () => {
    const calls = await open(() => people([zhang]), '?category=external&state=locked');
    expect(asked(calls.of(list)[0]?.path ?? '')).toEqual({ category: 'external', state: 'locked' });
    page.button('工号').click();
    await settle();
    const last = asked(calls.of(list).at(-1)?.path ?? '');
    expect(last).toEqual({ category: 'external', state: 'locked', sort: 'staffNo' });
    const links = [...page.root.querySelectorAll<HTMLAnchorElement>('a[download]')].map((a) =>
      asked(a.getAttribute('href') ?? ''),
    );
    expect(links).toEqual([last, { ...last, format: 'csv' }]);
  });

  it('offers no export of more than the server gives at once, and none of nobody', async () => {
    await open(() => people([zhang], { total: 5001, next: 'c1' }));
    expect(page.root.querySelector('a[download]')).toBeNull();
    expect(page.text()).toContain('一次最多导出 5,000 人');
  });

  it('pages by the cursor', async () => {
    const calls = await open(({ path }) =>
      path.includes('cursor=c1')
        ? people([item('p2', '王海燕')], { total: 2 })
        : people([zhang], { next: 'c1', total: 2 }),
    );
    page.button('下一页').click();
    await settle();
    expect(page.text()).toContain('2–2 / 2');
    expect(calls.of(list)).toHaveLength(2);
  });

  it('says when nothing answers and takes the filters away', async () => {
    await open(({ path }) => people(path.includes('q=') ? [] : [zhang]), '?q=xyz');
    expect(page.text()).toContain('没有找到“xyz”');
    page.button('清除筛选').click();
    await settle();
    expect(page.text()).toContain('张雨桐');
  });

  it('says what failed, with a number to read out', async () => {
    let round = 0;
    await open(() => ((round += 1) === 1 ? problem(500, 'http.internal', '出错') : people([zhang])));
    expect(page.text()).toContain('没取到人员名单');
    page.button('现在再试').click();
    await settle();
    expect(page.text()).toContain('张雨桐');
  });
});
