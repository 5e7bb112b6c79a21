/** S2-15d: signs that an account was handed on ask a person to look; never is there a verdict, never a lock by itself. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { demoCast, type CastKey } from '../../scripts/demo/cast.ts';
import type { CheckAnswer, CountsAnswer, ListAnswer } from '../../server/features/account-signs/contract.ts';
import { systemActor } from '../../server/kernel/actor.ts';
import { DAY_MS, dateOf, MINUTE_MS } from '../../server/kernel/dates.ts';
import { Client } from '../support/client.ts';
import { type Started, startApp } from '../support/start-app.ts';
import { todosOf } from '../support/todos.ts';

// Whole stories: not a matter of the machine's speed.
vi.setConfig({ testTimeout: 180_000 });

const SEED = systemActor('test:signs');
const IPHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 wxwork/4.1.20';
const ANDROID =
  'Mozilla/5.0 (Linux; Android 13; V2183A Build/TP1A.220624.014; wv) AppleWebKit/537.36 wxwork/4.1.22';

let s: Started;
let clients: Map<CastKey, Promise<Client>>;
beforeEach(async () => {
  s = await startApp();
  clients = new Map();
  const admin = await as('superAdmin');
  const terms = { personId: await idOf('headless'), role: 'securityAdmin', unitId: null, lastOn: null };
  await admin.post('/api/access/grants', terms);
});
afterEach(() => s.close());

const as = (who: CastKey): Promise<Client> => {
  const known = clients.get(who) ?? s.signIn(demoCast[who].userid);
  clients.set(who, known);
  return known;
};
const idOf = async (who: CastKey): Promise<string> =>
  s.app.db.read(
    async (reads) =>
      (await s.app.directory.orgOf(reads)).personByUserid(demoCast[who].userid)?.personId ?? '',
  );
async function later(ms: number): Promise<void> {
  await s.advance(ms);
  clients.clear();
}
/** Signing in with this device, through the real redirect. */
async function visit(who: CastKey, userAgent: string): Promise<void> {
  const client = s.browser();
  const init = { headers: { 'user-agent': userAgent } };
  const login = await client.raw('GET', '/api/auth/login?return=/', init);
  const authorize = `${login.headers.get('location')?.replace('#wechat_redirect', '')}&sandbox_member=${demoCast[who].userid}`;
  const back = await fetch(authorize, { redirect: 'manual' });
  const { pathname, search } = new URL(back.headers.get('location') ?? '');
  expect((await client.raw('GET', `${pathname}${search}`, init)).status).toBe(302);
}
const newMobile = async (who: CastKey, mobile = '13800009901'): Promise<void> => {
  const personId = await idOf(who);
  await s.app.db.write(SEED, (tx) => s.app.directory.putPerson(tx, { personId, mobile }));
};
const logged = (who: CastKey, operType: number): void =>
  void s.sandbox.control.addLog({
    kind: 'member',
    userid: demoCast[who].userid,
    operType,
    detailType: 0,
    info: '设备 iPhone 17 Pro',
    ip: '183.40.88.7',
  });
const duties = async (who: CastKey) => todosOf(await as(who));
const told = (who: CastKey): string[] =>
  s.sandbox.control
    .appMessages(demoCast[who].userid)
    .flatMap(({ content }) => (content.msgtype === 'text' ? [JSON.stringify(content)] : []));
const list = (state = 'open') =>
  as('headless').then((client) => client.get<ListAnswer>(`/api/account-signs?state=${state}`));
const one = async (who: CastKey, checkId: string) =>
  (await as(who)).get<CheckAnswer>(`/api/account-signs/${checkId}`);
async function send(who: CastKey, path: string, body: object): Promise<string> {
  const answer = await (await as(who)).send('POST', `/api/account-signs/${path}`, body);
  const said = (await answer.json()) as { code?: string; state?: string };
  return said.code ?? said.state ?? '';
}
/** What the database holds of signs, and everybody's state. */
const stored = () =>
  s.app.db.read(async (reads) => {
    const tables = ['account_device', 'account_sign', 'account_check', 'account_check_event', 'message'];
    const rows = await Promise.all(tables.map((table) => reads.em.query<object[]>(`select * from ${table}`)));
    return JSON.stringify(rows);
  });
const locked = () =>
  s.app.db.read((reads) => reads.em.query<object[]>(`select id from person where state <> 'active'`));

/** 张雨桐's phone is known for a month; then another kind of device, and another number. */
async function handedOn(): Promise<string> {
  await visit('applicant', IPHONE);
  await later(31 * DAY_MS);
  await visit('applicant', ANDROID);
  await newMobile('applicant');
  await later(DAY_MS);
  const { items } = await list();
  return items[0]?.checkId ?? '';
}

describe('S2-15d signs of an account that was handed on', () => {
  it('S2-15d a new device and a new number: the unit is asked, says that it was handed on, the security administrator deals with it; nothing is locked', async () => {
    const before = await locked();
    const checkId = await handedOn();
    const [task] = await duties('unitHead');
    expect(task?.text).toMatch(/^核对张雨桐的账号是否本人在用，/);
    expect(told('unitHead')).toContainEqual(expect.stringContaining('核对张雨桐的账号是否本人在用'));
    const seen = await one('unitHead', checkId);
    expect(seen).toMatchObject({
      person: { name: '张雨桐' },
      holder: '陈志远',
      can: { answer: true, settle: false },
    });
    expect(seen.signs.map(({ words }) => words)).toEqual([
      '用没用过的设备类型登录本系统',
      '档案里换了手机号',
    ]);
    expect(await send('unitHead', `${checkId}/answer`, { answer: 'handedOn' })).toBe('http.bad_request');
    const words = '本人已交给接手的同事使用';
    expect(await send('unitHead', `${checkId}/answer`, { answer: 'handedOn', words })).toBe('reported');
    expect(await send('unitHead', `${checkId}/answer`, { answer: 'self' })).toBe('signs.reported');
    await s.settle();
    expect(await duties('unitHead')).toEqual([]);
    expect((await duties('headless')).map(({ text }) => text)).toEqual([
      expect.stringMatching(/^处理张雨桐账号的核对结果，/),
    ]);
    expect(
      (await one('headless', checkId)).history.map(({ by, words: said, note }) => [by, said, note]),
    ).toEqual([
      ['系统', '系统请人核对', null],
      ['陈志远', '已转他人使用', words],
    ]);
    expect(await send('headless', `${checkId}/settle`, { words: '已请本单位报送锁定申请' })).toBe('ended');
    expect(await duties('headless')).toEqual([]);
    expect((await list('ended')).items.map(({ stateWords }) => stateWords)).toEqual(['已办结']);
    // The same signs were looked at: they ask no second time.
    await later(2 * DAY_MS);
    expect((await list()).items).toEqual([]);
    expect(await locked()).toEqual(before);
    const acts = await s.app.db.read((reads) =>
      reads.em.query<{ action: string }[]>(
        `select action from audit_entry where targetType = 'account_check' and targetId = ? order by id`,
        [checkId],
      ),
    );
    expect(acts.map(({ action }) => action)).toEqual([
      'signs.raise',
      'signs.open',
      'signs.answer',
      'signs.open',
      'signs.settle',
    ]);
  });

  it('S2-15d one kind of sign alone never asks, however often it is seen', async () => {
    await visit('applicant', IPHONE);
    await later(31 * DAY_MS);
    await visit('applicant', ANDROID);
    logged('applicant', 4);
    await later(DAY_MS);
    logged('applicant', 4);
    await visit('applicant', 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) wxwork/4.1.10');
    await newMobile('colleague');
    logged('colleague', 5);
    logged('colleague', 7);
    await later(DAY_MS);
    await later(DAY_MS);
    expect((await list()).items).toEqual([]);
    const counts = await (await as('headless')).get<CountsAnswer>('/api/account-signs/counts');
    expect(counts).toMatchObject({ open: 0, reported: 0, ended: 0, log: { refused: null } });
  });

  it('S2-15d H6 个保法 6 what is kept is days and salted prints: no device, no address, no number, no words of the log', async () => {
    logged('applicant', 4);
    logged('applicant', 7);
    await later(DAY_MS);
    const checkId = (await list()).items[0]?.checkId ?? '';
    expect((await one('unitHead', checkId)).signs.map(({ words }) => words).sort()).toEqual([
      '企业微信记录换绑了微信',
      '企业微信记录新设备登录',
    ]);
    await visit('applicant', IPHONE);
    await visit('colleague', IPHONE);
    const words = '打过电话，本人说换了手机';
    await send('unitHead', `${checkId}/answer`, { answer: 'unclear', words });
    const all = await stored();
    for (const raw of ['iPhone', 'iphone', 'wxwork', '183.40', '13800009901', words, '设备 iPhone'])
      expect(all, raw).not.toContain(raw);
    const prints = await s.app.db.read((reads) =>
      reads.em.query<{ devicePrint: string; firstAt: number | string }[]>(
        'select devicePrint, firstAt from account_device',
      ),
    );
    expect(new Set(prints.map(({ devicePrint }) => devicePrint)).size).toBe(prints.length);
    for (const { firstAt } of prints) expect((Number(firstAt) + 8 * 3_600_000) % DAY_MS).toBe(0);
    expect(s.log.join('\n')).not.toContain('iPhone');

    const copy = await (await as('applicant')).raw('GET', '/api/access/own-data?format=json');
    const text = await copy.text();
    for (const part of ['账号使用核对', '企业微信记录新设备登录', '登录设备类型'])
      expect(text).toContain(part);
    expect(text).not.toContain(words);
  });

  it('S2-15d 不清楚 is asked once more with a new clock, then reported; 本人仍在使用 ends it', async () => {
    const checkId = await handedOn();
    const words = '已打电话，等本人回复';
    expect(await send('unitHead', `${checkId}/answer`, { answer: 'unclear', words })).toBe('open');
    await s.settle();
    expect(await duties('unitHead')).toHaveLength(1);
    expect(await send('unitHead', `${checkId}/answer`, { answer: 'unclear', words })).toBe('reported');
    expect(await send('headless', `${checkId}/settle`, { words: '本人已当面确认' })).toBe('ended');

    logged('colleague', 4);
    logged('colleague', 5);
    await later(DAY_MS);
    const [next] = (await list()).items;
    expect(next?.person.name).toBe(demoCast.colleague.name);
    expect(await send('unitHead', `${next?.checkId}/answer`, { answer: 'self' })).toBe('ended');
    const counts = await (await as('headless')).get<CountsAnswer>('/api/account-signs/counts');
    expect(counts).toMatchObject({ ended: 2, outcomes: { self: 1, settled: 1, void: 0 } });
  });

  it('S2-15d H3 H4 nobody is asked about their own account; who watches over the work sees figures, no names', async () => {
    logged('unitHead', 4);
    logged('unitHead', 5);
    logged('headless', 4);
    logged('headless', 5);
    await later(DAY_MS);
    // About a head of a unit the security administrator is asked; about the security administrator somebody else.
    expect((await list()).items.map(({ person, holder }) => [person.name, holder])).toEqual([
      ['陈志远', demoCast.headless.name],
    ]);
    const admin = await as('superAdmin');
    expect((await admin.raw('GET', '/api/account-signs')).status).toBe(403);
    const counts = await admin.raw('GET', '/api/account-signs/counts');
    const text = await counts.text();
    expect(JSON.parse(text)).toMatchObject({ open: 2, late: 0, canList: false });
    expect(text).not.toContain('陈志远');
    const checkId = (await list()).items[0]?.checkId ?? '';
    for (const who of ['unitHead', 'applicant', 'superAdmin'] as const)
      expect((await (await as(who)).raw('GET', `/api/account-signs/${checkId}`)).status, who).toBe(404);
    expect((await (await as('applicant')).raw('GET', '/api/account-signs/counts')).status).toBe(403);
    expect(await send('unitHead', `${checkId}/answer`, { answer: 'self' })).toBe('signs.not_visible');
  });

  it('S2-15d G9 who does not answer in time is late; who cannot act any more hands the clock on; who is locked is no case', async () => {
    logged('applicant', 4);
    logged('applicant', 5);
    await later(DAY_MS);
    const checkId = (await list()).items[0]?.checkId ?? '';
    await later(7 * DAY_MS);
    expect(await one('headless', checkId)).toMatchObject({ isLate: true, holder: '陈志远' });
    const head = await idOf('unitHead');
    await s.app.db.write(SEED, (tx) => s.app.directory.lockPerson(tx, head));
    await later(MINUTE_MS);
    const seen = await one('headless', checkId);
    expect(seen.holder).not.toBe('陈志远');
    expect(seen.holder).not.toBeNull();
    const personId = await idOf('applicant');
    await s.app.db.write(SEED, (tx) =>
      s.app.directory.endEmployment(tx, personId, {
        status: 'left',
        on: dateOf(s.clock.now()),
        reason: null,
      }),
    );
    expect(await one('headless', checkId)).toMatchObject({ state: 'ended', due: null });
    const rest = await s.app.db.read((reads) =>
      reads.em.query<object[]>('select id from account_device where personId = ?', [personId]),
    );
    expect(rest).toEqual([]);
  });

  it('S2-15d where 企业微信 does not let us read its log, that is said and the other signs stand alone', async () => {
    s.sandbox.control.adminCorp({ operLog: false });
    const checkId = await handedOn();
    expect(checkId).not.toBe('');
    const counts = await (await as('headless')).get<CountsAnswer>('/api/account-signs/counts');
    expect(counts.log).toMatchObject({ refused: 48002 });
  });

  it('S2-15d 个保法 19 devices, signs and checks go when their time is over', async () => {
    const checkId = await handedOn();
    await send('unitHead', `${checkId}/answer`, { answer: 'self' });
    await later(61 * DAY_MS);
    await later(DAY_MS);
    const count = (table: string) =>
      s.app.db.read(async (reads) =>
        Number((await reads.em.query<{ n: number }[]>(`select count(*) as n from ${table}`))[0]?.n),
      );
    expect(await count('account_sign')).toBe(0);
    expect(await count('account_check')).toBe(1);
    await later(310 * DAY_MS);
    await later(DAY_MS);
    expect(await count('account_device')).toBe(0);
    expect(await count('account_check')).toBe(0);
    expect(await count('account_check_event')).toBe(0);
  });
});
