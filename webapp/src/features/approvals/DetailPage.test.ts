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

  const emptySeats = [
    { stepId: 's2', seat: 0, label: '人事处负责人', why: '人事处没有负责人' },
    { stepId: 's2', seat: 1, label: '分管院领导', why: '没有设分管院领导' },
  ];
  const zhou = { personId: 'p9', name: '周敏', unitName: '人事处', title: '考勤专员', staffNo: '00912' };
  const withPeople = (more: Record<string, Answer>) =>
    server({
      'GET /api/directory/units': () => ({
        body: {
          unit: { unitId: 'u0', name: '海州职业技术学院' },
          items: [{ unitId: 'u1', name: '人事处', headcount: 1, childCount: 0 }],
          path: [],
        },
      }),
      'GET /api/directory/people': () => ({ body: { items: [zhou], next: null } }),
      ...more,
    });
  async function nameZhou(): Promise<void> {
    const picker = () => page.root.ownerDocument;
    page.button('为人事处负责人指定审批人').click();
    await vi.waitFor(() => expect(picker().querySelector('.unit-row')).not.toBeNull());
    picker().querySelector<HTMLButtonElement>('.unit-row button')?.click();
    await vi.waitFor(() => expect(picker().querySelector('.person-row')).not.toBeNull());
    picker().querySelector<HTMLInputElement>('.person-row input')?.click();
    await settle();
  }

  it('R18 shows who keeps the queue the empty seats and why, and names somebody for one of them', async () => {
    let seats = emptySeats;
    const api = withPeople({
      [`GET ${root}`]: () => ({ body: instance({ emptySeats: seats }) }),
      [`POST ${root}/assign`]: () => {
        seats = seats.slice(1);
        return { body: { ok: true } };
      },
    });
    page = await open();
    await vi.waitFor(() => expect(page.text()).toContain('等你指定审批人'));
    expect(page.text()).toContain('人事处没有负责人');
    await nameZhou();
    expect(api.of(`POST ${root}/assign`).map((call) => call.body)).toEqual([
      { stepId: 's2', seats: [{ seat: 0, personId: 'p9' }] },
    ]);
    expect(toasts.now?.words).toContain('已指定周敏');
    expect(page.text()).not.toContain('人事处没有负责人');
    expect(page.text()).toContain('没有设分管院领导');
  });

  it('R18 says why the named person cannot be taken, and after the last seat goes back to the to-dos', async () => {
    let seats = emptySeats.slice(0, 1);
    withPeople({
      [`GET ${root}`]: () =>
        seats.length > 0
          ? { body: instance({ emptySeats: seats }) }
          : problem(404, 'approvals.not_visible', '看不到'),
      [`POST ${root}/assign`]: () => problem(422, 'approvals.person_on_step', '周敏已在这一步'),
    });
    page = await open();
    await vi.waitFor(() => expect(page.text()).toContain('等你指定审批人'));
    await nameZhou();
    expect(page.text()).toContain('周敏已在这一步');
    page.app.unmount();
    withPeople({
      [`GET ${root}`]: () =>
        seats.length > 0
          ? { body: instance({ emptySeats: seats }) }
          : problem(404, 'approvals.not_visible', '看不到'),
      [`POST ${root}/assign`]: () => {
        seats = [];
        return { body: { ok: true } };
      },
    });
    page = await open();
    await vi.waitFor(() => expect(page.text()).toContain('等你指定审批人'));
    await nameZhou();
    await vi.waitFor(() => expect(page.router.currentRoute.value.path).toBe('/todo'));
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
