import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LateCasesAnswer, RequestBrief } from '../../server/features/accounts/contract.ts';
import type { z } from 'zod';
import { demoCast } from '../../scripts/demo/cast.ts';
import { DAY_MS } from '../../server/kernel/dates.ts';
import { type AccountsStory, accountsStory } from '../support/accounts-story.ts';

/** Of a member in 企业微信. */
const [ACTIVE, DISABLED] = [1, 2];

let a: AccountsStory;
beforeEach(async () => {
  a = await accountsStory();
});
afterEach(() => a.s.close());

const late = async () =>
  (await a.get<z.infer<typeof LateCasesAnswer>>('it', '/late')).items.map(
    ({ unitName, kindWords, lateWorkdays }) => `${unitName} ${kindWords} ${lateWorkdays}`,
  );

const newcomer = () =>
  a.asSystem(async (tx) => {
    const post = {
      unitId: a.unitOf('D2001'),
      kind: 'main' as const,
      title: '讲师',
      isHead: false,
      headRank: null,
      sinceOn: a.today(),
      untilOn: null,
      place: null,
    };
    const goal = { staffNo: '00990', name: '丁若兰', mobile: '13800009901', category: 'internal' as const };
    return (await a.s.app.directory.putPerson(tx, { ...goal, posts: [post] })).personId;
  });

describe('opening an account by request (S3-1)', () => {
  const form = (more: object = {}) => ({
    unitId: a.unitOf('D2001'),
    reportOn: a.today(),
    category: 'established',
    ...more,
  });

  it('S3-0a S3-1a S3-1b S3-1.1 sent in on the day, accepted by HR, carried out by IT: three accounts, each with proof', async () => {
    const personId = await newcomer();
    const requestId = await a.begin('head', 'open', personId, form());
    expect(await a.submit('head', requestId, a.unitOf('D2001'))).toMatchObject({ status: 'submitted' });
    expect(await a.refusal('it', `/requests/${requestId}/accept`)).toBe('accounts.not_acceptor');
    await a.post('hr', `/requests/${requestId}/accept`);
    await a.post('it', `/requests/${requestId}/execute`);
    expect(await a.accountsOf(personId)).toBe('企业微信 正常 | OA 开通中 | 无感考勤 开通中');
    await a.confirmByHand(requestId);
    const answer = await a.request(requestId);
    expect(answer.status).toBe('done');
    expect(answer.items.every(({ proof }) => proof !== null)).toBe(true);
    expect(await a.accountsOf(personId)).toBe('企业微信 正常 | OA 正常 | 无感考勤 正常');
    await a.s.settle();
    // 4: a member who has not signed in yet.
    expect(a.s.sandbox.control.state().members.find(({ name }) => name === '丁若兰')?.status).toBe(4);
    expect(await late()).toEqual([]);
  });

  it('S3-1b S3-1.2 to S3-1.4 what is missing is named and comes back; each category says what it must', async () => {
    const personId = await newcomer();
    const lacks = async (more: object) => {
      const requestId = await a.begin('head', 'open', personId, form(more));
      return (await a.submit('head', requestId, a.unitOf('D2001'))).missing;
    };
    expect(await lacks({ category: 'nonEstablished' })).toEqual(['所需系统', '需要的理由']);
    expect(await lacks({ category: 'seconded' })).toEqual(['原单位', '结束日期']);
    expect(await lacks({ category: 'other' })).toEqual(['原因说明']);
    expect(await lacks({ reportOn: null })).toEqual(['报到日期']);
    const requestId = await a.begin('head', 'open', personId, form({ category: 'nonEstablished' }));
    await a.submit('head', requestId, a.unitOf('D2001'));
    const filled = {
      kind: 'open',
      form: form({ category: 'nonEstablished', systems: ['wecom'], need: '驻场运维' }),
    };
    await (await a.as('head')).send('PUT', `/api/accounts/requests/${requestId}/form`, { filled });
    await a.submit('head', requestId, a.unitOf('D2001'));
    const { items } = await a.carryOut(requestId, 'hr');
    expect(items.map(({ systemName }) => systemName)).toEqual(['企业微信']);
    expect(await a.accountsOf(personId)).toBe('企业微信 正常 | OA 未开通 | 无感考勤 未开通');
  });

  it('S3-1a S3-5 G9 sent in later than the day: the breach stays with whoever held it then', async () => {
    const personId = await newcomer();
    const requestId = await a.begin('head', 'open', personId, form());
    await a.advance(2 * DAY_MS);
    // Held by the head when the time ran out; handed on afterwards.
    await a.asSystem((tx) => a.s.app.directory.lockPerson(tx, a.idOf('unitHead')));
    const [clock] = await a.clocksOf('account_request', requestId);
    expect(clock).toMatchObject({ breachPersonId: a.idOf('unitHead'), breachUnitId: a.unitOf('D2001') });
    expect(clock?.holderPersonId).not.toBe(a.idOf('unitHead'));
    await a.submit('hr', requestId, a.unitOf('D2001'));
    expect(await late()).toHaveLength(1);
    expect((await late())[0]).toMatch(/开通 2$/);
    const { items } = await a.get<z.infer<typeof LateCasesAnswer>>('it', '/late');
    // About whom, on which clock, since when, and in whose hands it was then.
    expect(items[0]).toMatchObject({
      personName: '丁若兰',
      allowance: '当天',
      breach: { holderName: demoCast.unitHead.name, at: clock?.breachedAt },
    });
  });

  it('S3-0b others cannot see an account; who looks is written down', async () => {
    const personId = a.idOf('colleague');
    const stranger = await a.as('stranger');
    expect((await stranger.raw('GET', `/api/accounts/people/${personId}`)).status).toBe(404);
    expect((await stranger.get<{ items: object[] }>('/api/accounts/requests')).items).toEqual([]);
    await a.person(personId, 'head');
    await a.person(personId, 'colleague');
    expect(await a.audited('accounts.read')).toEqual([{ actorId: a.idOf('unitHead'), targetId: personId }]);
  });
});

describe('what HR says (S3-0a)', () => {
  beforeEach(() => a.takeStock());

  const drafts = async (personId: string) => {
    const { items } = await a.get<{ items: RequestBrief[] }>('hr', `/requests?personId=${personId}`);
    return items.map(({ kind, status, eventOn }) => `${kind} ${status} ${eventOn}`);
  };
  const owedBy = async (personId: string) => {
    const { items } = await a.get<{ items: RequestBrief[] }>('hr', `/requests?personId=${personId}`);
    const clocks = await a.clocksOf('account_request', items[0]?.requestId ?? '');
    return clocks.map(({ kind, holderPersonId }) => [kind, holderPersonId]);
  };

  it('S3-0a S3-3a somebody left: the unit they were in owes the cancellation from that day on', async () => {
    const personId = a.idOf('colleague');
    await a.asSystem((tx) =>
      a.s.app.directory.endEmployment(tx, personId, { status: 'left', on: a.today(), reason: null }),
    );
    await a.s.settle();
    expect(await drafts(personId)).toEqual([`cancel draft ${a.today()}`]);
    expect(await owedBy(personId)).toEqual([['accounts.send', a.idOf('unitHead')]]);
    // The account of who has left already can still be disabled, handed over and cancelled.
    const [draft] = (await a.get<{ items: RequestBrief[] }>('head', '/requests')).items;
    const form = { unitId: a.unitOf('D2001'), leftOn: a.today(), leavingReason: 'resigned' };
    const requestId = draft?.requestId ?? '';
    await (
      await a.as('head')
    ).send('PUT', `/api/accounts/requests/${requestId}/form`, { filled: { kind: 'cancel', form } });
    await a.submit('head', requestId, a.unitOf('D2001'));
    await a.carryOut(requestId, 'hr');
    expect(await a.accountsOf(personId)).toBe('企业微信 停用 | OA 停用 | 无感考勤 停用');
  });

  it('S3-0a S3-2.2 somebody moved: the receiving unit owes the change; said again, it is owed once', async () => {
    const personId = a.idOf('colleague');
    const move = (code: string) =>
      a.asSystem(async (tx) => {
        const [held] = await a.s.app.directory.lookups.postsOf(tx, personId);
        if (held) await a.s.app.directory.changePosts(tx, personId, [{ ...held, unitId: a.unitOf(code) }]);
      });
    await move('D06');
    await a.s.settle();
    expect(await drafts(personId)).toEqual([`change draft ${a.today()}`]);
    expect(await owedBy(personId)).toEqual([['accounts.send', a.idOf('teachingOffice')]]);
    await move('D2001');
    await a.s.settle();
    expect(await drafts(personId)).toHaveLength(1);
  });

  it('S3-0a S3-1a somebody joined: the unit owes the opening on that very day', async () => {
    const personId = await newcomer();
    await a.s.settle();
    expect(await drafts(personId)).toEqual([`open draft ${a.today()}`]);
    expect(await owedBy(personId)).toEqual([['accounts.send', a.idOf('unitHead')]]);
  });
});

describe('changes (S3-2)', () => {
  beforeEach(() => a.takeStock());

  const inWeCom = () => {
    const member = a.member('colleague');
    return (
      member && [member.status, member.departments, member.mainDepartment, member.leads, member.position]
    );
  };

  it('S3-2a S3-2.1 S3-2b a change inside the unit: its unit sends, exactly the listed items are ordered', async () => {
    const personId = a.idOf('colleague');
    const changes = [{ item: '显示名', before: '吴敏', after: '吴敏（实训中心）' }];
    const form = {
      unitId: a.unitOf('D2001'),
      move: 'within',
      effectiveOn: a.today(),
      reason: '岗位调整',
      changes,
      systems: ['oa'],
    };
    const requestId = await a.begin('head', 'change', personId, form);
    await a.submit('head', requestId, a.unitOf('D2001'));
    await a.post('it', `/requests/${requestId}/accept`);
    await a.post('it', `/requests/${requestId}/execute`);
    const { rows } = await a.get<{ rows: { changes: object[] }[] }>('it', '/exchange/oa');
    expect(rows.map((row) => row.changes)).toEqual([changes]);
    await a.confirmByHand(requestId);
    expect((await a.request(requestId)).status).toBe('done');
  });

  it('S3-2.2 S3-2.6 between units the receiving one sends; any other reason is free text and required', async () => {
    const personId = a.idOf('colleague');
    const form = {
      unitId: a.unitOf('D2001'),
      toUnitId: a.unitOf('D06'),
      move: 'between',
      effectiveOn: a.today(),
      reason: '调入教务处',
      changes: [{ item: '部门', before: 'D2001', after: 'D06' }],
    };
    const requestId = await a.begin('liaison', 'change', personId, form);
    expect((await a.request(requestId)).senders.map(({ role }) => role)).toEqual(['receiving']);
    expect(
      await a.refusal('head', `/requests/${requestId}/submit`, { unitId: a.unitOf('D06'), letter: {} }),
    ).toBe('accounts.not_visible');
    const other = await a.begin('head', 'change', personId, { ...form, move: 'other', reason: '' });
    expect((await a.submit('head', other, a.unitOf('D2001'))).missing).toEqual(['变更原因']);
  });

  it('S3-2.3 C12 a secondment inside: both units sign, a concurrent post with its end is added, the original stays', async () => {
    const personId = a.idOf('colleague');
    const [home, host] = [a.unitOf('D2001'), a.unitOf('D06')];
    const form = {
      homeUnitId: home,
      hostUnitId: host,
      title: '干事',
      fromOn: a.today(),
      untilOn: '2027-05-23',
    };
    const requestId = await a.begin('head', 'secondIn', personId, form);
    expect(await a.submit('head', requestId, home)).toMatchObject({ outcome: 'waiting' });
    expect(await a.refusal('it', `/requests/${requestId}/accept`)).toBe('accounts.not_now');
    expect(await a.submit('liaison', requestId, host)).toMatchObject({ status: 'submitted' });
    expect((await a.carryOut(requestId)).status).toBe('done');
    const posts = await a.s.app.db.read((reads) => a.s.app.directory.lookups.postsOf(reads, personId));
    expect(posts.map(({ unitId, kind, untilOn }) => [unitId, kind, untilOn])).toEqual([
      [home, 'main', null],
      [host, 'concurrent', '2027-05-23'],
    ]);
    const org = await a.s.app.db.read((reads) => a.s.app.directory.orgOf(reads));
    const departments = [home, host].map((id) => org.unit(id)?.departmentId);
    expect(a.member('colleague')?.departments).toEqual(departments);
  });

  it('S3-2.4a S3-2.4b C14 a secondment to outside: locked, attendance cancelled; back again, attendance is opened anew', async () => {
    const personId = a.idOf('colleague');
    const unitId = a.unitOf('D2001');
    const form = {
      homeUnitId: unitId,
      hostName: '省教育厅',
      hostLetter: { number: '教函〔2026〕3号' },
      fromOn: a.today(),
      untilOn: '2026-12-18',
    };
    const requestId = await a.begin('head', 'secondOut', personId, form);
    await a.submit('head', requestId, unitId);
    await a.carryOut(requestId);
    expect(await a.accountsOf(personId)).toBe('企业微信 锁定 | OA 锁定 | 无感考勤 已注销');
    expect(a.member('colleague')?.status).toBe(DISABLED);
    const lockId = (await a.person(personId)).locks[0]?.lockId ?? '';
    expect(await a.clocksOf('account_lock', lockId)).toMatchObject([
      { kind: 'accounts.lockDecision', state: 'open', holderPersonId: a.idOf('unitHead') },
    ]);
    await a.advance(30 * DAY_MS);
    expect(await a.accountsOf(personId)).toMatch(/^企业微信 锁定/);
    const decision = { decision: 'unlock', effectiveOn: a.today(), returned: true, reason: '借调期满' };
    const { requestIds } = await a.post<{ requestIds: string[] }>(
      'head',
      `/locks/${lockId}/decide`,
      decision,
    );
    await a.submit('head', requestIds[0] ?? '', unitId);
    await a.carryOut(requestIds[0] ?? '');
    expect(await a.accountsOf(personId)).toBe('企业微信 正常 | OA 正常 | 无感考勤 正常');
    expect(a.member('colleague')?.status).toBe(ACTIVE);
    expect((await a.clocksOf('account_lock', lockId)).map(({ state }) => state)).toEqual(['closed']);
  });

  it('S3-2.5a S3-2.5b H5 C13 a lock under investigation: signed out at once, why for named roles only, ended by a decision, exactly undone', async () => {
    const personId = a.idOf('colleague');
    const unitId = a.unitOf('D2001');
    const before = inWeCom();
    const mine = await a.as('colleague');
    const form = { unitId, fromOn: a.today(), cause: 'investigation', reason: '纪委立案审查' };
    const requestId = await a.begin('head', 'lock', personId, form);
    await a.submit('head', requestId, unitId);
    await a.post('it', `/requests/${requestId}/accept`);
    await a.post('it', `/requests/${requestId}/execute`);
    expect((await mine.raw('GET', '/api/me')).status).toBe(401);
    await a.confirmByHand(requestId);
    await a.s.settle();
    expect(a.member('colleague')?.status).toBe(DISABLED);
    for (const who of ['it', 'hr', 'head'] as const) {
      expect(JSON.stringify(await a.request(requestId, who))).not.toMatch(/纪委|investigation/);
      expect(JSON.stringify(await a.person(personId, who))).not.toMatch(/纪委|investigation/);
    }
    expect(await a.refusal('it', `/requests/${requestId}/reason`, { purpose: '看看' })).toBe(
      'accounts.not_visible',
    );
    expect(await a.post('reader', `/requests/${requestId}/reason`, { purpose: '复核' })).toEqual({
      cause: 'investigation',
      reason: '纪委立案审查',
    });
    expect(await a.audited('accounts.read_lock_reason')).toEqual([
      { actorId: a.idOf('hrHead'), targetId: requestId },
    ]);

    // S3-2.5b: no day ends it; the result begins a clock, the decision ends the lock.
    await a.advance(60 * DAY_MS);
    const lockId = (await a.person(personId)).locks[0]?.lockId ?? '';
    expect(await a.clocksOf('account_lock', lockId)).toEqual([]);
    await a.post('head', `/locks/${lockId}/result`, { resultOn: a.today() });
    expect(await a.clocksOf('account_lock', lockId)).toMatchObject([{ state: 'open' }]);
    const decision = { decision: 'unlock', effectiveOn: a.today(), returned: true, reason: '查无问题' };
    const { requestIds } = await a.post<{ requestIds: string[] }>(
      'head',
      `/locks/${lockId}/decide`,
      decision,
    );
    expect(JSON.stringify(await a.request(requestIds[0] ?? ''))).not.toContain('查无问题');
    await a.submit('head', requestIds[0] ?? '', unitId);
    await a.carryOut(requestIds[0] ?? '');
    expect(await a.accountsOf(personId)).toBe('企业微信 正常 | OA 正常 | 无感考勤 正常');
    expect(inWeCom()).toEqual(before);
  });
});
