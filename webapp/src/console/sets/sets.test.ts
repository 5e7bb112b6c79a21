import { afterEach, describe, expect, it, vi } from 'vitest';
import { fakeApi, problem, type Answer } from '../../testing/fake-api.ts';
import { mountPage, settle, type Mounted } from '../../testing/mount.ts';
import * as sample from '../testing/samples.ts';
import ComposePage from './ComposePage.vue';
import SetPage from './SetPage.vue';
import SetsPage from './SetsPage.vue';
import * as s from './testing.ts';

const base = '/api/directory/sets';
let page: Mounted;
afterEach(() => {
  page.app.unmount();
  document.body.innerHTML = '';
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

function api(answers: Record<string, Answer>) {
  vi.useFakeTimers({ toFake: ['Date'], now: sample.at });
  return fakeApi({ 'GET /api/me': () => ({ body: sample.person() }), ...answers });
}
const listOf = (...items: ReturnType<typeof s.brief>[]) => ({
  [`GET ${base}`]: () => ({ body: { items, next: null, total: items.length } }),
});
const findingsOf = (...items: ReturnType<typeof s.finding>[]) => ({
  [`GET ${base}/s1/findings`]: () => ({ body: { items, next: null, total: items.length } }),
});
const peopleOf = (...items: ReturnType<typeof s.person>[]) => ({
  ...findingsOf(),
  [`GET ${base}/s1/people`]: () => ({ body: { items, next: null, total: items.length } }),
});
const openSet = async (): Promise<void> => {
  page = await mountPage(SetPage, '/console/sets/s1', '/console/sets/s1', { setId: 's1' });
};
const fill = async (id: string, value: string): Promise<void> => {
  const field = document.querySelector<HTMLInputElement>(`#${id}`);
  if (!field) throw new Error(`no field ${id}`);
  field.value = value;
  field.dispatchEvent(new Event('input'));
  await settle();
};
/** The preview waits until one stops clicking. */
const rest = async (): Promise<void> => {
  await new Promise((done) => setTimeout(done, 300));
  await settle();
};
const act = (): HTMLButtonElement => {
  const found = [...document.querySelectorAll<HTMLButtonElement>('.ask footer button')].at(-1);
  if (!found) throw new Error('no dialog');
  return found;
};

describe('S1-7.2c the list of sets', () => {
  it('tells of each who it is, how many, and how its tag stands, with the cure', async () => {
    const tag = s.tag({ state: 'failed', standing: 'refused', members: 3, joining: 2 });
    api(
      listOf(
        s.brief(),
        s.brief({ setId: 's2', name: '值班', kind: 'list', rule: null, tag: { ...tag, errorCode: 40071 } }),
        s.brief({ setId: 's3', name: '中层', tag: { ...tag, errorCode: null } }),
        s.brief({ setId: 's4', name: '外包', tag: { ...tag, errorCode: 99 } }),
        s.brief({
          setId: 's5',
          tag: s.tag({ standing: 'coming', members: 9, joining: 3, leaving: 1 }),
        }),
      ),
    );
    page = await mountPage(SetsPage, '/console/sets', '/console/sets');
    for (const words of [
      '信息工程学院及下级；院内；岗位 实验员',
      '一致',
      '企业微信里已有同名标签，不是这里建的',
      '（企业微信 40071）',
      '2 人不在“通讯录同步”密钥的可见范围里',
      '企业微信没有收（99）',
      '还差 3 人，还多 1 人',
    ])
      expect(page.text()).toContain(words);
  });

  it('without any says what a set is for, and where nothing is written says so', async () => {
    api(listOf());
    page = await mountPage(SetsPage, '/console/sets', '/console/sets');
    expect(page.text()).toContain('还没有名单');
    page.app.unmount();
    api(
      listOf(
        s.brief({
          tag: s.tag({ state: 'none', standing: 'off', members: 0, joining: 12 }),
        }),
      ),
    );
    page = await mountPage(SetsPage, '/console/sets', '/console/sets');
    expect(page.text()).toContain('没有配置“通讯录同步”的密钥');
  });
});

describe('S1-7.2c one set', () => {
  it('shows who is in it, who is not in the tag yet, and its history', async () => {
    api({
      [`GET ${base}/s1`]: () => ({ body: s.set({ waiting: 1 }) }),
      ...peopleOf(s.person(1), { ...s.person(2, false), isMember: false }),
    });
    await openSet();
    for (const words of [
      '还不是成员',
      '1 人还不是企业微信的成员',
      '改名，“安全员”改为“实验室安全员”；改规则',
      '信息工程学院及下级；院内',
      '系统',
    ])
      expect(page.text()).toContain(words);
    expect(page.has('移出')).toBe(false);
  });

  it('what was refused is written again on demand', async () => {
    const tag = s.tag({ state: 'failed', standing: 'refused', members: 3, joining: 2 });
    const server = api({
      [`GET ${base}/s1`]: () => ({ body: s.set({ tag: { ...tag, errorCode: 60011 } }) }),
      [`POST ${base}/s1/again`]: () => ({ body: { ok: true } }),
      ...peopleOf(),
    });
    await openSet();
    expect(page.text()).toContain('没有写标签的权限');
    page.button('再写一次').click();
    await settle();
    expect(server.of(`POST ${base}/s1/again`)).toHaveLength(1);
  });

  it('from a list one is taken out and comes back', async () => {
    const server = api({
      [`GET ${base}/s1`]: () => ({ body: s.list() }),
      [`POST ${base}/s1/list`]: () => ({ body: { changed: true } }),
      ...peopleOf(s.person(1), s.person(2)),
    });
    await openSet();
    page.button('移出第1位').click();
    await settle();
    page.button('撤回').click();
    await settle();
    expect(server.of(`POST ${base}/s1/list`).map(({ body }) => body)).toEqual([
      { add: [], take: ['p1'] },
      { add: ['p1'], take: [] },
    ]);
  });

  it('numbers are pasted, what is not found is told, more than fifty are typed', async () => {
    const found = Array.from({ length: 51 }, (_, n) => ({ ...s.person(n), staffNo: `H${n}` }));
    const server = api({
      [`GET ${base}/s1`]: () => ({ body: s.list() }),
      [`POST ${base}/find`]: () => ({ body: { found, missing: ['H999'] } }),
      [`POST ${base}/s1/list`]: () => ({ body: { changed: true } }),
      ...peopleOf(),
    });
    await openSet();
    page.button('加人…').click();
    await settle();
    await fill('add-people-paste', 'H0，H1\nH999');
    page.button('核对工号').click();
    await settle();
    expect(server.of(`POST ${base}/find`)[0]?.body).toEqual({ staffNos: ['H0', 'H1', 'H999'] });
    expect(page.text()).toContain('1 个工号没有找到，或人已离开：H999');
    expect(act().textContent?.trim()).toBe('加 51 人');
    expect(act().disabled).toBe(true);
    await fill('add-phrase', '加 ５1人');
    expect(act().disabled).toBe(false);
    act().click();
    await settle();
    expect(server.of(`POST ${base}/s1/list`)[0]?.body).toMatchObject({ take: [], phrase: '加51人' });
  });

  it('is removed after being told what goes and what stays; many are typed', async () => {
    const tag = s.tag({ members: 62 });
    const server = api({
      [`GET ${base}/s1`]: () => ({ body: s.set({ people: 62, tag: { ...tag, errorCode: null } }) }),
      [`POST ${base}/s1/remove`]: () => ({ body: { changed: true } }),
      ...peopleOf(),
    });
    await openSet();
    page.button('删除…').click();
    await settle();
    for (const words of ['里面 62 人不再有它', '失去这些人', '都不动', '标签是新的'])
      expect(page.text()).toContain(words);
    expect(act().disabled).toBe(true);
    await fill('remove-phrase', '删62人');
    act().click();
    await settle();
    expect(server.of(`POST ${base}/s1/remove`)).toHaveLength(1);
    expect(page.router.currentRoute.value.path).toBe('/console/sets');
  });

  it('D11 what others changed is told with who and what became of it', async () => {
    api({
      [`GET ${base}/s1`]: () => ({ body: s.set() }),
      ...peopleOf(),
      ...findingsOf(
        s.finding(1),
        s.finding(2, { kind: 'stranger', name: 'mallory', personId: null, by: null, happenedAt: null }),
        s.finding(3, { kind: 'renamed', name: '改了', personId: null, state: 'open', settledAt: null }),
      ),
    });
    await openSet();
    for (const words of [
      '移出',
      '第1位',
      '石老师',
      '已放回',
      '这里不认识的成员',
      'mallory',
      '不知道',
      '以前',
      '改名为',
      '正在放回',
    ])
      expect(page.text()).toContain(words);
    expect(page.has('放回…')).toBe(false);
  });

  it('D3 too much at once waits: a person says so, for as many as were seen; many are typed', async () => {
    const tag = s.tag({ standing: 'changed', changes: 61, held: 60 });
    const server = api({
      [`GET ${base}/s1`]: () => ({ body: s.set({ tag }) }),
      [`POST ${base}/s1/put-back`]: () => ({ body: { ok: true } }),
      ...peopleOf(),
      ...findingsOf(s.finding(1, { kind: 'putIn', state: 'held', settledAt: null })),
    });
    await openSet();
    expect(page.text()).toContain('有 60 处改动等您定');
    expect(page.text()).toContain('等人定');
    page.button('放回…').click();
    await settle();
    expect(act().disabled).toBe(true);
    await fill('put-back-phrase', '放回60处');
    act().click();
    await settle();
    expect(server.of(`POST ${base}/s1/put-back`)[0]?.body).toEqual({ held: 60 });
  });

  it('one that is not there says so', async () => {
    api({ [`GET ${base}/s1`]: () => problem(404, 'directory.unknown_set', '没有找到') });
    await openSet();
    expect(page.text()).toContain('没有找到这份名单');
  });
});

describe('S1-7.2c composing', () => {
  const preview = (people: number, joining: number | null = null, leaving: number | null = null) => ({
    [`POST ${base}/preview`]: () => ({
      body: {
        people,
        first: [{ personId: 'p1', name: '张老师', unitName: '教务处', title: '科员' }],
        joining,
        leaving,
      },
    }),
  });

  it('shows whom a rule holds before it is kept, and keeps exactly that rule', async () => {
    const server = api({
      ...preview(31),
      [`POST ${base}`]: () => ({ body: { setId: 's9', changed: true } }),
    });
    page = await mountPage(ComposePage, '/console/sets/new', '/console/sets/new');
    expect(page.text()).toContain('现在有 31 人');
    expect(page.text()).toContain('张老师');
    expect(page.button('建名单').disabled).toBe(true);
    await fill('set-name', '在编负责人');
    for (const words of ['在编', '只算单位负责人']) {
      const label = [...document.querySelectorAll('label')].find((one) => one.textContent?.trim() === words);
      label?.querySelector('input')?.click();
      await settle();
    }
    await rest();
    const rule = {
      unitIds: null,
      withSubunits: true,
      categories: null,
      establishments: ['established'],
      titles: null,
      headsOnly: true,
    };
    expect(server.of(`POST ${base}/preview`).at(-1)?.body).toEqual({ rule });
    page.button('建名单').click();
    await settle();
    expect(server.of(`POST ${base}`)[0]?.body).toEqual({
      name: '在编负责人',
      definition: { kind: 'rule', rule },
    });
    expect(page.router.currentRoute.value.path).toBe('/console/sets/s9');
  });

  it('another rule that moves more than fifty is typed, for the version that was seen', async () => {
    const server = api({
      [`GET ${base}/s1`]: () => ({ body: s.set() }),
      ...preview(70, 60, 2),
      [`POST ${base}`]: () => ({ body: { setId: 's1', changed: true } }),
    });
    page = await mountPage(ComposePage, '/console/sets/s1/rule', '/console/sets/s1/rule', { setId: 's1' });
    await rest();
    expect(page.text()).toContain('比原来进来 60 人，出去 2 人');
    page.button('保存规则').click();
    await settle();
    expect(server.of(`POST ${base}`)).toHaveLength(0);
    await fill('set-phrase', '改62人');
    act().click();
    await settle();
    expect(server.of(`POST ${base}`)[0]?.body).toMatchObject({ setId: 's1', version: 3 });
  });

  it('without the unit it is about a rule cannot be kept', async () => {
    api({ ...preview(600) });
    page = await mountPage(ComposePage, '/console/sets/new', '/console/sets/new');
    await fill('set-name', '某院');
    document.querySelector<HTMLInputElement>('input[value=some]')?.click();
    await settle();
    await rest();
    expect(page.text()).toContain('至少选一个单位');
    expect(page.text()).not.toContain('600');
    expect(page.button('建名单').disabled).toBe(true);
  });
});
