import { afterEach, describe, expect, it, vi } from 'vitest';
import { fakeApi, problem } from '../../testing/fake-api.ts';
import { mountPage, settle, type Mounted } from '../../testing/mount.ts';
import { nativeForm } from '../../testing/samples.ts';
import * as sample from '../testing/samples.ts';
import type { Case, Cases, Imports } from './api.ts';
import CasePage from './CasePage.vue';
import CasesPage from './CasesPage.vue';
import ImportsPage from './ImportsPage.vue';

let page: Mounted;
afterEach(() => {
  page.app.unmount();
  vi.unstubAllGlobals();
});
const ME = { 'GET /api/me': () => ({ body: sample.person() }) };
const LIST = 'GET /api/native-approvals/cases';
const IMPORTS = 'GET /api/native-approvals/imports';

const brief = nativeForm({ id: null, name: 'outsider', unitName: '', due: null });
const cases = (more: Partial<Cases> = {}): Cases => ({
  items: [brief],
  next: null,
  titles: ['补卡申请'],
  units: [{ unitName: '信息工程学院', open: 2, overdue: 1, late: 3 }],
  can: { import: true },
  access: { isOn: true, refusedAt: null, errcode: null },
  ...more,
});
const open = () => mountPage(CasesPage, '/console/native-approvals', '/console/native-approvals');

describe('the list', () => {
  it('S1-6.1b names holders the directory does not know, and counts by department', async () => {
    fakeApi({ ...ME, [LIST]: () => ({ body: cases() }) });
    page = await open();
    expect(page.text()).toContain('outsider');
    expect(page.root.querySelector('.nat-units')?.textContent).toContain('信息工程学院213');
    expect(page.root.querySelector('a[href="/console/native-approvals/imports"]')).not.toBeNull();
  });

  it('says what is wrong where 企业微信 refuses, and offers no import to whoever may not', async () => {
    const access = { isOn: true, refusedAt: 1, errcode: 301_055 };
    fakeApi({ ...ME, [LIST]: () => ({ body: cases({ access, can: { import: false } }) }) });
    page = await open();
    expect(page.root.querySelector('[role="alert"]')?.textContent).toContain('301055');
    expect(page.root.querySelector('a[href="/console/native-approvals/imports"]')).toBeNull();
  });

  it('is a page of words for whoever may not see it', async () => {
    fakeApi({ ...ME, [LIST]: () => problem(403, 'native.not_yours', '不行') });
    page = await open();
    expect(page.text()).toContain('没有看企业微信审批的权限');
  });
});

it('a form shows its way, and what was written only to whoever took part', async () => {
  const whole: Case = {
    ...brief,
    readAt: 1_795_400_000_000,
    endedAt: null,
    steps: [
      {
        kindWords: '审批',
        modeWords: '会签',
        seats: [
          { name: 'outsider', known: false, stateWords: '已同意', tone: 'good', words: '<i>行</i>', at: 1 },
        ],
      },
    ],
    fields: null,
    late: [],
  };
  fakeApi({ ...ME, 'GET /api/native-approvals/cases/c1': () => ({ body: whole }) });
  page = await mountPage(CasePage, '/console/native-approvals/:caseId', '/console/native-approvals/c1', {
    caseId: 'c1',
  });
  expect(page.text()).toContain('<i>行</i>');
  expect(page.text()).toContain('不在本系统的通讯录里');
  expect(page.text()).toContain('只给提交人和经办人看');
});

it('an import says how far it is, and asks for both days before it begins', async () => {
  const items: Imports['items'] = [
    {
      importId: 'i1',
      fromOn: '2026-09-01',
      untilOn: '2026-11-23',
      byName: '何一鸣',
      state: 'done',
      startedAt: 1,
      endedAt: 2,
      windows: 3,
      windowsDone: 3,
      found: 251,
      read: 250,
      unreadable: 1,
    },
  ];
  const api = fakeApi({ ...ME, [IMPORTS]: () => ({ body: { items, next: null } }) });
  page = await mountPage(
    ImportsPage,
    '/console/native-approvals/imports',
    '/console/native-approvals/imports',
  );
  await settle();
  expect(page.text()).toContain('已读 250 / 251 张');
  expect(page.text()).toContain('1 张读不到');
  expect(page.button('开始导入').disabled).toBe(true);
  expect(api.of('POST /api/native-approvals/imports')).toEqual([]);
});
