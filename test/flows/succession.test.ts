/** What a leaver holds of one case goes to the successor in one act, in whatever branches it lies (R22, R25). */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadInstance } from '../../server/features/approvals/index.ts';
import type { TemplateNode } from '../../server/features/approvals/template/template.ts';
import { systemActor } from '../../server/kernel/actor.ts';
import { namedStep, personIdOf, publishSteps, submitOwn } from '../support/own-template.ts';
import { type Started, startApp } from '../support/start-app.ts';
import { userid } from '../support/story.ts';

const TEST = systemActor('test');
const FIRST = { mode: 'any', refusal: 'FIRST_ACTION' } as const;

let s: Started;
let personId: string;
let successorId: string;
let instanceId: string;
beforeEach(async () => {
  s = await startApp();
  personId = await personIdOf(s, userid.hrHead);
  successorId = await personIdOf(s, userid.colleague);
  const branch = async (key: string, member: string) => ({
    key,
    title: key,
    steps: [await namedStep(s, `${key}Step`, [member], FIRST)],
  });
  const joint: TemplateNode = {
    key: 'joint',
    title: '会签',
    kind: 'branches',
    mode: 'all',
    branches: [
      await branch('money', userid.hrHead),
      await branch('law', userid.hrHead),
      await branch('own', userid.colleague),
    ],
  };
  await publishSteps(s, [joint, await namedStep(s, 'end', [userid.president], FIRST)]);
  ({ instanceId } = await submitOwn(await s.signIn(userid.applicant)));
  await s.settle();
});
afterEach(() => s.close());

const stateOf = async () => (await s.app.db.read((reads) => loadInstance(reads, instanceId))).state;
/** `step: who`, of what is open; `管理员` where nobody is. */
async function open(): Promise<string[]> {
  const { steps, tasks } = await stateOf();
  const org = await s.app.db.read((reads) => s.app.directory.orgOf(reads));
  return steps
    .filter(({ outcome }) => outcome === null)
    .map(({ stepId, stepKey }) => {
      const task = tasks.find((one) => one.stepId === stepId && one.status === 'pending');
      return `${stepKey}: ${task ? (org.person(task.person.personId)?.userid ?? '') : '管理员'}`;
    });
}
const succeed = () =>
  s.app.db.write(TEST, (tx) => s.app.approvals.succession.succeed(tx, instanceId, { personId, successorId }));
const acts = async (): Promise<number> =>
  (
    await s.app.db.read(({ em }) =>
      em.query<object[]>('select id from audit_entry where targetId = ?', [instanceId]),
    )
  ).length;
const THEIRS = [`moneyStep: ${userid.hrHead}`, `lawStep: ${userid.hrHead}`, `ownStep: ${userid.colleague}`];
const TAKEN = [
  `moneyStep: ${userid.colleague}`,
  `lawStep: ${userid.colleague}`,
  `ownStep: ${userid.colleague}`,
];

describe('a leaver with a seat in two branches', () => {
  it('R22 both go in one act, the second time nothing is left to go', async () => {
    expect(await open()).toEqual(THEIRS);
    const before = await acts();
    const { outcome, taskIds } = await succeed();
    expect([outcome, taskIds.length]).toEqual(['takes', 2]);
    expect(await open()).toEqual(TAKEN);
    expect(await acts()).toBe(before + 1);
    expect(await succeed()).toEqual({ outcome: 'none', taskIds: [] });
    expect(await acts()).toBe(before + 1);
  });

  it('R18 R22 seats left behind by who is locked go in one act as well', async () => {
    await s.app.db.write(TEST, (tx) => s.app.directory.lockPerson(tx, personId));
    await s.settle();
    expect(await open()).toEqual(['moneyStep: 管理员', 'lawStep: 管理员', `ownStep: ${userid.colleague}`]);
    const [held] = await s.app.db.read((reads) => s.app.approvals.succession.heldTasks(reads, personId));
    expect(held).toMatchObject({ instanceId, abandoned: true });
    const before = await acts();
    expect((await succeed()).taskIds).toHaveLength(2);
    expect(await open()).toEqual(TAKEN);
    expect(await acts()).toBe(before + 1);
    expect(await s.app.db.read((reads) => s.app.approvals.succession.heldTasks(reads, personId))).toEqual([]);
  });

  it('taken back, what the successor held before stays theirs', async () => {
    const { taskIds } = await succeed();
    const giveBack = () =>
      s.app.db.write(TEST, (tx) =>
        s.app.approvals.succession.giveBack(tx, instanceId, { personId, taskIds }),
      );
    expect(await giveBack()).toBe('undone');
    expect(await open()).toEqual(THEIRS);
    expect(await giveBack()).toBe('decided');
  });

  it('what the successor decided meanwhile is kept, the rest goes back', async () => {
    const { taskIds } = await succeed();
    const colleague = await s.signIn(userid.colleague);
    const law = (await stateOf()).steps.find(({ stepKey }) => stepKey === 'lawStep')?.stepId;
    const taskId = (await stateOf()).tasks.findLast((task) => task.stepId === law)?.taskId ?? '';
    await colleague.post(`/api/approvals/tasks/${taskId}/approve`, {});
    await s.app.db.write(TEST, (tx) =>
      s.app.approvals.succession.giveBack(tx, instanceId, { personId, taskIds }),
    );
    expect(await open()).toEqual([`moneyStep: ${userid.hrHead}`, `ownStep: ${userid.colleague}`]);
  });
});
