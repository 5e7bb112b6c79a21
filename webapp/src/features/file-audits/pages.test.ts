import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Component } from 'vue';
import { fakeApi, problem, type Answer } from '../../testing/fake-api.ts';
import { mountPage, settle, type Mounted } from '../../testing/mount.ts';
import { me } from '../../testing/samples.ts';
import type { AuditField, AuditFile, AuditFileBrief } from './api.ts';
import FileAuditsPage from './FileAuditsPage.vue';
import FilePage from './FilePage.vue';

let page: Mounted;
beforeEach(() => sessionStorage.clear());
afterEach(() => {
  page.app.unmount();
  vi.unstubAllGlobals();
});

const at = Date.UTC(2026, 10, 23, 2);
const brief: AuditFileBrief = {
  fileId: 'f1',
  planId: 'p1',
  planTitle: '2026 年档案审核',
  person: { personId: 'me', staffNo: '00731', name: '张雨桐', title: '教师' },
  unitName: '信息工程学院',
  stage: 'self',
  stageWords: '待本人核对',
  holderName: '张雨桐',
  due: { dueAt: at, provisional: false, state: 'ok', words: '还剩 5 个工作日' },
  isLate: false,
  wrongSaid: 0,
  doubts: 0,
  ok: 0,
  missing: 0,
  wrong: 0,
  can: { check: true, pass: false, judge: false },
};
const field = (part: Partial<AuditField>): AuditField => ({
  field: 'title',
  label: '岗位',
  present: '教师',
  said: null,
  correction: null,
  doubt: null,
  verdict: null,
  verdictNote: null,
  ...part,
});
const file = (part: Partial<AuditFile> = {}): AuditFile => ({
  ...brief,
  round: 1,
  guidance: '请对照聘书。',
  basis: '管理办法第七条',
  fields: [
    field({}),
    field({ field: 'mobile', label: '手机号', present: '138****0000' }),
    field({ field: 'grade', label: '职级', present: null }),
  ],
  history: [{ id: 'e1', at, by: '系统', words: '列入审核', note: null }],
  clocks: [],
  back: [],
  isOwn: true,
  ...part,
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
const one = (answers: Record<string, Answer>) =>
  open(FilePage, '/file-audits/:fileId', '/file-audits/f1', answers, { fileId: 'f1' });
const radio = (label: string, words: string): HTMLButtonElement => {
  const group = [...page.root.querySelectorAll('[role=radiogroup]')].find(
    (each) => each.getAttribute('aria-label') === label,
  );
  const found = [...(group?.querySelectorAll('button') ?? [])].find(
    (button) => button.textContent?.trim() === words,
  );
  if (!found) throw new Error(`no ${words} of ${label}`);
  return found;
};

describe('S1-7.1b checking my own file on the phone', () => {
  const sent = 'POST /api/file-audits/files/f1/check';

  it('every field is answered; what is not there is asked one by one; what is wrong is asked to be corrected first', async () => {
    const calls = await one({
      'GET /api/file-audits/files/f1': () => ({ body: file() }),
      [sent]: () => ({ body: { stage: 'unit' } }),
    });
    expect(page.text()).toContain('请对照聘书。');
    expect(page.text()).toContain('138****0000');
    page.button('提交核对结果').click();
    await settle();
    expect(page.text()).toContain('还有 3 项没有选');
    radio('岗位', '有误').click();
    page.button('其余都正确').click();
    await settle();
    page.button('提交核对结果').click();
    await settle();
    expect(page.text()).toContain('还有 1 项没有选');
    radio('职级', '本来没有').click();
    await settle();
    page.button('提交核对结果').click();
    await settle();
    expect(page.text()).toContain('有误的项要先申请更正');
    const ask = [...page.root.querySelectorAll('a')].find((link) => link.textContent?.includes('去申请更正'));
    expect(ask?.getAttribute('href')).toBe('/corrections/new?field=title');
    expect(calls.of(sent)).toEqual([]);
  });

  it('what I said stays while I ask for the correction, and goes with it', async () => {
    const answers = (correction: AuditField['correction']) => ({
      'GET /api/file-audits/files/f1': () => ({ body: file({ fields: [field({ correction })] }) }),
      [sent]: () => ({ body: { stage: 'unit' } }),
    });
    await one(answers(null));
    radio('岗位', '有误').click();
    page.app.unmount();
    const calls = await one(answers({ id: 'c1', state: 'corrected', words: '已更正' }));
    expect(page.text()).toContain('已申请更正，已更正');
    page.button('提交核对结果').click();
    await settle();
    expect(calls.of(sent).map(({ body }) => body)).toEqual([
      { answers: [{ field: 'title', said: 'wrong' }] },
    ]);
    expect(sessionStorage.length).toBe(0);
  });
});

describe('S1-7.1b reviewing for my unit on the phone', () => {
  const theirs = (part: Partial<AuditFile> = {}) =>
    file({
      isOwn: false,
      stage: 'unit',
      stageWords: '待单位复核',
      can: { check: false, pass: true, judge: false },
      back: [{ step: 'self', label: '本人核对' }],
      ...part,
    });
  const path = 'GET /api/file-audits/files/f1';

  it('a doubt has words, and goes along', async () => {
    const passed = 'POST /api/file-audits/files/f1/pass';
    const calls = await one({
      [path]: () => ({ body: theirs() }),
      [passed]: () => ({ body: { stage: 'hr' } }),
    });
    page.root.querySelector<HTMLButtonElement>('[aria-label=岗位有疑问]')?.click();
    await settle();
    page.button('复核完，1 项有疑问').click();
    await settle();
    expect(page.text()).toContain('写明有疑问的情况');
    const note = page.root.querySelector<HTMLInputElement>('input.review-note');
    if (!note) throw new Error('no place for words');
    note.value = '聘书上是讲师';
    note.dispatchEvent(new Event('input'));
    await settle();
    page.button('复核完，1 项有疑问').click();
    await settle();
    expect(calls.of(passed).map(({ body }) => body)).toEqual([
      { doubts: [{ field: 'title', note: '聘书上是讲师' }] },
    ]);
  });

  it('H3 nothing is offered to who may not act, and one out of sight reads as not found', async () => {
    await one({
      [path]: () => ({ body: theirs({ can: { check: false, pass: false, judge: false }, back: [] }) }),
    });
    expect(page.has('复核完')).toBe(false);
    expect(page.has('退回本人')).toBe(false);
    page.app.unmount();
    await one({ [path]: () => problem(404, 'fileaudits.not_visible', '没有找到') });
    expect(page.text()).toContain('没有找到这份档案');
  });
});

describe('what of audits is mine', () => {
  const lists = (mine: AuditFileBrief[], review: AuditFileBrief[]) =>
    open(FileAuditsPage, '/file-audits', '/file-audits', {
      'GET /api/file-audits/own': () => ({ body: { items: mine, next: null } }),
      'GET /api/file-audits/to-review': () => ({ body: { items: review, next: null } }),
    });

  it('my own files, and those that wait for me; HR’s own step leads to the console', async () => {
    const waits = { ...brief, fileId: 'f2', stage: 'unit' as const, stageWords: '待单位复核', wrongSaid: 2 };
    await lists([brief], [waits, { ...waits, fileId: 'f3', stage: 'hr' as const }]);
    expect(page.text()).toContain('本人说 2 项有误');
    expect([...page.root.querySelectorAll('li a')].map((link) => link.getAttribute('href'))).toEqual([
      '/file-audits/f2',
      '/console/file-audits/files/f3',
      '/file-audits/f1',
    ]);
  });

  it('says so when there is none', async () => {
    await lists([], []);
    expect(page.text()).toContain('没有要核对的档案');
  });
});
