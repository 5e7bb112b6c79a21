import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeApi, problem, type Answer } from '../../testing/fake-api.ts';
import { mountPage, settle, type Mounted } from '../../testing/mount.ts';
import { me, mayOpen } from '../session.ts';
import * as shell from '../testing/samples.ts';
import type { Chain, Clocks, EntriesPage, Entry, EntryDetail } from './api.ts';
import AuditPage from './AuditPage.vue';
import ChainCard from './ChainCard.vue';
import EntryPanel from './EntryPanel.vue';
import { fieldRows, valueWords } from './field-rows.ts';

const url = '/console/audit';
const list = 'GET /api/audit/entries';
let page: Mounted;
const who = (role: string) => shell.person([{ role, roleName: role, scopeUnitName: null }]);

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: shell.at });
  me.value = who('auditAdmin');
});
afterEach(async () => {
  page?.app.unmount();
  vi.useRealTimers();
  vi.unstubAllGlobals();
  await settle();
});

const entry = (part: Partial<Entry> = {}): Entry => ({
  entryId: 'e1',
  seq: 184_225,
  at: shell.at,
  actor: { id: 'p1', name: '李老师', kind: 'person' },
  action: 'people.reveal',
  actionWords: '看完整信息',
  target: { id: 'p2', name: '张老师', type: 'person', typeWords: '人' },
  result: 'ok',
  resultWords: '成功',
  personal: true,
  ...part,
});
const detail = (part: Partial<EntryDetail> = {}): EntryDetail => ({
  ...entry(),
  roles: ['花名册维护'],
  via: 'h5',
  viaWords: '网页',
  address: '10.20.0.1',
  requestId: 'r-7c31e0',
  before: null,
  after: { field: 'mobile' },
  personalPart: {
    state: 'open',
    person: { id: 'p2', name: '张老师' },
    before: null,
    after: { purpose: '核对报到材料' },
  },
  prevHash: 'c2d4aaaa'.repeat(8),
  hash: 'a771bbbb'.repeat(8),
  ...part,
});
const pageOf = (items: Entry[], next: string | null = null): EntriesPage => ({
  items,
  next,
  fromOn: '2026-10-22',
  toOn: '2026-11-20',
  actions: [{ action: 'people.reveal', words: '看完整信息' }],
});
const chain = (part: Partial<Chain> = {}): Chain => ({
  head: { seq: 184_228, hash: 'a'.repeat(64) },
  unsealed: 3,
  verified: {
    startedAt: shell.at,
    finishedAt: shell.at,
    sealed: 184_228,
    anchors: 12,
    destroyed: 0,
    faultCount: 0,
    faults: [],
  },
  running: false,
  anchor: { at: shell.at, seq: 184_000, hash: 'b0e477c1'.repeat(8) },
  ...part,
});
async function open(query = '', answers: Record<string, Answer> = {}) {
  const calls = fakeApi({
    'GET /api/me': () => ({ body: shell.person() }),
    'GET /api/audit/chain': () => ({ body: chain() }),
    [list]: () => ({ body: pageOf([entry(), entry({ entryId: 'e2', seq: null })]) }),
    'GET /api/audit/entries/e1': () => ({ body: detail() }),
    ...answers,
  });
  page = await mountPage(AuditPage, url, url + query);
  await settle();
  return calls;
}

describe('the audit page', () => {
  it('H4 is for the audit administrator alone', () => {
    const roles = ['auditAdmin', 'systemAdmin', 'securityAdmin', 'superAdmin', 'creator', 'hrMaintainer'];
    expect(roles.filter((role) => mayOpen(who(role), 'audit'))).toEqual(['auditAdmin']);
  });

  it('asks as the URL says, and a click opens one entry in the URL', async () => {
    const calls = await open('?targetType=approval&targetId=i1&action=approvals');
    expect(calls.of(list)[0]?.path).toBe(
      '/api/audit/entries?action=approvals&targetType=approval&targetId=i1&limit=50',
    );
    expect(calls.of('GET /api/audit/entries/e1')).toHaveLength(0);
    page.root.querySelector<HTMLElement>('[data-row]')?.click();
    await settle();
    expect(calls.of('GET /api/audit/entries/e1')).toHaveLength(1);
    expect(page.text()).toContain('第 184,225 条');
    expect(page.text()).toContain('以花名册维护身份');
  });

  it('who held it, for how long and by which calendar is asked for from an entry', async () => {
    const items: Clocks['items'] = [
      {
        title: '请假，张老师',
        holder: { id: 'p3', name: '陈主任' },
        openedAt: shell.at,
        dueAt: shell.at + 86_400_000,
        firstDueAt: shell.at + 3_600_000,
        provisional: false,
        closedAt: shell.at + 7_200_000,
        outcome: 'done',
        workdays: 1,
        usedMs: 7_200_000,
        breach: null,
        events: [],
        notices: [{ year: 2026, words: '国务院办公厅关于2026年部分节假日安排的通知' }],
      },
    ];
    const calls = await open('?entry=e1', { 'GET /api/audit/clocks': () => ({ body: { items } }) });
    page.button('看经手和时限').click();
    await settle();
    expect(calls.of('GET /api/audit/clocks')[0]?.path).toBe(
      '/api/audit/clocks?targetType=person&targetId=p2',
    );
    expect(page.text()).toContain('陈主任');
    expect(page.text()).toContain('工作时间 2 小时 0 分');
    expect(page.text()).toContain('2026年部分节假日安排');
  });

  it('the file follows the filter', async () => {
    await open('?action=people&fromOn=2026-11-01');
    const link = page.root.querySelector('a[download]');
    expect(link?.getAttribute('href')).toBe('/api/audit/export?fromOn=2026-11-01&action=people');
  });

  it('says why when the record cannot be read', async () => {
    await open('', { [list]: () => problem(403, 'audit.auditors_only', '审计记录只给审计管理员看。') });
    expect(page.text()).toContain('审计记录只给审计管理员看。');
  });
});

describe('the state of the chain', () => {
  const show = async (part: Partial<Chain> = {}) => {
    page = await mountPage(ChainCard, url, url, { chain: chain(part) });
  };
  const found = (part: object) => ({ verified: { ...chain().verified, ...part } as Chain['verified'] });

  it('H8 says whether the record is whole, up to where, against what, and what is not sealed', async () => {
    await show();
    expect(page.text()).toContain('184,228 条连得上，没有改动、插入、删除、换序');
    expect(page.text()).toContain('和库外 12 个封头对得上');
    expect(page.text()).toContain('3 条还没封');
  });

  it('H8 names what is broken and up to where it can be trusted', async () => {
    const faults = [{ kind: 'changed', seq: 91_407, words: '封好后被改过' }];
    await show(found({ faultCount: 1, faults }));
    expect(page.text()).toContain('有 1 处对不上');
    expect(page.text()).toContain('第 91,407 条封好后被改过');
    expect(page.text()).toContain('第 91,407 条以前可信');
    expect(page.text()).not.toContain('连得上');
  });

  it('says that nobody verified yet', async () => {
    await show({ verified: null, anchor: null });
    expect(page.text()).toContain('还没有核验过');
  });

  it('H9 says that no head lies outside, and how many personal parts are gone', async () => {
    await show({ ...found({ anchors: 0, destroyed: 2 }), anchor: null });
    expect(page.text()).toContain('库外还没有封头');
    expect(page.text()).toContain('2 条的个人内容已随密钥销毁');
  });
});

describe('one entry', () => {
  it('H9 H7 shows a person’s own marked, beside who, as what and from where', async () => {
    page = await mountPage(EntryPanel, url, url, { entry: detail() });
    expect(page.text()).toContain('用途 个人核对报到材料');
    expect(page.text()).toContain('以花名册维护身份');
    expect(page.text()).toContain('10.20.0.1');
  });

  it('H9 says that it is gone', async () => {
    const gone = { state: 'destroyed', person: { id: 'p2', name: null }, at: shell.at } as const;
    page = await mountPage(EntryPanel, url, url, { entry: detail({ personalPart: gone }) });
    expect(page.text()).toContain('已按规定销毁，个人内容谁也看不到了');
    expect(page.text()).not.toContain('核对报到材料');
  });
});

describe('what an entry says', () => {
  it('puts before beside after, the personal part first', () => {
    const rows = fieldRows({
      before: { status: 'working' },
      after: { status: 'left', leftAt: shell.at },
      personalPart: {
        state: 'open',
        person: { id: 'p', name: '甲' },
        before: { name: '甲' },
        after: { name: '乙' },
      },
    });
    expect(rows).toMatchObject([
      { label: '姓名', before: '甲', after: '乙', personal: true },
      { label: '状态', before: 'working', after: 'left', personal: false },
      { label: 'leftAt', before: '', after: '11-20 10:42', personal: false },
    ]);
  });

  it('writes values so that they can be read', () => {
    expect(valueWords('x', null)).toBe('—');
    expect(valueWords('x', true)).toBe('是');
    expect(valueWords('x', ['a'])).toBe('["a"]');
    expect(valueWords('n', 3)).toBe('3');
  });
});
