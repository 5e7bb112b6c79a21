import { afterEach, describe, expect, it, vi } from 'vitest';
import { problem, type Answer } from '../../testing/fake-api.ts';
import { settle } from '../../testing/mount.ts';
import { openPage, type OpenPage } from '../accounts/testing/open-page.ts';
import { mayOpen } from '../session.ts';
import { at, person } from '../testing/shell.ts';
import type { Former } from './api.ts';
import FormerPage from './FormerPage.vue';

let page: OpenPage;
afterEach(async () => {
  page.app.unmount();
  vi.unstubAllGlobals();
  await settle();
});

const one = (part: Partial<Former> = {}): Former => ({
  personId: 'p9',
  staffNo: 'H2009001',
  name: '韩老师',
  leftOn: '2022-06-30',
  keptUntilOn: '2025-06-30',
  entries: 12,
  obstacle: null,
  proposal: null,
  can: { propose: true, confirm: false, withdraw: false },
  ...part,
});
const list =
  (items: Former[]): Answer =>
  () => ({ body: { items, next: null, total: items.length, phrase: '销毁密钥' } });
const LIST = 'GET /api/audit/former-people';
const proposed = one({
  proposal: { at, byName: '周老师', mine: false, untilAt: at + 86_400_000 },
  can: { propose: false, confirm: true, withdraw: true },
});
async function open(answers: Record<string, Answer>): Promise<void> {
  page = await openPage(FormerPage, { path: '/console/keeping/former', role: 'securityAdmin' }, answers);
}

describe('H9 forgetting former people', () => {
  it('says what stays, what is gone for good, and that it takes two; one proposes', async () => {
    await open({ [LIST]: list([one()]), 'POST /api/audit/people/p9/forget': () => ({ body: { ok: true } }) });
    for (const words of ['链仍然核验得过', '没有办法恢复', '另一位确认', '可以提出'])
      expect(page.text()).toContain(words);
    page.button('提出销毁').click();
    await settle();
    expect(page.calls.of('POST /api/audit/people/p9/forget')).toHaveLength(1);
  });

  it('another confirms after typing it; whoever proposed has no such button', async () => {
    await open({
      [LIST]: list([proposed]),
      'POST /api/audit/people/p9/forget/confirm': () => ({ body: { entries: 12 } }),
    });
    page.button('看过并确认').click();
    await settle();
    expect(page.text()).toContain('12 条记录会永远失去个人内容');
    expect(page.act().disabled).toBe(true);
    const input = document.querySelector<HTMLInputElement>('#forget-phrase');
    if (!input) throw new Error('nothing to type');
    input.value = '销毁密钥';
    input.dispatchEvent(new Event('input'));
    await settle();
    page.act().click();
    await settle();
    expect(page.calls.of('POST /api/audit/people/p9/forget/confirm')[0]?.body).toEqual({
      phrase: '销毁密钥',
    });
    page.app.unmount();
    const mine = { at, byName: '李老师', mine: true, untilAt: at + 86_400_000 };
    await open({
      [LIST]: list([
        one({ proposal: mine, can: { propose: false, confirm: false, withdraw: true } }),
        one({
          personId: 'p8',
          obstacle: 'audit.accounts_open',
          can: { propose: false, confirm: false, withdraw: false },
        }),
      ]),
    });
    expect(page.text()).toContain('等另一位安全管理员确认');
    expect(page.text()).toContain('还有账号没注销');
    expect(page.text()).not.toContain('看过并确认');
  });

  it('nobody and a failure say so; for security administrators alone', async () => {
    await open({ [LIST]: list([]) });
    expect(page.text()).toContain('没有离开满期的人');
    page.app.unmount();
    await open({ [LIST]: () => problem(500, 'http.internal', '出错了') });
    expect(page.text()).toContain('R7K2-40');
    const as = (role: string) => person([{ role, roleName: role, scopeUnitName: null }]);
    expect(mayOpen(as('securityAdmin'), 'forget')).toBe(true);
    for (const role of ['auditAdmin', 'systemAdmin', 'superAdmin', 'hrMaintainer', 'creator'])
      expect(mayOpen(as(role), 'forget')).toBe(false);
  });
});
