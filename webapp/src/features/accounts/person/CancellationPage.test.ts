import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { connection } from '../../../api/connection.ts';
import { forgetMe } from '../../../session.ts';
import { fakeApi, type Answer } from '../../../testing/fake-api.ts';
import { mountPage, settle, type Mounted } from '../../../testing/mount.ts';
import type { CancellationAnswer, RequestAnswer } from '../shapes.ts';
import { cancellation, me, NOW, request } from '../testing/samples.ts';
import { sheetOpen } from '../testing/sheet-open.ts';
import CancellationPage from './CancellationPage.vue';
import { leavingSteps } from './leaving-steps.ts';

const root = '/api/accounts/cancellations/r1';
const server = (found: CancellationAnswer, asked: RequestAnswer, more: Record<string, Answer> = {}) =>
  fakeApi({
    'GET /api/me': () => ({ body: me }),
    [`GET ${root}`]: () => ({ body: found }),
    'GET /api/accounts/requests/r1': () => ({ body: asked }),
    ...more,
  });
const open = (): Promise<Mounted> =>
  mountPage(CancellationPage, '/accounts/cancellations/:requestId', '/accounts/cancellations/r1', {
    requestId: 'r1',
  });

let page: Mounted | null = null;
beforeEach(() => {
  connection.down = false;
  forgetMe();
});
afterEach(() => {
  page?.app.unmount();
  page = null;
  vi.unstubAllGlobals();
});

describe('a cancellation', () => {
  it('S2-16a: the person is told what is cleared and confirms the own backup', async () => {
    const api = server(cancellation(), request('r1'), {
      [`POST ${root}/backup`]: () => ({ body: { ok: true } }),
    });
    page = await open();
    expect(page.text()).toContain('微盘、邮件和文档会清除');
    expect(page.root.querySelector('a[href^="/accounts/handovers"]')).toBeNull();
    page.button('我已备份').click();
    await sheetOpen();
    page.button('我已备份，可以清除').click();
    await settle();
    expect(api.of(`POST ${root}/backup`)[0]?.body).toEqual({ statement: '' });
  });

  it('S2-16a: the unit may state that it cannot be had, never without words', async () => {
    const api = server(cancellation({ personId: 'p9' }), request('r1'));
    page = await open();
    page.button('单位说明').click();
    await sheetOpen();
    page.button('以单位名义说明').click();
    await settle();
    expect(page.text()).toContain('请写明情况');
    expect(api.of(`POST ${root}/backup`)).toEqual([]);
  });

  it('S2-16b: deletion is offered only when nothing stands before it', async () => {
    const asked = request('r1', { status: 'executing' });
    const may = { backUp: false, recall: true, remove: false };
    server(cancellation({ personId: 'p9', step: 'grace', obstacles: ['等待期没有满'], can: may }), asked);
    page = await open();
    expect(page.has('注销账号')).toBe(false);
    expect(page.has('撤回注销')).toBe(true);
    page.app.unmount();
    server(
      cancellation({ personId: 'p9', step: 'grace', obstacles: [], can: { ...may, remove: true } }),
      asked,
    );
    page = await open();
    expect(page.has('注销账号')).toBe(true);
  });

  it('C13: the first step that is not done is the one that runs', () => {
    const steps = leavingSteps(cancellation({ step: 'disabled', disabledAt: NOW }));
    expect(steps.map(({ name, state }) => [name, state])).toEqual([
      ['told', 'done'],
      ['disabled', 'done'],
      ['handedOver', 'current'],
      ['grace', 'future'],
      ['deleted', 'future'],
    ]);
  });
});
