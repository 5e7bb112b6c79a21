import { afterEach, describe, expect, it, vi } from 'vitest';
import { settle } from '../../testing/mount.ts';
import { openPage, type OpenPage } from '../accounts/testing/open-page.ts';
import type { Agency } from './api.ts';
import AgentsPage from './AgentsPage.vue';

let page: OpenPage;
afterEach(async () => {
  page.app.unmount();
  vi.unstubAllGlobals();
  await settle();
});

const agency: Agency = {
  delegationId: 'd1',
  principal: { personId: 'p1', name: '陈志远', unitName: '信息工程学院' },
  agent: { personId: 'p2', name: '李慧', unitName: '信息工程学院' },
  fromOn: '2026-11-23',
  untilOn: '2026-11-26',
  daysWords: '11-23 至 11-25',
  scopeWords: '全部审批',
  atEndWords: '结束后没处理完的退回本人',
  atEnd: 'return',
  takesOpen: true,
  state: 'inForce',
  stateWords: '代理中',
  side: 'received',
  canEnd: true,
};

describe('standing agents of the house', () => {
  it('R33 one is ended with a reason, for somebody who cannot', async () => {
    page = await openPage(
      AgentsPage,
      { path: '/console/agents', url: '/console/agents', role: 'superAdmin' },
      {
        'GET /api/delegations/overseen': () => ({ body: { items: [agency], next: null } }),
        'POST /api/delegations/d1/end-for': () => ({ body: { delegation: agency } }),
      },
    );
    for (const words of ['陈志远', '李慧', '11-23 至 11-25', '全部审批', '代理中'])
      expect(page.text()).toContain(words);
    page.button('结束').click();
    await settle();
    expect(page.act().disabled).toBe(true);
    await page.type('agency-reason', '由副职主持工作');
    page.act().click();
    await settle();
    expect(page.calls.of('POST /api/delegations/d1/end-for').map(({ body }) => body)).toEqual([
      { reason: '由副职主持工作' },
    ]);
  });
});
