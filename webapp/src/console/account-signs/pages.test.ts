import { afterEach, describe, expect, it, vi } from 'vitest';
import { fakeApi, type Answer } from '../../testing/fake-api.ts';
import { mountPage, settle, type Mounted } from '../../testing/mount.ts';
import * as sample from '../testing/samples.ts';
import type { Check, ChecksPage as Checks, Counts } from './api.ts';
import CheckPage from './CheckPage.vue';
import ChecksPage from './ChecksPage.vue';

let page: Mounted;
afterEach(() => {
  page.app.unmount();
  vi.unstubAllGlobals();
});

const counts: Counts = {
  open: 2,
  reported: 1,
  ended: 9,
  late: 1,
  outcomes: { self: 7, settled: 1, void: 1 },
  log: { readUntil: 1, refused: null },
  canList: true,
};
const check: Check = {
  checkId: 'c1',
  person: { personId: 'p1', name: '张雨桐', unitName: '信息工程学院', title: '教师' },
  state: 'reported',
  stateWords: '已上报',
  signs: [
    { on: '2026-11-20', words: '用没用过的设备类型登录本系统' },
    { on: '2026-11-21', words: '档案里换了手机号' },
  ],
  holder: '孙悦',
  raisedAt: 1,
  endedAt: null,
  due: { dueAt: 1, provisional: false, state: 'overdue', words: '超时 1 个工作日' },
  isLate: true,
  answers: [],
  history: [
    { id: 'e1', at: 1, by: '系统', words: '系统请人核对', note: null },
    { id: 'e2', at: 2, by: '陈志远', words: '已转他人使用', note: '本人已交给同事' },
  ],
  can: { answer: false, settle: true },
};
const list: Checks = { items: [check], next: null, total: 1 };
const api = (more: Record<string, Answer>) =>
  fakeApi({
    'GET /api/me': () => ({ body: sample.person() }),
    'GET /api/account-signs/counts': () => ({ body: counts }),
    'GET /api/account-signs': () => ({ body: list }),
    'GET /api/account-signs/c1': () => ({ body: check }),
    ...more,
  });
const openList = async (more: Record<string, Answer> = {}) => {
  const calls = api(more);
  page = await mountPage(ChecksPage, '/console/account-signs', '/console/account-signs');
  await settle();
  return calls;
};

describe('checks of accounts in the console', () => {
  it('S2-15d H4 figures and the list for the security administrator', async () => {
    const calls = await openList();
    for (const words of ['待您处理', '本人在用 7', '张雨桐', '2 次', '孙悦', '超时 1 个工作日'])
      expect(page.text()).toContain(words);
    expect(calls.of('GET /api/account-signs').at(-1)?.path).toContain('state=reported');
  });

  it('S2-15d H4 who watches over the work sees figures and asks for no list', async () => {
    const calls = await openList({
      'GET /api/account-signs/counts': () => ({ body: { ...counts, canList: false } }),
    });
    expect(page.text()).toContain('这里只有数量');
    expect(page.text()).not.toContain('张雨桐');
    expect(calls.of('GET /api/account-signs')).toEqual([]);
  });

  it('S2-15d says when the log of 企业微信 cannot be read, and what to do', async () => {
    await openList({
      'GET /api/account-signs/counts': () => ({
        body: { ...counts, log: { readUntil: null, refused: 48002 } },
      }),
    });
    expect(page.text()).toContain('48002');
    expect(page.text()).toContain('可调用接口的应用');
  });

  it('S2-15d what was reported is settled with words', async () => {
    const calls = api({ 'POST /api/account-signs/c1/settle': () => ({ body: { state: 'ended' } }) });
    page = await mountPage(CheckPage, '/console/account-signs/:checkId', '/console/account-signs/c1', {
      checkId: 'c1',
    });
    for (const words of ['已转他人使用', '本人已交给同事', '2026-11-21'])
      expect(page.text()).toContain(words);
    page.button('处理完毕').click();
    await settle();
    const act = document.querySelector<HTMLButtonElement>('.el-dialog footer .el-button:last-child');
    expect(act?.disabled).toBe(true);
    const how = document.querySelector<HTMLTextAreaElement>('#sign-how');
    if (!how) throw new Error('nothing to write in');
    how.value = '已请本单位报送锁定申请';
    how.dispatchEvent(new Event('input'));
    await settle();
    act?.click();
    await settle();
    expect(calls.of('POST /api/account-signs/c1/settle').map(({ body }) => body)).toEqual([
      { words: '已请本单位报送锁定申请' },
    ]);
  });
});
