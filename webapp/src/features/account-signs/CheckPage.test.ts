import { afterEach, describe, expect, it, vi } from 'vitest';
import { fakeApi, problem, type Answer } from '../../testing/fake-api.ts';
import { mountPage, settle, type Mounted } from '../../testing/mount.ts';
import { me } from '../../testing/samples.ts';
import type { Check } from './api.ts';
import CheckPage from './CheckPage.vue';

let page: Mounted;
afterEach(() => {
  page.app.unmount();
  vi.unstubAllGlobals();
});

const check: Check = {
  checkId: 'c1',
  person: { personId: 'p1', name: '张雨桐', unitName: '信息工程学院', title: '教师' },
  state: 'open',
  stateWords: '待核对',
  signs: [
    { on: '2026-11-20', words: '用没用过的设备类型登录本系统' },
    { on: '2026-11-21', words: '档案里换了手机号' },
  ],
  holder: '陈志远',
  raisedAt: 1,
  endedAt: null,
  due: { dueAt: 1, provisional: false, state: 'ok', words: '还剩 3 个工作日' },
  isLate: false,
  answers: [
    { answer: 'self', words: '本人仍在使用', needsWords: false },
    { answer: 'handedOn', words: '已转他人使用', needsWords: true },
    { answer: 'unclear', words: '不清楚，已联系本人', needsWords: true },
  ],
  history: [{ id: 'e1', at: 1, by: '系统', words: '系统请人核对', note: null }],
  can: { answer: true, settle: false },
};
const open = async (more: Record<string, Answer> = {}) => {
  const calls = fakeApi({
    'GET /api/me': () => ({ body: me }),
    'GET /api/account-signs/c1': () => ({ body: check }),
    ...more,
  });
  page = await mountPage(CheckPage, '/account-checks/:checkId', '/account-checks/c1', { checkId: 'c1' });
  return calls;
};
const choose = async (words: string): Promise<void> => {
  const label = [...page.root.querySelectorAll('label')].find((one) => one.textContent?.includes(words));
  label?.querySelector('input')?.click();
  await settle();
};
const write = async (text: string): Promise<void> => {
  const area = page.root.querySelector('textarea');
  if (!area) throw new Error('nothing to write in');
  area.value = text;
  area.dispatchEvent(new Event('input'));
  await settle();
};

describe('a check of an account', () => {
  it('S2-15d says what changed, by when, and that nothing is locked by itself', async () => {
    await open();
    for (const words of ['11-20', '档案里换了手机号', '还剩 3 个工作日', '系统不会因此锁定账号'])
      expect(page.text()).toContain(words);
  });

  it('S2-15d 已转他人使用 needs words, and goes to the security administrator', async () => {
    const calls = await open({
      'POST /api/account-signs/c1/answer': () => ({ body: { state: 'reported' } }),
    });
    page.button('答复').click();
    await settle();
    expect(page.text()).toContain('请选一项');
    await choose('已转他人使用');
    page.button('答复').click();
    await settle();
    expect(page.text()).toContain('请写怎么核对的');
    expect(calls.of('POST /api/account-signs/c1/answer')).toEqual([]);
    await write('本人已交给同事');
    page.button('答复').click();
    await settle();
    expect(calls.of('POST /api/account-signs/c1/answer').map(({ body }) => body)).toEqual([
      { answer: 'handedOn', words: '本人已交给同事' },
    ]);
    expect(page.text()).toContain('已上报安全管理员');
  });

  it('S2-15d 本人仍在使用 needs none; 不清楚 stays on the page', async () => {
    const calls = await open({
      'POST /api/account-signs/c1/answer': () => ({ body: { state: 'open' } }),
    });
    await choose('不清楚');
    await write('已打电话');
    page.button('答复').click();
    await settle();
    expect(calls.of('GET /api/account-signs/c1')).toHaveLength(2);
    expect(page.root.querySelector('textarea')?.value).toBe('');
    page.app.unmount();
    const again = await open({
      'POST /api/account-signs/c1/answer': () => ({ body: { state: 'ended' } }),
    });
    await choose('本人仍在使用');
    page.button('答复').click();
    await settle();
    expect(again.of('POST /api/account-signs/c1/answer').map(({ body }) => body)).toEqual([
      { answer: 'self' },
    ]);
    expect(page.text()).toContain('这次核对办结了');
  });

  it('says that it is gone when it is not theirs any more', async () => {
    await open({ 'GET /api/account-signs/c1': () => problem(404, 'signs.not_visible', '没有') });
    expect(page.text()).toContain('没有找到这次核对');
  });
});
