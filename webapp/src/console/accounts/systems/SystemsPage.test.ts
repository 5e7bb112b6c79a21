import { afterEach, describe, expect, it, vi } from 'vitest';
import { problem, type Answer } from '../../../testing/fake-api.ts';
import { settle } from '../../../testing/mount.ts';
import { openPage, type OpenPage } from '../testing/open-page.ts';
import * as sample from '../testing/samples.ts';
import SystemsPage from './SystemsPage.vue';

let page: OpenPage;
afterEach(async () => {
  page.app.unmount();
  vi.useRealTimers();
  vi.unstubAllGlobals();
  await settle();
});
const path = '/console/accounts/systems';
const link = {
  linkId: 'k1',
  providerName: '企业微信',
  consumerName: 'OA',
  content: '在编人员名单',
  state: 'planned',
  sinceAt: 1_795_000_000_000,
  version: 1,
};
async function open(more: Record<string, Answer> = {}): Promise<void> {
  page = await openPage(
    SystemsPage,
    { path },
    { 'GET /api/accounts/data-links': () => ({ body: { items: [link], next: null } }), ...more },
  );
}

describe('the register of systems', () => {
  it('S3-7 S3-8 shows how each is connected, who answers for it, and the offices in charge', async () => {
    await open();
    expect(page.text()).toContain('数据对接由谁协调 信息中心');
    expect(page.text()).toContain('规定由谁解释 信息中心');
    expect(page.text()).toContain('人员数据以谁为准 人事管理系统（人事处）');
    expect(page.text()).toContain('OA oa文件交换党政办');
    expect(page.text()).toContain('在编人员名单企业微信OA计划中');
    expect(page.text()).toContain('在设置文件里改');
  });

  it('who is not IT changes nothing', async () => {
    await open({
      'GET /api/accounts/systems': () => ({ body: sample.systems({ can: { register: false } }) }),
    });
    expect(page.has('登记系统…')).toBe(false);
    expect(page.has('登记对接…')).toBe(false);
    expect(page.has('改为已接通')).toBe(false);
  });

  it('S3-6 changes a registered one with the version that was read; a refusal is shown', async () => {
    const systems = sample.systems({ systems: [sample.library()] });
    await open({
      'GET /api/accounts/systems': () => ({ body: systems }),
      'PUT /api/accounts/systems/library': () => problem(409, 'db.changed_meanwhile', '别人刚改过。'),
    });
    page.button('改…').click();
    await settle();
    await page.type('system-name', '图书借阅系统');
    await page.tick('停用');
    page.act().click();
    await settle();
    expect(page.calls.of('PUT /api/accounts/systems/library')[0]?.body).toEqual({
      version: 3,
      state: 'off',
      name: '图书借阅系统',
      ownerUnitId: 'xinxi',
      byDefault: true,
      onLock: 'lock',
      onSecondOut: 'lock',
      inspected: true,
    });
    expect(document.body.textContent).toContain('别人刚改过');
  });

  it('S3-7 says that a planned link works now', async () => {
    await open({ 'PUT /api/accounts/data-links/k1': () => ({ body: { ok: true } }) });
    page.button('改为已接通').click();
    await settle();
    expect(page.calls.of('PUT /api/accounts/data-links/k1')[0]?.body).toEqual({
      version: 1,
      state: 'running',
    });
  });
});
