import { afterEach, describe, expect, it, vi } from 'vitest';
import { problem } from '../../../testing/fake-api.ts';
import { settle } from '../../../testing/mount.ts';
import { openPage, type OpenPage } from '../testing/open-page.ts';
import type { Candidate, NewcomerDetail, NewcomersAnswer } from './api.ts';
import NewcomerPage from './NewcomerPage.vue';
import NewcomersPage from './NewcomersPage.vue';

let page: OpenPage;
afterEach(() => {
  page.app.unmount();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

const row: NewcomersAnswer['items'][number] = {
  requestId: 'r1',
  number: 'ZH-2026-0007',
  state: 'waiting',
  stateWords: '等人事编号',
  nameMasked: '丁**',
  idTypeWords: '居民身份证',
  idNumber: '110***********002X',
  mobile: '138****9901',
  unitName: '信息工程学院',
  title: '讲师',
  reportOn: '2026-11-23',
  reportedAt: Date.UTC(2026, 10, 23, 2),
  due: null,
  candidates: 2,
  registered: null,
  linkedWords: null,
};
const candidate = (part: Partial<Candidate> = {}): Candidate => ({
  personId: 'p1',
  staffNo: '00742',
  name: '丁若兰',
  unitName: '软件技术教研室',
  isFormer: false,
  leftOn: null,
  sameIdNumber: null,
  sameMobile: false,
  sameName: true,
  hasOpening: false,
  isRejected: false,
  mayLink: true,
  ...part,
});
const detail = (part: Partial<NewcomerDetail> = {}): NewcomerDetail => ({
  ...row,
  status: 'awaiting',
  statusWords: '等人事编号',
  card: {
    state: 'waiting',
    name: '丁若兰',
    sex: 'female',
    idType: 'residentId',
    idTypeWords: '居民身份证',
    idNumber: '110***********002X',
    mobile: '138****9901',
    title: '讲师',
    personCategory: 'internal',
    personCategoryWords: '院内',
    establishment: 'established',
    establishmentWords: '在编',
    linkedWords: null,
  },
  candidates: [
    candidate(),
    candidate({ personId: 'p2', staffNo: '00111', isFormer: true, leftOn: '2024-07-01', mayLink: false }),
    candidate({ personId: 'p3', staffNo: '00333', hasOpening: true, mayLink: false }),
  ],
  can: { link: true, unlink: false, reveal: true, giveBack: true },
  ...part,
});
const open = (part: Partial<NewcomerDetail> = {}, answers = {}) =>
  openPage(
    NewcomerPage,
    { path: '/console/accounts/newcomers/r1', props: { requestId: 'r1' }, role: 'hrMaintainer' },
    { 'GET /api/accounts/newcomers/r1': () => ({ body: detail(part) }), ...answers },
  );

describe('newcomers on the console (S3-1a)', () => {
  it('H6 the list shows masked numbers, the unit, HR’s clock and who may be meant', async () => {
    page = await openPage(
      NewcomersPage,
      { path: '/console/accounts/newcomers', role: 'hrMaintainer' },
      {
        'GET /api/accounts/newcomers': () => ({
          body: { items: [row], next: null, counts: { waiting: 1, linked: 0, ended: 3 } },
        }),
      },
    );
    for (const words of ['丁**', '110***********002X', '138****9901', '信息工程学院', '2 人', '已结束 3'])
      expect(page.text()).toContain(words);
  });

  it('B2 B7 links whom a person chose, with a reason; former people and those with an account are no choice', async () => {
    page = await open(
      {},
      {
        'POST /api/accounts/newcomers/r1/link': () => ({
          body: { outcome: 'done', requestId: 'r1', missing: [], status: 'submitted' },
        }),
      },
    );
    expect(page.text()).toContain('先在人事数据里登记重新入职');
    expect(page.text()).toContain('已有账号或开通申请');
    const buttons = [...page.root.querySelectorAll<HTMLButtonElement>('td.act button')];
    expect(buttons).toHaveLength(1);
    buttons[0]?.click();
    await settle();
    expect(page.act().disabled).toBe(true);
    await page.type('newcomer-reason', '核对过身份证原件');
    page.act().click();
    await settle();
    expect(page.calls.of('POST /api/accounts/newcomers/r1/link')[0]?.body).toEqual({
      personId: 'p1',
      reason: '核对过身份证原件',
    });
  });

  it('B3 what the server refuses stands beside the button', async () => {
    page = await open(
      {},
      {
        'POST /api/accounts/newcomers/r1/link': () =>
          problem(422, 'accounts.newcomer_contradicts', '证件号码与单位报告的不同，不能关联。'),
      },
    );
    page.root.querySelector<HTMLButtonElement>('td.act button')?.click();
    await settle();
    await page.type('newcomer-reason', '看过');
    page.act().click();
    await settle();
    expect(document.body.textContent).toContain('证件号码与单位报告的不同');
  });

  it('H6 in full after a purpose', async () => {
    page = await open(
      {},
      {
        'POST /api/accounts/newcomers/r1/reveal': () => ({
          body: { name: '丁若兰', idNumber: '11010519491231002X', mobile: '13800009901' },
        }),
      },
    );
    expect(page.text()).not.toContain('11010519491231002X');
    page.button('看完整号码').click();
    await settle();
    page.act().click();
    await settle();
    expect(page.calls.of('POST /api/accounts/newcomers/r1/reveal')[0]?.body).toEqual({
      purpose: '核对证件原件',
    });
    expect(page.text()).toContain('11010519491231002X');
    page.button('收起').click();
    await settle();
    expect(page.text()).not.toContain('11010519491231002X');
  });

  it('second thoughts: a link is taken back, and a place that differs is said', async () => {
    page = await open(
      {
        state: 'linked',
        status: 'submitted',
        candidates: [],
        registered: { personId: 'p1', staffNo: '00990', name: '丁若兰', unitName: '经济管理学院' },
        linkedWords: '人事处核对后关联',
        can: { link: false, unlink: true, reveal: false, giveBack: true },
      },
      {
        'POST /api/accounts/newcomers/r1/unlink': () => ({
          body: { outcome: 'done', requestId: 'r1', missing: [], status: 'awaiting' },
        }),
      },
    );
    expect(page.text()).toContain('人事登记的部门与报告单位不同');
    page.button('取消关联').click();
    await settle();
    await page.type('newcomer-reason', '同名不同人');
    page.act().click();
    await settle();
    expect(page.calls.of('POST /api/accounts/newcomers/r1/unlink')[0]?.body).toEqual({
      reason: '同名不同人',
    });
  });
});
