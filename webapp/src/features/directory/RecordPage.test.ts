import { afterEach, describe, expect, it, vi } from 'vitest';
import type { OwnRecordAnswer } from '../../api/shapes.ts';
import { fakeApi, problem, type Answer } from '../../testing/fake-api.ts';
import { mountPage, settle, type Mounted } from '../../testing/mount.ts';
import { me } from '../../testing/samples.ts';
import RecordPage from './RecordPage.vue';

let page: Mounted;
afterEach(() => {
  page.app.unmount();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

const line = (n: number): OwnRecordAnswer['history'][number] => ({
  id: `h${n}`,
  at: Date.UTC(2026, 10, n),
  on: `2026-11-0${n}`,
  part: 'posts',
  words: `变动${n}`,
  changes: [],
  by: '系统',
});
const record = (part: Partial<OwnRecordAnswer> = {}): OwnRecordAnswer => ({
  personId: 'p1',
  staffNo: '00731',
  name: '张雨桐',
  category: 'internal',
  categoryName: '编外',
  state: { code: 'active', words: '正常' },
  stateSince: null,
  posts: [
    {
      assignmentId: 'a1',
      kind: 'main',
      unit: { unitId: 'd20', name: '信息工程学院', open: false },
      unitPath: '信息工程学院 / 软件技术教研室',
      title: '教师',
      isHead: false,
      since: '2019-09-01',
      until: null,
    },
  ],
  manager: null,
  personal: [{ field: 'mobile', label: '手机号', masked: '199****0731', canReveal: true }],
  facts: [{ label: '职级', value: '七级' }],
  wecom: { state: 'written', words: '', errorCode: null, at: null },
  history: [7, 6, 5, 4, 3, 2, 1].map(line),
  historyCut: false,
  watchers: [
    {
      person: { personId: 'p3', name: '吴晓燕', unitName: '人事处', title: '科员' },
      as: '花名册维护',
      duty: 'manage',
    },
    {
      person: { personId: 'p4', name: '陈志远', unitName: '信息工程学院', title: '主任' },
      as: '分级管理员',
      duty: 'view',
    },
  ],
  looks: [{ at: Date.UTC(2026, 10, 20, 2), by: '吴晓燕', what: '手机号', purpose: '办理社保' }],
  ...part,
});
const open = async (more: Record<string, Answer> = {}) => {
  const calls = fakeApi({
    'GET /api/me': () => ({ body: me }),
    'GET /api/access/own-record': () => ({ body: record() }),
    'POST /api/access/people/p1/reveal': () => ({ body: { value: '19900000731' } }),
    ...more,
  });
  page = await mountPage(RecordPage, '/record', '/record');
  return calls;
};

describe('my own record', () => {
  it('S1-2e shows what is held, who may see how much, and who looked what for', async () => {
    await open();
    expect(page.text()).toContain('信息工程学院 / 软件技术教研室 教师');
    expect(page.text()).toContain('199****0731');
    expect(page.text()).toContain('吴晓燕花名册维护岗位、资料和历史；写明用途可看完整号码');
    expect(page.text()).toContain('陈志远分级管理员岗位、资料和历史，号码遮住');
    expect(page.text()).toContain('手机号，用途：办理社保');
  });

  it('H6 my own number in full is recorded too, and masked again by itself', async () => {
    const calls = await open();
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    page.button('查看完整的手机号').click();
    await vi.advanceTimersByTimeAsync(100);
    expect(page.text()).toContain('19900000731');
    expect(calls.of('POST /api/access/people/p1/reveal').map((call) => call.body)).toEqual([
      { field: 'mobile', purpose: '本人查看' },
    ]);
    await vi.advanceTimersByTimeAsync(30_000);
    expect(page.text()).not.toContain('19900000731');
  });

  it('shows five changes, and the rest when asked', async () => {
    await open();
    expect(page.text()).not.toContain('变动2');
    page.button('还有 2 条').click();
    await settle();
    expect(page.text()).toContain('变动2');
  });

  it('says so when nobody looked, and when it could not be fetched', async () => {
    await open({ 'GET /api/access/own-record': () => ({ body: record({ looks: [] }) }) });
    expect(page.text()).toContain('没有人看过');
    page.app.unmount();
    await open({ 'GET /api/access/own-record': () => problem(500, 'http.internal', '出错了') });
    expect(page.text()).toContain('R7K2-40');
  });
});
