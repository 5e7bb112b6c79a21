import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { BatchAnswer, ApproveManyAnswer } from '../../server/features/approvals/batch/contract.ts';
import { addDays } from '../../server/kernel/dates.ts';
import type { Client } from '../support/client.ts';
import { namedStep, publishSteps, submitOwn } from '../support/own-template.ts';
import { type Started, startApp } from '../support/start-app.ts';
import { applyForLeave, detail, ONE_DAY, todo, userid } from '../support/story.ts';

let s: Started;
let applicant: Client;
let head: Client;
beforeEach(async () => {
  s = await startApp();
  applicant = await s.signIn(userid.applicant);
  head = await s.signIn(userid.unitHead);
});
afterEach(() => s.close());

const PATH = '/api/approvals/batch';
const batch = (client: Client) => client.get<BatchAnswer>(PATH);
const approve = (client: Client, taskIds: readonly string[], formVersion = 1) =>
  client.post<ApproveManyAnswer>(PATH, { tasks: taskIds.map((taskId) => ({ taskId, formVersion })) });
const itemsOf = ({ groups }: BatchAnswer) => groups.flatMap(({ items }) => items);

/** One day of leave a week, so that they do not overlap. */
function leave(week: number, days = 1) {
  const from = addDays('2026-11-30', 7 * week);
  const to = addDays(from, days - 1);
  return applyForLeave(applicant, { ...ONE_DAY, from, to });
}

describe('many decided by one tap', () => {
  it('shows mine side by side by kind, and what stands out among them', async () => {
    for (const days of [1, 1, 1, 1, 5]) await leave((await todo(head)).items.length, days);
    await publishSteps(s, [
      await namedStep(s, 'one', [userid.unitHead], { mode: 'any', refusal: 'FIRST_ACTION' }),
    ]);
    await submitOwn(applicant);
    const answer = await batch(head);
    expect(answer.groups.map(({ title, items }) => [title, items.length])).toEqual([
      ['请假', 5],
      ['事项', 1],
    ]);
    const outliers = itemsOf(answer).flatMap(({ title, outlier }) => (outlier ? [[title, outlier]] : []));
    expect(outliers).toEqual([['年假 5 个工作日', '请假 5，这批多为 1']]);
    expect(itemsOf(answer)[0]).toMatchObject({ who: '张雨桐', alone: null, forWords: '' });
    expect(answer.more).toBe(false);
  });

  it('R1 each on its own: what cannot be decided is told of and holds up no other', async () => {
    const made = [await leave(0), await leave(1), await leave(2)];
    const taskIds = itemsOf(await batch(head)).map(({ taskId }) => taskId);
    await applicant.post(`/api/approvals/instances/${made[0]?.instanceId ?? ''}/withdraw`, {});
    const foreign = 'f'.repeat(32);
    const { results } = await approve(head, [...taskIds, foreign, taskIds[1] ?? '']);
    expect(results.map(({ taskId, outcome }) => [taskId, outcome])).toEqual([
      [taskIds[0], 'already'],
      [taskIds[1], 'done'],
      [taskIds[2], 'done'],
      [foreign, 'refused'],
    ]);
    expect(results[0]?.words).toContain('已撤回');
    await s.settle();
    expect((await todo(head)).items).toEqual([]);
    for (const { instanceId } of made.slice(1))
      expect((await detail(applicant, instanceId)).state.code).toBe('approved');
    expect((await approve(head, taskIds)).results.map(({ outcome }) => outcome)).toEqual([
      'already',
      'already',
      'already',
    ]);
  });

  it('R40 one whose form somebody changed after the list was read is told of, not decided; read again it is', async () => {
    const rules = { mode: 'all', refusal: 'FAIL_FAST' } as const;
    const step = await namedStep(s, 'one', [userid.unitHead, userid.leader], rules);
    await publishSteps(s, [{ ...step, fields: { what: 'edit' } }]);
    const ids = [await submitOwn(applicant), await submitOwn(applicant)].map(({ instanceId }) => instanceId);
    const leader = await s.signIn(userid.leader);
    const listed = itemsOf(await batch(head));
    expect(listed.map(({ formVersion }) => formVersion)).toEqual([1, 1]);
    const { myTask } = await detail(leader, ids[0] ?? '');
    const edits = [{ key: 'what', version: 0, value: '改过的' }];
    await leader.post(`/api/approvals/tasks/${myTask?.taskId}/edit`, { edits });
    const tasks = listed.map(({ taskId, formVersion }) => ({ taskId, formVersion }));
    const { results } = await head.post<ApproveManyAnswer>(PATH, { tasks });
    const outcomes = new Map(results.map((one) => [one.taskId, one]));
    const at = (n: number) => outcomes.get(listed.find((one) => one.instanceId === ids[n])?.taskId ?? '');
    expect(at(0)).toMatchObject({ outcome: 'refused', words: '表单刚有改动，请打开详情看过再处理。' });
    expect(at(1)?.outcome).toBe('done');
    const [again] = itemsOf(await batch(head));
    expect(again).toMatchObject({ instanceId: ids[0], formVersion: 2 });
    expect((await approve(head, [again?.taskId ?? ''], again?.formVersion)).results[0]?.outcome).toBe('done');
  });

  it('lists decisions alone: an opinion asked for and what was sent back are elsewhere', async () => {
    const { instanceId } = await leave(0);
    const adviser = await s.signIn(userid.colleague);
    const adviserId = (await adviser.get<{ person: { personId: string } }>('/api/me')).person.personId;
    const [item] = itemsOf(await batch(head));
    const path = `/api/approvals/tasks/${item?.taskId ?? ''}`;
    await head.post(`${path}/consult`, { personIds: [adviserId], question: '可以吗' });
    await s.settle();
    expect((await todo(adviser)).items).toHaveLength(1);
    expect(await batch(adviser)).toEqual({ groups: [], more: false });
    await head.post(`${path}/send-back`, { toStepKey: null, reason: '请改日期' });
    await s.settle();
    expect((await todo(applicant)).items.map((one) => one.instanceId)).toEqual([instanceId]);
    expect(await batch(applicant)).toEqual({ groups: [], more: false });
  });

  it('one that fails by a fault of ours is told of, and the others stay decided', async () => {
    await leave(0);
    await leave(1);
    const [first = '', second = ''] = itemsOf(await batch(head)).map(({ taskId }) => taskId);
    const spoilt = `update approval_instance set state = '{', version = version + 1 where id in
      (select instanceId from approval_task where id = ?)`;
    await s.app.db.run(spoilt, [first]);
    const { results } = await approve(head, [first, second]);
    expect(results.map(({ outcome }) => outcome)).toEqual(['refused', 'done']);
    expect(results[0]?.words).toBe('这一件没有办成，请再试一次');
    expect(s.log.some((line) => line.includes('a task of a batch was not decided'))).toBe(true);
  });

  it('never decides somebody else’s task, nor what asks for words', async () => {
    const { instanceId } = await leave(0);
    const [item] = itemsOf(await batch(head));
    const stranger = await s.signIn(userid.colleague);
    const tried = await approve(stranger, [item?.taskId ?? '']);
    expect(tried.results.map(({ outcome }) => outcome)).toEqual(['refused']);
    expect((await detail(applicant, instanceId)).state.code).toBe('running');
    const step = await namedStep(s, 'one', [userid.unitHead], { mode: 'any', refusal: 'FIRST_ACTION' });
    await publishSteps(s, [{ ...step, requiresComment: true } as typeof step]);
    await submitOwn(applicant);
    const asks = itemsOf(await batch(head)).find(({ alone }) => alone !== null);
    expect(asks?.alone).toBe('要写意见');
    const { results } = await approve(head, [asks?.taskId ?? '']);
    expect(results).toEqual([{ taskId: asks?.taskId, outcome: 'refused', words: '要写意见' }]);
  });
});
