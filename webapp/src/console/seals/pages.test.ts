import { afterEach, describe, expect, it, vi } from 'vitest';
import { fakeApi, problem } from '../../testing/fake-api.ts';
import { mountPage, settle, type Mounted } from '../../testing/mount.ts';
import * as sample from '../testing/samples.ts';
import { mayOpen } from '../session.ts';
import type { ContractNumber, Ledger, Seal, Seals } from './api.ts';
import LedgerPage from './LedgerPage.vue';
import NumbersPage from './NumbersPage.vue';
import RegisterPage from './RegisterPage.vue';

let page: Mounted;
afterEach(() => {
  page.app.unmount();
  vi.unstubAllGlobals();
});
const ME = { 'GET /api/me': () => ({ body: sample.person() }) };

const ledger: Ledger = {
  items: [
    {
      useId: 'u1',
      number: 'YZ01-2026-0007',
      requestId: 'r1',
      requestNumber: 'YZ-2026-0031',
      sealName: '学院公章',
      document: '<b>校企合作协议</b>',
      applicant: { id: 'p1', name: '张老师' },
      unitName: '信息工程学院',
      approvedCopies: 3,
      stampedCopies: 1,
      state: 'partly',
      stateWords: '外借中',
      openedAt: 0,
      closedAt: null,
      isOut: true,
      due: { dueAt: 0, provisional: false, state: 'overdue', words: '超 1 个工作日' },
    },
  ],
  next: null,
  total: 1,
  counts: { approved: 4, partly: 1, out: 1 },
  seals: [{ id: 's1', name: '学院公章' }],
};

describe('S2-A11i the ledger', () => {
  it('asks as the address says, and the file is asked for the same', async () => {
    const calls = fakeApi({ ...ME, 'GET /api/seals/uses': () => ({ body: ledger }) });
    page = await mountPage(
      LedgerPage,
      '/console/seals',
      '/console/seals?state=out&seal=s1&q=%E5%8D%8F%E8%AE%AE&from=2026-11-01&to=2026-11-30',
    );
    const [call] = calls.of('GET /api/seals/uses');
    const asked = { state: 'out', sealId: 's1', q: '协议', fromOn: '2026-11-01', toOn: '2026-11-30' };
    const queried = new URL(call?.path ?? '', 'http://x').searchParams;
    expect(Object.fromEntries(queried)).toMatchObject(asked);
    const file = page.root.querySelector<HTMLAnchorElement>('a[download]')?.getAttribute('href') ?? '';
    const sent = new URL(file, 'http://x').searchParams;
    expect(Object.fromEntries(sent)).toEqual(asked);
    expect(page.text()).toContain('<b>校企合作协议</b>');
    expect(page.text()).toContain('1/3');
    expect(page.root.querySelector('.t-red')?.textContent).toBe('超 1 个工作日');
  });

  it('is not for everybody', async () => {
    fakeApi({ ...ME, 'GET /api/seals/uses': () => problem(403, 'seals.not_yours', '') });
    page = await mountPage(LedgerPage, '/console/seals', '/console/seals');
    expect(page.text()).toContain('您没有看用印台账的权限');
    expect(mayOpen({ ...sample.person(), roles: [] }, 'seals')).toBe(false);
    const keeper = {
      ...sample.person(),
      roles: [],
      can: { seePeople: false, managePeople: false, areas: ['seals'] },
    };
    expect([mayOpen(keeper, 'seals'), mayOpen(keeper, 'repairs')]).toEqual([true, false]);
    expect(
      mayOpen(
        { ...sample.person(), roles: [{ role: 'unitHead', roleName: '', scopeUnitName: null }] },
        'seals',
      ),
    ).toBe(true);
  });
});

describe('the register', () => {
  const seal: Seal = {
    sealId: 's1',
    name: '学院公章',
    code: 'YZ01',
    kind: 'official',
    kindWords: '公章',
    unit: { id: 'd2', name: '党政办' },
    keepers: [{ id: 'p2', name: '周敏', active: false, sinceAt: 0 }],
    mayGoOut: false,
    place: '行政楼 105',
    state: 'active',
    version: 4,
    openUses: 2,
    outWith: '',
  };
  const around: Seals = {
    items: [seal, { ...seal, sealId: 's2', code: 'YZ02', keepers: [], outWith: '张老师' }],
    next: null,
    kinds: [{ key: 'official', name: '公章' }],
    units: [{ id: 'd2', name: '党政办' }],
  };

  it('says who keeps what, who does no more, and who has it', async () => {
    fakeApi({ ...ME, 'GET /api/seals/seals': () => ({ body: around }) });
    page = await mountPage(RegisterPage, '/console/seals/register', '/console/seals/register');
    expect(page.text()).toContain('周敏不在岗');
    expect(page.text()).toContain('没有保管人，由管理单位负责人登记');
    expect(page.text()).toContain('张老师借出');
  });

  it('a seal is changed with the version that was seen; its code is not asked for', async () => {
    const put = 'PUT /api/seals/seals/s1';
    const calls = fakeApi({
      ...ME,
      'GET /api/seals/seals': () => ({ body: around }),
      [put]: () => ({ body: { ok: true } }),
    });
    page = await mountPage(RegisterPage, '/console/seals/register', '/console/seals/register');
    page.button('修改').click();
    await settle();
    expect(document.querySelector('#seal-code')).toBeNull();
    const save = [...document.querySelectorAll<HTMLButtonElement>('.ask footer button')].at(-1);
    save?.click();
    await settle();
    expect(calls.of(put).map(({ body }) => body)).toEqual([
      {
        name: '学院公章',
        kind: 'official',
        unitId: 'd2',
        place: '行政楼 105',
        mayGoOut: false,
        keeperIds: ['p2'],
        state: 'active',
        version: 4,
      },
    ]);
  });
});

describe('S2-A11k contract numbers', () => {
  const number: ContractNumber = {
    numberId: 'n1',
    number: 'HT-D20-2026-0001',
    ruleName: '采购合同',
    title: '服务器采购',
    counterparty: '某公司',
    unitName: '信息工程学院',
    applicant: { id: 'p1', name: '张老师' },
    requestId: 'r2',
    requestNumber: 'HTBH-2026-0001',
    drawnAt: 0,
    state: 'active',
    endWords: '',
    version: 2,
    canVoid: true,
    uses: [],
  };

  it('becomes void with a reason only; rules are hidden from who keeps none', async () => {
    const end = 'POST /api/seals/numbers/n1/void';
    const calls = fakeApi({
      ...ME,
      'GET /api/seals/numbers': () => ({
        body: {
          items: [number, { ...number, numberId: 'n2', canVoid: false }],
          next: null,
          total: 2,
          rules: [],
        },
      }),
      'GET /api/seals/rules': () => problem(403, 'seals.managers_only', ''),
      [end]: () => ({ body: { ok: true } }),
    });
    page = await mountPage(NumbersPage, '/console/seals/numbers', '/console/seals/numbers');
    expect(page.text()).not.toContain('编号规则');
    expect(page.root.querySelectorAll('.seal-acts button')).toHaveLength(1);
    page.button('作废').click();
    await settle();
    const go = () => [...document.querySelectorAll<HTMLButtonElement>('.ask footer button')].at(-1);
    expect(go()?.disabled).toBe(true);
    const why = document.querySelector<HTMLInputElement>('#number-why');
    if (!why) throw new Error('no field for the reason');
    why.value = '合同不签了';
    why.dispatchEvent(new Event('input'));
    await settle();
    go()?.click();
    await settle();
    expect(calls.of(end).map(({ body }) => body)).toEqual([{ version: 2, words: '合同不签了' }]);
  });
});
