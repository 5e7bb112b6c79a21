import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeApi, problem, type Answer } from '../../../testing/fake-api.ts';
import { mountPage, settle, type Mounted } from '../../../testing/mount.ts';
import { me } from '../../session.ts';
import * as shell from '../../testing/samples.ts';
import type { RequestAnswer } from '../api.ts';
import * as sample from '../testing/samples.ts';
import RequestPage from './RequestPage.vue';

let page: Mounted;
const one = 'GET /api/accounts/requests/r1';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: shell.at });
  me.value = shell.person([{ role: 'systemAdmin', roleName: '系统管理员', scopeUnitName: null }]);
});
afterEach(async () => {
  page.app.unmount();
  vi.useRealTimers();
  vi.unstubAllGlobals();
  await settle();
});
async function open(request: () => RequestAnswer, more: Record<string, Answer> = {}) {
  const calls = fakeApi({
    'GET /api/me': () => ({ body: shell.person() }),
    'GET /api/directory/units': ({ path }) => {
      const id = new URL(path, 'http://x').searchParams.get('parentId') ?? '';
      return { body: { unit: { unitId: id, name: `单位${id}` }, items: [], path: [] } };
    },
    'GET /api/accounts/people/p1': () => ({ body: sample.personAccounts() }),
    'GET /api/accounts/systems': () => ({ body: sample.systems() }),
    'GET /api/accounts/people/zhang': () => ({ body: sample.personAccounts() }),
    [one]: () => ({ body: request() }),
    ...more,
  });
  page = await mountPage(
    RequestPage,
    '/console/accounts/requests/:requestId',
    '/console/accounts/requests/r1',
    {
      requestId: 'r1',
    },
  );
  await settle();
  return calls;
}
const acted =
  (outcome: string, missing: string[] = [], status = 'accepted'): Answer =>
  () => ({ body: { requestId: 'r1', outcome, missing, status } });
const field = (id: string): HTMLInputElement => {
  const found = document.querySelector<HTMLInputElement>(`#${id}`);
  if (!found) throw new Error(`no field ${id}`);
  return found;
};
async function type(id: string, words: string): Promise<void> {
  field(id).value = words;
  field(id).dispatchEvent(new Event('input'));
  await settle();
}

describe('one request', () => {
  it('shows the form with names of units, exactly the items to change (S3-2b), senders and history', async () => {
    await open(() => sample.request());
    expect(page.text()).toContain('调入单位机械教研室');
    expect(page.text()).toContain('单位单位jingguan');
    expect(page.text()).toContain('职务教师教研室主任');
    expect(page.text()).toContain('已报送');
    expect(page.text()).toContain('报送齐全，待受理');
  });

  it('offers nothing that `can` does not give', async () => {
    await open(() => sample.request());
    for (const words of ['受理', '退回补正', '撤回', '改表单', '报送', '看锁定原因', '确认办妥'])
      expect(page.has(words)).toBe(false);
  });

  it('accepts, and says what became of it', async () => {
    const calls = await open(() => sample.request({ can: { ...sample.request().can, accept: true } }), {
      'POST /api/accounts/requests/r1/accept': acted('done'),
    });
    page.button('受理').click();
    await settle();
    expect(calls.of('POST /api/accounts/requests/r1/accept')).toHaveLength(1);
  });

  it('S3-1b: gives back only with the missing items named', async () => {
    const calls = await open(
      () => sample.request({ can: { ...sample.request().can, accept: true, giveBack: true } }),
      {
        'POST /api/accounts/requests/r1/return': acted('done', [], 'returned'),
      },
    );
    page.button('退回补正').click();
    await settle();
    const send = () => [...document.querySelectorAll<HTMLButtonElement>('.ask footer button')].at(-1);
    expect(send()?.disabled).toBe(true);
    [...document.querySelectorAll<HTMLElement>('.give-back label')]
      .find((label) => label.textContent?.includes('函'))
      ?.querySelector('input')
      ?.click();
    await type('return-note', '请附挂职单位的函');
    expect(send()?.textContent).toContain('退回，缺 1 样');
    send()?.click();
    await settle();
    expect(calls.of('POST /api/accounts/requests/r1/return')[0]?.body).toEqual({
      missing: ['函（文号或附件）'],
      note: '请附挂职单位的函',
    });
  });

  it('sends in for the unit one may send for; what is missing comes back and is said', async () => {
    const calls = await open(
      () => sample.request({ status: 'draft', can: { ...sample.request().can, submit: ['jixie'] } }),
      { 'POST /api/accounts/requests/r1/submit': acted('returned', ['变更原因'], 'draft') },
    );
    page.button('报送').click();
    await settle();
    await type('submit-number', '机电函〔2026〕7号');
    [...document.querySelectorAll<HTMLButtonElement>('.ask footer button')].at(-1)?.click();
    await settle();
    expect(calls.of('POST /api/accounts/requests/r1/submit')[0]?.body).toEqual({
      unitId: 'jixie',
      letter: { number: '机电函〔2026〕7号', fileId: null },
    });
  });

  it('fills the form again as a whole, with the kind it has', async () => {
    const calls = await open(
      () => sample.request({ status: 'draft', can: { ...sample.request().can, fill: true } }),
      { 'PUT /api/accounts/requests/r1/form': acted('done', [], 'draft') },
    );
    page.button('改表单').click();
    await settle();
    await type('form-reason', '教研室主任退休，接任');
    [...document.querySelectorAll<HTMLButtonElement>('.ask footer button')].at(-1)?.click();
    await settle();
    expect(calls.of('PUT /api/accounts/requests/r1/form')[0]?.body).toEqual({
      filled: {
        kind: 'change',
        form: { ...sample.request().filled.form, reason: '教研室主任退休，接任' },
      },
    });
  });

  it('a refusal stands beside the button, with its number, and nothing closes', async () => {
    await open(() => sample.request({ can: { ...sample.request().can, withdraw: true } }), {
      'POST /api/accounts/requests/r1/withdraw': () =>
        problem(403, 'accounts.not_now', '现在不能这样办，请刷新后再看。'),
    });
    page.button('撤回').click();
    await settle();
    await type('withdraw-reason', '报错了');
    [...document.querySelectorAll<HTMLButtonElement>('.ask footer button')].at(-1)?.click();
    await settle();
    expect(document.querySelector('.ask [role="alert"]')?.textContent).toContain('现在不能这样办');
    expect(document.querySelector('.ask [role="alert"]')?.textContent).toContain('R7K2-40');
  });

  it('confirms by hand with proof; what a connector does is left to it', async () => {
    const calls = await open(sample.executing, {
      'POST /api/accounts/requests/r1/items/i2/confirm': acted('done', [], 'executing'),
    });
    expect([...document.querySelectorAll('.items-confirm')]).toHaveLength(2);
    expect(page.text()).toContain('考勤机离线');
    page.button('确认办妥').click();
    await settle();
    const send = () => [...document.querySelectorAll<HTMLButtonElement>('.ask footer button')].at(-1);
    expect(send()?.disabled).toBe(true);
    await type('proof-note', 'OA 已改，见 OA 工单 311');
    send()?.click();
    await settle();
    expect(calls.of('POST /api/accounts/requests/r1/items/i2/confirm')[0]?.body).toEqual({
      note: 'OA 已改，见 OA 工单 311',
      fileId: null,
    });
  });

  it('not visible and not there look alike', async () => {
    await open(() => sample.request(), {
      [one]: () => problem(404, 'accounts.not_visible', '没有找到，或者你不能查看。'),
    });
    expect(page.text()).toContain('没取到这份申请');
    expect(page.text()).toContain('没有找到，或者你不能查看');
  });
});

describe('why somebody is locked (H5)', () => {
  it('without the right nothing shows that there is a reason', async () => {
    await open(() => sample.lockRequest({ requestId: 'r1' }));
    expect(page.has('看锁定原因')).toBe(false);
    expect(page.text()).not.toContain('锁定情形');
    expect(page.text()).not.toContain('审查调查');
    expect(page.text()).toContain('锁定，11-03 起');
  });

  it('nor why it ended: an unlock keeps its grounds apart too', async () => {
    await open(() =>
      sample.request({
        kind: 'unlock',
        filled: {
          kind: 'unlock',
          form: {
            unitId: 'jixie',
            lockId: 'l1',
            effectiveOn: '2026-11-20',
            returned: true,
            reason: '',
          },
        },
      }),
    );
    expect(page.text()).toContain('是否回到本单位上班是');
    expect(page.text()).not.toContain('依据');
  });

  it('with the right it asks the purpose, shows it for 30 seconds, then takes it away', async () => {
    const calls = await open(
      () => sample.lockRequest({ requestId: 'r1', can: { ...sample.request().can, readReason: true } }),
      {
        'POST /api/accounts/requests/r1/reason': () => ({
          body: { cause: 'investigation', reason: '接受审查调查，停职' },
        }),
      },
    );
    page.button('看锁定原因').click();
    await settle();
    await type('reason-purpose', '审计核对');
    vi.useFakeTimers();
    [...document.querySelectorAll<HTMLButtonElement>('.ask footer button')].at(-1)?.click();
    await vi.advanceTimersByTimeAsync(1000);
    expect(calls.of('POST /api/accounts/requests/r1/reason')[0]?.body).toEqual({ purpose: '审计核对' });
    expect(page.root.textContent).toContain('接受审查调查，停职');
    await vi.advanceTimersByTimeAsync(30_000);
    vi.useRealTimers();
    await settle();
    expect(page.root.textContent).not.toContain('接受审查调查，停职');
  });
});

describe('a cancellation', () => {
  const cancel = (part = {}) => ({
    'GET /api/accounts/cancellations/r1': () => ({ body: sample.cancellation(part) }),
  });
  const request = () => ({ ...sample.cancelRequest(), requestId: 'r1' });

  it('says what stands before deletion and offers none (S2-16)', async () => {
    await open(request, cancel());
    expect(page.text()).toContain('还差： 交接没有办完；本人没有确认备份');
    expect(page.has('撤回注销')).toBe(true);
    expect(
      [...document.querySelectorAll('button')].some((each) => each.textContent?.trim() === '注销…'),
    ).toBe(false);
    expect(page.root.querySelector('a[href="/console/accounts/handovers/s1"]')).not.toBeNull();
  });

  it('deletes only with the phrase typed; Enter does nothing', async () => {
    const calls = await open(request, {
      ...cancel({ obstacles: [], can: { backUp: false, recall: true, remove: true } }),
      'POST /api/accounts/cancellations/r1/delete': () =>
        problem(403, 'accounts.second_person', '注销要由受理人以外的另一人执行。'),
    });
    const opener = [...document.querySelectorAll('button')].find(
      (each) => each.textContent?.trim() === '注销…',
    );
    opener?.click();
    await settle();
    const red = () => page.button('注销梁老师的账号');
    expect(red().disabled).toBe(true);
    await type('cancel-text', '注销梁老师的帐号');
    expect(red().disabled).toBe(true);
    await type('cancel-text', '注销 梁老师的账号');
    field('cancel-text').dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
    await settle();
    expect(calls.of('POST /api/accounts/cancellations/r1/delete')).toHaveLength(0);
    red().click();
    await settle();
    expect(document.querySelector('.ask [role="alert"]')?.textContent).toContain('另一人执行');
  });

  it('before it is accepted there is none, and none is asked for', async () => {
    const calls = await open(() => ({ ...request(), status: 'submitted' }), cancel());
    expect(page.text()).not.toContain('注销进度');
    expect(calls.of('GET /api/accounts/cancellations/r1')).toHaveLength(0);
  });
});
