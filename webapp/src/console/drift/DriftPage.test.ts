import { afterEach, describe, expect, it, vi } from 'vitest';
import { fakeApi, problem, type Answer } from '../../testing/fake-api.ts';
import { mountPage, settle, type Mounted } from '../../testing/mount.ts';
import { at, person } from '../testing/shell.ts';
import type { Difference, DifferencesPage, Policies, Summary } from './api.ts';
import { choicesOf, proposed, sortOut } from './choices.ts';
import DriftPage from './DriftPage.vue';
import { w } from './words.ts';

let page: Mounted;
afterEach(() => {
  page.app.unmount();
  vi.unstubAllGlobals();
});

const row = (part: Partial<Difference> = {}): Difference => ({
  differenceId: 'd1',
  subject: { type: 'person', id: 'p9', name: '吴老师', ref: 'H2017019', unitName: '机电系' },
  field: 'name',
  ours: '吴老师',
  theirs: '吴师傅',
  state: 'open',
  foundBy: 'nightly',
  happenedAt: null,
  firstSeenAt: at,
  lastSeenAt: at,
  by: { userid: 'chen', name: '陈老师', at, sure: true },
  acted: null,
  settledAt: null,
  returns: 0,
  proposed: 'putBack',
  can: ['putBack', 'take', 'ignore'],
  ...part,
});
const stranger = row({
  differenceId: 'd2',
  subject: { type: 'member', id: 'wx_0931', name: 'wx_0931', ref: null, unitName: null },
  field: 'stranger',
  ours: '没有此人',
  theirs: '经管系',
  by: null,
  proposed: 'take',
  can: ['take', 'ignore', 'link'],
});
const gone = row({ differenceId: 'd3', field: 'presence', ours: '有', theirs: '没有', proposed: 'ask' });

const done: NonNullable<Summary['lastRun']> = {
  state: 'done',
  startedAt: at,
  finishedAt: at + 60_000,
  units: 38,
  members: 1246,
  detailed: 1246,
  refusedCode: null,
  mass: false,
};
const summary = (part: Partial<Summary> = {}): Summary => ({
  compares: true,
  lastRun: done,
  counts: [
    { field: 'name', state: 'open', count: 1 },
    { field: 'stranger', state: 'open', count: 1 },
    { field: 'order', state: 'ignored', count: 7 },
  ],
  settled: [
    { state: 'putBack', count: 22 },
    { state: 'gone', count: 6 },
  ],
  oldestOpenAt: at,
  openPeople: 6,
  openUnits: 2,
  mass: null,
  part: null,
  readable: ['name', 'department'],
  can: { act: true, policy: true, compare: true },
  ...part,
});
const policies: Policies = {
  items: [
    {
      field: 'name',
      action: 'putBack',
      automatic: false,
      changed: null,
      actions: [
        { action: 'putBack', automatic: true },
        { action: 'ask', automatic: false },
      ],
    },
  ],
  can: { change: true },
};

function api(items: Difference[], overview = summary(), more: Record<string, Answer> = {}) {
  const body: DifferencesPage = { items, next: null, total: items.length };
  return fakeApi({
    'GET /api/me': () => ({ body: person() }),
    'GET /api/directory/drift': () => ({ body }),
    'GET /api/directory/drift/summary': () => ({ body: overview }),
    'GET /api/directory/drift/policy': () => ({ body: policies }),
    'POST /api/directory/drift/acts': () => ({ body: { done: 1, refused: [] } }),
    'POST /api/directory/drift/compare': () => ({ body: { ok: true } }),
    ...more,
  });
}
async function open(query = ''): Promise<void> {
  page = await mountPage(DriftPage, '/console/drift', `/console/drift${query}`);
}
const box = (words: string): HTMLInputElement => {
  const found = [...document.querySelectorAll<HTMLInputElement>('input[type=checkbox]')].find((each) =>
    `${each.getAttribute('aria-label') ?? ''}${each.closest('label')?.getAttribute('aria-label') ?? ''}`.includes(
      words,
    ),
  );
  if (!found) throw new Error(`no box ${words}`);
  return found;
};
async function pick(words: string): Promise<void> {
  box(words).click();
  await settle();
}

describe('differences of the directory', () => {
  it('says when it was compared, how much is open, equal and cannot be read', async () => {
    api([row()]);
    await open();
    expect(page.text()).toContain('11-20 10:42 比过 1,246 人、38 个单位');
    const figures = page.root.querySelector('.drift-figs')?.textContent?.replace(/\s+/g, ' ');
    expect(figures).toContain('1,240 人');
    expect(figures).toContain('手机、邮箱不在比对内');
    expect(figures).toContain('放回 22，自己变一致 6');
    const fields = [...page.root.querySelectorAll('.drift-fields button')].map((one) =>
      one.textContent?.replace(/\s+/g, ' ').trim(),
    );
    expect(fields).toEqual(['全部字段2', '姓名1', '多出的成员1']);
  });

  it('shows both values and who it was; an unknown author is said to be unknown', async () => {
    api([row(), stranger]);
    await open();
    const cells = [...page.root.querySelectorAll('tbody tr')].map((line) =>
      [...line.querySelectorAll('td, th')]
        .slice(1, 6)
        .map((cell) => cell.textContent?.replace(/\s+/g, ' ').trim()),
    );
    expect(cells[0]).toEqual(['吴老师 H2017019机电系', '姓名', '吴老师', '吴师傅', '陈老师']);
    expect(cells[1]?.[4]).toBe('查不到');
    expect(page.text()).toContain('11-20 10:42 之前');
    expect(page.text()).toContain('多出的成员不会自动删');
  });

  it('does for the chosen rows what each row says, in one request per act', async () => {
    const server = api([row(), stranger]);
    await open();
    await pick('吴老师');
    await pick('wx_0931');
    page.button('处理选中的 2 条').click();
    await settle();
    expect(server.of('POST /api/directory/drift/acts').map(({ body }) => body)).toEqual([
      { differenceIds: ['d1'], act: 'putBack' },
      { differenceIds: ['d2'], act: 'take' },
    ]);
  });

  it('waits for a choice where the rule has none, and for a reason to ignore', async () => {
    const server = api([gone]);
    await open();
    await pick('吴老师');
    expect(page.button('还有 1 条没选怎么处理').disabled).toBe(true);
    page.root.querySelector<HTMLInputElement>('input[value=ignore]')?.click();
    await settle();
    page.button('处理选中的 1 条').click();
    await settle();
    const send = page.button('不管 1 条');
    expect(send.disabled).toBe(true);
    const reason = document.querySelector<HTMLInputElement>('#drift-reason');
    if (!reason) throw new Error('no reason');
    reason.value = '长期病休，已停机';
    reason.dispatchEvent(new Event('input'));
    await settle();
    send.click();
    await settle();
    expect(server.of('POST /api/directory/drift/acts').map(({ body }) => body)).toEqual([
      { differenceIds: ['d3'], act: 'ignore', reason: '长期病休，已停机' },
    ]);
  });

  it('tells what was not done, with the server’s words', async () => {
    const refused = [{ differenceId: 'd1', words: '正在往企业微信写这个人，稍等再放回。' }];
    api([row()], summary(), {
      'POST /api/directory/drift/acts': () => ({ body: { done: 0, refused } }),
    });
    await open();
    await pick('吴老师');
    page.button('处理选中的 1 条').click();
    await settle();
    expect(page.root.querySelector('.notice')?.textContent).toContain('正在往企业微信写这个人');
  });

  it('shows who ignored it and why, and takes it back', async () => {
    const ignored = row({
      state: 'ignored',
      can: ['reopen'],
      acted: { at, by: '李老师', reason: '笔名' },
    });
    const server = api([ignored]);
    await open('?state=ignored');
    expect(page.root.querySelector('tbody')?.textContent).toContain('“笔名”');
    page.button('撤回').click();
    await settle();
    expect(server.of('POST /api/directory/drift/acts')[0]?.body).toEqual({
      differenceIds: ['d1'],
      act: 'reopen',
    });
    expect(server.of('GET /api/directory/drift')[0]?.path).toContain('state=ignored');
  });

  it.each<[string, Partial<Summary>, string]>([
    ['a mass', { mass: { subjects: 61, total: 900 } }, '没有写入任何内容'],
    ['no contacts secret', { compares: false }, '没有配置“通讯录同步”的密钥'],
    [
      'not everything could be read',
      { lastRun: { ...done, state: 'partial', detailed: 1200, refusedCode: 60011 } },
      '46 人的姓名、职务等企业微信不给看（60011）',
    ],
  ])('says so: %s', async (_what, part, words) => {
    api([row()], summary(part));
    await open();
    expect(page.root.querySelector('.notice')?.textContent).toContain(words);
  });

  it('no difference is said with when and how many', async () => {
    api([], summary({ counts: [], oldestOpenAt: null, openPeople: 0, openUnits: 0 }));
    await open();
    expect(page.text()).toContain('没有差异');
    expect(page.text()).toContain('都处理了');
  });

  it('filtered to nothing offers the wider list', async () => {
    api([]);
    await open('?field=email');
    expect(page.text()).toContain('这样筛没有');
    page.button('清除筛选').click();
    await settle();
    expect(page.router.currentRoute.value.query).toEqual({});
  });

  it('a failed list says so with its number; the page stays', async () => {
    api([], summary(), {
      'GET /api/directory/drift': () => problem(500, 'http.internal', '服务器出错'),
    });
    await open();
    expect(page.text()).toContain('没取到差异清单');
  });

  it('without rights to act there are no boxes and no buttons', async () => {
    api([row({ can: [] })], summary({ can: { act: false, policy: false, compare: false } }));
    await open();
    expect(page.has('处理选中的')).toBe(false);
    expect(page.has('现在比一次')).toBe(false);
    expect(page.has('看规则')).toBe(true);
  });

  it('H1 somebody with a part is told whose it is, what they may do, and what is not theirs', async () => {
    const part = summary({ part: ['信息工程学院'], can: { act: true, policy: false, compare: false } });
    api([row()], part);
    await open();
    expect(page.root.querySelector('.notice')?.textContent).toContain('您的范围：信息工程学院');
    expect(page.text()).toContain('规则、认人、多出的成员由人事处管');
    expect(page.text()).not.toContain('多出的成员不会自动删');
    expect(page.has('现在比一次')).toBe(false);
    expect(page.has('看规则')).toBe(true);
    page.app.unmount();
    api([row({ can: [] })], {
      ...part,
      part: ['图书馆', '后勤处', '保卫处', '团委'],
      can: { ...part.can, act: false },
    });
    await open();
    expect(page.text()).toContain('您的范围：图书馆、后勤处、保卫处等 4 个单位');
    expect(page.text()).toContain('您能看，不能处理');
    expect(page.has('处理选中的')).toBe(false);
  });

  it('H1 an empty part says so of its own people; what it does not know is not shown as equal', async () => {
    const part = ['信息工程学院'];
    const own = { ...done, members: 31, detailed: 31 };
    api([], summary({ part, counts: [], lastRun: own }));
    await open();
    expect(page.text()).toContain('您范围里比过 31 人，没有等处理的差异');
    page.app.unmount();
    api([], summary({ part, counts: [], lastRun: { ...own, state: 'partial', detailed: null } }));
    await open();
    expect(page.text()).toContain('您管的人里有没有，这里不知道');
    expect(page.root.querySelector('.drift-figs')?.textContent).toContain('不知道您管的有没有漏');
  });

  it('H1 exports exactly what the filter says, and nothing where there is nothing', async () => {
    api([row()]);
    await open('?state=ignored&field=name&q=wu');
    const link = page.root.querySelector<HTMLAnchorElement>('a[download]');
    expect(link?.getAttribute('href')).toBe('/api/directory/drift/export?state=ignored&field=name&q=wu');
    page.app.unmount();
    api([]);
    await open();
    expect(page.root.querySelector('a[download]')).toBeNull();
  });

  it('shows the rules and changes one at once', async () => {
    const server = api([row()], summary(), {
      'POST /api/directory/drift/policy': () => ({ body: { ok: true } }),
    });
    await open();
    page.button('改规则').click();
    await settle();
    await pick('姓名：自动');
    expect(server.of('POST /api/directory/drift/policy')[0]?.body).toEqual({
      field: 'name',
      action: 'putBack',
      automatic: true,
    });
  });
});

describe('choices', () => {
  it('a rule proposes only what is possible for the row', () => {
    expect(proposed(row())).toBe('putBack');
    expect(proposed(row({ can: ['take', 'ignore'] }))).toBeNull();
    expect(proposed(gone)).toBeNull();
    expect(choicesOf(stranger)).toEqual(['take', 'ignore']);
  });

  it('what a person chose counts, else the rule; the undecided are counted', () => {
    const sorted = sortOut([row(), stranger, gone], new Map([['d1', 'ignore']]));
    expect(sorted).toEqual({
      groups: [
        { act: 'take', ids: ['d2'] },
        { act: 'ignore', ids: ['d1'] },
      ],
      undecided: 1,
    });
  });
});

it('the words follow the copy rules', () => {
  const texts = (node: unknown): string[] => {
    if (typeof node === 'string') return [node];
    if (typeof node === 'function') return [String((node as (...all: number[]) => unknown)(3, 5))];
    return typeof node === 'object' && node !== null ? Object.values(node).flatMap(texts) : [];
  };
  const all = texts(w);
  expect(all.length).toBeGreaterThan(60);
  expect(
    all.filter((text) => /[你!！]|undefined|操作失败|请重试|暂无数据|数据异常|同步中|确定要/.test(text)),
  ).toEqual([]);
});
