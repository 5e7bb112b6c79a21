/** The dry run of templates on the console (R18, S2-A11). */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { problem, type Answer } from '../../testing/fake-api.ts';
import { settle } from '../../testing/mount.ts';
import { openPage, type OpenPage } from '../accounts/testing/open-page.ts';
import { mayOpen } from '../session.ts';
import { person } from '../testing/shell.ts';
import type { DeadEnd, DryRun, DryRuns, PersonWalk } from './api.ts';
import DryRunPage from './DryRunPage.vue';
import PersonCard from './PersonCard.vue';
import TemplatesPage from './TemplatesPage.vue';

let page: OpenPage;
afterEach(async () => {
  page.app.unmount();
  vi.useRealTimers();
  vi.unstubAllGlobals();
  await settle();
});

const plain = (text: string | null | undefined): string => text?.trim().replace(/\s+/g, ' ') ?? '';
const rowsOf = (at: string): string[] =>
  [...page.root.querySelectorAll(`${at} tbody tr`)].map((row) =>
    [...row.children].map((cell) => plain(cell.textContent)).join(' | '),
  );

const LIST = 'GET /api/approvals/dry-run';
const extension: DryRuns['items'][number] = {
  templateKey: 'wecomExtension',
  title: '功能扩展',
  group: '信息化',
  version: 2,
  people: 600,
  runs: 1_240,
  dead: 620,
  deadPeople: 600,
  reasons: 2,
  branches: 2,
};
const travel = {
  ...extension,
  templateKey: 'travel',
  title: '差旅',
  version: 1,
  dead: 0,
  deadPeople: 0,
  reasons: 0,
};
const list: DryRuns = { people: 600, runs: 2_480, dead: 620, items: [extension, travel] };

async function openList(answers: Record<string, Answer> = {}): Promise<void> {
  page = await openPage(
    TemplatesPage,
    { path: '/console/templates', role: 'superAdmin' },
    { [LIST]: () => ({ body: list }), ...answers },
  );
}

describe('R18 all templates, walked by everybody', () => {
  it('shows how many come through, how many stop, and whom that concerns', async () => {
    await openList();
    expect(rowsOf('.tbl')).toEqual([
      '功能扩展 | 信息化 | 第 2 版 | 2 | 620 | 620 | 600 人 2 个原因',
      '差旅 | 信息化 | 第 1 版 | 2 | 1,240 | 0 | 都走得通',
    ]);
    expect(page.root.querySelector('th a')?.getAttribute('href')).toBe('/console/templates/wecomExtension');
    expect(plain(page.root.querySelector('.head-sub')?.textContent)).toContain(
      '600 人走遍每个分支，共 2,480 次',
    );
  });

  it('walks again when asked', async () => {
    await openList();
    page.button('再走一遍').click();
    await settle();
    expect(page.calls.of(LIST)).toHaveLength(2);
  });

  it('says so without templates, after a failure, and to whom it is not for', async () => {
    await openList({ [LIST]: () => ({ body: { people: 0, runs: 0, dead: 0, items: [] } }) });
    expect(page.text()).toContain('还没有审批模板');
    page.app.unmount();
    await openList({ [LIST]: () => problem(500, 'http.internal', '出错了') });
    expect(page.text()).toContain('R7K2-40');
    page.app.unmount();
    await openList({ [LIST]: () => problem(403, 'approvals.not_template_keeper', '没有权限') });
    expect(page.text()).toContain('您没有看审批模板的权限');
  });

  it('is open to who keeps templates and records, as on the server', () => {
    const as = (role: string) => person([{ role, roleName: role, scopeUnitName: null }]);
    for (const role of ['creator', 'superAdmin', 'moduleManager', 'hrMaintainer'])
      expect(mayOpen(as(role), 'templates'), role).toBe(true);
    for (const role of ['auditAdmin', 'securityAdmin', 'systemAdmin', 'unitHead'])
      expect(mayOpen(as(role), 'templates'), role).toBe(false);
  });
});

describe('R18 one template', () => {
  const end = (part: Partial<DeadEnd> = {}): DeadEnd => ({
    stepKey: 'decision',
    title: '领导小组决定',
    reason: '没有人担任信息化领导小组组长',
    rule: 'roleInScope',
    branches: ['其余', '涉及个人信息'],
    allBranches: true,
    runs: 620,
    people: 600,
    units: [
      { unitId: 'u1', name: '信息工程学院', people: 90 },
      { unitId: 'u2', name: '机电工程学院', people: 80 },
      { unitId: 'u3', name: '图书馆', people: 21 },
    ],
    moreUnits: 20,
    ...part,
  });
  const one: DryRun = {
    ...extension,
    longest: 3,
    deadEnds: [
      end(),
      end({
        stepKey: 'head',
        title: '部门负责人',
        reason: '图书馆没有可审批的负责人',
        rule: 'unitHead',
        branches: ['一', '二', '三'],
        allBranches: false,
        runs: 21,
        people: 21,
        units: [{ unitId: 'u3', name: '图书馆', people: 21 }],
        moreUnits: 0,
      }),
    ],
    moreDeadEnds: 4,
    branches: [
      { words: '涉及个人信息', steps: ['部门负责人', '领导小组决定'], good: 599, dead: 21, workdays: 5 },
      { words: '其余', steps: ['部门负责人'], good: 620, dead: 0, workdays: 0 },
    ],
  };
  const ONE = 'GET /api/approvals/dry-run/wecomExtension';
  async function open(answer: Answer): Promise<void> {
    page = await openPage(
      DryRunPage,
      {
        path: '/console/templates/:templateKey',
        url: '/console/templates/wecomExtension',
        props: { templateKey: 'wecomExtension' },
        role: 'hrMaintainer',
      },
      { [ONE]: answer },
    );
  }

  it('counts by cause, says what mends it and which units it concerns', async () => {
    await open(() => ({ body: one }));
    expect(rowsOf('[aria-labelledby="dead-ends"]')).toEqual([
      '全部分支 | 领导小组决定 | 620 | 没有人担任信息化领导小组组长 | 在“权限”里指定这个角色的人，或在模板里加备选 | 信息工程学院 90 人、机电工程学院 80 人 等 23 个单位',
      '一；二 等 3 条分支 | 部门负责人 | 21 | 图书馆没有可审批的负责人 | 给单位补负责人，或在模板里加备选 | 图书馆 21 人',
    ]);
    expect(page.text()).toContain('另有 4 个原因没有列出');
    const figures = [...page.root.querySelectorAll('.run-figs dd')].map((dd) => plain(dd.textContent));
    expect(figures).toEqual(['620 次', '620 次', '6 个原因，涉及 600 人', '3 步', '2', '信息化']);
  });

  it('shows each branch with its steps, its share and its clocks, in words too', async () => {
    await open(() => ({ body: one }));
    expect(rowsOf('[aria-labelledby="branches"]')).toEqual([
      '涉及个人信息 | 599 / 21599 次走得通，21 次走不通 | 部门负责人 → 领导小组决定 | 2 | 5 个工作日',
      '其余 | 620 / 0620 次走得通，0 次走不通 | 部门负责人 | 1 | 不限',
    ]);
    const bars = [...page.root.querySelectorAll<HTMLElement>('.run-bar i')].map(({ style }) => style.width);
    expect(bars.map((width) => Math.round(Number.parseFloat(width)))).toEqual([97, 100]);
  });

  it('says that everybody comes through, and what failed', async () => {
    await open(() => ({ body: { ...one, dead: 0, deadPeople: 0, deadEnds: [], moreDeadEnds: 0 } }));
    expect(page.text()).toContain('每个人都走得通');
    expect(page.text()).toContain('没有人卡住');
    page.app.unmount();
    await open(() => problem(500, 'http.internal', '出错了'));
    expect(page.text()).toContain('R7K2-40');
  });
});

describe('R21 R24 one person', () => {
  const step = (part: Partial<PersonWalk['posts'][number]['branches'][number]['steps'][number]> = {}) => ({
    stepKey: 'head',
    title: '部门负责人',
    people: [{ personId: 'p2', name: '陈志远', label: '部门负责人' }],
    needs: '',
    choice: null,
    sameAsBefore: false,
    problem: null,
    ...part,
  });
  const walk: PersonWalk = {
    personId: 'p7',
    name: '何老师',
    posts: [
      {
        assignmentId: 'a7',
        unitName: '信息工程学院',
        title: '教师',
        branches: [
          {
            words: '费用超过 5,000 元',
            steps: [
              step(),
              step({ stepKey: 'again', title: '主管单位', sameAsBefore: true }),
              step({ stepKey: 'peers', title: '会签', people: [], choice: { min: 1, max: 3 } }),
              step({ stepKey: 'fin', title: '财务处', people: [], problem: '财务处没有可审批的负责人' }),
            ],
          },
          { words: '其余', steps: [step({ needs: '一人处理即可' })] },
        ],
      },
    ],
  };
  const HIT = {
    personId: 'p7',
    name: '何老师',
    staffNo: 'H2018007',
    unitName: '信息工程学院',
    title: '',
    matched: null,
  };
  async function choose(answer: Answer): Promise<void> {
    page = await openPage(
      PersonCard,
      { path: '/console/templates/travel', props: { templateKey: 'travel' }, role: 'superAdmin' },
      {
        'GET /api/directory/people': () => ({ body: { items: [HIT], next: null } }),
        'GET /api/approvals/dry-run/travel/people/p7': answer,
      },
    );
    const input = page.root.querySelector<HTMLInputElement>('.person-pick input');
    if (!input) throw new Error('nothing to type a name in');
    input.click();
    input.value = '何';
    input.dispatchEvent(new Event('input'));
    await vi.waitFor(() => {
      const found = document.querySelector<HTMLElement>('.el-select-dropdown__item .pick-hit');
      if (!found) throw new Error('nobody found yet');
      found.click();
    });
    await settle();
  }

  it('names who is asked at each step of each branch, who is asked twice, and where it stops', async () => {
    await choose(() => ({ body: walk }));
    expect([...page.root.querySelectorAll('h3, h4')].map((title) => plain(title.textContent))).toEqual([
      '何老师 信息工程学院 · 教师',
      '费用超过 5,000 元',
      '其余',
    ]);
    expect([...page.root.querySelectorAll('li')].map((item) => plain(item.textContent))).toEqual([
      '部门负责人 陈志远',
      '主管单位 陈志远 部门负责人与上一步可能同人',
      '会签 由申请人选 1 到 3 人',
      '财务处 卡在这里：财务处没有可审批的负责人',
      '部门负责人 陈志远 一人处理即可',
    ]);
  });

  it('says who is not in service, and what failed', async () => {
    await choose(() => ({ body: { ...walk, posts: [] } }));
    expect(page.text()).toContain('不在岗，不能申请');
    page.app.unmount();
    await choose(() => problem(500, 'http.internal', '出错了'));
    expect(page.text()).toContain('R7K2-40');
  });
});
