import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemActor } from '../../server/kernel/actor.ts';
import type { ActAnswer, ItemsAnswer, AddApproversAnswer } from '../../server/features/approvals/contract.ts';
import { historyOf, loadInstance, replay } from '../../server/features/approvals/index.ts';
import { demoCast } from '../../scripts/demo/cast.ts';
import type { Client } from '../support/client.ts';
import { namedStep, personIdOf, publishSteps, submitOwn } from '../support/own-template.ts';
import { type Started, startApp } from '../support/start-app.ts';
import { cardsOf, detail, expectCard, lastWords, tapApprove, todo, userid } from '../support/story.ts';

const HOUR_MS = 3_600_000;
const ONE = { mode: 'any', refusal: 'FIRST_ACTION' } as const;

let s: Started;
let applicant: Client;
let head: Client;
let adviser: Client;
let adviserId: string;
beforeEach(async () => {
  s = await startApp();
  applicant = await s.signIn(userid.applicant);
  head = await s.signIn(userid.unitHead);
  adviser = await s.signIn(userid.librarian);
  adviserId = await personIdOf(s, userid.librarian);
});
afterEach(() => s.close());

const myTask = async (client: Client, instanceId: string): Promise<string> =>
  (await detail(client, instanceId)).myTask?.taskId ?? '';
async function act<T = ActAnswer>(
  client: Client,
  instanceId: string,
  verb: string,
  body: object = {},
): Promise<T> {
  return client.post<T>(`/api/approvals/tasks/${await myTask(client, instanceId)}/${verb}`, body);
}
const add = (client: Client, instanceId: string, placement: string, comment?: string) =>
  act<AddApproversAnswer>(client, instanceId, 'add', {
    placement,
    personIds: [adviserId],
    ...(comment === undefined ? {} : { comment }),
  });
const todosOf = async (client: Client): Promise<number> => (await todo(client)).items.length;

interface Clock {
  readonly personId: string;
  readonly state: string;
  readonly running: number | string;
}
/** Who has a clock for this request: the person, whether it is open and whether it runs. */
async function clocks(instanceId: string): Promise<string[]> {
  const rows = await s.app.db.read((r) =>
    r.em.query<Clock[]>(
      `select holderPersonId as personId, state, case when runningSinceAt is null then 0 else 1 end as running
       from obligation where subjectId = ? order by openedAt, id`,
      [instanceId],
    ),
  );
  const names = new Map([
    [adviserId, 'adviser'],
    [await personIdOf(s, userid.unitHead), 'head'],
  ]);
  return rows.map((row) => {
    const how = Number(row.running) === 1 ? 'runs' : 'stands';
    return `${names.get(row.personId) ?? '?'} ${row.state === 'open' ? how : row.state}`;
  });
}

async function replays(instanceId: string): Promise<void> {
  const [history, row] = await s.app.db.read((reads) =>
    Promise.all([historyOf(reads, instanceId), loadInstance(reads, instanceId)]),
  );
  expect(replay(history)).toEqual(row.state);
}

async function oneStep(): Promise<string> {
  await publishSteps(s, [await namedStep(s, 'one', [userid.unitHead], ONE)]);
  const { instanceId } = await submitOwn(applicant);
  await s.settle();
  return instanceId;
}

describe('adding approvers', () => {
  it('R8: the own task waits without a clock running, and comes back with what was left of it', async () => {
    const instanceId = await oneStep();
    await s.advance(HOUR_MS);
    const before = (await todo(head)).items[0]?.due;
    const answer = await add(head, instanceId, 'before', '请看预算');
    expect(answer).toMatchObject({ outcome: 'done', words: `已请${demoCast.librarian.name}先提出意见` });
    await s.settle();
    expect([await todosOf(head), await todosOf(adviser)]).toEqual([0, 1]);
    expect(await clocks(instanceId)).toEqual(['head stands', 'adviser runs']);
    expect(JSON.stringify(expectCard(s, userid.librarian, '事项').content.card)).toContain('先提出意见');
    const page = await detail(head, instanceId);
    expect(page).toMatchObject({
      myTask: null,
      can: { approve: false },
      banner: '等加签的人处理完，再由你决定。',
    });
    expect(page.adding.removable).toEqual([
      { taskId: await myTask(adviser, instanceId), name: demoCast.librarian.name },
    ]);
    expect(page.timeline.map((row) => [row.role, row.comment])).toContainEqual([
      `前加签：${demoCast.librarian.name}`,
      '请看预算',
    ]);
    // The card still shows 同意; tapping it decides nothing.
    await tapApprove(s, userid.unitHead, '事项');
    expect((await detail(applicant, instanceId)).state.code).toBe('running');
    await act(adviser, instanceId, 'approve', { comment: '预算够' });
    await s.settle();
    expect([await todosOf(head), await todosOf(adviser)]).toEqual([1, 0]);
    expect(await clocks(instanceId)).toEqual(['head runs', 'adviser closed']);
    expect((await todo(head)).items[0]?.due).toEqual(before);
    expect(cardsOf(s, userid.unitHead).at(-1)?.content.card.main_title?.title).toContain('请你决定');
    await act(head, instanceId, 'approve');
    await s.settle();
    expect((await detail(applicant, instanceId)).state).toEqual({ code: 'approved', words: '已通过' });
    await replays(instanceId);
  });

  it('R9: the decision stands at once, the request passes when the added finish', async () => {
    const instanceId = await oneStep();
    await add(head, instanceId, 'after', '同意，请复核');
    const decidedBy = s.clock.now();
    await s.settle();
    expect(lastWords(expectCard(s, userid.unitHead, '事项'))).toBe('已同意');
    expect((await detail(applicant, instanceId)).state.code).toBe('running');
    await s.advance(HOUR_MS);
    await act(adviser, instanceId, 'reject', { comment: '数目不对' });
    const { state, timeline } = await detail(applicant, instanceId);
    expect(state.code).toBe('rejected');
    const own = timeline.find((row) => row.name === demoCast.unitHead.name && row.kind === 'step');
    expect(own).toMatchObject({ stateWords: '同意', comment: '同意，请复核' });
    expect(own?.at).toBeLessThanOrEqual(decidedBy);
    await replays(instanceId);
  });

  it('R10: the answer and the page say whether the threshold moves', async () => {
    const three = [userid.unitHead, userid.hrHead, userid.leader];
    const step = await namedStep(s, 'vote', three, ONE);
    if (step.kind !== 'approve') throw new Error('no human step');
    await publishSteps(s, [{ ...step, mode: 'quorum', refusal: 'FAIL_FAST', needed: { percent: 60 } }]);
    const { instanceId } = await submitOwn(applicant);
    const { adding } = await detail(head, instanceId);
    expect(adding.ways.find((way) => way.placement === 'parallel')?.words).toBe(
      '加 1 人后，通过所需由 2 人变为 3 人，共 4 人。',
    );
    const { threshold } = await add(head, instanceId, 'parallel');
    expect(threshold).toEqual({ before: 2, after: 3, people: 4, moves: true });
    for (const member of [userid.unitHead, userid.hrHead]) {
      await act(await s.signIn(member), instanceId, 'approve');
    }
    expect((await detail(applicant, instanceId)).state.code).toBe('running');
    await act(adviser, instanceId, 'approve');
    expect((await detail(applicant, instanceId)).state.code).toBe('approved');
    await replays(instanceId);
  });

  it('R4 R11: nobody twice, no nesting; what one added one takes back, and that is on the record', async () => {
    const instanceId = await oneStep();
    const root = `/api/approvals/tasks/${await myTask(head, instanceId)}`;
    const refused = await head.send('POST', `${root}/add`, {
      placement: 'before',
      personIds: [await personIdOf(s, userid.applicant)],
    });
    expect(refused.status).toBe(422);
    await add(head, instanceId, 'before');
    await s.settle();
    const added = await myTask(adviser, instanceId);
    const nested = await adviser.send('POST', `/api/approvals/tasks/${added}/add`, {
      placement: 'parallel',
      personIds: [await personIdOf(s, userid.colleague)],
    });
    expect([nested.status, ((await nested.json()) as { code: string }).code]).toEqual([
      422,
      'approvals.added_cannot_add',
    ]);
    expect((await adviser.send('POST', `/api/approvals/tasks/${added}/remove`, {})).status).toBe(403);
    const again = await head.send('POST', `${root}/approve`, {});
    expect(again.status).toBe(409);
    await head.post(`/api/approvals/tasks/${added}/remove`, {});
    await s.settle();
    expect([await todosOf(head), await todosOf(adviser)]).toEqual([1, 0]);
    expect(lastWords(expectCard(s, userid.librarian, '事项'))).toBe('加签已取消');
    expect(await clocks(instanceId)).toEqual(['head runs', 'adviser closed']);
    const kept = await s.app.db.read((r) =>
      r.em.query<{ action: string }[]>('select action from audit_entry where targetId = ?', [instanceId]),
    );
    expect(kept.map((row) => row.action)).toEqual(
      expect.arrayContaining(['approvals.addApprovers', 'approvals.removeApprover']),
    );
    await replays(instanceId);
  });

  it('R8 R22: who waits is locked; the request goes on with somebody named', async () => {
    const instanceId = await oneStep();
    await add(head, instanceId, 'before');
    const personId = await personIdOf(s, userid.unitHead);
    await s.app.db.write(systemActor('test'), (tx) => s.app.directory.lockPerson(tx, personId));
    await s.settle();
    const admin = await s.signIn(userid.superAdmin);
    const { emptySeats } = await detail(admin, instanceId);
    expect(emptySeats).toHaveLength(1);
    const [seat] = emptySeats;
    await admin.post(`/api/approvals/instances/${instanceId}/assign`, {
      stepId: seat?.stepId,
      seats: [{ seat: seat?.seat, personId: await personIdOf(s, userid.hrHead) }],
    });
    const heir = await s.signIn(userid.hrHead);
    expect(await todosOf(heir)).toBe(0);
    await act(adviser, instanceId, 'approve');
    await s.settle();
    expect(await todosOf(heir)).toBe(1);
    await act(heir, instanceId, 'approve');
    expect((await detail(applicant, instanceId)).state.code).toBe('approved');
    await replays(instanceId);
  });
});

describe('asking an opinion', () => {
  it('R30: a to-do without a clock for who is asked; the clock and the decision stay', async () => {
    const instanceId = await oneStep();
    const before = (await todo(head)).items[0]?.due;
    await act(head, instanceId, 'consult', { personIds: [adviserId], question: '馆里有场地吗' });
    await s.settle();
    expect([await todosOf(head), await todosOf(adviser)]).toEqual([1, 1]);
    expect(await clocks(instanceId)).toEqual(['head runs']);
    expect((await todo(head)).items[0]?.due).toEqual(before);
    expect(expectCard(s, userid.librarian, '征求你的意见').content.card.main_title?.desc).toBe(
      '馆里有场地吗',
    );
    const { consulting, can, myTask: none } = await detail(adviser, instanceId);
    expect([none, can.approve, consulting.asked?.question]).toEqual([null, false, '馆里有场地吗']);
    const path = `/api/approvals/consults/${consulting.asked?.consultId}/answer`;
    expect((await head.send('POST', path, { text: '有' })).status).toBe(403);
    const answer = await adviser.post<ActAnswer>(path, { text: '有，周三空着' });
    expect(answer.outcome).toBe('done');
    expect((await adviser.post<ActAnswer>(path, { text: '又有了' })).outcome).toBe('already');
    await s.settle();
    expect(await todosOf(adviser)).toBe(0);
    expect(expectCard(s, userid.unitHead, '答复').content.card.main_title?.desc).toBe('有，周三空着');
    await act(head, instanceId, 'approve');
    const rows = (await detail(applicant, instanceId)).timeline.map((row) => [row.name, row.role]);
    expect(rows).toContainEqual([demoCast.unitHead.name, `征求${demoCast.librarian.name}的意见`]);
    expect(rows).toContainEqual([demoCast.librarian.name, `应${demoCast.unitHead.name}征求的意见`]);
    await replays(instanceId);
  });

  it('R30 R6: decided without waiting, the question leaves the other’s list and was not handled by them', async () => {
    const instanceId = await oneStep();
    await act(head, instanceId, 'consult', { personIds: [adviserId], question: '可以吗' });
    await act(head, instanceId, 'approve');
    expect(await todosOf(adviser)).toBe(0);
    const done = await adviser.get<{ items: unknown[] }>('/api/approvals/items?box=done');
    expect(done.items).toEqual([]);
  });
});

describe('carrying out', () => {
  it('办理 ends with words, is on no card to be tapped and is never called an approval', async () => {
    const step = await namedStep(s, 'repair', [userid.librarian], ONE);
    if (step.kind !== 'approve') throw new Error('no human step');
    await publishSteps(s, [{ ...step, title: '办理', role: 'handle' }]);
    const { instanceId } = await submitOwn(applicant);
    await s.settle();
    const card = JSON.stringify(expectCard(s, userid.librarian, '事项').content.card);
    expect([card.includes('打开处理'), card.includes('同意')]).toEqual([true, false]);
    const root = `/api/approvals/tasks/${await myTask(adviser, instanceId)}`;
    expect((await adviser.send('POST', `${root}/approve`, {})).status).toBe(422);
    const answer = await adviser.post<ActAnswer>(`${root}/handle`, { result: 'done', comment: '已换灯管' });
    expect(answer.words).toBe('你已办理。');
    const page = await detail(applicant, instanceId);
    expect(page.state.words).toBe('已办结');
    await s.settle();
    expect(expectCard(s, userid.applicant, '事项').content.card.main_title?.title).toBe('你的事项已办结');
    expect(JSON.stringify(page.timeline)).not.toContain('同意');
    await replays(instanceId);
  });

  it('办理 is called neither an approval nor a refusal in any list', async () => {
    const step = await namedStep(s, 'repair', [userid.librarian], ONE);
    if (step.kind !== 'approve') throw new Error('no human step');
    await publishSteps(s, [{ ...step, title: '办理', role: 'handle' }]);
    for (const [result, words, mine] of [
      ['done', '已办结', '我已办理'],
      ['cannot', '未能办理', '我未能办理'],
    ] as const) {
      const { instanceId } = await submitOwn(applicant, result);
      await s.settle();
      const task = await myTask(adviser, instanceId);
      await adviser.post(`/api/approvals/tasks/${task}/handle`, { result, comment: '见说明' });
      const stands = async (client: Client, box: string) => {
        const { items } = await client.get<ItemsAnswer>(`/api/approvals/items?box=${box}`);
        return items.find((item) => item.instanceId === instanceId)?.state.words;
      };
      expect(await stands(applicant, 'mine')).toBe(words);
      expect(await stands(adviser, 'done')).toBe(`${mine} · ${words}`);
    }
  });
});
