import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { historyOf, loadInstance, replay } from '../../server/features/approvals/index.ts';
import type {
  ActAnswer,
  ReturnedFormAnswer,
  RevokeAnswer,
} from '../../server/features/approvals/contract.ts';
import type { Client } from '../support/client.ts';
import { namedStep, publishSteps, submitOwn } from '../support/own-template.ts';
import { type Started, startApp } from '../support/start-app.ts';
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

let s: Started;
beforeEach(async () => {
  s = await startApp();
});
afterEach(() => s.close());

const DAY = 24 * 3_600_000;
const FIRST = { mode: 'any', refusal: 'FIRST_ACTION' } as const;

async function sendBack(client: Client, instanceId: string, toStepKey: string | null, reason = '请写明用途') {
  const { myTask } = await detail(client, instanceId);
  return client.post<ActAnswer>(`/api/approvals/tasks/${myTask?.taskId}/send-back`, { toStepKey, reason });
}
const act = <T = ActAnswer>(client: Client, instanceId: string, verb: string, body: object): Promise<T> =>
  client.post<T>(`/api/approvals/instances/${instanceId}/${verb}`, body);

/** The stored state is what the history replays to. */
async function expectReplay(instanceId: string): Promise<void> {
  await s.app.db.read(async (reads) => {
    const history = await historyOf(reads, instanceId);
    expect(replay(history)).toEqual((await loadInstance(reads, instanceId)).state);
  });
}

describe('a leave request that is sent back', () => {
  it('R7 R12 R14: lies with the applicant with a clock, is changed, and everybody decides again', async () => {
    const applicant = await s.signIn(userid.applicant);
    const { instanceId, number } = await applyForLeave(applicant);
    await s.settle();
    await tapApprove(s, userid.unitHead);
    await s.settle();
    const leader = await s.signIn(userid.leader);
    expect((await detail(leader, instanceId)).returnTargets).toEqual([
      { stepKey: null, title: '申请人', names: [expect.any(String)] },
      { stepKey: 'head', title: '部门负责人', names: ['陈志远'] },
    ]);
    const answer = await sendBack(leader, instanceId, null, '请写明交接的课');
    expect(answer.outcome).toBe('done');
    await s.settle();

    // The other holder's card says so, and nothing is left to do there.
    expect(lastWords(expectCard(s, userid.hrHead, '申请'))).toBe('已由他人退回');
    expect((await todo(await s.signIn(userid.hrHead))).items).toHaveLength(0);
    const card = expectCard(s, userid.applicant, '被退回');
    expect(JSON.stringify(card.content.card)).toContain('请写明交接的课');

    const mine = await todo(applicant);
    expect(mine.items).toHaveLength(1);
    expect(mine.items[0]).toMatchObject({ instanceId, state: { words: '退回待修改' } });
    expect(mine.items[0]?.due.dueAt).not.toBeNull();
    const page = await detail(applicant, instanceId);
    expect(page.can).toMatchObject({ resubmit: true, withdraw: true, remind: false });
    expect(page.holder?.words).toBe('待重新提交');
    expect(page.banner).toContain('请写明交接的课');
    expect(page.timeline.map(({ kind }) => kind)).toContain('returned');

    const filled = await applicant.get<ReturnedFormAnswer>(`/api/approvals/instances/${instanceId}/form`);
    expect(filled).toMatchObject({ number, reason: '请写明交接的课', template: { templateKey: 'leave' } });
    // The request does not stand in its own way (R39), neither while typing nor when handed in.
    const { form } = await leaveRequest(applicant, { reason: '回乡，课由同事代' });
    const foretold = await applicant.post<{ canSubmit: boolean }>('/api/approvals/forecast', {
      templateKey: 'leave',
      version: filled.template.version,
      assignmentId: filled.assignmentId,
      form,
      instanceId,
    });
    expect(foretold.canSubmit).toBe(true);
    const again = await act(applicant, instanceId, 'resubmit', { form });
    expect(again.words).toContain('陈志远');
    expect((await todo(applicant)).items).toHaveLength(0);
    expect((await act(applicant, instanceId, 'resubmit', { form })).outcome).toBe('already');

    await s.settle();
    await tapApprove(s, userid.unitHead);
    await s.settle();
    await tapApprove(s, userid.hrHead);
    await s.settle();
    expect((await detail(applicant, instanceId)).state.code).toBe('running');
    await tapApprove(s, userid.leader);
    await s.settle();
    const done = await detail(applicant, instanceId);
    expect(done).toMatchObject({ number, state: { code: 'approved' } });
    expect(done.facts.map(({ value }) => value)).toContain('回乡，课由同事代');
    expect(cardsOf(s, userid.applicant).filter((one) => JSON.stringify(one).includes('已通过'))).toHaveLength(
      1,
    );
    await expectReplay(instanceId);
  });

  it('is checked like a first submission, and only the applicant may', async () => {
    const applicant = await s.signIn(userid.applicant);
    const { instanceId } = await applyForLeave(applicant, ONE_DAY);
    const head = await s.signIn(userid.unitHead);
    await sendBack(head, instanceId, null);
    const { form } = await leaveRequest(applicant, { ...ONE_DAY, reason: '' });
    const path = `/api/approvals/instances/${instanceId}/resubmit`;
    expect((await applicant.send('POST', path, { form })).status).toBe(422);
    expect((await head.send('POST', path, { form })).status).toBe(403);
    expect((await head.send('GET', `/api/approvals/instances/${instanceId}/form`, undefined)).status).toBe(
      403,
    );
    expect((await todo(applicant)).items).toHaveLength(1);
  });

  it('R37: the applicant who leaves it lying is reminded, and it is overdue in the list', async () => {
    const applicant = await s.signIn(userid.applicant);
    const { instanceId } = await applyForLeave(applicant, ONE_DAY);
    await sendBack(await s.signIn(userid.unitHead), instanceId, null);
    await s.settle();
    for (let day = 0; day < 6; day += 1) await s.advance(DAY);
    const again = await s.signIn(userid.applicant);
    const { counts } = await todo(again);
    expect(counts.overdue).toBe(1);
    expect(cardsOf(s, userid.applicant).some((one) => JSON.stringify(one).includes('超时'))).toBe(true);
  });

  it('withdrawn while it lies with the applicant: the to-do and its clock end', async () => {
    const applicant = await s.signIn(userid.applicant);
    const { instanceId } = await applyForLeave(applicant, ONE_DAY);
    await sendBack(await s.signIn(userid.unitHead), instanceId, null);
    await act(applicant, instanceId, 'withdraw', {});
    expect((await todo(applicant)).items).toHaveLength(0);
    const [open] = await s.app.db.read((reads) =>
      reads.em.query<{ n: number | string }[]>(
        'select count(*) as n from obligation where subjectId = ? and closedAt is null',
        [instanceId],
      ),
    );
    expect(Number(open?.n)).toBe(0);
  });
});

describe('back to who sent it back', () => {
  async function atThird() {
    await publishSteps(
      s,
      [
        await namedStep(s, 'one', [userid.colleague], FIRST),
        await namedStep(s, 'two', [userid.hrHead], FIRST),
        await namedStep(s, 'three', [userid.leader], FIRST),
      ],
      { onReturn: 'BACK_TO_RETURNER' },
    );
    const applicant = await s.signIn(userid.applicant);
    const { instanceId } = await submitOwn(applicant);
    for (const member of [userid.colleague, userid.hrHead]) {
      await s.settle();
      await tapApprove(s, member);
    }
    await s.settle();
    return { applicant, instanceId, leader: await s.signIn(userid.leader) };
  }

  it('R13: those passed over are informed of the change, once, and need not act', async () => {
    const { applicant, instanceId, leader } = await atThird();
    await sendBack(leader, instanceId, null);
    await act(applicant, instanceId, 'resubmit', { form: { what: '乙' } });
    await s.settle();
    for (const member of [userid.colleague, userid.hrHead]) {
      const told = cardsOf(s, member).filter((one) => JSON.stringify(one).includes('退回后继续办理'));
      expect(told).toHaveLength(1);
      expect(JSON.stringify(told)).toContain('内容');
      expect((await todo(await s.signIn(member))).items).toHaveLength(0);
    }
    const page = await detail(leader, instanceId);
    expect(page.title).toBe('事项 乙');
    expect(page.timeline.filter(({ kind }) => kind === 'passed').map(({ name }) => name)).toEqual([
      '系统',
      '系统',
    ]);
    await tapApprove(s, userid.leader);
    await s.settle();
    expect((await detail(applicant, instanceId)).state.code).toBe('approved');
    await expectReplay(instanceId);
  });

  it('R12: to a passed step: its approver decides again, then who sent it back', async () => {
    const { instanceId, leader } = await atThird();
    expect((await sendBack(leader, instanceId, 'one')).nextWords).toContain('接下来由');
    const refused = await leader.send('POST', `/api/approvals/tasks/none/send-back`, {
      toStepKey: null,
      reason: '甲',
    });
    expect(refused.status).toBe(404);
    await s.settle();
    await tapApprove(s, userid.colleague);
    await s.settle();
    expect((await detail(leader, instanceId)).myTask).not.toBeNull();
  });
});

it('R15 R16: who decided the step before is not asked again, and the record says on what it relies', async () => {
  await publishSteps(
    s,
    [
      await namedStep(s, 'one', [userid.colleague], FIRST),
      await namedStep(s, 'two', [userid.colleague], FIRST),
      await namedStep(s, 'three', [userid.leader], FIRST),
    ],
    { dedupe: 'consecutive' },
  );
  const applicant = await s.signIn(userid.applicant);
  const { instanceId } = await submitOwn(applicant);
  await s.settle();
  await tapApprove(s, userid.colleague);
  await s.settle();
  expect((await todo(await s.signIn(userid.colleague))).items).toHaveLength(0);
  const page = await detail(applicant, instanceId);
  const row = page.timeline.find(({ kind }) => kind === 'passed');
  expect(row).toMatchObject({ name: '系统', stateWords: '不再重复审批' });
  expect(row?.why).toContain('“one”同意');
  await tapApprove(s, userid.leader);
  await s.settle();
  expect((await detail(applicant, instanceId)).state.code).toBe('approved');
  await expectReplay(instanceId);
});

describe('what was carried out before (办理)', () => {
  /** Carried out by the colleague, agreed to by personnel, now with the leader. */
  async function carriedOut() {
    const [first, ...steps] = [
      await namedStep(s, 'one', [userid.colleague], FIRST),
      await namedStep(s, 'two', [userid.hrHead], FIRST),
      await namedStep(s, 'three', [userid.leader], FIRST),
    ];
    if (first.kind !== 'approve') throw new Error('no human step');
    await publishSteps(s, [{ ...first, role: 'handle' }, ...steps], { onReturn: 'BACK_TO_RETURNER' });
    const applicant = await s.signIn(userid.applicant);
    const { instanceId } = await submitOwn(applicant);
    const colleague = await s.signIn(userid.colleague);
    const { myTask } = await detail(colleague, instanceId);
    const done = { result: 'done', comment: '已布线' };
    await colleague.post(`/api/approvals/tasks/${myTask?.taskId}/handle`, done);
    await s.settle();
    const card = JSON.stringify(expectCard(s, userid.hrHead, '申请').content.card);
    await tapApprove(s, userid.hrHead);
    await s.settle();
    return { applicant, instanceId, card, leader: await s.signIn(userid.leader) };
  }
  const told = (member: string, words: string) =>
    cardsOf(s, member)
      .map((one) => JSON.stringify(one))
      .filter((text) => text.includes(words));

  it('R12 R13: counts as agreed on the next card, among the steps to go back to, and when passed over', async () => {
    const { applicant, instanceId, card, leader } = await carriedOut();
    expect(card).toContain('吴敏 已办理');
    expect((await detail(leader, instanceId)).returnTargets[1]).toMatchObject({ names: ['吴敏'] });
    await sendBack(leader, instanceId, null);
    await act(applicant, instanceId, 'resubmit', { form: { what: '乙' } });
    await s.settle();
    const [handled, ...more] = told(userid.colleague, '退回后继续办理');
    expect(more).toEqual([]);
    expect(handled).toContain('你已办理，不用再办理；直接到“three”');
    expect(told(userid.hrHead, '退回后继续办理')[0]).toContain('你已同意，不用再处理；直接到“three”');
    const { timeline } = await detail(leader, instanceId);
    const passed = timeline.filter(({ kind }) => kind === 'passed');
    expect(passed.map(({ stateWords }) => stateWords)).toEqual(['不再重复办理', '不再重复审批']);
    expect(passed[0]?.why).toContain('此前已办理，不再重复办理');
  });

  it('R29: who carried it out hears that it was revoked', async () => {
    const { applicant, instanceId } = await carriedOut();
    await tapApprove(s, userid.leader);
    await act(applicant, instanceId, 'revoke', { reason: '不办了' });
    await s.settle();
    for (const member of [userid.colleague, userid.hrHead, userid.leader])
      expect(told(member, '撤销了')).toHaveLength(1);
  });
});

describe('ends no approver decides', () => {
  it('a super administrator ends a request with a reason; holders have nothing left, the applicant is told', async () => {
    const applicant = await s.signIn(userid.applicant);
    const { instanceId } = await applyForLeave(applicant, ONE_DAY);
    await s.settle();
    const path = `/api/approvals/instances/${instanceId}/terminate`;
    expect((await applicant.send('POST', path, { reason: '不要了' })).status).toBe(403);
    const admin = await s.signIn(userid.superAdmin);
    expect((await admin.send('POST', path, { reason: '' })).status).toBe(422);
    expect((await act(admin, instanceId, 'terminate', { reason: '重复提交' })).words).toBe('已终止');
    await s.settle();
    expect(lastWords(expectCard(s, userid.unitHead, '申请'))).toBe('已终止');
    const card = expectCard(s, userid.applicant, '已由管理员终止');
    expect(JSON.stringify(card.content.card)).toContain('重复提交');
    expect((await detail(applicant, instanceId)).timeline.at(-1)).toMatchObject({
      kind: 'terminated',
      comment: '重复提交',
    });
    await expectReplay(instanceId);
  });

  const absences = () =>
    s.app.db.read((reads) =>
      s.app.approvals.approvedAbsences(reads, { fromOn: '2026-11-01', untilOn: '2027-01-01' }),
    );

  async function approvedLeave(applicant: Client): Promise<string> {
    const { instanceId } = await applyForLeave(applicant, {
      from: '2026-11-26',
      fromHalf: 'am',
      to: '2026-11-27',
      toHalf: 'pm',
    });
    await s.settle();
    await tapApprove(s, userid.unitHead);
    await s.settle();
    return instanceId;
  }

  it('R29 R39: an approved leave is revoked before it began: the absence ends, the days are free again', async () => {
    const applicant = await s.signIn(userid.applicant);
    const instanceId = await approvedLeave(applicant);
    expect(await absences()).toHaveLength(1);
    const answer = await act<RevokeAnswer>(applicant, instanceId, 'revoke', { reason: '行程取消' });
    expect(answer).toEqual({
      outcome: 'done',
      words: '已撤销',
      released: ['2026-11-26 至 2026-11-27 的假期取消', '年假少休 2 天'],
      kept: [],
    });
    expect(await absences()).toEqual([]);
    expect((await act<RevokeAnswer>(applicant, instanceId, 'revoke', { reason: '又一次' })).outcome).toBe(
      'already',
    );
    await s.settle();
    for (const member of [userid.unitHead, userid.attendance])
      expect(cardsOf(s, member).filter((one) => JSON.stringify(one).includes('撤销了'))).toHaveLength(1);
    expect((await applyForLeave(applicant, ONE_DAY)).instanceId).not.toBe(instanceId);
    await expectReplay(instanceId);
  });

  it('R29: revoked half way: the days that began stay taken, and the answer says so', async () => {
    const applicant = await s.signIn(userid.applicant);
    const instanceId = await approvedLeave(applicant);
    for (let day = 0; day < 3; day += 1) await s.advance(DAY);
    const later = await s.signIn(userid.applicant);
    const answer = await act<RevokeAnswer>(later, instanceId, 'revoke', { reason: '提前返岗' });
    expect(answer.released).toEqual(['2026-11-27 的假期取消', '年假少休 1 天']);
    expect(answer.kept).toEqual(['2026-11-26 已经开始，记为已休', '年假已休 1 天，不退回']);
    expect(await absences()).toEqual([
      expect.objectContaining({ fromOn: '2026-11-26', untilOn: '2026-11-27' }),
    ]);
    const taken = await later.send('POST', '/api/approvals/instances', {
      ...(await leaveRequest(later, { ...ONE_DAY, reason: '再请' })),
      clientKey: crypto.randomUUID(),
    });
    expect(taken.status).toBe(422);
  });

  it('R29: a room takes its effect back in the same unit of work, or nothing is revoked', async () => {
    await publishSteps(s, [await namedStep(s, 'one', [userid.colleague], FIRST)]);
    const freed: string[] = [];
    s.app.approvals.onRevoked('own', (_tx, state) => {
      freed.push(state.number);
      return Promise.resolve({ released: ['会议室'], kept: ['合同编号'] });
    });
    const applicant = await s.signIn(userid.applicant);
    const { instanceId, number } = await submitOwn(applicant);
    const path = `/api/approvals/instances/${instanceId}/revoke`;
    expect((await applicant.send('POST', path, { reason: '早了' })).status).toBe(422);
    await s.settle();
    await tapApprove(s, userid.colleague);
    await s.settle();
    const answer = await act<RevokeAnswer>(applicant, instanceId, 'revoke', { reason: '不办了' });
    expect([answer.released, answer.kept, freed]).toEqual([['会议室'], ['合同编号'], [number]]);
    expect((await detail(applicant, instanceId)).timeline.at(-1)?.comment).toBe(
      '不办了\n会议室\n不能撤销：合同编号',
    );
  });
});
