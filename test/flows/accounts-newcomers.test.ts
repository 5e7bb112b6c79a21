import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type {
  LateCasesAnswer,
  NewcomerAnswer,
  NewcomerDetail,
  NewcomersAnswer,
  RequestBrief,
  RequestsAnswer,
} from '../../server/features/accounts/contract.ts';
import type { z } from 'zod';
import { linkAllExpected, linkArrival } from '../../server/features/accounts/newcomers/link.ts';
import { DAY_MS } from '../../server/kernel/dates.ts';
import { type AccountsStory, accountsStory, LETTER } from '../support/accounts-story.ts';

const ID = '11010519491231002X';
const OTHER_ID = '440524188001010014';
const MOBILE = '13800009901';

let a: AccountsStory;
beforeEach(async () => {
  a = await accountsStory();
});
afterEach(() => a.s.close());

const newcomer = (more: object = {}) => ({
  name: '丁若兰',
  sex: null,
  idType: 'residentId',
  idNumber: ID,
  mobile: MOBILE,
  title: '讲师',
  personCategory: 'internal',
  establishment: 'established',
  ...more,
});
const form = (more: object = {}) => ({
  unitId: a.unitOf('D2001'),
  reportOn: a.today(),
  category: 'established',
  ...more,
});
const report = (who: 'head' | 'liaison' | 'hr' = 'head', about: object = {}, filled: object = {}) =>
  a.post<NewcomerAnswer>(who, '/newcomers', {
    newcomer: newcomer(about),
    form: form(filled),
    letter: LETTER,
  });
const reported = async (about: object = {}, filled: object = {}): Promise<string> => {
  const { requestId, faults } = await report('head', about, filled);
  expect(faults).toEqual([]);
  return requestId ?? '';
};
const faultsOf = async (about: object, filled: object = {}) =>
  (await report('head', about, filled)).faults.map(({ field, code }) => `${field} ${code}`);

/** HR brings somebody, by whatever way: all of them go through the directory's door. */
const bring = (more: object = {}) =>
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
    const goal = {
      staffNo: '00990',
      name: '丁若兰',
      category: 'internal' as const,
      email: 'd@haizhou.example',
    };
    return (await a.s.app.directory.putPerson(tx, { ...goal, ...more, posts: [post] })).personId;
  });
const waiting = () => a.get<NewcomersAnswer>('hr', '/newcomers?box=waiting');
const detail = (requestId: string) => a.get<NewcomerDetail>('hr', `/newcomers/${requestId}`);
const status = async (requestId: string) => (await a.request(requestId)).status;
const requestsOf = async (personId: string) => {
  const { items } = await a.get<{ items: RequestBrief[] }>('hr', `/requests?personId=${personId}`);
  return items.map(({ kind, number, status: stands }) => [kind, number, stands]);
};
const late = async () =>
  (await a.get<z.infer<typeof LateCasesAnswer>>('it', '/late')).items.map(
    ({ unitName, kindWords, lateWorkdays }) => `${unitName} ${kindWords} ${lateWorkdays}`,
  );
const clocks = async (requestId: string) =>
  (await a.clocksOf('account_request', requestId)).map(({ kind, state }) => `${kind} ${state}`).sort();
const membersBefore = () => a.s.sandbox.control.state().members.length;

describe('a newcomer HR does not know yet (S3-1a)', () => {
  it('S3-1a S3-0a S2-4.2 reported on the day, HR brings the number, the same request goes on: opened once', async () => {
    const members = membersBefore();
    const requestId = await reported();
    await a.s.settle();
    expect(await status(requestId)).toBe('awaiting');
    const shown = await a.request(requestId, 'head');
    expect(shown.statusWords).toBe('等人事编号');
    expect(shown.title).toBe('开通账号：丁**');
    expect(shown.newcomer).toMatchObject({ name: '丁若兰', mobile: '138****9901', title: '讲师' });
    expect(JSON.stringify(shown)).not.toContain(ID);
    // Nothing is written to 企业微信 for somebody HR does not know.
    expect(membersBefore()).toBe(members);
    expect((await waiting()).items.map(({ nameMasked, idNumber }) => [nameMasked, idNumber])).toEqual([
      ['丁**', '110***********002X'],
    ]);
    expect(await clocks(requestId)).toEqual(['accounts.newcomer open', 'accounts.send closed']);

    const personId = await bring({ idType: 'residentId', idNumber: ID, mobile: MOBILE });
    await a.s.settle();
    expect(await status(requestId)).toBe('submitted');
    expect((await waiting()).items).toEqual([]);
    expect(await requestsOf(personId)).toEqual([['open', (await a.request(requestId)).number, 'submitted']]);
    expect(await clocks(requestId)).toEqual([
      'accounts.newcomer closed',
      'accounts.review open',
      'accounts.send closed',
    ]);
    expect((await a.carryOut(requestId, 'hr')).status).toBe('done');
    expect(await a.accountsOf(personId)).toBe('企业微信 正常 | OA 正常 | 无感考勤 正常');
    expect(a.s.sandbox.control.state().members.filter(({ name }) => name === '丁若兰')).toHaveLength(1);
    expect(await late()).toEqual([]);
  });

  it('S3-1a S3-5 reported two days after the day of duty: late by the unit, not by HR', async () => {
    const reportOn = a.today();
    await a.advance(2 * DAY_MS);
    const requestId = await reported({}, { reportOn });
    expect(await late()).toEqual([expect.stringMatching(/开通 2$/)]);
    const open = (await a.clocksOf('account_request', requestId)).find(({ state }) => state === 'open');
    // S1-7.2e: HR has its own working day, counted from when it was told.
    expect(open).toMatchObject({
      kind: 'accounts.newcomer',
      holderPersonId: a.idOf('hrMaintainer'),
      breachedAt: null,
    });
    await a.advance(3 * DAY_MS);
    const [breach] = (await a.clocksOf('account_request', requestId)).filter(
      ({ kind }) => kind === 'accounts.newcomer',
    );
    expect(breach).toMatchObject({ breachPersonId: a.idOf('hrMaintainer') });
  });

  it('S3-1a S3-1b B9 B10 every field says what is wrong with it, and nothing is kept', async () => {
    expect(await faultsOf({ idNumber: '110105194912310021' })).toEqual([
      'idNumber accounts.newcomer_check_digit',
    ]);
    expect(await faultsOf({ sex: 'male' })).toEqual(['sex accounts.newcomer_sex']);
    expect(await faultsOf({ mobile: '1380000', name: '3', title: '' })).toEqual([
      'name accounts.newcomer_name',
      'mobile accounts.newcomer_mobile',
      'title accounts.newcomer_title',
    ]);
    expect(await faultsOf({ idType: 'passport', idNumber: '1' })).toEqual([
      'idNumber accounts.newcomer_paper',
    ]);
    expect((await waiting()).items).toEqual([]);
    expect((await a.get<RequestsAnswer>('head', '/requests')).items).toEqual([]);
    // Missing parts of the form are named as ever, and the draft waits with the unit.
    const answer = await report('head', {}, { category: 'nonEstablished' });
    expect(answer).toMatchObject({ outcome: 'returned', missing: ['所需系统', '需要的理由'] });
    expect((await waiting()).items).toEqual([]);
    const requestId = answer.requestId ?? '';
    const again = await (
      await a.as('head')
    ).send('PUT', `/api/accounts/newcomers/${requestId}`, {
      newcomer: newcomer({ idNumber: null, mobile: null, name: '丁若澜' }),
      form: form(),
      letter: LETTER,
    });
    expect(await again.json()).toMatchObject({ outcome: 'done', status: 'awaiting', faults: [] });
    expect((await a.request(requestId, 'head')).newcomer).toMatchObject({
      name: '丁若澜',
      mobile: '138****9901',
    });
  });

  it('H1 S3-0b only for units one sends for; others see nothing of it', async () => {
    const liaison = await (
      await a.as('liaison')
    ).send('POST', '/api/accounts/newcomers', {
      newcomer: newcomer(),
      form: form(),
      letter: LETTER,
    });
    expect(await liaison.json()).toMatchObject({ code: 'accounts.not_your_unit' });
    const requestId = await reported();
    for (const who of ['stranger', 'liaison'] as const)
      expect((await (await a.as(who)).raw('GET', `/api/accounts/requests/${requestId}`)).status).toBe(404);
    for (const who of ['head', 'it', 'stranger'] as const)
      expect((await (await a.as(who)).raw('GET', `/api/accounts/newcomers/${requestId}`)).status).toBe(
        who === 'stranger' ? 404 : 403,
      );
  });
});

describe('who is already known (B2-B5, B7, S2-14a)', () => {
  it('B3 H6 somebody in the directory is told by number: by name only inside the own scope', async () => {
    await bring({ idType: 'residentId', idNumber: ID, mobile: MOBILE });
    await a.s.settle();
    const mine = await report('head', { name: '某人' });
    expect(mine.faults).toEqual([
      { field: 'idNumber', code: 'accounts.newcomer_known_here', words: expect.stringContaining('丁若兰') },
    ]);
    const other = await report('liaison', { name: '某人' }, { unitId: a.unitOf('D06') });
    expect(other.faults).toMatchObject([{ field: 'idNumber', code: 'accounts.newcomer_known' }]);
    expect(JSON.stringify(other)).not.toContain('丁若兰');
    // B4: the mobile of somebody active is nobody else's.
    expect(await faultsOf({ idNumber: OTHER_ID })).toEqual(['mobile accounts.newcomer_mobile_taken']);
  });

  it('S2-14a reported twice, by the same or by another unit: once', async () => {
    await reported();
    expect(await faultsOf({})).toEqual(['idNumber accounts.newcomer_reported_here']);
    const other = await report('liaison', {}, { unitId: a.unitOf('D06') });
    expect(other.faults).toMatchObject([{ code: 'accounts.newcomer_reported' }]);
    expect(await faultsOf({ idNumber: OTHER_ID })).toEqual(['mobile accounts.newcomer_mobile_reported']);
    expect((await waiting()).items).toHaveLength(1);
  });

  it('B7 B5 a former person who comes back is recognised by HR, and is one person again', async () => {
    const personId = await bring({ idType: 'residentId', idNumber: ID, mobile: MOBILE });
    await a.s.settle();
    await a.asSystem((tx) =>
      a.s.app.directory.endEmployment(tx, personId, { status: 'left', on: a.today(), reason: null }),
    );
    await a.s.settle();
    await a.advance(DAY_MS);
    const requestId = await reported({ mobile: '13800009955' });
    expect(JSON.stringify(await a.request(requestId, 'head'))).not.toContain('00990');
    const { candidates } = await detail(requestId);
    expect(candidates).toMatchObject([{ personId, staffNo: '00990', isFormer: true, sameIdNumber: true }]);
    // Still gone: nobody is let in again by a report.
    expect(await a.refusal('hr', `/newcomers/${requestId}/link`, { personId, reason: '本人返聘' })).toBe(
      'accounts.newcomer_not_here',
    );
    await a.asSystem((tx) =>
      a.s.app.directory.rehire(tx, personId, {
        on: a.today(),
        posts: [
          {
            unitId: a.unitOf('D2001'),
            kind: 'main',
            title: '讲师',
            isHead: false,
            headRank: null,
            sinceOn: a.today(),
            untilOn: null,
            place: null,
          },
        ],
      }),
    );
    await a.s.settle();
    expect(await status(requestId)).toBe('submitted');
    expect((await a.request(requestId)).personId).toBe(personId);
  });
});

describe('linking (B3, D5)', () => {
  it('B3 where HR gives no number, name and mobile together; D5 heard twice, linked once', async () => {
    await a.takeStock();
    const requestId = await reported();
    const personId = await bring({ mobile: MOBILE });
    await a.s.settle();
    await a.asSystem((tx) => a.s.app.directory.putPerson(tx, { personId, grade: '副教授' }));
    await a.s.settle();
    expect(await requestsOf(personId)).toEqual([['open', (await a.request(requestId)).number, 'submitted']]);
  });

  it('B2 B3 never by name alone; HR links by hand with a reason, thinks again, and the number links it', async () => {
    const requestId = await reported();
    const namesake = await bring({ staffNo: '00991' });
    await a.s.settle();
    expect(await status(requestId)).toBe('awaiting');
    expect((await detail(requestId)).candidates).toMatchObject([
      { personId: namesake, sameName: true, sameIdNumber: null, sameMobile: false },
    ]);
    expect(
      await a.refusal('head', `/newcomers/${requestId}/link`, { personId: namesake, reason: '就是他' }),
    ).toBe('accounts.not_hr');
    await a.post('hr', `/newcomers/${requestId}/link`, {
      personId: namesake,
      reason: '人事处核对过证件原件',
    });
    await a.s.settle();
    expect(await a.request(requestId)).toMatchObject({ status: 'submitted', personId: namesake });
    await a.post('hr', `/newcomers/${requestId}/unlink`, { reason: '同名不同人' });
    await a.s.settle();
    expect(await status(requestId)).toBe('awaiting');
    // What was told apart by hand is not put together again by itself.
    await a.asSystem((tx) => a.s.app.directory.putPerson(tx, { personId: namesake, mobile: MOBILE }));
    await a.s.settle();
    expect(await status(requestId)).toBe('awaiting');
    const personId = await bring({ idType: 'residentId', idNumber: ID });
    await a.s.settle();
    expect(await a.request(requestId)).toMatchObject({ status: 'submitted', personId });
    await a.carryOut(requestId, 'hr');
    expect(await a.refusal('hr', `/newcomers/${requestId}/unlink`, { reason: '太晚' })).toBe(
      'accounts.not_now',
    );
    expect((await a.audited('accounts.link')).length).toBeGreaterThan(1);
  });

  it('B3 a number that contradicts is linked by nobody', async () => {
    const requestId = await reported();
    const personId = await bring({ idType: 'residentId', idNumber: OTHER_ID });
    await a.s.settle();
    expect(await status(requestId)).toBe('awaiting');
    expect(await a.refusal('hr', `/newcomers/${requestId}/link`, { personId, reason: '填错了' })).toBe(
      'accounts.newcomer_contradicts',
    );
    // The unit corrects what it wrote; HR's clock stands still meanwhile (G6).
    await a.post('hr', `/requests/${requestId}/return`, { missing: ['证件号码'], note: '与证件不符' });
    const put = await (
      await a.as('head')
    ).send('PUT', `/api/accounts/newcomers/${requestId}`, {
      newcomer: newcomer({ idNumber: OTHER_ID, mobile: null }),
      form: form(),
      letter: LETTER,
    });
    expect(await put.json()).toMatchObject({ status: 'submitted' });
    expect((await a.request(requestId)).personId).toBe(personId);
  });

  it('D5 S2-14a two batches at once link once, and the duty HR’s news brings is the same request', async () => {
    await a.takeStock();
    const requestId = await reported();
    const [one, two] = await Promise.allSettled([
      bring({ idType: 'residentId', idNumber: ID, mobile: MOBILE }),
      bring({ idType: 'residentId', idNumber: ID, mobile: MOBILE, staffNo: '00992' }),
    ]);
    // F9: one of them is told that the number is somebody's already.
    expect([one, two].filter((each) => each.status === 'fulfilled')).toHaveLength(1);
    await Promise.all([a.s.settle(), a.s.settle()]);
    const { personId, number } = await a.request(requestId);
    expect(await requestsOf(personId)).toEqual([['open', number, 'submitted']]);
    const links = (await a.request(requestId)).history.filter(({ words }) => words.includes('人事已登记'));
    expect(links).toHaveLength(1);
  });

  it('D5 two workers hear of the same arrival: one link, one review, one word to the unit', async () => {
    const requestId = await reported();
    const personId = await bring({ idType: 'residentId', idNumber: ID });
    const { context } = a.s.app.accounts;
    await Promise.all([
      linkArrival(context, personId),
      linkArrival(context, personId),
      linkAllExpected(context),
      a.s.settle(),
    ]);
    await a.s.settle();
    expect((await clocks(requestId)).filter((clock) => clock === 'accounts.review open')).toHaveLength(1);
    const { history } = await a.request(requestId);
    expect(history.filter(({ words }) => words.includes('自动关联'))).toHaveLength(1);
    const told = await a.s.app.db.read((reads) =>
      reads.em.query<object[]>(`select id from message where kind = 'accounts.newcomer'`),
    );
    expect(told).toHaveLength(1);
  });

  it('S3-1a a sheet of HR brings the number, one column among others', async () => {
    const requestId = await reported();
    const hr = await a.as('hr');
    const head = '工号,姓名,证件类型,证件号码,手机号,部门编码,职务,人员类别,状态';
    const row = `00990,丁若兰,居民身份证,${ID},13900009977,D2001,讲师,院内,在职`;
    const response = await hr.upload('/api/hr/batches', '人员.csv', Buffer.from(`${head}\r\n${row}`));
    const { batchId } = (await response.json()) as { batchId: string };
    await a.s.settle();
    const { planId } = await hr.post<{ planId: string }>(`/api/hr/batches/${batchId}/plan`, {
      complete: false,
    });
    await hr.post(`/api/hr/plans/${planId}/apply`);
    await a.s.settle();
    await a.s.advance(10_000);
    const request = await a.request(requestId);
    expect(request).toMatchObject({ status: 'submitted', personName: '丁若兰' });
    expect(request.newcomer?.linkedWords).toBe('证件号码一致，自动关联');
  });

  it('S3-0a the number comes later than the person: the duty that was opened gives way to the report', async () => {
    await a.takeStock();
    const requestId = await reported();
    const personId = await bring();
    await a.s.settle();
    expect((await requestsOf(personId)).map(([kind, , stands]) => [kind, stands])).toEqual([
      ['open', 'draft'],
    ]);
    await a.asSystem((tx) =>
      a.s.app.directory.putPerson(tx, { personId, idType: 'residentId', idNumber: ID }),
    );
    await a.s.settle();
    expect((await requestsOf(personId)).map(([, , stands]) => stands).sort()).toEqual([
      'submitted',
      'withdrawn',
    ]);
    expect((await a.request(requestId)).personId).toBe(personId);
  });
});

describe('what is kept (H6, H7, 个保法 47)', () => {
  it('H6 H7 in full with a purpose, on the record; nobody but HR', async () => {
    const requestId = await reported();
    expect(await a.refusal('head', `/newcomers/${requestId}/reveal`, { purpose: '看看' })).toBe(
      'accounts.not_hr',
    );
    const full = await a.post('hr', `/newcomers/${requestId}/reveal`, { purpose: '核对证件原件' });
    expect(full).toEqual({ name: '丁若兰', idNumber: ID, mobile: MOBILE });
    expect(await a.audited('accounts.read_newcomer')).toEqual([
      { actorId: a.idOf('hrMaintainer'), targetId: requestId },
    ]);
    const entries = await a.s.app.db.read((reads) =>
      reads.em.query<object[]>(`select * from audit_entry where action like 'accounts.%'`),
    );
    for (const secret of [ID, MOBILE, '丁若兰']) expect(JSON.stringify(entries)).not.toContain(secret);
    expect(a.s.log.join()).not.toContain(ID);
  });

  it('S3-1a who never came: withdrawn with a reason, erased after its time', async () => {
    const requestId = await reported({}, { category: 'other', reason: '丁若兰的爱人在本校' });
    await a.post('head', `/requests/${requestId}/withdraw`, { reason: '丁若兰没有来' });
    expect((await a.get<NewcomersAnswer>('hr', '/newcomers?box=ended')).items).toHaveLength(1);
    expect(await clocks(requestId)).toEqual(['accounts.newcomer closed', 'accounts.send closed']);
    // Free again: the same person can be reported anew.
    const again = await reported();
    await a.post('head', `/requests/${again}/withdraw`, { reason: '还是没有来' });
    await a.advance(181 * DAY_MS);
    const dump = await a.s.app.db.read(async (reads) =>
      JSON.stringify(
        await Promise.all(
          ['account_newcomer', 'account_request', 'account_request_event', 'obligation', 'message'].map(
            (table) => reads.em.query<object[]>(`select * from ${table}`),
          ),
        ),
      ),
    );
    expect(dump).not.toContain('丁若兰');
    const [row] = await a.s.app.db.read((reads) =>
      reads.em.query<object[]>('select * from account_newcomer where requestId = ?', [requestId]),
    );
    expect(row).toMatchObject({
      nameSealed: null,
      idNumberSealed: null,
      idNumberPrint: null,
      mobileSealed: null,
      mobilePrint: null,
    });
    expect((await a.request(requestId, 'head')).newcomer).toBeNull();
  });

  it('个保法 45 the person’s own copy tells of the report; what the unit wrote ends when the opening begins', async () => {
    const requestId = await reported();
    const personId = await bring({ idType: 'residentId', idNumber: ID, mobile: MOBILE, userid: 'dingrl' });
    await a.s.settle();
    await a.carryOut(requestId, 'hr');
    const [row] = await a.s.app.db.read((reads) =>
      reads.em.query<object[]>('select * from account_newcomer where personId = ?', [personId]),
    );
    expect(row).toMatchObject({ state: 'opened', nameSealed: null, idNumberSealed: null, mobilePrint: null });
    const self = await a.s.signIn('dingrl');
    const response = await self.raw('GET', '/api/access/own-data?format=json');
    const { sections } = (await response.json()) as { sections: { title: string; rows: object[] }[] };
    expect(sections.find(({ title }) => title === '新人报告')?.rows).toEqual([
      expect.objectContaining({
        状态: '已开始开通',
        报到: a.today(),
        如何认定是本人: '证件号码一致，自动关联',
      }),
    ]);
  });
});
