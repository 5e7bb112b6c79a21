import { afterEach, describe, expect, it, vi } from 'vitest';
import { fakeApi, problem, type Answer } from '../../testing/fake-api.ts';
import { mountPage, settle, type Mounted } from '../../testing/mount.ts';
import { me } from '../../testing/samples.ts';
import type { ContractNumber, Use, UseBrief } from './api.ts';
import SealsPage from './SealsPage.vue';
import UsePage from './UsePage.vue';

let page: Mounted;
afterEach(() => {
  page.app.unmount();
  vi.unstubAllGlobals();
});
const ME = { 'GET /api/me': () => ({ body: me }) };

const brief: UseBrief = {
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
  stateWords: '已盖部分',
  openedAt: Date.parse('2026-11-20T02:10:00Z'),
  closedAt: null,
  isOut: false,
  due: null,
};
const use = (more: Partial<Use> = {}): Use => ({
  ...brief,
  version: 2,
  sealId: 's1',
  manageUnitName: '党政办',
  keepers: [{ id: 'p2', name: '周敏' }],
  purpose: '送市教育局备案',
  outWorkdays: null,
  contractNumber: '',
  endWords: '',
  needsPhoto: true,
  today: '2026-11-23',
  approvedOn: '2026-11-20',
  checkout: null,
  can: ['stamp', 'close'],
  events: [
    {
      kind: 'opened',
      title: '审批通过，记入用印台账',
      recordedAt: 0,
      happenedOn: null,
      words: '',
      fileIds: [],
    },
    {
      kind: 'stamped',
      title: '周敏登记盖章 1 份',
      recordedAt: 0,
      happenedOn: '2026-11-20',
      words: '<i>先盖一份</i>',
      fileIds: ['f1'],
    },
  ],
  ...more,
});
const act = 'POST /api/seals/uses/u1/act';

describe('S2-A11i one use', () => {
  const open = async (answer: Answer | Use, more: Record<string, Answer> = {}) => {
    const calls = fakeApi({
      ...ME,
      'GET /api/seals/uses/u1': typeof answer === 'function' ? answer : () => ({ body: answer }),
      ...more,
    });
    page = await mountPage(UsePage, '/seals/:useId', '/seals/u1', { useId: 'u1' });
    return calls;
  };

  it('shows how far it is and what happened when; text of people stays text', async () => {
    await open(use());
    expect(page.text()).toContain('批准 3 份，已盖 1 份');
    expect(page.text()).toContain('<b>校企合作协议</b>');
    expect(page.text()).toContain('<i>先盖一份</i>');
    expect(page.text()).toMatch(/盖章，.*登记/);
    expect(page.root.querySelector('img')?.getAttribute('src')).toBe('/api/seals/uses/u1/files/f1');
  });

  it('asks the keeper for copies that are left and for a photo, before anything is sent', async () => {
    const calls = await open(use({ needsPhoto: false }), {
      [act]: () => ({ body: { state: 'closed', version: 3 } }),
    });
    page.button('登记盖章').click();
    await settle();
    const sheet = () => document.querySelector<HTMLElement>('dialog');
    const copies = sheet()?.querySelector<HTMLInputElement>('input[inputmode=numeric]');
    if (!copies) throw new Error('no field for copies');
    expect(copies.value).toBe('2');
    const go = () => sheet()?.querySelector<HTMLButtonElement>('.btn.fill');
    for (const wrong of ['3', '0', '1.5', 'x', '']) {
      copies.value = wrong;
      copies.dispatchEvent(new Event('input'));
      await settle();
      go()?.click();
      await settle();
      expect(sheet()?.textContent, wrong).toContain('请填 1 至 2 的整数');
    }
    expect(calls.of(act)).toEqual([]);
    copies.value = '2';
    copies.dispatchEvent(new Event('input'));
    await settle();
    go()?.click();
    await settle();
    expect(calls.of(act).map(({ body }) => body)).toEqual([
      { act: 'stamp', version: 2, copies: 2, happenedOn: '2026-11-23', fileIds: [], words: '' },
    ]);
  });

  it('does not send without a photo where one is needed', async () => {
    const calls = await open(use());
    page.button('登记盖章').click();
    await settle();
    document.querySelector<HTMLButtonElement>('dialog .btn.fill')?.click();
    await settle();
    expect(document.querySelector('dialog')?.textContent).toContain('请拍一张盖好章的页面');
    expect(calls.of(act)).toEqual([]);
  });

  it('the applicant sees it and is offered nothing; a stranger learns nothing', async () => {
    await open(use({ can: [] }));
    expect(page.root.querySelector('.bar')).toBeNull();
    page.app.unmount();
    await open(() => problem(404, 'seals.no_use', '没有找到'));
    expect(page.text()).toContain('没有找到这条用印');
  });

  it('a seal that is out comes back first', async () => {
    await open(
      use({
        isOut: true,
        stateWords: '外借中',
        outWorkdays: 2,
        checkout: { personName: '张老师', outAt: 0, backAt: null, isLate: false },
        can: ['stamp', 'giveBack'],
      }),
    );
    expect(page.text()).toContain('借出');
    expect(page.root.querySelector('.bar .fill')?.textContent?.trim()).toBe('收回印章');
  });
});

describe('my uses and numbers', () => {
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
    state: 'void',
    endWords: '',
    version: 2,
    canVoid: false,
    uses: ['HTZ01-2026-0001'],
  };
  const open = async (isKeeper: boolean, at = '/seals') => {
    const calls = fakeApi({
      ...ME,
      'GET /api/seals/own': () => ({ body: { items: [brief], next: null, isKeeper, todo: 1 } }),
      'GET /api/seals/numbers': () => ({ body: { items: [number], next: null, total: 1, rules: [] } }),
    });
    page = await mountPage(SealsPage, '/seals', at);
    return calls;
  };

  it('has the keeper’s lists for who keeps a seal only', async () => {
    await open(false);
    expect(page.text()).not.toContain('待登记');
    page.app.unmount();
    await open(true);
    page.button('待登记').click();
    await settle();
    expect(page.text()).toContain('张老师');
  });

  it('a message about a number opens the numbers', async () => {
    const calls = await open(false, '/seals?box=numbers');
    expect(calls.of('GET /api/seals/numbers')).toHaveLength(1);
    expect(page.text()).toContain('HT-D20-2026-0001');
    expect(page.text()).toContain('已作废');
    expect(page.text()).toContain('用印 HTZ01-2026-0001');
  });
});
