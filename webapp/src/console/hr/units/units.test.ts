import { afterEach, describe, expect, it, vi } from 'vitest';
import { fakeApi, problem, type Answer } from '../../../testing/fake-api.ts';
import { mountPage, settle, type Mounted } from '../../../testing/mount.ts';
import OrgPage from '../../people/OrgPage.vue';
import { people, unit, unitAnswer } from '../../people/testing/samples.ts';
import * as sample from '../../testing/samples.ts';
import { loadMe } from '../../session.ts';
import type { UnitActAnswer, UnitFormAnswer } from './api.ts';
import { formOf, wishOf } from './unit-fields.ts';
import UnitActPage from './UnitActPage.vue';
import UnitActsPage from './UnitActsPage.vue';
import UnitActs from './UnitActs.vue';

let page: Mounted;
afterEach(async () => {
  page.app.unmount();
  vi.unstubAllGlobals();
  await settle();
});

const act = (part: Partial<UnitActAnswer> = {}): UnitActAnswer => ({
  actId: 'a1',
  kind: 'merge',
  state: 'waiting',
  unit: { unitId: 'd11', code: 'D11', name: '图书馆' },
  successor: { unitId: 'd06', name: '教务处' },
  effectiveOn: '2026-11-20',
  people: 3,
  createdAt: sample.at,
  createdBy: '李老师',
  expiresAt: sample.at + 86_400_000,
  endedAt: null,
  endedBy: null,
  reason: '机构改革方案',
  refreshedAt: null,
  hash: 'a'.repeat(64),
  shortHash: 'a'.repeat(12),
  groups: [
    { kind: 'people', fate: 'goes', count: 3 },
    { kind: 'rights', fate: 'ends', count: 1 },
  ],
  limits: [],
  phrase: null,
  can: { confirm: true, withdraw: false, why: null },
  ...part,
});
const items: Answer = ({ path }) => ({
  body: sample.page(
    path.includes('kind=rights')
      ? [{ key: 'i9', name: '张文静', ref: '00301', note: '信息联络员' }]
      : [{ key: 'i1', name: '丁若兰', ref: '00990', note: '主岗 馆员' }],
  ),
});
const open = async (answer: () => UnitActAnswer, more: Record<string, Answer> = {}) => {
  const calls = fakeApi({
    'GET /api/me': () => ({ body: sample.person() }),
    'GET /api/hr/unit-acts/a1': () => ({ body: answer() }),
    'GET /api/hr/unit-acts/a1/items': items,
    ...more,
  });
  page = await mountPage(UnitActPage, '/console/hr/unit-acts/:actId', '/console/hr/unit-acts/a1', {
    actId: 'a1',
  });
  return calls;
};
const tick = async (): Promise<void> => {
  document.querySelector<HTMLInputElement>('.ask .el-checkbox input')?.click();
  await settle();
};
const type = async (words: string): Promise<void> => {
  const input = document.querySelector<HTMLInputElement>('#unit-act-phrase');
  if (!input) throw new Error('nothing to type into');
  input.value = words;
  input.dispatchEvent(new Event('input'));
  await settle();
};

describe('a proposal about a unit', () => {
  it('says what has not happened, who moves and what ends', async () => {
    const calls = await open(() => act());
    expect(page.root.querySelector('h1')?.textContent).toBe('图书馆并入教务处');
    expect(page.text()).toContain('等您复核');
    expect(page.text()).toContain('丁若兰');
    page.button('只对这个部门给的权限1').click();
    await settle();
    expect(page.text()).toContain('张文静');
    expect(page.text()).toContain('以后再设同编码的部门也不恢复');
    expect(calls.of('GET /api/hr/unit-acts/a1/items').at(-1)?.path).toContain('kind=rights');
  });

  it.each([
    ['hr.own_unit_act', '您是提出的人'],
    ['hr.in_unit_act', '您自己的岗位随这次变动'],
    ['hr.gains_by_unit_act', '并入后归您管的人会增加'],
  ])('H3 shows no button and why: %s', async (why, words) => {
    await open(() => act({ can: { confirm: false, withdraw: false, why } }));
    expect(page.text()).toContain(words);
    expect(page.text()).not.toContain('复核并执行…');
  });

  it('D3 is confirmed for the hash that was shown, the button names the harm', async () => {
    let state: UnitActAnswer['state'] = 'waiting';
    const calls = await open(() => act({ state, endedBy: state === 'done' ? '何一鸣' : null }), {
      'POST /api/hr/unit-acts/a1/confirm': () => {
        state = 'done';
        return { body: { ok: true } };
      },
    });
    page.button('复核并执行…').click();
    await settle();
    expect(page.button('把图书馆 3 人并入教务处').disabled).toBe(true);
    await tick();
    page.button('把图书馆 3 人并入教务处').click();
    await settle();
    expect(calls.of('POST /api/hr/unit-acts/a1/confirm')[0]?.body).toEqual({
      hash: 'a'.repeat(64),
      phrase: '',
    });
    expect(page.text()).toContain('何一鸣复核');
  });

  it('more than fifty people are typed', async () => {
    const calls = await open(() => act({ people: 86, phrase: '合并86人' }), {
      'POST /api/hr/unit-acts/a1/confirm': () => ({ body: { ok: true } }),
    });
    page.button('复核并执行…').click();
    await settle();
    await tick();
    await type('合并68人');
    expect(page.button('把图书馆 86 人并入教务处').disabled).toBe(true);
    await type('合并 86 人');
    page.button('把图书馆 86 人并入教务处').click();
    await settle();
    expect(calls.of('POST /api/hr/unit-acts/a1/confirm')[0]?.body).toMatchObject({ phrase: '合并86人' });
  });

  it('changed meanwhile: the dialog closes and the new effects are shown', async () => {
    let refreshedAt: number | null = null;
    await open(() => act({ refreshedAt, people: refreshedAt === null ? 3 : 4 }), {
      'POST /api/hr/unit-acts/a1/confirm': () => {
        refreshedAt = sample.at + 60_000;
        return problem(409, 'hr.unit_act_changed', '情况有变');
      },
    });
    page.button('复核并执行…').click();
    await settle();
    await tick();
    page.button('把图书馆 3 人并入教务处').click();
    await settle();
    expect(page.text()).toContain('复核时情况有变');
    expect(document.querySelector('.ask')).toBeNull();
  });
});

describe('where HR finds them', () => {
  it('the list of what waits leads to its effects', async () => {
    fakeApi({ 'GET /api/hr/unit-acts': () => ({ body: { items: [act()], next: null, total: 1 } }) });
    page = await mountPage(UnitActsPage, '/console/hr/unit-acts', '/console/hr/unit-acts');
    expect(page.text()).toContain('图书馆并入教务处');
    expect(page.text()).toContain('等复核');
  });

  it('on a unit of the organisation; the wish goes to the server as it was filled in', async () => {
    const calls = fakeApi({
      'GET /api/me': () => ({ body: sample.person() }),
      'GET /api/access/units': ({ path }) => ({
        body: {
          items: path.includes('parentId=d00')
            ? [unit('d11', '图书馆')]
            : [unit('d00', '海州职业技术学院', { childCount: 1 })],
          next: null,
          total: 1,
          people: 600,
        },
      }),
      'GET /api/access/units/d00': () => ({ body: unitAnswer({ unitId: 'd00', name: '海州职业技术学院' }) }),
      'GET /api/access/units/d11': () => ({
        body: unitAnswer({ unitId: 'd11', name: '图书馆', people: 0, childCount: 0 }),
      }),
      'GET /api/access/people': () => people([]),
      'GET /api/hr/unit-acts': () => ({ body: { items: [], next: null, total: 0 } }),
      'POST /api/hr/unit-acts': () => ({ body: { actId: 'a1' } }),
    });
    await loadMe();
    page = await mountPage(OrgPage, '/console/org', '/console/org?unit=d11');
    page.button('撤销…').click();
    await settle();
    const reason = document.querySelector<HTMLTextAreaElement>('#unit-reason');
    if (!reason) throw new Error('no field for the reason');
    reason.value = '党委会决定';
    reason.dispatchEvent(new Event('input'));
    await settle();
    page.button('列出影响，提交复核').click();
    await settle();
    expect(calls.of('POST /api/hr/unit-acts')[0]?.body).toMatchObject({
      kind: 'dissolve',
      unitId: 'd11',
      successorId: null,
      reason: '党委会决定',
    });
    expect(page.router.currentRoute.value.path).toBe('/console/hr/unit-acts/a1');
  });
});

describe('one unit by hand', () => {
  const library: UnitFormAnswer = {
    code: 'D11',
    name: '图书馆',
    parentCode: 'D00',
    parentUnitId: 'd00',
    headStaffNo: '00326',
    leaderStaffNo: null,
    sortOrder: 11,
    category: '教辅',
    owner: null,
  };
  const changed = (part: object) => wishOf(library, { ...formOf(library), ...part }, undefined);

  it.each([
    ['nothing', {}, {}],
    ['another name', { name: ' 图书与档案馆 ' }, { name: '图书与档案馆' }],
    ['an order', { sortOrder: '7' }, { sortOrder: 7 }],
    [
      'A5 no head and no category any more',
      { headStaffNo: '', category: ' ' },
      { headStaffNo: null, category: null },
    ],
    ['a leader in charge', { leaderStaffNo: '00012' }, { leaderStaffNo: '00012' }],
  ])('sends what was changed and no more: %s', (_what, part, sent) => {
    expect(changed(part)).toEqual({ isNew: false, code: 'D11', name: '图书馆', ...sent });
  });

  it('leads to the plan; whoever owns all units is named', async () => {
    const calls = fakeApi({
      'GET /api/me': () => ({ body: sample.person() }),
      'GET /api/hr/unit-acts': () => ({ body: { items: [], next: null, total: 0 } }),
      'GET /api/hr/units': () => ({ body: { ...library, owner: { name: '人事系统', at: sample.at } } }),
      'GET /api/accounts/units': () => ({
        body: { unit: { unitId: 'd00', name: '学院' }, path: [], items: [] },
      }),
      'POST /api/hr/units': () => ({ body: { batchId: 'b1', planId: 'pl1' } }),
    });
    page = await mountPage(UnitActs, '/console/org', '/console/org', {
      unitId: 'd11',
      name: '图书馆',
      empty: false,
      root: false,
    });
    page.button('改名、调整…').click();
    await settle();
    expect(page.text()).toContain('部门由“人事系统”整份提供');
    const name = document.querySelector<HTMLInputElement>('#hand-name');
    if (!name) throw new Error('no field for the name');
    name.value = '图书与档案馆';
    name.dispatchEvent(new Event('input'));
    await settle();
    page.button('生成计划').click();
    await settle();
    expect(calls.of('POST /api/hr/units')[0]?.body).toEqual({
      isNew: false,
      code: 'D11',
      name: '图书与档案馆',
    });
    expect(page.router.currentRoute.value.path).toBe('/console/hr/plans/pl1');
  });

  it('below the institution there is only something new', async () => {
    fakeApi({ 'GET /api/hr/unit-acts': () => ({ body: { items: [], next: null, total: 0 } }) });
    page = await mountPage(UnitActs, '/console/org', '/console/org', {
      unitId: 'd00',
      name: '学院',
      empty: false,
      root: true,
    });
    const buttons = [...page.root.querySelectorAll('button')].map((button) => button.textContent?.trim());
    expect(buttons).toEqual(['在下面新设…']);
  });
});
