import { afterEach, describe, expect, it, vi } from 'vitest';
import { fakeApi, problem, type Answer } from '../../testing/fake-api.ts';
import { mountPage, settle, type Mounted } from '../../testing/mount.ts';
import { mayOpen } from '../session.ts';
import * as sample from '../testing/samples.ts';
import type { PeopleAnswer, Proof, TextAnswer, TextsAnswer } from './api.ts';
import ProofPage from './ProofPage.vue';
import UndertakingPage from './UndertakingPage.vue';
import UndertakingsPage from './UndertakingsPage.vue';

let page: Mounted;
afterEach(() => {
  page.app.unmount();
  vi.unstubAllGlobals();
});

const ME = { 'GET /api/me': () => ({ body: sample.person() }) };
const brief = {
  textId: 'work-only',
  version: 2,
  title: '不用于与工作无关的事',
  source: '企业微信管理办法 第十五条',
  occasionWords: '首次登录',
};
const words = { ...brief, words: '只用于工作。\n\n1. 不发广告。', sha256: 'a'.repeat(64), registeredAt: 0 };
const rows = () =>
  [...page.root.querySelectorAll('tbody tr')].map((row) =>
    [...row.children].map((cell) => cell.textContent?.trim().replace(/\s+/g, ' ')).join(' | '),
  );

describe('the texts', () => {
  const open = async (answer: Answer) => {
    fakeApi({ ...ME, 'GET /api/undertakings/texts': answer });
    page = await mountPage(UndertakingsPage, '/console/undertakings', '/console/undertakings');
  };

  it('S2-15e says of each how many were asked, gave it and have still to; nobody owes what an occasion asks', async () => {
    const body: TextsAnswer = {
      items: [
        { ...brief, counts: { people: 1_200, asked: 900, given: 700, open: 500 } },
        {
          ...brief,
          textId: 'group-owner',
          title: '群主责任承诺',
          occasionWords: '建群',
          counts: { people: 1_200, asked: 3, given: 3, open: null },
        },
      ],
      can: { names: true },
    };
    await open(() => ({ body }));
    expect(rows()[0]).toBe(
      '不用于与工作无关的事企业微信管理办法 第十五条 | 首次登录 | 第 2 版 | 1,200 | 900 | 700 | 500',
    );
    expect(rows()[1]).toContain('3 | 3 | 办事时');
  });

  it('says so when there is none, and when it could not be fetched', async () => {
    await open(() => ({ body: { items: [], can: { names: true } } }));
    expect(page.text()).toContain('没有要承诺的规定');
    page.app.unmount();
    await open(() => problem(500, 'http.internal', '出错了'));
    expect(page.text()).toContain('R7K2-40');
  });

  it('is open to heads of units and overseers, and to whoever sees people', () => {
    const who = (role: string, seePeople: boolean) => ({
      ...sample.person(),
      can: { seePeople, managePeople: false },
      roles: [{ role, roleName: role, scopeUnitName: null }],
    });
    expect(mayOpen(who('unitHead', false), 'undertakings')).toBe(true);
    expect(mayOpen(who('auditAdmin', false), 'undertakings')).toBe(true);
    expect(mayOpen(who('staff', true), 'undertakings')).toBe(true);
    expect(mayOpen(who('staff', false), 'undertakings')).toBe(false);
  });
});

describe('one text', () => {
  const text = (part: Partial<TextAnswer> = {}): TextAnswer => ({
    text: words,
    counts: { people: 440, asked: 30, given: 20, open: 420 },
    units: [
      { unitId: 'd20', name: '信息工程学院', people: 40, asked: 30, given: 20 },
      { unitId: 'd11', name: '图书馆', people: 400, asked: 0, given: 0 },
    ],
    can: { names: true, remind: true },
    mostReminded: 300,
    ...part,
  });
  const one = {
    personId: 'p1',
    staffNo: '00731',
    name: '张雨桐',
    unitName: '信息工程学院',
    title: '教师',
    askedAt: null,
    remindedOn: null,
    due: null,
    given: null,
  };
  const open = async (
    found: TextAnswer,
    people: PeopleAnswer,
    more: Record<string, Answer> = {},
    query = '',
  ) => {
    const calls = fakeApi({
      ...ME,
      'GET /api/undertakings/texts/work-only': () => ({ body: found }),
      'GET /api/undertakings/texts/work-only/people': () => ({ body: people }),
      ...more,
    });
    const path = '/console/undertakings/work-only';
    page = await mountPage(UndertakingPage, path, `${path}${query}`, { textId: 'work-only' });
    return calls;
  };
  const act = () => document.querySelector<HTMLButtonElement>('.el-dialog footer .el-button:last-child');

  it('S2-15e shows departments and people with the clock that runs, and the words', async () => {
    const due = { dueAt: 1, provisional: false, state: 'overdue' as const, words: '超时 1 个工作日' };
    await open(text(), {
      items: [
        { ...one, askedAt: 0, due },
        { ...one, personId: 'p2' },
      ],
      next: null,
      total: 2,
      toRemind: 2,
    });
    expect(rows()[0]).toBe('信息工程学院 | 40 | 30 | 20 | 20');
    expect(rows()[2]).toContain('超时 1 个工作日');
    expect(rows()[3]).toContain('还没登录');
    expect(page.text()).toContain('不发广告。');
    expect(page.text()).toContain('a'.repeat(64));
  });

  it('reminds a department in one act, after saying how many; many are typed', async () => {
    const calls = await open(
      text(),
      { items: [one], next: null, total: 20, toRemind: 20 },
      {
        'POST /api/undertakings/texts/work-only/remind': () => ({
          body: { reminded: 20, already: 0, left: 0 },
        }),
      },
      '?unit=d20',
    );
    page.button('提醒 20 人').click();
    await settle();
    expect(document.querySelector('.el-dialog')?.textContent).toContain('提醒信息工程学院没承诺的人');
    act()?.click();
    await settle();
    expect(calls.of('POST /api/undertakings/texts/work-only/remind').map(({ body }) => body)).toEqual([
      { unitId: 'd20' },
    ]);
    page.app.unmount();
    const more = await open(
      text(),
      { items: [one], next: null, total: 420, toRemind: 420 },
      {
        'POST /api/undertakings/texts/work-only/remind': () => ({
          body: { reminded: 300, already: 0, left: 120 },
        }),
      },
    );
    page.button('提醒 420 人').click();
    await settle();
    expect(document.querySelector('.el-dialog')?.textContent).toContain('一次最多提醒 300 人');
    expect(act()?.disabled).toBe(true);
    const phrase = document.querySelector<HTMLInputElement>('#remind-phrase');
    if (!phrase) throw new Error('nothing to type');
    phrase.value = '提醒300人';
    phrase.dispatchEvent(new Event('input'));
    await settle();
    act()?.click();
    await settle();
    expect(more.of('POST /api/undertakings/texts/work-only/remind').map(({ body }) => body)).toEqual([
      { unitId: null, phrase: '提醒300人' },
    ]);
  });

  it('who gave it leads to the proof; who sees numbers only asks for no names', async () => {
    const given = { version: 2, givenAt: 0, viaWords: '企业微信' };
    const calls = await open(
      text(),
      { items: [{ ...one, given }], next: null, total: 1, toRemind: 0 },
      {},
      '?state=given',
    );
    expect(calls.of('GET /api/undertakings/texts/work-only/people').at(-1)?.path).toContain('state=given');
    expect(page.root.querySelector('[aria-label="看张雨桐的承诺凭证"]')?.getAttribute('href')).toBe(
      '/console/undertakings/work-only/people/p1',
    );
    page.app.unmount();
    const head = await open(text({ can: { names: false, remind: false } }), {
      items: [],
      next: null,
      total: 0,
      toRemind: 0,
    });
    expect(head.of('GET /api/undertakings/texts/work-only/people')).toEqual([]);
    expect(page.has('提醒')).toBe(false);
  });

  it('says so when there is no such text', async () => {
    fakeApi({
      ...ME,
      'GET /api/undertakings/texts/x': () => problem(404, 'undertakings.no_text', '没有找到'),
    });
    page = await mountPage(UndertakingPage, '/console/undertakings/x', '/console/undertakings/x', {
      textId: 'x',
    });
    expect(page.text()).toContain('没有找到这份规定');
  });
});

describe('the proof', () => {
  const proof: Proof = {
    person: { personId: 'p1', name: '张雨桐', staffNo: '00731', unitName: '信息工程学院', title: '教师' },
    text: words,
    given: [2, 1].map((version) => ({
      version,
      givenAt: Date.UTC(2026, 10, 23, 2, 21),
      sha256: 'a'.repeat(64),
      via: 'h5',
      viaWords: '企业微信',
      session: '0123456789abcdef',
      requestId: 'r1',
      isPast: version === 1,
    })),
    institution: '海州职业技术学院',
    now: 0,
  };
  const open = async (answer: Answer) => {
    const path = '/console/undertakings/work-only/people/p1';
    fakeApi({ ...ME, 'GET /api/undertakings/proofs/work-only/p1': answer });
    page = await mountPage(ProofPage, path, path, { textId: 'work-only', personId: 'p1' });
  };

  it('S2-15e says who gave which words when, with the hash, on one page', async () => {
    await open(() => ({ body: proof }));
    for (const part of ['张雨桐（工号 00731', '2026-11-23 10:21', '第 2 版', 'a'.repeat(64), '不发广告。'])
      expect(page.text()).toContain(part);
    expect(page.text()).toContain('第 1 版');
    expect(page.has('打印')).toBe(true);
  });

  it('says so when nothing was given, or it is out of reach', async () => {
    await open(() => problem(404, 'undertakings.nothing_given', '没有找到'));
    expect(page.text()).toContain('没有找到这份凭证');
  });
});
