import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ReturnedFormAnswer, TemplateAnswer } from '../../server/features/approvals/contract.ts';
import type {
  AccountAnswer,
  AccountsAnswer,
  ActAnswer,
  AwayAnswer,
  CalendarAnswer,
  OwnAnswer,
} from '../../server/features/leave/contract.ts';
import { createApp } from '../../server/app.ts';
import { AuditEntryTable } from '../../server/platform/audit/index.ts';
import { createLog } from '../../server/platform/log.ts';
import { readSheets } from '../../server/platform/sheets/index.ts';
import { demoCast } from '../../scripts/demo/cast.ts';
import type { Client } from '../support/client.ts';
import { startApp, type Started } from '../support/start-app.ts';
import {
  applyForLeave,
  cardsOf,
  detail,
  expectCard,
  lastWords,
  leaveRequest,
  ONE_DAY,
  userid,
  type LeaveForm,
} from '../support/story.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const maintainer = demoCast.hrMaintainer.userid;

let s: Started;
beforeEach(async () => {
  s = await startApp();
});
afterEach(() => s.close());

const own = (client: Client) => client.get<OwnAnswer>('/api/leave/own');
const annual = async (client: Client, year = 2026) =>
  (await own(client)).balances.find((one) => one.type === 'annual' && one.year === year);
const idOf = async (client: Client) =>
  (await client.get<{ person: { personId: string } }>('/api/me')).person.personId;
const account = (hr: Client, personId: string) => hr.get<AccountAnswer>(`/api/leave/accounts/${personId}`);
const codeOf = async (response: Response) => ((await response.json()) as { code: string }).code;

/** Time goes by, and the applicant signs in again. */
async function pass(applicant: Client, ms: number): Promise<void> {
  await s.advance(ms);
  await applicant.signIn(userid.applicant);
}

/** HR says since when somebody works; the account follows at once. */
async function serve(personId: string, workSinceOn = '2010-09-01'): Promise<Client> {
  const hr = await s.signIn(maintainer);
  await hr.post(`/api/leave/accounts/${personId}/service`, { workSinceOn, isEntitled: true });
  return hr;
}

async function approve(instanceId: string, members: readonly string[] = [userid.unitHead]): Promise<void> {
  for (const member of members) {
    const client = await s.signIn(member);
    const { myTask } = await detail(client, instanceId);
    await client.post(`/api/approvals/tasks/${myTask?.taskId ?? ''}/approve`, {});
  }
}

async function approved(applicant: Client, form: LeaveForm = ONE_DAY, members?: readonly string[]) {
  const { instanceId } = await applyForLeave(applicant, form);
  await approve(instanceId, members);
  await s.settle();
  return instanceId;
}

const submit = async (client: Client, form: LeaveForm) =>
  client.send('POST', '/api/approvals/instances', {
    ...(await leaveRequest(client, form)),
    clientKey: randomUUID(),
  });

describe('balances of leave', () => {
  it('R39 hold, use and release follow the request, and the form shows what is left', async () => {
    const applicant = await s.signIn(userid.applicant);
    expect(await annual(applicant)).toMatchObject({ left: null });
    await serve(await idOf(applicant));
    expect(await annual(applicant)).toMatchObject({ left: 10, granted: 10, held: 0, used: 0 });
    const form = await applicant.get<TemplateAnswer>('/api/approvals/templates/leave');
    const type = form.fields.find((field) => field.type === 'leaveType');
    expect(type?.options.find(({ value }) => value === 'annual')?.balanceWords).toBe('余 10 天');

    const made = await applyForLeave(applicant, ONE_DAY);
    expect(await annual(applicant)).toMatchObject({ left: 9, held: 1, used: 0 });
    await approve(made.instanceId);
    expect(await annual(applicant)).toMatchObject({ left: 9, held: 0, used: 1 });

    const other = { ...ONE_DAY, from: '2026-12-02', to: '2026-12-02' };
    const refused = await applyForLeave(applicant, other);
    expect(await annual(applicant)).toMatchObject({ left: 8, held: 1 });
    const head = await s.signIn(userid.unitHead);
    const { myTask } = await detail(head, refused.instanceId);
    await head.post(`/api/approvals/tasks/${myTask?.taskId ?? ''}/reject`, { comment: '时间有冲突' });
    expect(await annual(applicant)).toMatchObject({ left: 9, held: 0 });

    const taken = await applyForLeave(applicant, other);
    await applicant.post(`/api/approvals/instances/${taken.instanceId}/withdraw`, {});
    expect(await annual(applicant)).toMatchObject({ left: 9, held: 0, used: 1 });
  });

  it('R39 a request over the balance is refused and says so; nothing is held', async () => {
    const applicant = await s.signIn(userid.applicant);
    const hr = await serve(await idOf(applicant), '2024-09-01');
    const response = await submit(applicant, { from: '2026-11-26', to: '2026-12-04' });
    expect(response.status).toBe(422);
    expect(await response.text()).toContain('年假余 5 天，超出 1.5 天可改事假');
    expect(await annual(applicant)).toMatchObject({ left: 5, held: 0 });
    // 调休 is earned first: nothing booked, nothing to take.
    const inLieu = await submit(applicant, { ...ONE_DAY, type: 'inLieu' });
    expect(await inLieu.text()).toContain('调休余 0 天');
    await hr.post(`/api/leave/accounts/${await idOf(applicant)}/entries`, {
      type: 'inLieu',
      year: 2026,
      days: 1.5,
      reason: '国庆值班',
    });
    expect((await submit(applicant, { ...ONE_DAY, type: 'inLieu' })).status).toBe(200);
  });

  it('R39 two requests at once over two instances cannot both take the last day', async () => {
    const applicant = await s.signIn(userid.applicant);
    const personId = await idOf(applicant);
    const hr = await serve(personId, '2024-09-01');
    await hr.post(`/api/leave/accounts/${personId}/entries`, {
      type: 'annual',
      year: 2026,
      days: -4,
      reason: '上半年纸面已休',
    });
    const days = ['2026-11-25', '2026-11-26', '2026-11-27', '2026-11-30', '2026-12-01', '2026-12-02'];
    // A second process of the product on the same database, where the database is shared.
    const second = s.config.databaseUrl.startsWith('sqlite') ? null : await secondInstance();
    const bodies = await Promise.all(
      days.map(async (day) => ({
        ...(await leaveRequest(applicant, { ...ONE_DAY, from: day, to: day })),
        clientKey: randomUUID(),
      })),
    );
    const answers = await Promise.allSettled(
      bodies.map((body, at) =>
        second && at % 2 === 1
          ? second.approvals.submit(second.actor(personId), body)
          : applicant.post('/api/approvals/instances', body),
      ),
    );
    await second?.close();
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await annual(applicant)).toMatchObject({ left: 0, held: 1 });
  });

  it('R38 over New Year each year pays for its own days, and the night carries what is left', async () => {
    await s.close();
    s = await startApp({ now: '2026-12-21T10:20:00+08:00' });
    const applicant = await s.signIn(userid.applicant);
    const personId = await idOf(applicant);
    await serve(personId);
    expect(await annual(applicant, 2027)).toMatchObject({ left: 10 });
    await approved(applicant, { from: '2026-12-30', fromHalf: 'am', to: '2027-01-05', toHalf: 'pm' }, [
      userid.unitHead,
      userid.hrHead,
      userid.leader,
    ]);
    const [before, after] = [await annual(applicant), await annual(applicant, 2027)];
    expect(before?.used).toBe(2);
    expect((before?.left ?? 0) + (after?.left ?? 0)).toBe(20 - (before?.used ?? 0) - (after?.used ?? 0));
    await pass(applicant, 12 * DAY);
    expect(await annual(applicant, 2027)).toMatchObject({
      granted: 10,
      carriedIn: 8,
      carriedUntil: '2027-12-31',
    });
    // Another night changes nothing.
    const carried = await annual(applicant, 2027);
    await pass(applicant, DAY);
    expect(await annual(applicant, 2027)).toEqual(carried);
  });

  it('S2-A11 HR keeps the accounts, with a reason, never below nothing and never their own', async () => {
    const applicant = await s.signIn(userid.applicant);
    const personId = await idOf(applicant);
    const hr = await serve(personId);
    const entries = `/api/leave/accounts/${personId}/entries`;
    const taken = { type: 'annual', year: 2026, days: -10.5, reason: '扣减' };
    expect(await codeOf(await hr.send('POST', entries, taken))).toBe('leave.below_zero');
    expect((await hr.send('POST', entries, { ...taken, days: 0.3 })).status).toBe(400);
    await hr.post(entries, { ...taken, days: -2 });
    const seen = await account(hr, personId);
    expect(seen.entries.items[0]).toMatchObject({ kindWords: '人事处调整', days: -2, note: '扣减' });
    expect(seen.service).toMatchObject({ workSinceOn: '2010-09-01', isEntitled: true });
    const list = await hr.get<AccountsAnswer>('/api/leave/accounts?q=00731');
    expect(list.items[0]?.balances.find(({ type }) => type === 'annual')).toMatchObject({ left: 8 });
    const mine = `/api/leave/accounts/${await idOf(hr)}/entries`;
    expect(await codeOf(await hr.send('POST', mine, taken))).toBe('leave.own_account');
    expect(await codeOf(await applicant.send('POST', entries, taken))).toBe('leave.hr_only');
    // Days by service go at once when HR says there are none.
    await hr.post(`/api/leave/accounts/${personId}/service`, { workSinceOn: null, isEntitled: false });
    expect(await annual(applicant)).toMatchObject({ granted: -2 });
  });
});

const verb = (client: Client, instanceId: string, name: string, body: object = {}) =>
  client.send('POST', `/api/approvals/instances/${instanceId}/${name}`, body);

async function sendBack(instanceId: string): Promise<void> {
  const head = await s.signIn(userid.unitHead);
  const { myTask } = await detail(head, instanceId);
  await head.post(`/api/approvals/tasks/${myTask?.taskId ?? ''}/send-back`, {
    toStepKey: null,
    reason: '换个日子',
  });
}

describe('a year of leave for everybody', () => {
  it('S2-11 is given once to who has none, never to oneself; 年假 comes by service', async () => {
    const hr = await s.signIn(maintainer);
    const applicant = await s.signIn(userid.applicant);
    const wanted = { type: 'inLieu', year: 2026 };
    const path = '/api/leave/grants?type=inLieu&year=2026';
    const { people } = await hr.get<{ people: number }>(path);
    expect(people).toBeGreaterThan(1);
    await hr.post(`/api/leave/accounts/${await idOf(applicant)}/entries`, {
      ...wanted,
      days: 2,
      reason: '值班',
    });
    expect((await hr.get<{ people: number }>(path)).people).toBe(people - 1);
    const gift = { ...wanted, days: 1.5, reason: '校庆值班' };
    let given = 0;
    for (let left = 1; left > 0;) {
      const done = await hr.post<{ people: number; left: number }>('/api/leave/grants', gift);
      given += done.people;
      left = done.left;
    }
    expect(given).toBe(people - 1);
    expect(await hr.post('/api/leave/grants', gift)).toEqual({ people: 0, left: 0 });
    const inLieu = async (client: Client) =>
      (await own(client)).balances.find(({ type }) => type === 'inLieu')?.left;
    expect([await inLieu(hr), await inLieu(applicant)]).toEqual([0, 2]);
    expect(await inLieu(await s.signIn(userid.colleague))).toBe(1.5);
    const byService = await hr.send('POST', '/api/leave/grants', { ...gift, type: 'annual' });
    expect(await codeOf(byService)).toBe('leave.by_service');
    expect(await codeOf(await applicant.send('POST', '/api/leave/grants', gift))).toBe('leave.hr_only');
  });

  it('H1 the list as a file holds the people of the page, and taking it is on the record', async () => {
    const applicant = await s.signIn(userid.applicant);
    const hr = await serve(await idOf(applicant));
    const page = await hr.get<AccountsAnswer>('/api/leave/accounts?q=007&limit=100');
    expect(page.items.length).toBeGreaterThan(1);
    const answer = await hr.raw('GET', '/api/leave/accounts/export/list?q=007');
    const [sheet] = await readSheets(Buffer.from(await answer.arrayBuffer()));
    const [[said = ''] = [], , ...rows] = sheet?.rows ?? [];
    expect(said).toContain('2026 年');
    expect(rows.map(([staffNo, , , label]) => `${staffNo} ${label}`)).toEqual(
      page.items.flatMap(({ staffNo, balances }) => balances.map(({ label }) => `${staffNo} ${label}`)),
    );
    expect(rows.find(([staffNo]) => staffNo === '00731')?.slice(3, 6)).toEqual(['年假', '10', '10']);
    const taken = await s.app.db.read((reads) =>
      reads.em.getRepository(AuditEntryTable).findBy({ action: 'leave.export_accounts' }),
    );
    expect(taken.map(({ after }) => after)).toEqual([{ q: '007', year: 2026, rows: page.items.length }]);
  });
});

describe('what became of a request', () => {
  it('R12 R39 sent back it keeps what it holds, and handed in again it does not count against itself', async () => {
    const applicant = await s.signIn(userid.applicant);
    // Five days a year.
    await serve(await idOf(applicant), '2024-09-01');
    const week = { from: '2026-11-30', fromHalf: 'am', to: '2026-12-04', toHalf: 'pm' } as const;
    const { instanceId } = await applyForLeave(applicant, week);
    await sendBack(instanceId);
    expect(await annual(applicant)).toMatchObject({ left: 0, held: 5 });
    expect(await (await submit(applicant, ONE_DAY)).text()).toContain('年假余 0 天');
    const returned = await applicant.get<ReturnedFormAnswer>(`/api/approvals/instances/${instanceId}/form`);
    const types = returned.template.fields.find((field) => field.type === 'leaveType');
    expect(types?.options.find(({ value }) => value === 'annual')?.balanceWords).toBe('余 5 天');

    const later = { ...week, from: '2026-12-07', to: '2026-12-11' };
    const colleague = await idOf(await s.signIn(userid.colleague));
    const again = async (form: LeaveForm) => {
      const draft = await leaveRequest(applicant, form);
      return verb(applicant, instanceId, 'resubmit', { form: { ...draft.form, handover: colleague } });
    };
    const over = await again({ ...later, to: '2026-12-14' });
    expect(await over.text()).toContain('年假余 5 天，超出 1 天可改事假');
    expect((await again(later)).status).toBe(200);
    expect(await annual(applicant)).toMatchObject({ left: 0, held: 5 });
    // Another type of leave, and what was held of this one goes back.
    await sendBack(instanceId);
    expect((await again({ ...later, type: 'personal' })).status).toBe(200);
    expect(await annual(applicant)).toMatchObject({ left: 5, held: 0 });
    await sendBack(instanceId);
    expect((await again(ONE_DAY)).status).toBe(200);
    expect(await annual(applicant)).toMatchObject({ left: 4, held: 1 });
    await sendBack(instanceId);
    await verb(applicant, instanceId, 'withdraw');
    expect(await annual(applicant)).toMatchObject({ left: 5, held: 0, used: 0 });
  });

  it('R39 a request that is terminated gives back what it held', async () => {
    const applicant = await s.signIn(userid.applicant);
    await serve(await idOf(applicant));
    const { instanceId } = await applyForLeave(applicant, ONE_DAY);
    await sendBack(instanceId);
    const admin = await s.signIn(userid.superAdmin);
    expect((await verb(admin, instanceId, 'terminate', { reason: '重复' })).status).toBe(200);
    expect(await annual(applicant)).toMatchObject({ left: 10, held: 0, used: 0 });
  });

  it('R39 revoked before it begins, all days go back; revoked again, nothing more', async () => {
    const applicant = await s.signIn(userid.applicant);
    await serve(await idOf(applicant));
    const id = await approved(applicant);
    const answer = await verb(applicant, id, 'revoke', { reason: '课调开了' });
    expect(await answer.json()).toMatchObject({
      released: ['2026-11-26 的假期取消', '年假少休 1 天'],
      kept: [],
    });
    await verb(applicant, id, 'revoke', { reason: '课调开了' });
    expect(await annual(applicant)).toMatchObject({ left: 10, used: 0 });
    expect((await own(applicant)).leaves.items[0]).toMatchObject({ state: 'cancelled', days: 0 });
    expect((await submit(applicant, ONE_DAY)).status).toBe(200);
  });

  it('R39 revoked while it runs, days that have begun stay taken and the report back is still owed', async () => {
    const applicant = await s.signIn(userid.applicant);
    await serve(await idOf(applicant));
    const id = await approved(applicant, {}, [userid.unitHead, userid.hrHead, userid.leader]);
    await pass(applicant, 4 * DAY);
    const answer = await verb(applicant, id, 'revoke', { reason: '单位有事' });
    expect(await answer.json()).toMatchObject({
      released: ['2026-11-28 至 2026-12-01 的假期取消', '年假少休 2 天'],
      kept: ['2026-11-26 至 2026-11-27 已经开始，记为已休', '年假已休 1.5 天，不退回'],
    });
    expect(await annual(applicant)).toMatchObject({ left: 8.5, used: 1.5 });
    const mine = async () => (await own(applicant)).leaves.items[0];
    expect(await mine()).toMatchObject({ state: 'away', days: 1.5, can: { reportBack: true } });
    await pass(applicant, DAY);
    expect(await mine()).toMatchObject({ state: 'overdue' });
  });

  it('R39 what was given back already is not given back twice', async () => {
    const applicant = await s.signIn(userid.applicant);
    await serve(await idOf(applicant));
    const cancelled = await approved(applicant);
    await applicant.post(`/api/leave/absences/${cancelled}/cancel`);
    const refused = await verb(applicant, cancelled, 'revoke', { reason: '不去了' });
    expect(await refused.text()).toContain('这次休假已经取消');
    const back = await approved(applicant, {}, [userid.unitHead, userid.hrHead, userid.leader]);
    await pass(applicant, 4 * DAY + 3 * HOUR);
    await applicant.post(`/api/leave/absences/${back}/report-back`, {});
    expect((await verb(applicant, back, 'revoke', { reason: '回来了' })).status).toBe(422);
    expect(await annual(applicant)).toMatchObject({ left: 9, used: 1 });
  });

  it('R39 R44 only human resources says that somebody was back earlier, and never of themselves', async () => {
    const applicant = await s.signIn(userid.applicant);
    const hr = await serve(await idOf(applicant));
    const id = await approved(applicant, {}, [userid.unitHead, userid.hrHead, userid.leader]);
    await pass(applicant, 8 * DAY);
    const path = `/api/leave/absences/${id}/report-back`;
    const friday = { back: { on: '2026-11-27', half: 'am' } };
    expect(await codeOf(await applicant.send('POST', path, friday))).toBe('leave.past_by_hr');
    await hr.signIn(maintainer);
    await hr.post(path, friday);
    expect(await annual(applicant)).toMatchObject({ left: 9.5, used: 0.5 });
  });

  it('R38 an extension asked for after the fact still owes the report back', async () => {
    const applicant = await s.signIn(userid.applicant);
    await serve(await idOf(applicant));
    await approved(applicant, { ...ONE_DAY, from: '2026-11-26', to: '2026-11-27' });
    await pass(applicant, 9 * DAY);
    const next = await approved(applicant, { ...ONE_DAY, from: '2026-11-30', to: '2026-12-01' });
    await pass(applicant, DAY);
    expect((await own(applicant)).leaves.items).toMatchObject([
      { absenceId: next, state: 'overdue', can: { reportBack: true } },
      { state: 'extended' },
    ]);
  });
});

describe('销假', () => {
  it('R38 is asked for on the day after, one working day of grace, then it is late', async () => {
    const applicant = await s.signIn(userid.applicant);
    await approved(applicant);
    const mine = async () => (await own(applicant)).leaves.items[0];
    expect(await mine()).toMatchObject({ state: 'planned', can: { reportBack: false, cancel: true } });
    await pass(applicant, 3 * DAY);
    expect(await mine()).toMatchObject({ state: 'away', can: { reportBack: true, cancel: false } });
    await pass(applicant, DAY);
    expect(await mine()).toMatchObject({ state: 'overdue', due: { state: 'today' } });
    const head = await s.signIn(userid.unitHead);
    const late = async () => {
      await head.signIn(userid.unitHead);
      return head.get<AwayAnswer>('/api/leave/away?overdue=1');
    };
    expect((await late()).items.map(({ words }) => words)).toEqual(['年假，待销假']);
    await pass(applicant, DAY);
    expect((await mine())?.due?.state).toBe('overdue');
    const done = await applicant.post<ActAnswer>(
      `/api/leave/absences/${(await mine())?.absenceId ?? ''}/report-back`,
      {},
    );
    expect(done.words).toBe('已销假，11-27 上午起在岗');
    expect(await mine()).toMatchObject({ state: 'returned', due: null, days: 1 });
    expect((await late()).items).toEqual([]);
  });

  it('PHONE.md 6: reported back by a tap on the card, once; who reported on the page reads so on it', async () => {
    const applicant = await s.signIn(userid.applicant);
    await approved(applicant);
    const tap = () => s.sandbox.control.tap(userid.applicant, { messageId: card().id, key: 'back' });
    const card = () => expectCard(s, userid.applicant, '上班了请销假');
    expect(() => card()).toThrow();
    await pass(applicant, 4 * DAY);
    expect(card().content.card.main_title?.desc).toMatch(/^请在 .+ 前销假$/);
    await tap();
    expect(lastWords(card())).toBe('已销假');
    expect((await own(applicant)).leaves.items[0]).toMatchObject({ state: 'returned', due: null, days: 1 });
    const id = await approved(applicant, { ...ONE_DAY, from: '2026-12-01', to: '2026-12-01' });
    await pass(applicant, 5 * DAY);
    await applicant.post(`/api/leave/absences/${id}/report-back`, {});
    // The tap is quicker than the update of the card.
    await tap();
    expect(lastWords(card())).toBe('已销假');
    await s.settle();
    expect(cardsOf(s, userid.applicant).filter(({ content }) => content.card.button_list)).toHaveLength(2);
  });

  it('R39 coming back early gives days back, and these days can be asked for again', async () => {
    const applicant = await s.signIn(userid.applicant);
    const personId = await idOf(applicant);
    const hr = await serve(personId);
    const id = await approved(applicant, {}, [userid.unitHead, userid.hrHead, userid.leader]);
    expect(await annual(applicant)).toMatchObject({ left: 6.5, used: 3.5 });
    // Friday 27 November, in the afternoon.
    await pass(applicant, 4 * DAY + 3 * HOUR);
    const [mine] = (await own(applicant)).leaves.items;
    expect(mine?.backWords).toBe('11-27 下午起在岗，少休 2.5 天');
    const path = `/api/leave/absences/${id}/report-back`;
    await hr.signIn(maintainer);
    const tomorrow = { back: { on: '2026-11-28', half: 'am' } };
    expect(await codeOf(await hr.send('POST', path, tomorrow))).toBe('leave.in_future');
    const stranger = await s.signIn(userid.librarian);
    expect(await codeOf(await stranger.send('POST', path, {}))).toBe('leave.not_yours');
    await applicant.post(path, {});
    expect(await annual(applicant)).toMatchObject({ left: 9, used: 1 });
    expect(await codeOf(await applicant.send('POST', path, {}))).toBe('leave.is_over');
    expect((await submit(applicant, { ...ONE_DAY, from: '2026-11-30', to: '2026-11-30' })).status).toBe(200);
    await hr.signIn(maintainer);
    const seen = await account(hr, personId);
    expect(seen.entries.items.map(({ kindWords }) => kindWords)).toContain('退回');
  });

  it('R39 cancelling before the start gives all back, after it is refused', async () => {
    const applicant = await s.signIn(userid.applicant);
    await serve(await idOf(applicant));
    const id = await approved(applicant);
    await applicant.post(`/api/leave/absences/${id}/cancel`);
    expect(await annual(applicant)).toMatchObject({ left: 10, used: 0 });
    expect((await own(applicant)).leaves.items[0]).toMatchObject({ state: 'cancelled', days: 0 });
    const again = await approved(applicant);
    await pass(applicant, 3 * DAY);
    const late = await applicant.send('POST', `/api/leave/absences/${again}/cancel`, {});
    expect(await codeOf(late)).toBe('leave.has_begun');
  });

  it('续假 takes the first leave’s place: one report for both, from the day they came back', async () => {
    const applicant = await s.signIn(userid.applicant);
    await serve(await idOf(applicant));
    const first = await approved(applicant, { ...ONE_DAY, from: '2026-11-26', to: '2026-11-27' });
    await pass(applicant, 4 * DAY);
    const next = await approved(applicant, { ...ONE_DAY, from: '2026-11-30', to: '2026-12-01' });
    const [second, before] = (await own(applicant)).leaves.items;
    expect(second).toMatchObject({ absenceId: next, isExtension: true, can: { reportBack: true } });
    expect(before).toMatchObject({ absenceId: first, state: 'extended', can: { reportBack: false } });
    // Monday before work: the extension has not begun for who is back this morning.
    await pass(applicant, 3 * DAY - 3 * HOUR);
    await applicant.post(`/api/leave/absences/${next}/report-back`, {});
    const [dropped, ended] = (await own(applicant)).leaves.items;
    expect(dropped).toMatchObject({ state: 'cancelled' });
    expect(ended).toMatchObject({ state: 'returned', days: 2 });
    expect(await annual(applicant)).toMatchObject({ left: 8, used: 2 });
  });
});

describe('R38 leaves that adjoin are one absence', () => {
  it('in whatever order they were approved: one report, one grace after the last, the work with who has it', async () => {
    const applicant = await s.signIn(userid.applicant);
    const colleague = await s.signIn(userid.colleague);
    const day = (on: string) => ({ ...ONE_DAY, type: 'personal', from: on, to: on });
    // Tuesday and Wednesday are one already when Monday comes before them, and Friday before that.
    const wednesday = await approved(applicant, day('2026-12-02'));
    const tuesday = await approved(applicant, day('2026-12-01'));
    const monday = await approved(applicant, day('2026-11-30'));
    const form = await leaveRequest(applicant, day('2026-11-27'));
    const { instanceId: friday } = await applicant.post<{ instanceId: string }>('/api/approvals/instances', {
      ...form,
      form: { ...form.form, handover: await idOf(colleague) },
      clientKey: randomUUID(),
    });
    await approve(friday);
    const states = async () =>
      (await own(applicant)).leaves.items.map(({ absenceId, state, isExtension, handoverName }) => [
        absenceId,
        state,
        isExtension,
        handoverName,
      ]);
    const taker = demoCast.colleague.name;
    expect(await states()).toEqual([
      [wednesday, 'planned', true, taker],
      [tuesday, 'extended', true, taker],
      [monday, 'extended', true, taker],
      [friday, 'extended', false, taker],
    ]);
    // Nobody is asked on the weekend, nor on the days between; on Thursday once, and Thursday is the grace.
    await pass(applicant, 9 * DAY);
    expect(cardsOf(s, userid.applicant).filter(({ content }) => content.card.button_list)).toEqual([]);
    const away = await colleague
      .signIn(userid.colleague)
      .then(() => colleague.get<AwayAnswer>('/api/leave/away'));
    expect(away.items).toMatchObject([{ name: '张雨桐', handoverName: taker }]);
    await pass(applicant, DAY);
    const [last] = (await own(applicant)).leaves.items;
    expect(last).toMatchObject({ absenceId: wednesday, state: 'overdue', due: { state: 'today' } });
    await applicant.post(`/api/leave/absences/${wednesday}/report-back`, {});
    expect((await states()).map(([, state]) => state)).toEqual([
      'returned',
      'returned',
      'returned',
      'returned',
    ]);
  });
});

describe('who is away', () => {
  it('S1-9.5 colleagues see that, their head and HR see which leave, others nothing', async () => {
    const applicant = await s.signIn(userid.applicant);
    const colleague = await s.signIn(userid.colleague);
    const form = { ...(await leaveRequest(applicant, { ...ONE_DAY, type: 'personal' })) };
    const made = await applicant.post<{ instanceId: string }>('/api/approvals/instances', {
      ...form,
      form: { ...form.form, handover: await idOf(colleague) },
      clientKey: randomUUID(),
    });
    await approve(made.instanceId);
    const onDay = (client: Client) => client.get<AwayAnswer>('/api/leave/away?date=2026-11-26');
    expect((await onDay(colleague)).items).toMatchObject([
      { name: '张雨桐', words: '不在岗', typeLabel: null, rangeWords: null, handoverName: '吴敏' },
    ]);
    for (const member of [userid.unitHead, userid.hrHead])
      expect((await onDay(await s.signIn(member))).items).toMatchObject([
        { name: '张雨桐', words: '事假', handoverName: '吴敏' },
      ]);
    expect((await onDay(await s.signIn(userid.librarian))).items).toEqual([]);
    const month = await colleague.get<CalendarAnswer>('/api/leave/calendar?month=2026-11');
    expect(month.days.filter(({ away }) => away > 0)).toEqual([
      { date: '2026-11-26', isWorkday: true, away: 1 },
    ]);
    expect(month.days).toHaveLength(30);
    const late = await colleague.get<AwayAnswer>('/api/leave/away?overdue=1');
    expect(late.items).toEqual([]);
  });
});

async function secondInstance() {
  const app = await createApp({ config: s.config, clock: s.clock, log: createLog('silent') });
  return {
    approvals: app.approvals,
    actor: (personId: string) => ({
      kind: 'person' as const,
      personId,
      name: demoCast.applicant.name,
      roles: ['staff' as const],
      via: 'h5' as const,
    }),
    close: () => app.close(),
  };
}
