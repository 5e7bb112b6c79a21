import { afterEach, describe, expect, it, vi } from 'vitest';
import { fakeApi, problem, type Answer } from '../../testing/fake-api.ts';
import { mountPage, settle, type Mounted } from '../../testing/mount.ts';
import { me } from '../../testing/samples.ts';
import type { Own, OwnText } from './api.ts';
import * as sample from './testing/samples.ts';
import UndertakingPage from './UndertakingPage.vue';
import UndertakingsPage from './UndertakingsPage.vue';

let page: Mounted;
afterEach(() => {
  page.app.unmount();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});
const ME = { 'GET /api/me': () => ({ body: me }) };

describe('my undertakings', () => {
  const open = async (answer: Answer | Own) => {
    const calls = fakeApi({
      ...ME,
      'GET /api/undertakings/own': typeof answer === 'function' ? answer : () => ({ body: answer }),
    });
    page = await mountPage(UndertakingsPage, '/undertakings', '/undertakings');
    return calls;
  };
  const links = () => [...page.root.querySelectorAll('li a')].map((each) => each.getAttribute('href'));

  it('S2-15c what is owed stands first with one deadline; what an occasion asks for stands apart', async () => {
    await open(sample.own());
    expect(page.text()).toContain('请你阅读并承诺2');
    expect(page.text()).toContain('还剩 5 个工作日');
    expect(links()).toEqual([
      '/undertakings/account-keeping',
      '/undertakings/work-only',
      '/undertakings/no-classified-content',
    ]);
    expect(page.text()).toContain('发布信息、建群');
  });

  it('shows what was given with its day, and the very version behind it', async () => {
    const items = [
      { textId: 'work-only', version: 2, title: '不用于与工作无关的事', givenAt: 0, isPast: false },
      { textId: 'work-only', version: 1, title: '只用于工作', givenAt: 0, isPast: true },
    ];
    const pages: Own[] = [
      sample.own({ open: [], later: [], due: null, given: { items: items.slice(0, 1), next: 'g1' } }),
      sample.own({ given: { items: items.slice(1), next: null } }),
    ];
    const calls = await open(() => ({ body: pages.shift() }));
    expect(page.text()).toContain('该承诺的都承诺了');
    page.button('再看以前的').click();
    await settle();
    expect(calls.of('GET /api/undertakings/own').at(-1)?.path).toContain('cursor=g1');
    expect(links()).toEqual(['/undertakings/work-only?version=2', '/undertakings/work-only?version=1']);
    expect(page.text()).toContain('已有新版');
    expect(page.has('再看以前的')).toBe(false);
  });

  it('says what failed when it could not be fetched', async () => {
    await open(() => problem(500, 'http.internal', '出错了'));
    expect(page.text()).toContain('R7K2-40');
  });
});

describe('one text', () => {
  /** How far below the top of the window the text ends. */
  let endsAt = 0;
  const open = async (answer: Answer | OwnText, more: Record<string, Answer> = {}, query = '') => {
    vi.spyOn(HTMLElement.prototype, 'getBoundingClientRect').mockImplementation(
      () => ({ bottom: endsAt }) as DOMRect,
    );
    const calls = fakeApi({
      ...ME,
      'GET /api/undertakings/own/account-keeping':
        typeof answer === 'function' ? answer : () => ({ body: answer }),
      ...more,
    });
    const path = '/undertakings/account-keeping';
    page = await mountPage(UndertakingPage, path, `${path}${query}`, { textId: 'account-keeping' });
    return calls;
  };
  const given = { 'POST /api/undertakings/own/account-keeping': () => ({ body: {} }) };
  const isLive = () => page.button('我已阅读并遵守').getAttribute('aria-disabled') === 'false';

  it('S2-15c the button lives when the end was reached by scrolling, and sends what was shown', async () => {
    endsAt = 2_000;
    const calls = await open(sample.text(), given);
    expect([...page.root.querySelectorAll('ol li')].map((each) => each.textContent)).toEqual([
      '我保管好密码。',
      '我不转借账号。',
    ]);
    expect(page.root.querySelector('input')).toBeNull();
    expect(isLive()).toBe(false);
    page.button('我已阅读并遵守').click();
    await settle();
    expect(calls.of('POST /api/undertakings/own/account-keeping')).toEqual([]);
    endsAt = 300;
    window.dispatchEvent(new Event('scroll'));
    await settle();
    expect(isLive()).toBe(true);
    // Once read it stays read.
    endsAt = 2_000;
    window.dispatchEvent(new Event('scroll'));
    page.button('我已阅读并遵守').click();
    await settle();
    expect(calls.of('POST /api/undertakings/own/account-keeping').map(({ body }) => body)).toEqual([
      { version: 1, sha256: 'a'.repeat(64), readToEnd: true },
    ]);
    expect(page.router.currentRoute.value.path).toBe('/undertakings/work-only');
  });

  it('by keyboard or screen reader the end is reached with the focus; a short text is read at once', async () => {
    endsAt = 2_000;
    await open(sample.text());
    expect(isLive()).toBe(false);
    expect(page.button('我已阅读并遵守').getAttribute('aria-describedby')).toBe('und-unread');
    page.root.querySelector<HTMLElement>('[tabindex="0"]')?.focus();
    await settle();
    expect(isLive()).toBe(true);
    page.app.unmount();
    endsAt = 300;
    await open(sample.text());
    expect(isLive()).toBe(true);
  });

  it('S2-15c words that changed meanwhile are shown anew, to be read again', async () => {
    endsAt = 300;
    const versions = [sample.text(), sample.text({ text: { ...sample.text().text, version: 2 } })];
    const calls = await open(() => ({ body: versions.shift() }), {
      'POST /api/undertakings/own/account-keeping': () =>
        problem(409, 'undertakings.changed', '有了新的版本'),
    });
    page.button('我已阅读并遵守').click();
    await settle();
    expect(calls.of('GET /api/undertakings/own/account-keeping')).toHaveLength(2);
    expect(page.text()).toContain('第 2 版');
    expect(page.router.currentRoute.value.path).toBe('/undertakings/account-keeping');
  });

  it('what was given shows when, and its hash, and no button', async () => {
    const sha256 = 'b'.repeat(64);
    const calls = await open(
      sample.text({ given: { version: 1, givenAt: 0, sha256 }, can: { give: false } }),
      {},
      '?version=1',
    );
    expect(calls.of('GET /api/undertakings/own/account-keeping').at(-1)?.path).toContain('version=1');
    expect(page.text()).toContain('承诺');
    expect(page.text()).toContain(sha256);
    expect(page.has('我已阅读并遵守')).toBe(false);
  });

  it('says so when there is no such text', async () => {
    await open(() => problem(404, 'undertakings.no_text', '没有找到'));
    expect(page.text()).toContain('没有这份承诺');
  });
});
