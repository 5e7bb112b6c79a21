import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { connection } from '../../api/connection.ts';
import type { ActAnswer, InstanceAnswer } from '../../api/shapes.ts';
import { forgetMe } from '../../session.ts';
import { problem, type Answer } from '../../testing/fake-api.ts';
import { settle, type Mounted } from '../../testing/mount.ts';
import { openRequest, REQUEST, requestServer } from '../../testing/request-page.ts';
import { hideToast, toasts } from '../../ui/toast.ts';

const done: ActAnswer = { outcome: 'done', words: '已请周敏先提出意见', nextWords: null, nextItem: null };
const zhou = { personId: 'p9', name: '周敏', unitName: '人事处', title: '考勤专员', staffNo: '00912' };
const ways: InstanceAnswer['adding']['ways'] = [
  { placement: 'before', words: '加签的人处理完，再回到你这里决定。' },
  { placement: 'parallel', words: '加 1 人后，通过所需由 2 人变为 3 人，共 4 人。' },
];

function server(part: Partial<InstanceAnswer>, more: Record<string, Answer> = {}) {
  return requestServer(part, {
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
}

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

async function open(): Promise<void> {
  page = await openRequest();
}
const all = () => page.root.ownerDocument;
async function button(words: string): Promise<HTMLElement> {
  await vi.waitFor(() => page.button(words));
  return page.button(words);
}
async function pickZhou(): Promise<void> {
  await vi.waitFor(() => expect(all().querySelector('.unit-row')).not.toBeNull());
  all().querySelector<HTMLButtonElement>('.unit-row button')?.click();
  await vi.waitFor(() => expect(all().querySelector('.person-row')).not.toBeNull());
  all().querySelector<HTMLInputElement>('.person-row input')?.click();
  await settle();
  (await button('确定（1）')).click();
  await settle();
}
async function say(words: string): Promise<void> {
  await vi.waitFor(() => expect(all().querySelector('textarea')).not.toBeNull());
  const area = all().querySelector('textarea');
  if (area === null) return;
  area.value = words;
  area.dispatchEvent(new Event('input'));
  await settle();
}

describe('asking others', () => {
  it('offers nothing the server does not', async () => {
    server({});
    await open();
    expect(['加签', '征求意见', '办好了', '答复'].filter(page.has)).toEqual([]);
  });

  it('R10 says what each way of adding means here before anybody is chosen, and adds', async () => {
    const api = server(
      { adding: { ways, removable: [] } },
      { 'POST /api/approvals/tasks/t1/add': () => ({ body: { ...done, threshold: null } }) },
    );
    await open();
    (await button('加签')).click();
    await vi.waitFor(() => expect(page.text()).toContain('通过所需由 2 人变为 3 人'));
    expect(page.text()).not.toContain('同意并请他接着处理');
    [...all().querySelectorAll<HTMLElement>('.ways button')][0]?.click();
    await pickZhou();
    await say('请看预算');
    (await button('确定加签')).click();
    await settle();
    expect(api.of('POST /api/approvals/tasks/t1/add').map((call) => call.body)).toEqual([
      { placement: 'before', personIds: ['p9'], comment: '请看预算' },
    ]);
    expect(toasts.now?.words).toBe('已请周敏先提出意见');
    expect(api.of(`GET ${REQUEST}`)).toHaveLength(2);
  });

  it('R30 asks an opinion with words only, and answers one', async () => {
    const api = server(
      {
        consulting: { mayAsk: true, asked: { consultId: 'c1', by: '王处长', question: '场地够吗' } },
      },
      {
        'POST /api/approvals/tasks/t1/consult': () => ({ body: { ...done, words: '已征求周敏的意见' } }),
        'POST /api/approvals/consults/c1/answer': () => ({ body: { ...done, words: '意见已送达' } }),
      },
    );
    await open();
    await vi.waitFor(() => expect(page.text()).toContain('场地够吗'));
    (await button('征求意见')).click();
    await pickZhou();
    (await button('发出')).click();
    await settle();
    expect(page.text()).toContain('请写明要征求什么意见');
    await say('有空吗');
    (await button('发出')).click();
    await settle();
    expect(api.of('POST /api/approvals/tasks/t1/consult').map((call) => call.body)).toEqual([
      { personIds: ['p9'], question: '有空吗' },
    ]);
    page.button('答复').click();
    await say('够');
    all().querySelector<HTMLElement>('.sheet .btn.fill')?.click();
    await settle();
    expect(api.of('POST /api/approvals/consults/c1/answer').map((call) => call.body)).toEqual([
      { text: '够' },
    ]);
  });

  it('R4 takes back whom one added; too late it says so and shows how it is', async () => {
    const api = server(
      { adding: { ways: [], removable: [{ taskId: 't9', name: '周敏' }] } },
      { 'POST /api/approvals/tasks/t9/remove': () => problem(409, 'db.changed_meanwhile', '刚有改动') },
    );
    await open();
    (await button('取消周敏的加签')).click();
    await settle();
    expect(api.of('POST /api/approvals/tasks/t9/remove')).toHaveLength(1);
    expect(toasts.now?.words).toBe('刚有改动');
    expect(api.of(`GET ${REQUEST}`)).toHaveLength(2);
  });

  it('办理 is done or not, with words, and never 同意', async () => {
    const can = {
      approve: false,
      reject: false,
      transfer: true,
      comment: true,
      withdraw: false,
      remind: false,
      sendBack: false,
      resubmit: false,
      revoke: false,
      terminate: false,
    };
    const myTask = {
      taskId: 't1',
      version: 1,
      requiresComment: false,
      requiresSignature: false,
      handles: true,
    };
    const api = server(
      { can, myTask },
      { 'POST /api/approvals/tasks/t1/handle': () => ({ body: { ...done, words: '你已办理。' } }) },
    );
    await open();
    expect(page.has('同意')).toBe(false);
    (await button('办好了')).click();
    await say('已换灯管');
    all().querySelector<HTMLElement>('.sheet .btn.fill')?.click();
    await settle();
    expect(api.of('POST /api/approvals/tasks/t1/handle').map((call) => call.body)).toEqual([
      { result: 'done', comment: '已换灯管' },
    ]);
    expect(toasts.now?.words).toBe('你已办理');
  });
});
