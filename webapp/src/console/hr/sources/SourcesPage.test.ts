import { afterEach, describe, expect, it, vi } from 'vitest';
import { fakeApi, problem } from '../../../testing/fake-api.ts';
import { mountPage, settle, type Mounted } from '../../../testing/mount.ts';
import * as sample from '../../testing/samples.ts';
import type { FetchBrief, SourceBrief, SourcesAnswer } from './api.ts';
import SourcesPage from './SourcesPage.vue';

const list = 'GET /api/hr/sources';
const me = { 'GET /api/me': () => ({ body: sample.person() }) };
let page: Mounted;
const open = async (): Promise<void> => {
  page = await mountPage(SourcesPage, '/console/sources', '/console/sources');
};
afterEach(() => {
  page.app.unmount();
  document.body.innerHTML = '';
  vi.unstubAllGlobals();
});

const fetchBrief = (more: Partial<FetchBrief> = {}): FetchBrief => ({
  fetchId: 'f1',
  trigger: 'schedule',
  state: 'done',
  startedAt: sample.at,
  finishedAt: sample.at,
  cutOffAt: sample.at,
  complete: true,
  rows: { units: 86, people: 1246 },
  batch: { batchId: 'b1', number: '2026-11-20-1' },
  notes: [],
  ...more,
});
const source = (more: Partial<SourceBrief> = {}): SourceBrief => ({
  sourceId: 's1',
  kind: 'http',
  name: '人事系统',
  where: null,
  full: true,
  hour: 2,
  enabled: true,
  nextAt: sample.at,
  last: fetchBrief(),
  can: { fetch: true, change: false },
  ...more,
});
const answer = (items: SourceBrief[], add = false): SourcesAnswer => ({
  items,
  next: null,
  can: { add },
  columns: [{ kind: 'people', column: 'staffNo', label: '工号', required: true }],
});
const buttons = (): string[] =>
  [...page.root.querySelectorAll('button')].map((button) => button.textContent?.trim() ?? '').filter(Boolean);
const press = async (words: string): Promise<void> => {
  const found = [...document.querySelectorAll('button')].find((one) => one.textContent?.trim() === words);
  if (!found) throw new Error(`no button ${words}`);
  found.click();
  await settle();
};

describe('the sources', () => {
  it('tell when each is fetched, what came last and of when; a maintainer fetches and sets nothing up', async () => {
    fakeApi({ ...me, [list]: () => ({ body: answer([source()]) }) });
    await open();
    for (const words of [
      '人事系统',
      'HTTP 接口',
      '每天 02:00',
      '取到了',
      '86 / 1,246',
      '完整',
      '2026-11-20-1',
    ])
      expect(page.text()).toContain(words);
    expect(buttons()).toEqual(['立即获取', '记录']);
  });

  it('a failed fetch says why, and what was not read is not shown as zero', async () => {
    const last = fetchBrief({
      state: 'failed',
      batch: null,
      cutOffAt: null,
      rows: { units: 0, people: 0 },
      notes: ['来源说有 9 行，读到 8 行。没有用这一次的。'],
    });
    fakeApi({ ...me, [list]: () => ({ body: answer([source({ last })]) }) });
    await open();
    expect(page.text()).toContain('没取到');
    expect(page.text()).toContain('读到 8 行');
    expect(page.text()).not.toContain('0 / 0');
  });

  it('fetches now, once, and not while one is under way', async () => {
    let state: FetchBrief['state'] = 'done';
    const api = fakeApi({
      ...me,
      [list]: () => ({ body: answer([source({ last: fetchBrief({ state }) })]) }),
      'POST /api/hr/sources/s1/fetch': () => {
        state = 'running';
        return { body: { fetchId: 'f2' } };
      },
    });
    await open();
    await press('立即获取');
    expect(api.of('POST /api/hr/sources/s1/fetch')).toHaveLength(1);
    const button = [...page.root.querySelectorAll('button')].find(
      (one) => one.textContent?.trim() === '立即获取',
    );
    expect(button?.disabled).toBe(true);
  });

  it('what the server refuses stands on the page', async () => {
    fakeApi({
      ...me,
      [list]: () => ({ body: answer([source()]) }),
      'POST /api/hr/sources/s1/fetch': () => problem(422, 'hr.source_off', '这个来源停用了。'),
    });
    await open();
    await press('立即获取');
    expect(page.text()).toContain('这个来源停用了。');
  });

  it('a push source is set up in two fields and shows its key once', async () => {
    const api = fakeApi({
      ...me,
      [list]: () => ({ body: answer([], true) }),
      'POST /api/hr/sources': () => ({ body: { sourceId: 's2', pushKey: 'hrk_secret' } }),
    });
    await open();
    await press('新增来源');
    const kinds = [...document.querySelectorAll<HTMLInputElement>('.el-segmented input')];
    kinds[2]?.click();
    await settle();
    const name = document.querySelector<HTMLInputElement>('#source-name');
    if (!name) throw new Error('no name');
    name.value = '人事系统推送';
    name.dispatchEvent(new Event('input'));
    await settle();
    await press('保存来源');
    expect(document.body.textContent).toContain('hrk_secret');
    const [made] = api.of('POST /api/hr/sources');
    expect(made?.body).toEqual({ kind: 'push', name: '人事系统推送', empties: 'notProvided' });
    await press('已经抄下');
    expect(document.body.textContent).not.toContain('hrk_secret');
  });
});
