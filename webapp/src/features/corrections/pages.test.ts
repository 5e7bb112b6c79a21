import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Component } from 'vue';
import { fakeApi, problem, type Answer } from '../../testing/fake-api.ts';
import { mountPage, settle, type Mounted } from '../../testing/mount.ts';
import { me } from '../../testing/samples.ts';
import CorrectionPage from './CorrectionPage.vue';
import CorrectionsPage from './CorrectionsPage.vue';
import RaisePage from './RaisePage.vue';
import { correction, fields } from './testing/samples.ts';

let page: Mounted;
afterEach(() => {
  page.app.unmount();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

const open = async (
  what: Component,
  path: string,
  url: string,
  answers: Record<string, Answer>,
  props: Record<string, unknown> = {},
) => {
  const calls = fakeApi({ 'GET /api/me': () => ({ body: me }), ...answers });
  page = await mountPage(what, path, url, props);
  return calls;
};
const links = () =>
  [...page.root.querySelectorAll('a')].map((link) => [
    link.textContent?.replace(/\s+/g, ' ').trim(),
    link.getAttribute('href'),
  ]);

function type(selector: string, words: string): void {
  const box = page.root.querySelector<HTMLInputElement | HTMLTextAreaElement>(selector);
  if (!box) throw new Error(`no ${selector}`);
  box.value = words;
  box.dispatchEvent(new Event('input'));
}

describe('asking for a correction', () => {
  const raisePage = (query = '', more: Record<string, Answer> = {}) =>
    open(RaisePage, '/corrections/new', `/corrections/new${query}`, {
      'GET /api/corrections/fields': () => ({ body: fields }),
      ...more,
    });

  it('S1-2e S2-15c offers every field with what the record says; one that waits leads to where it stands', async () => {
    await raisePage();
    expect(links()).toEqual([
      ['岗位教师', '/corrections/new?field=title'],
      ['职级七级等答复', '/corrections/c1'],
      ['出生日期没有登记', '/corrections/new?field=bornOn'],
    ]);
  });

  it('S1-2e says to whom it goes and until when, and sends what it should be and why', async () => {
    const calls = await raisePage('?field=bornOn', {
      'POST /api/corrections': () => ({ body: { correctionId: 'c7' } }),
    });
    expect(page.text()).toContain('交给人事处，3 个工作日内答复');
    expect(page.text()).toContain('加密保存');
    expect(page.root.querySelector('#field-wanted')?.getAttribute('type')).toBe('date');
    page.button('提交申请').click();
    await settle();
    expect(page.text()).toContain('还没写应该是什么');
    type('#field-wanted', '1990-03-07');
    page.button('提交申请').click();
    await settle();
    expect(page.text()).toContain('还没写为什么');
    expect(calls.of('POST /api/corrections')).toEqual([]);
    type('#field-reason', '与身份证不一致');
    await settle();
    page.button('提交申请').click();
    await settle();
    expect(calls.of('POST /api/corrections').map(({ body }) => body)).toEqual([
      { field: 'bornOn', wanted: '1990-03-07', reason: '与身份证不一致', fileIds: [] },
    ]);
    expect(page.router.currentRoute.value.path).toBe('/corrections/c7');
  });

  it('what the server refuses stands above the button, and what was typed stays', async () => {
    await raisePage('?field=title', {
      'POST /api/corrections': () => problem(409, 'corrections.open_already', '这一项已有一份申请在等答复。'),
    });
    type('#field-wanted', '讲师');
    type('#field-reason', '与聘书不一致');
    await settle();
    page.button('提交申请').click();
    await settle();
    expect(page.text()).toContain('这一项已有一份申请在等答复。');
    expect(page.root.querySelector<HTMLInputElement>('#field-wanted')?.value).toBe('讲师');
  });
});

describe('my corrections', () => {
  const { history: _h, clocks: _c, ...brief } = correction();
  const list = (answers: Record<string, Answer>) =>
    open(CorrectionsPage, '/corrections', '/corrections', answers);

  it('S1-2e shows state and deadline, and goes on where the list was cut', async () => {
    const calls = await list({
      'GET /api/corrections/own': ({ path }) => ({
        body: path.includes('cursor=c1')
          ? {
              items: [{ ...brief, correctionId: 'c0', label: '岗位', stateWords: '已更正', due: null }],
              next: null,
            }
          : { items: [brief], next: 'c1' },
      }),
    });
    expect(page.text()).toContain('出生日期待答复');
    expect(page.text()).toContain('还剩 3 个工作日');
    page.button('全部').click();
    await settle();
    expect(page.text()).toContain('岗位已更正');
    expect(calls.of('GET /api/corrections/own')).toHaveLength(2);
  });

  it('says where to begin when there is none, and what failed when it could not be fetched', async () => {
    await list({ 'GET /api/corrections/own': () => ({ body: { items: [], next: null } }) });
    expect(page.text()).toContain('没有更正申请');
    expect(links()).toEqual([['申请更正', '/corrections/new']]);
    page.app.unmount();
    await list({ 'GET /api/corrections/own': () => problem(500, 'http.internal', '出错了') });
    expect(page.text()).toContain('R7K2-40');
  });
});

describe('one of my corrections', () => {
  const one = (answers: Record<string, Answer>) =>
    open(CorrectionPage, '/corrections/:correctionId', '/corrections/c1', answers, { correctionId: 'c1' });

  it('S1-2e shows who holds it until when; H6 the value in full for half a minute', async () => {
    const calls = await one({
      'GET /api/corrections/c1': () => ({ body: correction() }),
      'POST /api/corrections/c1/reveal': () => ({ body: { value: '1990-03-07' } }),
    });
    expect(page.text()).toContain('人事处 吴晓燕');
    expect(page.text()).toContain('等答复，还剩 3 个工作日');
    expect(page.text()).toContain('1990-**-**');
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    page.button('查看').click();
    await vi.advanceTimersByTimeAsync(100);
    expect(page.text()).toContain('1990-03-07');
    expect(calls.of('POST /api/corrections/c1/reveal').map(({ body }) => body)).toEqual([
      { purpose: '本人查看' },
    ]);
    await vi.advanceTimersByTimeAsync(30_000);
    expect(page.text()).not.toContain('1990-03-07');
  });

  it('S1-2e the answer with where it was corrected, who was late, and nothing to withdraw any more', async () => {
    const [clock] = correction().clocks;
    await one({
      'GET /api/corrections/c1': () => ({
        body: correction({
          state: 'corrected',
          stateWords: '已更正',
          due: null,
          isLate: true,
          answer: '人事系统',
          present: { words: '1990-**-**', agrees: true },
          clocks: clock ? [{ ...clock, closedAt: 1, isLate: true }] : [],
          can: { withdraw: false, answer: false, sendOnTo: null, reveal: true },
        }),
      }),
    });
    expect(page.text()).toContain('在哪里更正人事系统');
    expect(page.text()).toContain('吴晓燕没有按时答复');
    expect(page.text()).toContain('现在的记录已和申请一致');
    expect(page.has('撤回申请')).toBe(false);
  });

  it('is taken back after a question', async () => {
    const calls = await one({
      'GET /api/corrections/c1': () => ({ body: correction() }),
      'POST /api/corrections/c1/withdraw': () => ({ body: { state: 'withdrawn' } }),
    });
    page.button('撤回申请').click();
    await settle();
    expect(calls.of('POST /api/corrections/c1/withdraw')).toEqual([]);
    [...document.querySelectorAll<HTMLButtonElement>('dialog footer button')].at(-1)?.click();
    await settle();
    expect(calls.of('POST /api/corrections/c1/withdraw')).toHaveLength(1);
  });

  it('one that is not mine reads as not found', async () => {
    await one({ 'GET /api/corrections/c1': () => problem(404, 'corrections.not_visible', '没有找到') });
    expect(page.text()).toContain('没有找到这份申请');
  });
});
