import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { forgetMe } from '../../session.ts';
import { fakeApi, problem, type Answer, type Call } from '../../testing/fake-api.ts';
import { mountPage, settle, type Mounted } from '../../testing/mount.ts';
import { me, template } from '../../testing/samples.ts';
import ApplyPage from './ApplyPage.vue';

const time = { from: '2026-11-26', fromHalf: 'pm', to: '2026-12-01', toHalf: 'pm' };
const form = { type: 'annual', time, reason: '回乡' };
const forecast = (call: Call) => {
  const { form: asked } = call.body as { form: Record<string, unknown> };
  return {
    body: {
      title: '年假 3.5 个工作日',
      computed: {
        days: asked['time']
          ? { total: 3.5, unit: 'workday', words: '3.5 个工作日', strip: [], explanation: '周末不计' }
          : null,
        provisional: false,
      },
      fieldNotes: [],
      figures: [],
      required: [],
      path: [],
      estimateWords: '',
      canSubmit: true,
      reasons: [],
    },
  };
};
const submitted = { instanceId: 'i9', number: 'QJ-1', holderWords: '', dueWords: '' };

function server(more: Record<string, Answer> = {}) {
  return fakeApi({
    'GET /api/me': () => ({ body: me }),
    'GET /api/approvals/templates/leave': () => ({ body: template }),
    'POST /api/approvals/forecast': forecast,
    'POST /api/approvals/instances': () => ({ body: submitted }),
    ...more,
  });
}
const draft = { assignmentId: '', form, chosen: {}, people: {}, files: {}, attempt: null };
const open = (): Promise<Mounted> =>
  mountPage(ApplyPage, '/apply/:templateKey', '/apply/leave', { templateKey: 'leave' });
async function openFilled(): Promise<Mounted> {
  localStorage.setItem('steward:p1:draft:leave', JSON.stringify({ at: 1, value: draft }));
  const page = await open();
  return page;
}
const pressSubmit = (page: Mounted): boolean =>
  page.root.querySelector('form')?.dispatchEvent(new Event('submit', { cancelable: true })) ?? false;

let page: Mounted;
beforeEach(() => {
  localStorage.clear();
  forgetMe();
  HTMLElement.prototype.scrollIntoView = () => undefined;
});
afterEach(() => {
  page.app.unmount();
  vi.unstubAllGlobals();
});

describe('the apply form', () => {
  it('keeps no signature in a draft of this device: who comes back signs again', async () => {
    const fields = [
      ...template.fields,
      { key: 'own', label: '本人签名', required: true, help: null, type: 'signature' as const },
    ];
    server({ 'GET /api/approvals/templates/leave': () => ({ body: { ...template, fields } }) });
    const own = { fileId: 'f1', how: 'drawn' };
    localStorage.setItem(
      'steward:p1:draft:leave',
      JSON.stringify({ at: 1, value: { ...draft, form: { ...form, own } } }),
    );
    page = await open();
    await vi.waitFor(() => expect(page.text()).toContain('点此签名'));
    expect(page.text()).not.toContain('去掉签名');
    pressSubmit(page);
    await vi.waitFor(() => expect(page.text()).toContain('请填写本人签名'));
  });

  it('sends once for a double tap and puts the result in place of the form', async () => {
    const api = server();
    page = await openFilled();
    pressSubmit(page);
    pressSubmit(page);
    await settle();
    const sent = api.of('POST /api/approvals/instances');
    expect(sent).toHaveLength(1);
    expect(sent[0]?.body).toMatchObject({ templateKey: 'leave', version: 3, assignmentId: 'a1', form });
    expect(page.router.currentRoute.value.path).toBe('/approvals/i9/submitted');
    expect(localStorage.getItem('steward:p1:draft:leave')).toBeNull();
  });

  it('keeps the form and the key when the answer is lost, so that a retry makes no second request', async () => {
    let round = 0;
    const api = server({
      'POST /api/approvals/instances': () => {
        round += 1;
        return round === 1 ? () => Promise.reject(new TypeError('reset')) : { body: submitted };
      },
    });
    page = await openFilled();
    pressSubmit(page);
    await settle();
    expect(page.text()).toContain('不确定有没有提交成功');
    page.button('重新连接').click();
    await settle();
    page.button('提交');
    pressSubmit(page);
    await settle();
    const keys = api
      .of('POST /api/approvals/instances')
      .map((call) => (call.body as { clientKey: string }).clientKey);
    expect(keys).toHaveLength(2);
    expect(new Set(keys).size).toBe(1);
  });

  it('shows the server’s reason and keeps everything when it is refused', async () => {
    server({
      'POST /api/approvals/instances': () => problem(422, 'approvals.overlap', '11-26 已有一份事假在审批。'),
    });
    page = await openFilled();
    pressSubmit(page);
    await settle();
    expect(page.text()).toContain('11-26 已有一份事假在审批。');
    expect(page.root.querySelector('textarea')?.value).toBe('回乡');
  });

  it('says what is missing instead of sending', async () => {
    const api = server();
    page = await open();
    pressSubmit(page);
    await settle();
    expect(page.text()).toContain('请填写类型');
    expect(api.of('POST /api/approvals/instances')).toHaveLength(0);
  });

  it('asks for days and path once per change, not per letter of the reason', async () => {
    const api = server();
    page = await openFilled();
    await vi.waitFor(() => expect(page.text()).toContain('共 3.5 个工作日'));
    const before = api.of('POST /api/approvals/forecast').length;
    const area = page.root.querySelector('textarea');
    if (!area) throw new Error('no reason');
    area.value = '回乡处理家中事务';
    area.dispatchEvent(new Event('input'));
    await new Promise((done) => setTimeout(done, 300));
    expect(api.of('POST /api/approvals/forecast')).toHaveLength(before);
  });

  it('turns both ends to whole days for a type without half days', async () => {
    const api = server();
    page = await openFilled();
    const pill = page.root.querySelector<HTMLInputElement>('input[value="maternity"]');
    pill?.dispatchEvent(new Event('change'));
    await settle();
    expect(page.root.querySelectorAll('.seg')).toHaveLength(0);
    pressSubmit(page);
    await settle();
    const [sent] = api.of('POST /api/approvals/instances');
    expect(sent?.body).toMatchObject({ form: { time: { fromHalf: 'am', toHalf: 'pm' } } });
  });

  it('tells that a form is gone', async () => {
    server({ 'GET /api/approvals/templates/leave': () => problem(404, 'approvals.no_template', '没有') });
    page = await open();
    expect(page.text()).toContain('没有这张表');
  });
});
