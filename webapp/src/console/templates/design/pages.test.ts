/** The template designer on the console (CONSOLE 9.8, S2-10, R41). */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { problem, type Answer } from '../../../testing/fake-api.ts';
import { settle } from '../../../testing/mount.ts';
import { openPage, type OpenPage } from '../../accounts/testing/open-page.ts';
import { mayOpen } from '../../session.ts';
import { person } from '../../testing/shell.ts';
import type { Around, Design, Designs, DraftState, Rights } from './api.ts';
import DesignPage from './DesignPage.vue';
import DesignsPage from './DesignsPage.vue';

let page: OpenPage;
afterEach(async () => {
  page.app.unmount();
  vi.useRealTimers();
  vi.unstubAllGlobals();
  await settle();
});

const ROOT = '/api/approvals/design';
const ONE = `${ROOT}/templates/cars`;
const plain = (text: string | null | undefined): string => text?.trim().replace(/\s+/g, ' ') ?? '';
const stamp = { at: Date.parse('2026-11-20T02:40:00Z'), by: '周老师' };
const around: Around = {
  roles: [{ code: 'hrHead', name: '人事处负责人' }],
  units: [{ code: 'D05', name: '人事处' }],
  sources: ['seals'],
  templates: [{ key: 'cars', title: '用车' }],
  groups: ['行政审批'],
};
const item: Designs['items'][number] = {
  templateKey: 'cars',
  title: '用车',
  group: '行政审批',
  state: 'inForce',
  version: 4,
  draft: { changed: stamp, inReview: true },
  running: 12,
  managers: ['周老师'],
  fileOffered: true,
};
const list: Designs = { items: [item], next: null, can: { create: true, grant: true, change: true } };
const rights: Rights = {
  items: [
    {
      rightId: 'r1',
      personId: 'p1',
      name: '周老师',
      scope: { kind: 'group', value: '行政审批' },
      scopeWords: '行政审批（整组）',
      requestNumber: 'QX-2026-0001',
      granted: stamp,
      rests: true,
    },
  ],
  next: null,
};
const step = { key: 'head', kind: 'approve', title: '部门负责人', mode: 'any', refusal: 'FIRST_ACTION' };
const asks = { ...step, key: 'far', title: '分管领导', when: { field: 'km', op: '>', value: 100 } };
const content: Design['content'] = {
  key: 'cars',
  title: '用车',
  group: '行政审批',
  fields: [
    { key: 'reason', type: 'paragraph', label: '事由', required: true },
    { key: 'km', type: 'number', label: '公里数', required: false },
  ],
  steps: [step, asks],
};
const draft: DraftState = {
  version: 3,
  basedOn: 4,
  changed: stamp,
  inReview: false,
  errors: 1,
  issues: [
    {
      id: 'i1',
      severity: 'error',
      at: { part: 'step', key: 'far' },
      title: '步骤“分管领导”',
      words: '里有 1 人不存在或已停用',
      repair: '换成在岗的人',
    },
    {
      id: 'i2',
      severity: 'notice',
      at: { part: 'field', key: 'km' },
      title: '栏目“公里数”',
      words: '可以不填',
      repair: null,
    },
  ],
  steps: [
    { key: 'head', who: '部门负责人', how: '1 个工作日', when: '' },
    { key: 'far', who: '分管领导', how: '', when: '公里数超过 100' },
  ],
};
const can = { change: true, publish: false, waitsFor: '' as const, retire: true, restore: false };
const design: Design = {
  templateKey: 'cars',
  state: 'inForce',
  version: 4,
  running: 12,
  fileOffered: false,
  retiredWords: '',
  content,
  draft,
  steps: draft.steps,
  versions: [{ version: 4, published: stamp }],
  people: {},
  can,
};

async function openOne(
  found: Partial<Design> = {},
  answers: Record<string, Answer> = {},
  role = 'superAdmin',
): Promise<void> {
  page = await openPage(
    DesignPage,
    {
      path: '/console/templates/design/:templateKey',
      url: '/console/templates/design/cars',
      props: { templateKey: 'cars' },
      role,
    },
    {
      [`GET ${ONE}`]: () => ({ body: { ...design, ...found } }),
      [`GET ${ROOT}/around`]: () => ({ body: around }),
      [`PUT ${ONE}/draft`]: () => ({ body: { ...draft, version: 4 } }),
      ...answers,
    },
  );
}
const buttons = (): string[] =>
  [...page.root.querySelectorAll('.head-acts .el-button')].map((one) => plain(one.textContent));
const key = (id: string, name: string, more: KeyboardEventInit = {}) =>
  document
    .getElementById(id)
    ?.dispatchEvent(new KeyboardEvent('keydown', { key: name, bubbles: true, ...more }));

describe('the list of designs', () => {
  it('says of each what is in force, who drafts, how many run and who manages; and by which request', async () => {
    page = await openPage(
      DesignsPage,
      { path: '/console/templates/design', role: 'superAdmin' },
      {
        [`GET ${ROOT}/templates`]: () => ({ body: list }),
        [`GET ${ROOT}/around`]: () => ({ body: around }),
        [`GET ${ROOT}/rights`]: () => ({ body: rights }),
        [`POST ${ROOT}/rights/r1/end`]: () => ({ body: { ok: true } }),
      },
    );
    const rows = [...page.root.querySelectorAll('tbody tr')].map((row) => plain(row.textContent));
    expect(rows[0]).toContain('用车行政审批使用中有新文件第 4 版');
    expect(rows[0]).toContain('待核对');
    expect(rows[1]).toContain('行政审批（整组）QX-2026-0001');
    expect(rows[1]).toContain('没有模块管理员身份');
    page.button('收回').click();
    await settle();
    expect(page.calls.of(`POST ${ROOT}/rights/r1/end`)).toHaveLength(1);
  });

  it('asks whom it is not for to apply, and opens to managers and the auditor', async () => {
    page = await openPage(
      DesignsPage,
      { path: '/console/templates/design', role: 'hrMaintainer' },
      {
        [`GET ${ROOT}/templates`]: () => problem(403, 'approvals.not_designer', '没有权限'),
        [`GET ${ROOT}/around`]: () => problem(403, 'approvals.not_designer', '没有权限'),
      },
    );
    expect(page.text()).toContain('您没有设计审批模板的权限');
    const as = (role: string) => person([{ role, roleName: role, scopeUnitName: null }]);
    for (const role of ['creator', 'superAdmin', 'moduleManager', 'auditAdmin'])
      expect(mayOpen(as(role), 'design'), role).toBe(true);
    expect(mayOpen(as('hrMaintainer'), 'design')).toBe(false);
  });
});

describe('the designer', () => {
  it('keeps publishing off and says how many faults; lights what a chosen field decides', async () => {
    await openOne();
    expect(buttons().at(-1)).toBe('发布（还有 1 处错）');
    expect(page.text()).toContain('现用第 4 版，在办 12 件照第 4 版走完，草稿发布后是第 5 版');
    expect(plain(document.getElementById('flow-far')?.textContent)).toBe('分管领导分管领导公里数超过 100时!');
    document.getElementById('field-row-km')?.click();
    await settle();
    expect(document.getElementById('flow-far')?.className).toContain('lit');
    expect(page.root.querySelectorAll('.d-cell.lit')).toHaveLength(1);
  });

  it('moves by Alt and the arrows, takes out by Del, and saves what stands there', async () => {
    await openOne();
    key('field-row-km', 'ArrowUp', { altKey: true });
    await settle();
    key('flow-far', 'Delete');
    await vi.waitFor(() => expect(page.calls.of(`PUT ${ONE}/draft`)).toHaveLength(1), { timeout: 3_000 });
    const { body } = page.calls.of(`PUT ${ONE}/draft`)[0] as {
      body: { version: number; content: Design['content'] };
    };
    expect(body.version).toBe(3);
    expect(body.content.fields.map((field) => field.key)).toEqual(['km', 'reason']);
    expect(body.content.steps.map((one) => one.key)).toEqual(['head']);
  });

  it('repairs by the server, having saved', async () => {
    await openOne({}, { [`POST ${ONE}/repair`]: () => ({ body: draft }) });
    page.button('照此改').click();
    await settle();
    expect(page.calls.of(`POST ${ONE}/repair`)[0]?.body).toEqual({ version: 3, issueId: 'i1' });
    expect(page.calls.of(`GET ${ONE}`)).toHaveLength(2);
  });

  it('goes from fault to fault with F8', async () => {
    await openOne();
    const press = () => window.dispatchEvent(new KeyboardEvent('keydown', { key: 'F8', cancelable: true }));
    press();
    await settle();
    expect(document.activeElement?.id).toBe('flow-far');
    press();
    await settle();
    expect(document.activeElement?.id).toBe('field-row-km');
  });

  it('stops saving and says so when somebody else saved meanwhile', async () => {
    await openOne(
      {},
      { [`PUT ${ONE}/draft`]: () => problem(409, 'approvals.draft_changed', '草稿刚被别人改过') },
    );
    key('flow-far', 'Delete');
    await vi.waitFor(() => expect(page.text()).toContain('草稿刚被别人改过'), { timeout: 3_000 });
  });

  it('R46 a sensitive one is sent to a second person', async () => {
    const issues: DraftState['issues'] = [];
    await openOne(
      { draft: { ...draft, errors: 0, issues }, can: { ...can, waitsFor: 'review' } },
      { [`POST ${ONE}/review`]: () => ({ body: { ok: true } }) },
    );
    expect(buttons().at(-1)).toBe('送审');
    page.button('送审').click();
    await settle();
    expect(page.calls.of(`POST ${ONE}/review`)[0]?.body).toEqual({ version: 3 });
  });

  it('a published version is looked at only, with 改成新一版; the auditor has not even that', async () => {
    await openOne({ draft: null }, { [`POST ${ROOT}/templates`]: () => ({ body: { templateKey: 'cars' } }) });
    expect(buttons()).toEqual(['导出 YAML', '停用…', '改成新一版']);
    key('flow-far', 'Delete');
    await settle();
    expect(document.getElementById('flow-far')).not.toBeNull();
    page.button('改成新一版').click();
    await settle();
    expect(page.calls.of(`POST ${ROOT}/templates`)[0]?.body).toEqual({
      from: 'running',
      templateKey: 'cars',
    });
    page.app.unmount();
    const none = { change: false, publish: false, waitsFor: '' as const, retire: false, restore: false };
    await openOne({ draft: null, can: none }, {}, 'auditAdmin');
    expect(buttons()).toEqual(['导出 YAML']);
  });

  /** What was saved last of the step. */
  async function savedStep(name: string): Promise<Record<string, unknown> | undefined> {
    await vi.waitFor(() => expect(page.calls.of(`PUT ${ONE}/draft`).length).toBeGreaterThan(0), {
      timeout: 3_000,
    });
    const { body } = page.calls.of(`PUT ${ONE}/draft`).at(-1) as { body: { content: Design['content'] } };
    return body.content.steps.find((one) => one.key === name);
  }
  const within = (selector: string) => [...document.querySelectorAll<HTMLElement>(`.d-drawer ${selector}`)];
  const choose = async (select: HTMLElement | undefined, value: string): Promise<void> => {
    (select as HTMLSelectElement).value = value;
    select?.dispatchEvent(new Event('change', { bubbles: true }));
    await settle();
  };
  const press = async (words: string): Promise<void> => {
    within('button')
      .find((one) => plain(one.textContent) === words)
      ?.click();
    await settle();
  };

  it('shows groups of conditions in groups, and changes them', async () => {
    const km = { field: 'km', op: '>', value: 100 };
    const why = { field: 'reason', op: 'filled' };
    const when = { all: [km, { not: { any: [km, why] } }] };
    await openOne({ content: { ...content, steps: [step, { ...asks, when }] } });
    document.getElementById('flow-far')?.click();
    await settle();
    const [outer, inner] = within('[aria-label="怎么算符合"]') as HTMLSelectElement[];
    expect([outer?.value, inner?.value]).toEqual(['all', 'not-any']);
    expect(within('.d-group .d-test')).toHaveLength(2);
    await choose(inner, 'any');
    await choose(within('[aria-label="怎么算符合"]')[0], 'not-all');
    expect((await savedStep('far'))?.['when']).toEqual({ not: { all: [km, { any: [km, why] }] } });
    // A group of one is that one; and one comparison alone is written without a group.
    within('.d-group [aria-label="删掉条件 2"]')[0]?.click();
    await settle();
    expect(within('.d-group')).toEqual([]);
    within('[aria-label="删掉条件 2"]')[0]?.click();
    await settle();
    await choose(within('[aria-label="怎么算符合"]')[0], 'all');
    await vi.waitFor(async () => expect((await savedStep('far'))?.['when']).toEqual(km), { timeout: 3_000 });
    await press('加一组条件');
    expect(within('.d-group .d-test')).toHaveLength(2);
  });

  it('R3 sets 票签 by number or by share', async () => {
    const voted = { ...step, mode: 'quorum', refusal: 'FAIL_FAST', needed: { percent: 60 } };
    await openOne({ content: { ...content, steps: [voted, asks] } });
    document.getElementById('flow-head')?.click();
    await settle();
    const amount = () => document.getElementById('set-needed') as HTMLInputElement;
    expect(amount().value).toBe('60');
    amount().value = '67';
    amount().dispatchEvent(new Event('input', { bubbles: true }));
    await settle();
    expect((await savedStep('head'))?.['needed']).toEqual({ percent: 67 });
    await choose(within('[aria-label="按人数还是比例"]')[0], 'people');
    await vi.waitFor(async () => expect((await savedStep('head'))?.['needed']).toBe(1), { timeout: 3_000 });
  });

  it('R3 lets parallel branches hear everybody, and forgets it where one branch is gone only', async () => {
    const lane = (name: string) => ({ key: name, title: name, steps: [{ ...step, key: `${name}1` }] });
    const joint = {
      key: 'joint',
      title: '会签',
      kind: 'branches',
      mode: 'all',
      branches: [lane('a'), lane('b')],
    };
    await openOne({ content: { ...content, steps: [step, joint] } });
    document.getElementById('flow-joint')?.click();
    await settle();
    await choose(document.getElementById('set-refusal') ?? undefined, 'COLLECT_ALL');
    expect((await savedStep('joint'))?.['refusal']).toBe('COLLECT_ALL');
    await choose(document.getElementById('set-mode') ?? undefined, 'first');
    expect(document.getElementById('set-refusal')).toBeNull();
    await vi.waitFor(async () => expect(await savedStep('joint')).not.toHaveProperty('refusal'), {
      timeout: 3_000,
    });
  });
});
