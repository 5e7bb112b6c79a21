import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Answer } from '../../../testing/fake-api.ts';
import { settle } from '../../../testing/mount.ts';
import { openPage, type OpenPage } from '../testing/open-page.ts';
import * as sample from '../testing/samples.ts';
import AccountsPage from './AccountsPage.vue';

let page: OpenPage;
afterEach(async () => {
  page.app.unmount();
  vi.useRealTimers();
  vi.unstubAllGlobals();
  await settle();
});
async function open(more: Record<string, Answer> = {}): Promise<void> {
  page = await openPage(
    AccountsPage,
    {
      path: '/console/accounts/people/:personId',
      url: '/console/accounts/people/zhang',
      props: { personId: 'zhang' },
    },
    {
      'GET /api/accounts/people/zhang': () => ({ body: sample.personAccounts() }),
      'GET /api/accounts/people/zhang/history': () => ({ body: sample.pageOf(sample.accountHistory()) }),
      'GET /api/accounts/requests': () => ({ body: sample.pageOf([sample.brief()]) }),
      ...more,
    },
  );
}

describe('one person’s accounts (S3-0a)', () => {
  it('shows the account of every system, the locks and the history', async () => {
    await open();
    expect(page.text()).toContain('张老师的账号');
    expect(page.text()).toContain('无感考勤正常，2019-09-01 起');
    expect(page.text()).toContain('正常 → 锁定');
  });

  it('lists every request about the person, page by page', async () => {
    await open({
      'GET /api/accounts/requests': ({ path }) => ({
        body: path.includes('cursor=n1')
          ? sample.pageOf([sample.brief({ requestId: 'r9', number: '2025-0009' })])
          : sample.pageOf([sample.brief()], 'n1'),
      }),
    });
    const links = () =>
      [...page.root.querySelectorAll('.person-requests a')].map((link) =>
        link.getAttribute('href')?.split('/').at(-1),
      );
    expect(links()).toEqual(['r1']);
    page.root.querySelector<HTMLButtonElement>('.foot-pager button:last-of-type')?.click();
    await settle();
    expect(links()).toEqual(['r9']);
  });

  it('a lock never ends by itself: the decision preselects nothing and makes a request (S3-2.5b)', async () => {
    await open({
      'POST /api/accounts/locks/l1/decide': () => ({ body: { requestIds: ['r7', 'r8'] } }),
    });
    page.button('决定').click();
    await settle();
    expect(
      [...document.querySelectorAll<HTMLInputElement>('.ask input[type="radio"]')].some((r) => r.checked),
    ).toBe(false);
    expect(page.act().disabled).toBe(true);
    await page.tick('解锁并变更');
    await page.type('decide-on', '2026-12-01');
    await page.type('decide-item-0', '职务');
    await page.type('decide-after-0', '讲师');
    expect(page.act().disabled).toBe(true);
    await page.type('decide-reason', '审查结论：恢复工作');
    page.act().click();
    await settle();
    expect(page.calls.of('POST /api/accounts/locks/l1/decide')[0]?.body).toEqual({
      decision: 'change',
      effectiveOn: '2026-12-01',
      reason: '审查结论：恢复工作',
      changes: [{ item: '职务', before: '', after: '讲师' }],
    });
    expect(page.router.currentRoute.value.path).toBe('/console/accounts/requests/r7');
  });

  it('to cancel, the regulation’s seven reasons are offered and one is needed (S3-3.1–3.7)', async () => {
    await open({ 'POST /api/accounts/locks/l1/decide': () => ({ body: { requestIds: ['r7'] } }) });
    page.button('决定').click();
    await settle();
    await page.tick('注销');
    await page.type('decide-on', '2026-12-01');
    const offered = [...document.querySelectorAll('#decide-leaving-label ~ .el-radio-group label')].map(
      (label) => label.textContent?.trim(),
    );
    expect(offered).toEqual([
      '退休',
      '辞职',
      '病故或意外死亡',
      '开除公职',
      '辞退',
      '调离本区（调任、转任、挂职、借调、遴选）',
      '其他',
    ]);
    expect(page.act().disabled).toBe(true);
    await page.tick('开除公职');
    page.act().click();
    await settle();
    expect(page.calls.of('POST /api/accounts/locks/l1/decide')[0]?.body).toEqual({
      decision: 'cancel',
      leftOn: '2026-12-01',
      leavingReason: 'dismissed',
      reason: '',
    });
  });

  it('notes the day of the result; the lock stands', async () => {
    await open({ 'POST /api/accounts/locks/l1/result': () => ({ body: { ok: true } }) });
    page.button('登记结论').click();
    await settle();
    await page.type('result-on', '2026-11-20');
    page.act().click();
    await settle();
    expect(page.calls.of('POST /api/accounts/locks/l1/result')[0]?.body).toEqual({ resultOn: '2026-11-20' });
  });

  it('makes the sheet of somebody who moves or is locked', async () => {
    await open({ 'POST /api/accounts/handovers': () => ({ body: { sheetId: 's9' } }) });
    page.button('开交接单').click();
    await settle();
    expect(page.calls.of('POST /api/accounts/handovers')[0]?.body).toEqual({ personId: 'zhang' });
    expect(page.router.currentRoute.value.path).toBe('/console/accounts/handovers/s9');
  });
});
