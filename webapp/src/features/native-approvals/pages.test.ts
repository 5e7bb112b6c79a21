import { afterEach, describe, expect, it, vi } from 'vitest';
import { fakeApi, problem } from '../../testing/fake-api.ts';
import { mountPage, settle, type Mounted } from '../../testing/mount.ts';
import { nativeForm } from '../../testing/samples.ts';
import type { Case } from './api.ts';
import CasePage from './CasePage.vue';
import OwnPage from './OwnPage.vue';

let page: Mounted;
afterEach(() => {
  page.app.unmount();
  vi.unstubAllGlobals();
});

const brief = nativeForm();
const whole: Case = {
  ...brief,
  readAt: 1_795_400_000_000,
  endedAt: null,
  steps: [
    {
      kindWords: '审批',
      modeWords: '',
      seats: [{ name: '陈志远', known: true, stateWords: '等待处理', tone: 'now', words: '', at: null }],
    },
  ],
  fields: [{ title: '缺卡原因', text: '<b>手机没电</b>' }],
  late: [{ name: '陈志远', unitName: '信息工程学院', dueAt: 1_795_500_000_000 }],
};
const own = (count: number) => ({ items: count > 0 ? [brief] : [], next: null, todo: count });

describe('one form', () => {
  it('is read only: what was written as text, who holds it, and late by whom', async () => {
    fakeApi({ 'GET /api/native-approvals/cases/c1': () => ({ body: whole }) });
    page = await mountPage(CasePage, '/native-approvals/:caseId', '/native-approvals/c1', { caseId: 'c1' });
    expect(page.text()).toContain('<b>手机没电</b>');
    expect(page.root.querySelector('dd b')).toBeNull();
    expect(page.text()).toContain('信息工程学院 陈志远 办理时超时');
    expect(page.root.querySelector('button')).toBeNull();
  });

  it('who may not read what was written is told so; an unknown one is a page of words', async () => {
    fakeApi({ 'GET /api/native-approvals/cases/c1': () => ({ body: { ...whole, fields: null } }) });
    page = await mountPage(CasePage, '/native-approvals/:caseId', '/native-approvals/c1', { caseId: 'c1' });
    expect(page.text()).toContain('填写内容只给提交人和经办人看。');
    page.app.unmount();
    fakeApi({ 'GET /api/native-approvals/cases/c1': () => problem(404, 'native.no_case', '没有找到') });
    page = await mountPage(CasePage, '/native-approvals/:caseId', '/native-approvals/c1', { caseId: 'c1' });
    expect(page.text()).toContain('没有找到这张审批单');
  });
});

it('the own list shows one of two boxes, and older ones when asked', async () => {
  const api = fakeApi({
    'GET /api/native-approvals/own': ({ path }) => ({
      body: path.includes('box=mine') ? own(0) : { ...own(1), next: path.includes('cursor') ? null : '1:a' },
    }),
  });
  page = await mountPage(OwnPage, '/native-approvals', '/native-approvals');
  page.button('看更早的').click();
  await settle();
  expect(page.root.querySelectorAll('li.row')).toHaveLength(2);
  page.button('与我有关').click();
  await settle();
  expect(page.text()).toContain('没有与你有关的');
  expect(api.calls.at(-1)?.path).toContain('box=mine');
});
