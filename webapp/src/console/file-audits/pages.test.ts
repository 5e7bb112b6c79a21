import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Component } from 'vue';
import { fakeApi, problem, type Answer } from '../../testing/fake-api.ts';
import { mountPage, settle, type Mounted } from '../../testing/mount.ts';
import { mayOpen } from '../session.ts';
import * as sample from '../testing/samples.ts';
import type { AuditFile, Figures, FileBrief, Plan, Quality } from './api.ts';
import FilePage from './FilePage.vue';
import PlanPage from './PlanPage.vue';
import PlansPage from './PlansPage.vue';
import QualityPage from './QualityPage.vue';

let page: Mounted;
afterEach(() => {
  page.app.unmount();
  vi.unstubAllGlobals();
});

const at = Date.UTC(2026, 10, 23, 2);
const figures: Figures = {
  people: 60,
  self: 55,
  unit: 2,
  hr: 1,
  done: 2,
  dropped: 0,
  unfinished: 0,
  overdue: 3,
  late: 3,
  ok: 8,
  missing: 1,
  wrong: 1,
  completeness: 90,
  accuracy: 88.9,
  score: 80,
};
const plan = (part: Partial<Plan> = {}): Plan => ({
  planId: 'p1',
  title: '2026 年档案审核',
  state: 'running',
  stateWords: '进行中',
  fromOn: '2026-11-23',
  untilOn: '2026-12-18',
  makerName: '吴晓燕',
  startedAt: at,
  endedAt: null,
  figures,
  version: 4,
  basis: '管理办法第七条',
  guidance: '',
  scope: { unitIds: [], setIds: [], categories: [] },
  scopeWords: ['全校'],
  fields: [{ field: 'title', label: '岗位' }],
  steps: [{ kind: 'hr', workdays: 3, label: '人事审核' }],
  reviewers: [{ id: 'r1', name: '王海燕' }],
  startedByName: '王海燕',
  people: 60,
  method: '只算审核完的档案。',
  can: {
    edit: false,
    start: false,
    startNot: null,
    tune: true,
    end: true,
    remind: true,
    files: true,
    export: true,
  },
  ...part,
});
const file = (part: Partial<FileBrief> = {}): FileBrief => ({
  fileId: 'f1',
  planId: 'p1',
  planTitle: '2026 年档案审核',
  person: { personId: 'a', staffNo: '00731', name: '张雨桐', title: '教师' },
  unitName: '信息工程学院',
  stage: 'hr',
  stageWords: '待人事审核',
  holderName: '王海燕',
  due: null,
  isLate: false,
  wrongSaid: 0,
  doubts: 0,
  ok: 0,
  missing: 0,
  wrong: 0,
  can: { check: false, pass: false, judge: true },
  ...part,
});
const open = async (
  answers: Record<string, Answer>,
  what: Component = PlanPage,
  url = '/console/file-audits/p1',
) => {
  const calls = fakeApi({ 'GET /api/me': () => ({ body: sample.person() }), ...answers });
  const props = what === PlanPage ? { planId: 'p1' } : what === FilePage ? { fileId: 'f1' } : {};
  page = await mountPage(what, url.split('?')[0] ?? '', url, props);
  return calls;
};
const planAnswers = (one: Plan, files: FileBrief[] = [file()]): Record<string, Answer> => ({
  'GET /api/file-audits/plans/p1': () => ({ body: one }),
  'GET /api/file-audits/choices': () => ({ body: { fields: [], sets: [], reviewers: [], steps: [] } }),
  'GET /api/file-audits/plans/p1/units': () => ({
    body: { items: [{ unitId: 'u1', unitName: '信息工程学院', ...figures }], next: null, total: 1 },
  }),
  'GET /api/file-audits/plans/p1/files': () => ({ body: { items: files, next: null, total: files.length } }),
});
const act = () => document.querySelector<HTMLButtonElement>('.el-dialog footer .el-button:last-child');

describe('S1-7.1b a plan in the console', () => {
  it('shows how far each department is, reminds who is late there, and says what the scores mean', async () => {
    const calls = await open({
      ...planAnswers(plan()),
      'POST /api/file-audits/plans/p1/remind': () => ({ body: { people: 3 } }),
    });
    expect(page.text()).toContain('只算审核完的档案。');
    expect(page.text()).toContain('88.9%');
    page.root.querySelector<HTMLButtonElement>('[aria-label=催办信息工程学院]')?.click();
    await settle();
    expect(calls.of('POST /api/file-audits/plans/p1/remind').map(({ body }) => body)).toEqual([
      { unitId: 'u1' },
    ]);
  });

  it('ends after its count is typed', async () => {
    const end = 'POST /api/file-audits/plans/p1/end';
    const calls = await open({ ...planAnswers(plan()), [end]: () => ({ body: { ok: true } }) });
    page.button('结束计划').click();
    await settle();
    expect(document.querySelector('.el-dialog')?.textContent).toContain('还有 58 份没有审完');
    expect(act()?.disabled).toBe(true);
    const phrase = document.querySelector<HTMLInputElement>('#audit-phrase');
    if (!phrase) throw new Error('nothing to type');
    phrase.value = '放弃 58 份';
    phrase.dispatchEvent(new Event('input'));
    await settle();
    act()?.click();
    await settle();
    expect(calls.of(end).map(({ body }) => body)).toEqual([{ version: 4, phrase: '放弃 58 份' }]);
  });

  it('a draft says who may start it; S1-22a who supervises sees counts and no file', async () => {
    const can = {
      ...plan().can,
      edit: true,
      startNot: '计划由另一位人事人员启动。',
      tune: false,
      end: false,
    };
    await open(planAnswers(plan({ state: 'draft', stateWords: '草稿', figures: null, can })));
    expect(page.text()).toContain('计划由另一位人事人员启动。');
    expect(page.button('启动').disabled).toBe(true);
    page.app.unmount();
    const counts = { ...plan().can, tune: false, end: false, remind: false, files: false, export: false };
    const calls = await open(planAnswers(plan({ can: counts })));
    expect(page.text()).toContain('信息工程学院');
    expect(calls.of('GET /api/file-audits/plans/p1/files')).toEqual([]);
  });

  it('ticked ones are judged together, and what was left says why', async () => {
    const calls = await open({
      ...planAnswers(plan(), [
        file(),
        file({ fileId: 'f2', can: { check: false, pass: false, judge: false } }),
      ]),
      'POST /api/file-audits/judge-some': () => ({
        body: { done: 0, left: [{ name: '张雨桐', why: '有缺的项' }] },
      }),
    });
    page.root.querySelector<HTMLInputElement>('.audit-files thead input')?.click();
    await settle();
    page.button('合格 1 份').click();
    await settle();
    expect(calls.of('POST /api/file-audits/judge-some').map(({ body }) => body)).toEqual([
      { fileIds: ['f1'] },
    ]);
    expect(page.text()).toContain('张雨桐：有缺的项');
  });
});

describe('S1-7.1b the verdict of a file', () => {
  const one = (part: Partial<AuditFile> = {}): AuditFile => ({
    ...file(),
    round: 1,
    guidance: '',
    basis: '',
    fields: [
      {
        field: 'title',
        label: '岗位',
        present: '教师',
        said: 'wrong',
        correction: { id: 'c1', state: 'open', words: '待答复' },
        doubt: '聘书上是讲师',
        verdict: null,
        verdictNote: null,
      },
      {
        field: 'grade',
        label: '职级',
        present: null,
        said: 'right',
        correction: null,
        doubt: null,
        verdict: null,
        verdictNote: null,
      },
    ],
    history: [],
    clocks: [],
    back: [],
    isOwn: false,
    ...part,
  });

  it('what is not there is missing from the start; the rest is said; what is wrong says why', async () => {
    const judge = 'POST /api/file-audits/files/f1/judge';
    const calls = await open(
      {
        'GET /api/file-audits/files/f1': () => ({ body: one() }),
        [judge]: () => ({ body: { stage: 'done' } }),
      },
      FilePage,
      '/console/file-audits/files/f1',
    );
    expect(page.text()).toContain('聘书上是讲师');
    expect(page.text()).toContain('更正申请待答复');
    expect(page.text()).toContain('还有 1 项没有认定');
    page.button('其余都合格').click();
    await settle();
    page.button('提交认定').click();
    await settle();
    expect(calls.of(judge).map(({ body }) => body)).toEqual([
      {
        verdicts: [
          { field: 'title', verdict: 'ok', note: null },
          { field: 'grade', verdict: 'missing', note: null },
        ],
      },
    ]);
  });

  it('H3 one’s own is looked at and not judged', async () => {
    await open(
      {
        'GET /api/file-audits/files/f1': () => ({
          body: one({ isOwn: true, can: { check: false, pass: false, judge: false } }),
        }),
      },
      FilePage,
      '/console/file-audits/files/f1',
    );
    expect(page.text()).toContain('这是您自己的档案');
    expect(page.has('提交认定')).toBe(false);
  });
});

describe('S1-1c S1-22a what the data is worth', () => {
  it('shows date, method and shares of each audit, or whose page it is', async () => {
    const body: Quality = {
      domain: '人员',
      method: '只算审核完的档案。',
      items: [
        { planId: 'p1', title: '2025 年审核', basis: '', scoredAt: at, fieldLabels: ['岗位'], figures },
      ],
      next: null,
    };
    await open({ 'GET /api/data-quality/staff': () => ({ body }) }, QualityPage, '/console/data-quality');
    expect(page.text()).toContain('2026-11-23');
    expect(page.text()).toContain('只算审核完的档案。');
    expect(page.text()).toContain('80%');
    page.app.unmount();
    await open(
      { 'GET /api/data-quality/staff': () => problem(403, 'fileaudits.not_yours', '不是') },
      QualityPage,
      '/console/data-quality',
    );
    expect(page.text()).toContain('您没有看数据质量的权限');
  });

  it('the list of plans, and who finds it in the menu', async () => {
    await open(
      {
        'GET /api/file-audits/plans': () => ({ body: { items: [plan()], next: null, can: { make: true } } }),
      },
      PlansPage,
      '/console/file-audits',
    );
    expect(page.root.querySelector('tbody a')?.getAttribute('href')).toBe('/console/file-audits/p1');
    const role = { role: 'liaison', roleName: '信息联络员', scopeUnitName: '信息工程学院' };
    const liaison = { ...sample.person(), roles: [role] };
    expect([mayOpen(liaison, 'files'), mayOpen(liaison, 'quality')]).toEqual([true, false]);
  });
});
