import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { connection } from '../../../api/connection.ts';
import { forgetMe } from '../../../session.ts';
import { fakeApi, problem, type Answer } from '../../../testing/fake-api.ts';
import { mountPage, settle, type Mounted } from '../../../testing/mount.ts';
import type { RequestAnswer } from '../shapes.ts';
import { me, NOW, request, sender } from '../testing/samples.ts';
import { sheetOpen } from '../testing/sheet-open.ts';
import RequestPage from './RequestPage.vue';

const done = { body: { requestId: 'r1', outcome: 'done', missing: [], status: 'accepted' } };
const item = (part: Partial<RequestAnswer['items'][number]>): RequestAnswer['items'][number] => ({
  itemId: 'i1',
  systemCode: 'oa',
  systemName: 'OA',
  grade: 'file',
  act: 'disable',
  actWords: '停用',
  stage: 1,
  status: 'running',
  trouble: null,
  proof: null,
  ...part,
});

const server = (answer: RequestAnswer, more: Record<string, Answer> = {}) =>
  fakeApi({
    'GET /api/me': () => ({ body: me }),
    'GET /api/accounts/requests/r1': () => ({ body: answer }),
    'GET /api/directory/units': () => ({
      body: { unit: { unitId: 'x', name: '经济管理学院' }, items: [], path: [] },
    }),
    ...more,
  });
const open = (): Promise<Mounted> =>
  mountPage(RequestPage, '/accounts/requests/:requestId', '/accounts/requests/r1', { requestId: 'r1' });

let page: Mounted;
beforeEach(() => {
  connection.down = false;
  forgetMe();
});
afterEach(() => {
  page.app.unmount();
  vi.unstubAllGlobals();
});

describe('a request', () => {
  it('shows what is asked and no act the server does not allow', async () => {
    server(request('r1'));
    page = await open();
    expect(page.text()).toContain('离职日期');
    expect(page.text()).toContain('11-20 周五');
    expect(page.root.querySelector('.bar')).toBeNull();
  });

  it('S3-3a: says in words until when a unit must send, and that it is late', async () => {
    server(request('r1', { senders: [sender({ dueOn: '2026-11-20' })] }));
    page = await open();
    expect(page.text()).toContain('应于 11-20 周五 前报送，已过期限');
  });

  it('G4: nobody is late by a provisional date', async () => {
    server(request('r1', { senders: [sender({ dueOn: '2026-11-20', provisional: true })] }));
    page = await open();
    expect(page.text()).not.toContain('已过期限');
    expect(page.text()).toContain('放假安排未公布，日期暂估');
  });

  it('S3-5: a unit that sent late is shown with its working days', async () => {
    const late = sender({ submittedAt: NOW, byName: '陈志远', lateWorkdays: 2 });
    server(request('r1', { senders: [late] }));
    page = await open();
    expect(page.root.querySelector('.chip.red')?.textContent).toMatch(/超时 2.个工作日/);
  });

  it('accepts once for a double tap and shows the new state', async () => {
    const api = server(request('r1', { status: 'submitted', can: { accept: true, giveBack: true } }), {
      'POST /api/accounts/requests/r1/accept': () => done,
    });
    page = await open();
    const accept = page.button('受理');
    accept.click();
    accept.click();
    await settle();
    expect(api.of('POST /api/accounts/requests/r1/accept')).toHaveLength(1);
    expect(api.of('GET /api/accounts/requests/r1')).toHaveLength(2);
  });

  it('S3-1b: is returned only with what is missing, by name', async () => {
    const api = server(request('r1', { status: 'submitted', can: { accept: true, giveBack: true } }), {
      'POST /api/accounts/requests/r1/return': () => done,
    });
    page = await open();
    page.button('退回补正').click();
    await sheetOpen();
    page.button('退回给单位').click();
    await settle();
    expect(page.text()).toContain('请至少选一样还缺的');
    page.button('函（文号或附件）').click();
    await settle();
    page.button('退回给单位').click();
    await settle();
    expect(api.of('POST /api/accounts/requests/r1/return')[0]?.body).toEqual({
      missing: ['函（文号或附件）'],
      note: '',
    });
  });

  it('an item is confirmed with a proof, never without, and a connector’s not by hand', async () => {
    const items = [item({}), item({ itemId: 'i2', systemName: '企业微信', grade: 'api' })];
    const api = server(request('r1', { status: 'executing', items, can: { confirm: true } }), {
      'POST /api/accounts/requests/r1/items/i1/confirm': () => done,
    });
    page = await open();
    expect(page.has('确认办妥：企业微信停用')).toBe(false);
    page.button('确认办妥：OA停用').click();
    await sheetOpen();
    const confirm = (): HTMLElement | null => document.querySelector('dialog footer button');
    confirm()?.click();
    await settle();
    expect(page.text()).toContain('请写办理情况或附上凭证');
    const area = document.querySelector<HTMLTextAreaElement>('dialog textarea');
    if (area) area.value = '后台已停用';
    area?.dispatchEvent(new Event('input'));
    confirm()?.click();
    await settle();
    expect(api.of('POST /api/accounts/requests/r1/items/i1/confirm')[0]?.body).toEqual({
      note: '后台已停用',
      fileId: null,
    });
  });

  it('H5: the reason of a lock is asked for with a purpose and shown only then', async () => {
    const lock = request('r1', {
      kind: 'lock',
      filled: {
        kind: 'lock',
        form: { unitId: 'u20', fromOn: '2026-11-20', untilOn: null, cause: null, reason: '' },
      },
      can: { readReason: true },
    });
    const api = server(lock, {
      'POST /api/accounts/requests/r1/reason': () => ({
        body: { cause: 'investigation', reason: '立案审查' },
      }),
    });
    page = await open();
    expect(page.text()).toContain('情形和原因只有指定的人能看');
    page.button('查看锁定原因').click();
    await sheetOpen();
    const area = document.querySelector<HTMLTextAreaElement>('dialog textarea');
    if (area) area.value = '研究解锁';
    area?.dispatchEvent(new Event('input'));
    document.querySelector<HTMLElement>('dialog footer button')?.click();
    await settle(16);
    expect(api.of('POST /api/accounts/requests/r1/reason')[0]?.body).toEqual({ purpose: '研究解锁' });
    expect(page.text()).toContain('立案审查');
  });

  it('H5: the letter of a lock is not offered to who may not read the reason', async () => {
    const sent = sender({
      submittedAt: NOW,
      byName: '陈',
      letter: { number: '1', fileId: 'f1' },
      lateWorkdays: 0,
    });
    const form = { unitId: 'u20', fromOn: null, untilOn: null, cause: null, reason: '' };
    server(request('r1', { kind: 'lock', filled: { kind: 'lock', form }, senders: [sent] }));
    page = await open();
    expect(page.root.querySelector('a[target="_blank"]')).toBeNull();
  });

  it('says why an act was refused when somebody was faster, and reads anew', async () => {
    const api = server(request('r1', { status: 'submitted', can: { accept: true } }), {
      'POST /api/accounts/requests/r1/accept': () =>
        problem(409, 'accounts.not_now', '现在不能这样办，请刷新后再看。'),
    });
    page = await open();
    page.button('受理').click();
    await settle();
    expect(api.of('GET /api/accounts/requests/r1')).toHaveLength(2);
  });

  it('answers what one may not see like what does not exist', async () => {
    server(request('r1'), {
      'GET /api/accounts/requests/r1': () =>
        problem(404, 'accounts.not_visible', '没有找到，或者你不能查看。'),
    });
    page = await open();
    expect(page.text()).toContain('这份申请你看不到');
  });
});
