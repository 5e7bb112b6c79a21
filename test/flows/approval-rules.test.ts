import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemActor } from '../../server/kernel/actor.ts';
import type {
  ActAnswer,
  ForecastAnswer,
  ItemsAnswer,
  SubmitAnswer,
  TemplateAnswer,
} from '../../server/features/approvals/contract.ts';
import { historyOf } from '../../server/features/approvals/index.ts';
import { ROSTER_COLUMNS as C, ROSTER_SHEETS } from '../../server/features/directory/index.ts';
import type { Sheet } from '../../server/platform/sheets/index.ts';
import type { Client } from '../support/client.ts';
import { namedStep, personIdOf, publishSteps, submitOwn } from '../support/own-template.ts';
import { type Started, startApp } from '../support/start-app.ts';
import { storyRoster } from '../support/story-roster.ts';
import {
  applyForLeave,
  cardsOf,
  detail,
  expectCard,
  lastWords,
  leaveRequest,
  ONE_DAY,
  tapApprove,
  todo,
  userid,
} from '../support/story.ts';
import { demoCast } from '../../scripts/demo/cast.ts';

let s: Started;
let applicant: Client;
beforeEach(async () => {
  s = await startApp();
  applicant = await s.signIn(userid.applicant);
});
afterEach(() => s.close());

const OTHERS = Object.values(demoCast)
  .map((member) => member.userid)
  .filter((member) => member !== userid.applicant);

async function act(client: Client, instanceId: string, verb: 'approve' | 'reject', comment?: string) {
  const { myTask } = await detail(client, instanceId);
  const body = comment === undefined ? {} : { comment };
  return client.post<ActAnswer>(`/api/approvals/tasks/${myTask?.taskId}/${verb}`, body);
}
const as = async (member: string, instanceId: string, verb: 'approve' | 'reject', comment?: string) =>
  act(await s.signIn(member), instanceId, verb, comment);
const lock = async (member: string) => {
  const personId = await personIdOf(s, member);
  await s.app.db.write(systemActor('test'), (tx) => s.app.directory.lockPerson(tx, personId));
};
const events = (instanceId: string) => s.app.db.read((reads) => historyOf(reads, instanceId));
const stateOf = async (instanceId: string) => (await detail(applicant, instanceId)).state.code;

const pathOf = async (client: Client, form: object = ONE_DAY): Promise<ForecastAnswer> =>
  client.post<ForecastAnswer>('/api/approvals/forecast', await leaveRequest(client, form));
const namesOf = (answer: ForecastAnswer) =>
  answer.path.map((step) => step.people.map((person) => person.name));

/** 陈志远 steps down as head of D20, 吴敏 takes over. */
function newHead({ name, rows: [header = [], ...rows] }: Sheet): Sheet {
  const column = (title: string) => header.indexOf(title);
  const isOld = (row: readonly string[]) =>
    row[column(C.staffNo)] === demoCast.unitHead.staffNo && row[column(C.unitCode)] === 'D20';
  const put = (row: readonly string[], cells: Readonly<Record<string, string>>) =>
    row.map((cell, at) => cells[header[at] ?? ''] ?? cell);
  return {
    name,
    rows: [
      header,
      ...rows.map((row) => (isOld(row) ? put(row, { [C.isHead]: '否', [C.headRank]: '' }) : row)),
      ...rows
        .filter(isOld)
        .map((row) => put(row, { [C.staffNo]: demoCast.colleague.staffNo, [C.postKind]: '兼任' })),
    ],
  };
}

describe('deciding', () => {
  it('R1 R6 fifteen people decide one 或签 step at once: one decision, polite answers, everybody’s list clean', async () => {
    const members = OTHERS.filter((member) => member !== userid.president).slice(0, 15);
    await publishSteps(s, [
      await namedStep(s, 'first', members, { mode: 'any', refusal: 'FIRST_ACTION' }),
      await namedStep(s, 'second', [userid.president], { mode: 'all', refusal: 'FAIL_FAST' }),
    ]);
    const { instanceId } = await submitOwn(applicant);
    await s.settle();
    const clients = await Promise.all(members.map((member) => s.signIn(member)));
    const tasks = await Promise.all(
      clients.map(async (client) => (await detail(client, instanceId)).myTask?.taskId ?? ''),
    );
    const answers = await Promise.all(
      clients.map((client, n) => client.post<ActAnswer>(`/api/approvals/tasks/${tasks[n]}/approve`)),
    );
    await s.settle();
    expect(answers.filter((answer) => answer.outcome === 'done')).toHaveLength(1);
    const late = answers.filter((answer) => answer.outcome !== 'done');
    const winner = members[answers.findIndex((answer) => answer.outcome === 'done')] ?? '';
    for (const answer of late) expect(answer.words).toContain('同意');
    const history = await events(instanceId);
    expect(history.filter((event) => event.type === 'taskDecided')).toHaveLength(1);
    const rows = await s.app.db.read((r) =>
      r.em.query<{ status: string }[]>('select status from approval_task where instanceId = ?', [instanceId]),
    );
    const count = (status: string) => rows.filter((row) => row.status === status).length;
    expect([count('approved'), count('pending'), rows.length]).toEqual([1, 1, 16]);
    for (const [n, member] of members.entries()) {
      const words = lastWords(expectCard(s, member, '事项'));
      expect(words).toBe(member === winner ? '已同意' : '已由他人同意');
      const client = clients[n] as Client;
      expect((await todo(client)).items).toEqual([]);
      const done = await client.get<ItemsAnswer>('/api/approvals/items?box=done');
      expect(done.items).toHaveLength(member === winner ? 1 : 0);
    }
  });

  it('R2 或签: FIRST_ACTION ends with the first refusal, ANY_YES only when all refuse', async () => {
    const pair = [userid.unitHead, userid.hrHead];
    await publishSteps(s, [await namedStep(s, 'one', pair, { mode: 'any', refusal: 'FIRST_ACTION' })]);
    const first = await submitOwn(applicant);
    await as(userid.unitHead, first.instanceId, 'reject', '不合适');
    expect(await stateOf(first.instanceId)).toBe('rejected');
    await publishSteps(s, [await namedStep(s, 'one', pair, { mode: 'any', refusal: 'ANY_YES' })]);
    const second = await submitOwn(applicant);
    await as(userid.unitHead, second.instanceId, 'reject', '不合适');
    expect(await stateOf(second.instanceId)).toBe('running');
    await as(userid.hrHead, second.instanceId, 'approve');
    expect(await stateOf(second.instanceId)).toBe('approved');
  });

  it('R3 会签: FAIL_FAST closes at the first refusal, COLLECT_ALL hears everybody', async () => {
    const pair = [userid.unitHead, userid.hrHead];
    for (const refusal of ['FAIL_FAST', 'COLLECT_ALL'] as const) {
      await publishSteps(s, [await namedStep(s, 'one', pair, { mode: 'all', refusal })]);
      const { instanceId } = await submitOwn(applicant, refusal);
      await as(userid.unitHead, instanceId, 'reject', '不合适');
      expect(await stateOf(instanceId)).toBe(refusal === 'FAIL_FAST' ? 'rejected' : 'running');
      if (refusal === 'COLLECT_ALL') await as(userid.hrHead, instanceId, 'approve');
      expect(await stateOf(instanceId)).toBe('rejected');
    }
  });

  it('R4 the seats of an open step stay when somebody else becomes head', async () => {
    const { instanceId } = await applyForLeave(applicant, ONE_DAY);
    await s.settle();
    const changed = storyRoster().map((sheet) =>
      sheet.name === ROSTER_SHEETS.posts ? newHead(sheet) : sheet,
    );
    await s.app.db.write(systemActor('test'), (tx) => s.app.directory.importRoster(tx, changed));
    await s.settle();
    // A new request would go to the new head; the vote under way does not.
    expect(namesOf(await pathOf(applicant, { ...ONE_DAY, from: '2026-12-03', to: '2026-12-03' }))[0]).toEqual(
      [demoCast.colleague.name],
    );
    expect(cardsOf(s, userid.colleague)).toEqual([]);
    await tapApprove(s, userid.unitHead);
    expect(await stateOf(instanceId)).toBe('approved');
  });

  it('R5 依次: the next person has no to-do, no message and no clock until the one before agreed', async () => {
    const line = [userid.unitHead, userid.hrHead, userid.leader];
    await publishSteps(s, [await namedStep(s, 'line', line, { mode: 'sequential', refusal: 'FAIL_FAST' })]);
    const { instanceId } = await submitOwn(applicant);
    await s.settle();
    const clocks = async () => {
      const [row] = await s.app.db.read((r) =>
        r.em.query<{ n: number }[]>('select count(*) as n from obligation where subjectId = ?', [instanceId]),
      );
      return Number(row?.n);
    };
    const seen = () => line.map((member) => cardsOf(s, member).length);
    expect([seen(), await clocks()]).toEqual([[1, 0, 0], 1]);
    expect((await todo(await s.signIn(userid.hrHead))).items).toEqual([]);
    await tapApprove(s, userid.unitHead, '事项');
    await s.settle();
    expect([seen(), await clocks()]).toEqual([[1, 1, 0], 2]);
    await as(userid.hrHead, instanceId, 'reject', '不合适');
    await s.settle();
    expect(await stateOf(instanceId)).toBe('rejected');
    expect([seen(), await clocks()]).toEqual([[1, 1, 0], 2]);
  });

  it('R7 a yes in the first step is no yes of the same person in the second', async () => {
    await publishSteps(s, [
      await namedStep(s, 'one', [userid.unitHead], { mode: 'all', refusal: 'FAIL_FAST' }),
      await namedStep(s, 'two', [userid.unitHead], { mode: 'all', refusal: 'FAIL_FAST' }),
    ]);
    const { instanceId } = await submitOwn(applicant);
    await as(userid.unitHead, instanceId, 'approve');
    expect(await stateOf(instanceId)).toBe('running');
    await as(userid.unitHead, instanceId, 'reject', '再想想');
    expect(await stateOf(instanceId)).toBe('rejected');
  });
});

describe('who decides', () => {
  const pathOf = async (client: Client, form: object = ONE_DAY): Promise<ForecastAnswer> =>
    client.post<ForecastAnswer>('/api/approvals/forecast', await leaveRequest(client, form));
  const namesOf = (answer: ForecastAnswer) =>
    answer.path.map((step) => step.people.map((person) => person.name));

  it('R17 R19 the head’s own request goes to the head of the department above', async () => {
    const head = await s.signIn(userid.unitHead);
    expect(namesOf(await pathOf(head))[0]).toEqual([demoCast.president.name]);
    const { instanceId } = await applyForLeave(head, ONE_DAY);
    await s.settle();
    expect(cardsOf(s, userid.unitHead)).toEqual([]);
    expect((await detail(head, instanceId)).myTask).toBeNull();
    await tapApprove(s, userid.president);
    expect((await detail(head, instanceId)).state.code).toBe('approved');
  });

  it('R18 a seat nobody is left for goes to the administrators, with an alarm; they fill it and it goes on', async () => {
    const { instanceId } = await applyForLeave(applicant, {});
    await s.settle();
    await lock(userid.hrHead);
    await tapApprove(s, userid.unitHead);
    await s.settle();
    expect(await stateOf(instanceId)).toBe('running');
    expect(await s.app.metrics.registry.metrics()).toMatch(
      /steward_alarms_total\{kind="approvals_without_approver"\} 1/,
    );
    const told = s.sandbox.control.appMessages(userid.superAdmin).at(-1);
    expect(JSON.stringify(told?.content)).toContain('没有审批人');
    const admin = await s.signIn(userid.superAdmin);
    const waiting = (await events(instanceId)).findLast((event) => event.type === 'waitingForAdmin');
    if (waiting?.type !== 'waitingForAdmin') throw new Error('nobody waits');
    const personId = await personIdOf(s, userid.attendance);
    const { emptySeats } = await detail(admin, instanceId);
    expect(emptySeats).toEqual([
      { stepId: waiting.stepId, seat: 0, label: '人事处负责人', why: expect.stringContaining('人事处') },
    ]);
    expect((await detail(applicant, instanceId)).emptySeats).toEqual([]);
    const seats = {
      stepId: waiting.stepId,
      seats: emptySeats.map(({ seat }) => ({ seat, personId })),
    };
    const path = `/api/approvals/instances/${instanceId}/assign`;
    expect((await applicant.send('POST', path, seats)).status).toBe(403);
    await admin.post(path, seats);
    await s.settle();
    await tapApprove(s, userid.attendance);
    await tapApprove(s, userid.leader);
    await s.settle();
    expect(await stateOf(instanceId)).toBe('approved');
  });

  it('R21 who holds several posts chooses one, and the chain follows it', async () => {
    const client = await s.signIn(userid.twoPosts);
    const { posts } = await client.get<TemplateAnswer>('/api/approvals/templates/leave');
    expect(posts).toHaveLength(2);
    const heads = [];
    for (const { assignmentId } of posts) {
      const request = { ...(await leaveRequest(client, ONE_DAY)), assignmentId };
      heads.push(namesOf(await client.post<ForecastAnswer>('/api/approvals/forecast', request))[0]?.[0]);
    }
    expect(heads.sort()).toEqual([demoCast.secondAdmin.name, demoCast.unitHead.name].sort());
    const { posts: foreign } = await applicant.get<TemplateAnswer>('/api/approvals/templates/leave');
    const refused = await client.send('POST', '/api/approvals/instances', {
      ...(await leaveRequest(client, ONE_DAY)),
      assignmentId: foreign[0]?.assignmentId,
      clientKey: randomUUID(),
    });
    expect(refused.status).toBeGreaterThanOrEqual(400);
    expect(refused.status).toBeLessThan(500);
  });

  it('R24 later steps are a forecast: what differs when they open is written down', async () => {
    const { instanceId } = await applyForLeave(applicant, {});
    const foretold = (await detail(applicant, instanceId)).timeline.filter(
      (row) => row.name === demoCast.hrHead.name,
    );
    expect(foretold).toHaveLength(1);
    const hrHead = await personIdOf(s, userid.hrHead);
    await s.app.db.write(systemActor('test'), (tx) =>
      tx.em.query(`update role_grant set untilAt = ? where personId = ? and role = 'hrHead'`, [
        tx.now,
        hrHead,
      ]),
    );
    await s.app.db.write(systemActor('test'), async (tx) => {
      await s.app.access.grantRole(tx, {
        personId: await personIdOf(s, userid.attendance),
        role: 'hrHead',
        scopeUnitId: null,
        untilAt: null,
      });
    });
    await s.settle();
    await tapApprove(s, userid.unitHead);
    await s.settle();
    expect(cardsOf(s, userid.hrHead)).toEqual([]);
    expect(cardsOf(s, userid.attendance)).toHaveLength(1);
    const opened = (await events(instanceId)).filter((event) => event.type === 'stepOpened');
    expect(opened.map((event) => event.differs !== null)).toEqual([false, true]);
    expect(opened[1]?.differs?.foretold).toContain(hrHead);
    expect(opened[1]?.differs?.actual).not.toContain(hrHead);
  });
});

describe('submitting', () => {
  it('the same form sent five times at once is one request with one number', async () => {
    const body = { ...(await leaveRequest(applicant, ONE_DAY)), clientKey: randomUUID() };
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => applicant.post<SubmitAnswer>('/api/approvals/instances', body)),
    );
    expect(new Set(answers.map((answer) => answer.instanceId)).size).toBe(1);
    await s.settle();
    expect(cardsOf(s, userid.unitHead)).toHaveLength(1);
  });

  it('R39 of two different requests for one day made at once, one is refused', async () => {
    for (let round = 1; round <= 4; round += 1) {
      const on = `2026-12-0${round}`;
      const submit = async (reason: string) =>
        applicant.send('POST', '/api/approvals/instances', {
          ...(await leaveRequest(applicant, { ...ONE_DAY, from: on, to: on, reason })),
          clientKey: randomUUID(),
        });
      const answers = await Promise.all(['甲', '乙', '丙'].map(submit));
      expect(answers.map((answer) => answer.status).sort()).toEqual([200, 422, 422]);
    }
  });

  it('twenty people submitting at once get twenty numbers', async () => {
    await publishSteps(s, [
      await namedStep(s, 'one', [userid.unitHead], { mode: 'all', refusal: 'FAIL_FAST' }),
    ]);
    const made = await Promise.all(Array.from({ length: 20 }, (_, n) => submitOwn(applicant, `${n}`)));
    const numbers = made.map((answer) => answer.number);
    expect(new Set(numbers).size).toBe(20);
    for (const number of numbers) expect(number).toMatch(/^SX-2026-\d{4}$/);
  });

  it('R39 a day already asked for cannot be asked for again, not even by half', async () => {
    await applyForLeave(applicant, ONE_DAY);
    const again = await applicant.send('POST', '/api/approvals/instances', {
      ...(await leaveRequest(applicant, { ...ONE_DAY, fromHalf: 'pm' })),
      clientKey: randomUUID(),
    });
    expect(again.status).toBe(422);
    const next = await applicant.send('POST', '/api/approvals/instances', {
      ...(await leaveRequest(applicant, { ...ONE_DAY, from: '2026-11-27', to: '2026-11-27' })),
      clientKey: randomUUID(),
    });
    expect(next.status).toBe(200);
  });

  it('R35 the making-up Saturday counts, the holiday does not', async () => {
    // National Day 2026: 10-01 to 10-07 off, Saturday 10-10 worked.
    const around = { from: '2026-09-30', fromHalf: 'am', to: '2026-10-10', toHalf: 'pm' } as const;
    const early = await startApp({ now: '2026-09-20T10:00:00+08:00' });
    try {
      const client = await early.signIn(userid.applicant);
      const answer = await client.post<ForecastAnswer>(
        '/api/approvals/forecast',
        await leaveRequest(client, around),
      );
      expect(answer.computed.days?.total).toBe(4);
    } finally {
      await early.close();
    }
  });
});

describe('the record', () => {
  it('H7 an act keeps who, as what, from where and in which request', async () => {
    const { instanceId } = await applyForLeave(applicant, ONE_DAY);
    const head = await s.signIn(userid.unitHead);
    const { myTask } = await detail(head, instanceId);
    const response = await head.send('POST', `/api/approvals/tasks/${myTask?.taskId}/approve`, {});
    const [row] = await s.app.db.read((r) =>
      r.em.query<Record<string, unknown>[]>(
        `select * from audit_entry where targetId = ? and action = 'approvals.approve'`,
        [instanceId],
      ),
    );
    expect(Object.values(row ?? {})).toEqual(
      expect.arrayContaining([
        response.headers.get('x-request-id'),
        'h5',
        'ok',
        await personIdOf(s, userid.unitHead),
      ]),
    );
    expect(String(row?.address)).toMatch(/127\.0\.0\.1|::1/);
  });

  it('H7 what was refused is not in the record as done', async () => {
    const { instanceId } = await applyForLeave(applicant, ONE_DAY);
    const head = await s.signIn(userid.unitHead);
    const { myTask } = await detail(head, instanceId);
    await head.send('POST', `/api/approvals/tasks/${myTask?.taskId}/reject`, { comment: ' ' });
    const rows = await s.app.db.read((r) =>
      r.em.query<unknown[]>(`select id from audit_entry where action = 'approvals.reject'`),
    );
    expect(rows).toEqual([]);
  });

  it('R44 G10 every instant is the one clock’s, whatever the machine believes', async () => {
    const { instanceId } = await applyForLeave(applicant, ONE_DAY);
    await s.advance(3_600_000);
    await tapApprove(s, userid.unitHead);
    for (const event of await events(instanceId)) {
      expect(event.at).toBeLessThanOrEqual(s.clock.now());
      expect(event.at).toBeGreaterThan(s.clock.now() - 2 * 3_600_000);
      expect(new Date(event.at).getUTCFullYear()).toBe(2026);
    }
  });
});
