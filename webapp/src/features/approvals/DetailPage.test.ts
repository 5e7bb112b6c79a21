import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { connection } from '../../api/connection.ts';
import type { ActAnswer } from '../../api/shapes.ts';
import { forgetMe } from '../../session.ts';
import { problem, type Answer } from '../../testing/fake-api.ts';
import { settle, type Mounted } from '../../testing/mount.ts';
import { openRequest, REQUEST, requestServer } from '../../testing/request-page.ts';
import { instance } from '../../testing/samples.ts';
import { hideToast, toasts } from '../../ui/toast.ts';

const done: ActAnswer = {
  outcome: 'done',
  words: '已同意',
  nextWords: '接下来由林院长处理',
  nextItem: { instanceId: 'i2', title: '离市报备' },
};

const server = (more: Record<string, Answer> = {}) => requestServer({}, more);

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
    page = await openRequest();
    expect(page.text()).toContain('现在在 王处长、林院长 处，需都同意');
    expect(page.text()).toContain('已 1 个工作日 ・ 今天 17:30 到期');
    expect(page.text()).toContain('11-19 16:05');
  });

  it('explains on request why it is with somebody', async () => {
    server();
    page = await openRequest();
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
      sendBack: false,
      resubmit: false,
      revoke: false,
      terminate: false,
    };
    server({ [`GET ${REQUEST}`]: () => ({ body: instance({ can, remindLeft: 2, myTask: null }) }) });
    page = await openRequest();
    expect(['同意', '拒绝', '更多'].filter(page.has)).toEqual([]);
    expect(['撤回', '催办（还可 2 次）'].filter(page.has)).toHaveLength(2);
  });

  it('sends one decision for a double tap, tells who is next and offers the next item', async () => {
    const api = server({ 'POST /api/approvals/tasks/t1/approve': () => ({ body: done }) });
    page = await openRequest();
    const approve = page.button('同意');
    approve.click();
    approve.click();
    await settle();
    expect(api.of('POST /api/approvals/tasks/t1/approve')).toHaveLength(1);
    expect(toasts.now).toMatchObject({
      words: '已同意，接下来由林院长处理',
      link: { to: '/approvals/i2' },
    });
    expect(api.of(`GET ${REQUEST}`)).toHaveLength(2);
  });

  it('R15 shows a signature in the form: whose, when, and what was changed after it', async () => {
    const signature = {
      fileId: 'f1',
      how: 'typed' as const,
      mark: '0123456789ab',
      name: '张雨桐',
      at: Date.UTC(2026, 10, 23, 2, 10),
    };
    const fact = {
      label: '承诺人签名',
      value: '已签名',
      kind: 'signature' as const,
      signature,
      note: '签名之后事由有改动',
    };
    server({ [`GET ${REQUEST}`]: () => ({ body: instance({ facts: [fact] }) }) });
    page = await openRequest();
    await vi.waitFor(() => expect(page.root.querySelector('.signed-by img')).not.toBeNull());
    for (const words of ['张雨桐 2026-11-23 10:10', '键盘签名', '校验 0123456789ab', '签名之后事由有改动'])
      expect(page.text()).toContain(words);
    const img = page.root.querySelector('.signed-by img');
    expect([img?.getAttribute('src'), img?.getAttribute('alt')]).toEqual([
      '/api/approvals/instances/i1/files/f1',
      '张雨桐的签名',
    ]);
  });

  it('loads again and says what changed when it was too late', async () => {
    const api = server({
      'POST /api/approvals/tasks/t1/approve': () =>
        problem(409, 'approvals.changed', '内容刚有改动，请看过再决定。'),
    });
    page = await openRequest();
    page.button('同意').click();
    await settle();
    expect(toasts.now?.words).toBe('内容刚有改动，请看过再决定。');
    expect(api.of(`GET ${REQUEST}`)).toHaveLength(2);
  });

  it('refuses only with a reason', async () => {
    const api = server({
      'POST /api/approvals/tasks/t1/reject': () => ({ body: { ...done, words: '已拒绝' } }),
    });
    page = await openRequest();
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
    page = await openRequest();
    page.button('拒绝').click();
    await vi.waitFor(() => page.button('材料不全'));
    page.button('材料不全').click();
    page.button('拒绝并通知申请人').click();
    await settle();
    expect(page.root.ownerDocument.querySelector('textarea')?.value).toBe('材料不全');
    expect(page.text()).toContain('服务暂时没有回应');
  });

  it('asks for words first where the step requires them', async () => {
    const myTask = {
      taskId: 't1',
      version: 1,
      requiresComment: true,
      requiresSignature: false,
      handles: false,
    };
    const api = server({ [`GET ${REQUEST}`]: () => ({ body: instance({ myTask }) }) });
    page = await openRequest();
    page.button('同意').click();
    await settle();
    expect(page.router.currentRoute.value.hash).toBe('#approve');
    expect(api.calls.some((call) => call.path.endsWith('/approve'))).toBe(false);
  });

  it.each([404, 403])('looks the same for hidden and unknown requests (%i)', async (status) => {
    server({ [`GET ${REQUEST}`]: () => problem(status, 'approvals.not_visible', '看不到') });
    page = await openRequest();
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
      [`GET ${REQUEST}`]: () => ({ body: instance({ emptySeats: seats }) }),
      [`POST ${REQUEST}/assign`]: () => {
        seats = seats.slice(1);
        return { body: { ok: true } };
      },
    });
    page = await openRequest();
    await vi.waitFor(() => expect(page.text()).toContain('等你指定审批人'));
    expect(page.text()).toContain('人事处没有负责人');
    await nameZhou();
    expect(api.of(`POST ${REQUEST}/assign`).map((call) => call.body)).toEqual([
      { stepId: 's2', seats: [{ seat: 0, personId: 'p9' }] },
    ]);
    expect(toasts.now?.words).toContain('已指定周敏');
    expect(page.text()).not.toContain('人事处没有负责人');
    expect(page.text()).toContain('没有设分管院领导');
  });

  it('R18 says why the named person cannot be taken, and after the last seat goes back to the to-dos', async () => {
    let seats = emptySeats.slice(0, 1);
    withPeople({
      [`GET ${REQUEST}`]: () =>
        seats.length > 0
          ? { body: instance({ emptySeats: seats }) }
          : problem(404, 'approvals.not_visible', '看不到'),
      [`POST ${REQUEST}/assign`]: () => problem(422, 'approvals.person_on_step', '周敏已在这一步'),
    });
    page = await openRequest();
    await vi.waitFor(() => expect(page.text()).toContain('等你指定审批人'));
    await nameZhou();
    expect(page.text()).toContain('周敏已在这一步');
    page.app.unmount();
    withPeople({
      [`GET ${REQUEST}`]: () =>
        seats.length > 0
          ? { body: instance({ emptySeats: seats }) }
          : problem(404, 'approvals.not_visible', '看不到'),
      [`POST ${REQUEST}/assign`]: () => {
        seats = [];
        return { body: { ok: true } };
      },
    });
    page = await openRequest();
    await vi.waitFor(() => expect(page.text()).toContain('等你指定审批人'));
    await nameZhou();
    await vi.waitFor(() => expect(page.router.currentRoute.value.path).toBe('/todo'));
  });

  it('R12 sends it back to a passed step, only with a reason', async () => {
    const path = 'POST /api/approvals/tasks/t1/send-back';
    const api = server({ [path]: () => ({ body: { ...done, words: '已退回' } }) });
    page = await openRequest('#sendBack');
    await vi.waitFor(() => page.button('退回'));
    page.button('退回').click();
    await settle();
    expect(page.text()).toContain('请写明退回的原因');
    page.button('部门负责人 陈志远').click();
    const area = page.root.ownerDocument.querySelector('textarea');
    if (area) area.value = '请写明交接的课';
    area?.dispatchEvent(new Event('input'));
    page.button('退回').click();
    await settle();
    expect(api.of(path).map((call) => call.body)).toEqual([{ toStepKey: 'head', reason: '请写明交接的课' }]);
  });

  const applicantCan = {
    approve: false,
    reject: false,
    transfer: false,
    comment: true,
    withdraw: false,
    remind: false,
    sendBack: false,
    resubmit: false,
    revoke: false,
    terminate: false,
  };

  it('R13 leads the applicant to the form again', async () => {
    const can = { ...applicantCan, withdraw: true, resubmit: true };
    server({ [`GET ${REQUEST}`]: () => ({ body: instance({ can, myTask: null }) }) });
    page = await openRequest();
    page.button('去修改').click();
    await settle();
    expect(page.router.currentRoute.value.path).toBe('/approvals/i1/again');
  });

  it('revokes with a reason and says what cannot be taken back', async () => {
    const can = { ...applicantCan, revoke: true };
    const answer = { outcome: 'done', words: '已撤销', released: ['11-27 取消'], kept: ['11-26 已经开始'] };
    const api = server({
      [`GET ${REQUEST}`]: () => ({ body: instance({ can, myTask: null }) }),
      [`POST ${REQUEST}/revoke`]: () => ({ body: answer }),
    });
    page = await openRequest('#revoke');
    await vi.waitFor(() => page.button('撤销申请'));
    const area = page.root.ownerDocument.querySelector('textarea');
    if (area) area.value = '提前返岗';
    area?.dispatchEvent(new Event('input'));
    page.button('撤销申请').click();
    await settle();
    expect(api.of(`POST ${REQUEST}/revoke`).map((call) => call.body)).toEqual([{ reason: '提前返岗' }]);
    expect(toasts.now?.words).toBe('已撤销，11-27 取消，不能撤销：11-26 已经开始');
  });

  it('ends a request as its administrator, with a reason, and leaves what is hidden then', async () => {
    const can = { ...applicantCan, comment: false, terminate: true };
    let over = false;
    const api = server({
      [`GET ${REQUEST}`]: () =>
        over ? problem(404, 'approvals.not_visible', '看不到') : { body: instance({ can, myTask: null }) },
      [`POST ${REQUEST}/terminate`]: () => {
        over = true;
        return { body: { outcome: 'done', words: '已终止', nextWords: null, nextItem: null } };
      },
    });
    page = await openRequest();
    page.button('更多').click();
    await vi.waitFor(() => expect(page.text()).toContain('由管理员结束申请'));
    const all = page.root.ownerDocument;
    expect([...all.querySelectorAll('.acts button')]).toHaveLength(2);
    [...all.querySelectorAll<HTMLElement>('.acts button')].at(-1)?.click();
    await vi.waitFor(() => page.button('终止申请'));
    page.button('终止申请').click();
    await settle();
    expect(page.text()).toContain('请写明终止的原因');
    const area = all.querySelector('textarea');
    if (area) area.value = '重复提交';
    area?.dispatchEvent(new Event('input'));
    page.button('终止申请').click();
    await settle();
    expect(api.of(`POST ${REQUEST}/terminate`).map((call) => call.body)).toEqual([{ reason: '重复提交' }]);
    await vi.waitFor(() => expect(page.router.currentRoute.value.path).toBe('/todo'));
  });

  it('has 加签 among the rarer acts where the step lets me', async () => {
    const ways = [{ placement: 'before' as const, words: '加签的人处理完，再回到你这里决定。' }];
    server({ [`GET ${REQUEST}`]: () => ({ body: instance({ adding: { ways, removable: [] } }) }) });
    page = await openRequest();
    page.button('更多').click();
    await vi.waitFor(() => expect(page.text()).toContain('再请人一起审批'));
    [...page.root.ownerDocument.querySelectorAll<HTMLElement>('.acts button')]
      .find((one) => one.textContent.includes('加签'))
      ?.click();
    await vi.waitFor(() => expect(page.text()).toContain('加签的人处理完，再回到你这里决定。'));
  });

  it('offers no acts without a network', async () => {
    server();
    page = await openRequest();
    connection.down = true;
    await settle();
    expect(['同意', '拒绝'].filter(page.has)).toEqual([]);
    expect(page.has('重新连接')).toBe(true);
  });
});
