import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { historyOf, loadInstance, replay } from '../../server/features/approvals/index.ts';
import type { ActAnswer, InstanceAnswer } from '../../server/features/approvals/contract.ts';
import type { TemplateNode } from '../../server/features/approvals/template/template.ts';
import type { Client } from '../support/client.ts';
import { namedStep, publishSteps, submitOwn } from '../support/own-template.ts';
import { type Started, startApp } from '../support/start-app.ts';
import { detail, expectCard, lastWords, tapApprove, todo, userid } from '../support/story.ts';

let s: Started;
beforeEach(async () => {
  s = await startApp();
});
afterEach(() => s.close());

const FIRST = { mode: 'any', refusal: 'FIRST_ACTION' } as const;

/** 会签 of three offices, joined before the president. */
async function publishJoint(rules: Parameters<typeof publishSteps>[2] = {}): Promise<void> {
  const branch = async (key: string, title: string, ...members: string[]) => ({
    key,
    title,
    steps: await Promise.all(members.map((member, n) => namedStep(s, `${key}${n}`, [member], FIRST))),
  });
  const joint: TemplateNode = {
    key: 'joint',
    title: '会签',
    kind: 'branches',
    mode: 'all',
    branches: [
      await branch('money', '财务', userid.hrHead),
      await branch('law', '法务', userid.leader, userid.colleague),
      await branch('office', '办公室', userid.unitHead),
    ],
  };
  await publishSteps(s, [joint, await namedStep(s, 'end', [userid.president], FIRST)], rules);
}

async function act(client: Client, instanceId: string, verb: string, body: object = {}): Promise<ActAnswer> {
  const { myTask } = await detail(client, instanceId);
  const answer = await client.post<ActAnswer>(`/api/approvals/tasks/${myTask?.taskId}/${verb}`, body);
  await s.settle();
  return answer;
}

const stood = ({ branches }: InstanceAnswer) =>
  branches.flatMap((group) => group.branches.map(({ title, state }) => `${title} ${state}`));

async function expectReplay(instanceId: string): Promise<void> {
  await s.app.db.read(async (reads) => {
    const history = await historyOf(reads, instanceId);
    expect(replay(history)).toEqual((await loadInstance(reads, instanceId)).state);
  });
}

describe('branches at the same time', () => {
  it('are asked together, shown with who holds which, and joined before the next step', async () => {
    await publishJoint();
    const applicant = await s.signIn(userid.applicant);
    const { instanceId, holderWords } = await submitOwn(applicant);
    await s.settle();
    expect(holderWords).toContain('3 个分支同时进行');
    await tapApprove(s, userid.unitHead);
    await act(await s.signIn(userid.leader), instanceId, 'approve');
    await s.settle();
    const shown = await detail(applicant, instanceId);
    expect(stood(shown)).toEqual(['财务 current', '法务 current', '办公室 done']);
    expect(shown.branches[0]?.branches[1]?.words).toBe('law1');
    expect(shown.timeline.filter(({ state }) => state === 'current').map(({ branch }) => branch)).toEqual([
      '财务',
      '法务',
    ]);
    expect(shown.timeline.filter(({ state }) => state === 'future').map(({ branch }) => branch)).toEqual([
      undefined,
    ]);
    expect((await todo(await s.signIn(userid.president))).items).toEqual([]);
    await act(await s.signIn(userid.colleague), instanceId, 'approve');
    await act(await s.signIn(userid.hrHead), instanceId, 'approve');
    expect(stood(await detail(applicant, instanceId))).toEqual(['财务 done', '法务 done', '办公室 done']);
    await act(await s.signIn(userid.president), instanceId, 'approve');
    expect((await detail(applicant, instanceId)).state.code).toBe('approved');
    await expectReplay(instanceId);
  });

  it('R28: the last decisions of several branches at the same moment join them once; one that is refused meanwhile ends all', async () => {
    await publishJoint();
    const applicant = await s.signIn(userid.applicant);
    const deciders = await Promise.all(
      [userid.hrHead, userid.colleague, userid.unitHead].map((member) => s.signIn(member)),
    );
    const atOnce = async (verbs: readonly ('approve' | 'reject')[]) => {
      const { instanceId } = await submitOwn(applicant);
      await s.settle();
      await act(await s.signIn(userid.leader), instanceId, 'approve');
      const tasks = await Promise.all(deciders.map(async (one) => (await detail(one, instanceId)).myTask));
      const answers = await Promise.all(
        deciders.map((one, at) =>
          one.post<ActAnswer>(`/api/approvals/tasks/${tasks[at]?.taskId}/${verbs[at] ?? ''}`, {
            comment: '不合适',
          }),
        ),
      );
      await s.settle();
      await expectReplay(instanceId);
      const history = await s.app.db.read((reads) => historyOf(reads, instanceId));
      const count = (type: string) => history.filter((event) => event.type === type).length;
      return { instanceId, answers, count };
    };
    const all = await atOnce(['approve', 'approve', 'approve']);
    expect(all.answers.map(({ outcome }) => outcome)).toEqual(['done', 'done', 'done']);
    expect([all.count('branchEnded'), all.count('branchesJoined')]).toEqual([3, 1]);
    const president = await s.signIn(userid.president);
    expect((await todo(president)).items.map(({ instanceId }) => instanceId)).toEqual([all.instanceId]);

    const one = await atOnce(['approve', 'reject', 'approve']);
    expect(one.answers[1]?.outcome).toBe('done');
    expect([one.count('rejected'), one.count('branchesJoined')]).toEqual([1, 0]);
    expect((await detail(applicant, one.instanceId)).state.code).toBe('rejected');
  });

  it('R3 R6: a refusal in one closes the tasks, clocks and cards of the others', async () => {
    await publishJoint();
    const applicant = await s.signIn(userid.applicant);
    const { instanceId } = await submitOwn(applicant);
    await s.settle();
    await act(await s.signIn(userid.hrHead), instanceId, 'reject', { comment: '没有预算' });
    const leader = await s.signIn(userid.leader);
    expect((await todo(leader)).items).toEqual([]);
    const clocks = await s.app.db.read((reads) =>
      reads.em.query<{ n: number }[]>(
        'select count(*) as n from obligation where subjectId = ? and closedAt is null',
        [instanceId],
      ),
    );
    expect(Number(clocks[0]?.n)).toBe(0);
    expect(lastWords(expectCard(s, userid.leader, '申请'))).toBe('已由他人拒绝');
    const shown = await detail(leader, instanceId);
    expect(stood(shown)).toEqual(['财务 refused', '法务 skipped', '办公室 skipped']);
    expect(shown.timeline.find(({ branch }) => branch === '法务')?.why).toContain('在“money0”拒绝');
    await expectReplay(instanceId);
  });

  it('R12: sent back within a branch the others stay, sent back to the applicant all end', async () => {
    await publishJoint({ onReturn: 'BACK_TO_RETURNER' });
    const applicant = await s.signIn(userid.applicant);
    const { instanceId } = await submitOwn(applicant);
    await s.settle();
    const leader = await s.signIn(userid.leader);
    const colleague = await s.signIn(userid.colleague);
    await act(leader, instanceId, 'approve');
    expect((await detail(colleague, instanceId)).returnTargets.map(({ stepKey }) => stepKey)).toEqual([
      null,
      'law0',
    ]);
    await act(colleague, instanceId, 'send-back', { toStepKey: 'law0', reason: '第三条' });
    expect(stood(await detail(applicant, instanceId))).toEqual([
      '财务 current',
      '法务 current',
      '办公室 current',
    ]);
    await act(await s.signIn(userid.hrHead), instanceId, 'approve');
    await act(leader, instanceId, 'send-back', { toStepKey: null, reason: '请补' });
    expect((await todo(await s.signIn(userid.unitHead))).items).toEqual([]);
    await applicant.post(`/api/approvals/instances/${instanceId}/resubmit`, { form: { what: '甲' } });
    await s.settle();
    // R13: who had agreed in a branch beside is told, not asked.
    expect(stood(await detail(applicant, instanceId))).toEqual([
      '财务 done',
      '法务 current',
      '办公室 current',
    ]);
    const { items } = await todo(await s.signIn(userid.hrHead));
    expect(items).toEqual([]);
    await expectReplay(instanceId);
  });
});
