import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { connection } from '../../api/connection.ts';
import type { ActAnswer } from '../../api/shapes.ts';
import { forgetMe } from '../../session.ts';
import { fakeApi, problem, type Answer } from '../../testing/fake-api.ts';
import { mountPage, settle, type Mounted } from '../../testing/mount.ts';
import { instance, me } from '../../testing/samples.ts';
import { hideToast, toasts } from '../../ui/toast.ts';
import DetailPage from './DetailPage.vue';

const done: ActAnswer = {
  outcome: 'done',
  words: '已同意',
  nextWords: '接下来由林院长处理',
  nextItem: { instanceId: 'i2', title: '离市报备' },
};
const root = '/api/approvals/instances/i1';

function server(more: Record<string, Answer> = {}) {
  return fakeApi({
    'GET /api/me': () => ({ body: me }),
    [`GET ${root}`]: () => ({ body: instance() }),
    [`POST ${root}/read`]: () => ({ body: { ok: true } }),
    ...more,
  });
}
const open = (hash = ''): Promise<Mounted> =>
  mountPage(DetailPage, '/approvals/:instanceId', `/approvals/i1${hash}`, { instanceId: 'i1' });

let page: Mounted;
beforeEach(() => {
  forgetMe();
  connection.down = false;
});
afterEach(() => {
  page.app.unmount();
  hideToast();
  vi.unstubAllGlobals();
});

describe('the request page', () => {
  it('says who has the ball, since when and until when', async () => {
    server();
    page = await open();
    expect(page.text()).toContain('现在在 王处长、林院长 处，需都同意');
    expect(page.text()).toContain('已 1 个工作日 ・ 今天 17:30 到期');
    expect(page.text()).toContain('11-19 16:05');
  });

  it('explains on request why it is with somebody', async () => {
    server();
    page = await open();
    expect(page.text()).not.toContain('请假超过 3 个工作日。');
    page.button('为什么是王处长审批').click();
    await settle();
    expect(page.text()).toContain('请假超过 3 个工作日。');
  });

  it('has no button that the server does not allow', async () => {
    const can = {
      approve: false,
      reject: false,
      transfer: false,
      comment: false,
      withdraw: true,
      remind: true,
    };
    server({ [`GET ${root}`]: () => ({ body: instance({ can, remindLeft: 2, myTask: null }) }) });
    page = await open();
    expect(['同意', '拒绝', '更多'].filter(page.has)).toEqual([]);
    expect(['撤回', '催办（还可 2 次）'].filter(page.has)).toHaveLength(2);
  });

  it('sends one decision for a double tap, tells who is next and offers the next item', async () => {
    const api = server({ 'POST /api/approvals/tasks/t1/approve': () => ({ body: done }) });
    page = await open();
    const approve = page.button('同意');
    approve.click();
    approve.click();
    await settle();
    expect(api.of('POST /api/approvals/tasks/t1/approve')).toHaveLength(1);
    expect(toasts.now).toMatchObject({
      words: '已同意，接下来由林院长处理',
      link: { to: '/approvals/i2' },
    });
    expect(api.of(`GET ${root}`)).toHaveLength(2);
  });

  it('loads again and says what changed when it was too late', async () => {
    const api = server({
      'POST /api/approvals/tasks/t1/approve': () =>
        problem(409, 'approvals.changed', '内容刚有改动，请看过再决定。'),
    });
    page = await open();
    page.button('同意').click();
    await settle();
    expect(toasts.now?.words).toBe('内容刚有改动，请看过再决定。');
    expect(api.of(`GET ${root}`)).toHaveLength(2);
  });

  it('refuses only with a reason', async () => {
    const api = server({
      'POST /api/approvals/tasks/t1/reject': () => ({ body: { ...done, words: '已拒绝' } }),
    });
    page = await open();
    page.button('拒绝').click();
    await vi.waitFor(() => page.button('拒绝并通知申请人'));
    page.button('拒绝并通知申请人').click();
    await settle();
    expect(page.text()).toContain('请写明理由');
    page.button('材料不全').click();
    page.button('拒绝并通知申请人').click();
    await settle();
    const sent = api.of('POST /api/approvals/tasks/t1/reject');
    expect(sent.map((call) => call.body)).toEqual([{ comment: '材料不全' }]);
    expect(page.router.currentRoute.value.hash).toBe('');
  });

  it('keeps what was typed when sending fails', async () => {
    server({
      'POST /api/approvals/tasks/t1/reject': () => problem(503, 'http.internal', '服务暂时没有回应'),
    });
    page = await open();
    page.button('拒绝').click();
    await vi.waitFor(() => page.button('材料不全'));
    page.button('材料不全').click();
    page.button('拒绝并通知申请人').click();
    await settle();
    expect(page.root.ownerDocument.querySelector('textarea')?.value).toBe('材料不全');
    expect(page.text()).toContain('服务暂时没有回应');
  });

  it('asks for words first where the step requires them', async () => {
    const myTask = { taskId: 't1', version: 1, requiresComment: true };
    const api = server({ [`GET ${root}`]: () => ({ body: instance({ myTask }) }) });
    page = await open();
    page.button('同意').click();
    await settle();
    expect(page.router.currentRoute.value.hash).toBe('#approve');
    expect(api.calls.some((call) => call.path.endsWith('/approve'))).toBe(false);
  });

  it.each([404, 403])('looks the same for hidden and unknown requests (%i)', async (status) => {
    server({ [`GET ${root}`]: () => problem(status, 'approvals.not_visible', '看不到') });
    page = await open();
    expect(page.text()).toContain('这份申请你看不到');
    expect(page.text()).not.toContain('R7K2-40');
  });

  it('offers no acts without a network', async () => {
    server();
    page = await open();
    connection.down = true;
    await settle();
    expect(['同意', '拒绝'].filter(page.has)).toEqual([]);
    expect(page.has('重新连接')).toBe(true);
  });
});
