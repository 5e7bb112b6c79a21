/** What happens to a task nobody decides in time (R25, R36, R37, R46, S1-6.1b), by the clocks of the product. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { historyOf, loadInstance, replay, type Template } from '../../server/features/approvals/index.ts';
import { demoCast } from '../../scripts/demo/cast.ts';
import { addDays, dateOf } from '../../server/kernel/dates.ts';
import type { Client } from '../support/client.ts';
import { namedStep, personIdOf, publishSteps, type Step, submitOwn } from '../support/own-template.ts';
import { type Started, startApp } from '../support/start-app.ts';
import { cardsOf, detail, expectCard, lastWords, todo, userid } from '../support/story.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
type Timeout = NonNullable<Extract<Step, { kind: 'approve' }>['timeout']>;
const [REMIND, ESCALATE, HAND, PASS]: Timeout = [
  { after: { halfDays: 1 }, do: 'remind' },
  { after: { workdays: 1 }, do: 'escalate' },
  { after: { workdays: 2 }, do: 'handToSuperior' },
  { after: { halfDays: 2 }, do: 'pass' },
] as const satisfies Timeout as [Timeout[0], Timeout[0], Timeout[0], Timeout[0]];

let s: Started;
let applicant: Client;
let head: Client;
beforeEach(async () => {
  s = await startApp();
  applicant = await s.signIn(userid.applicant);
  head = await s.signIn(userid.unitHead);
});
afterEach(() => s.close());

async function request(
  timeout: Timeout,
  rules: Partial<Pick<Template, 'sensitive'>> = {},
  what?: string,
): Promise<string> {
  const step = await namedStep(s, '审核', [userid.unitHead], { mode: 'any', refusal: 'FIRST_ACTION' });
  await publishSteps(s, [{ ...step, timeout } as Step], rules);
  const { instanceId } = await submitOwn(applicant, what);
  await s.settle();
  return instanceId;
}
/** Hour by hour, as the sweep sees it. */
async function hours(n: number): Promise<void> {
  for (let hour = 0; hour < n; hour += 1) await s.advance(HOUR_MS);
  await signInAgain();
}
/** At once: the sweep comes late. */
async function days(n: number): Promise<void> {
  await s.advance(n * DAY_MS);
  await s.settle();
  await signInAgain();
}
async function signInAgain(): Promise<void> {
  await applicant.signIn(userid.applicant);
  await head.signIn(userid.unitHead);
}
const said = async (id: string) =>
  (await detail(applicant, id)).timeline.filter(({ name }) => name === '系统').map(({ role }) => role);
const texts = (member: string): string[] =>
  s.sandbox.control
    .appMessages(member)
    .flatMap(({ content }) => (content.msgtype === 'text' ? [content.content] : []))
    .filter((text) => text.includes('超时未处理'));
async function replays(id: string): Promise<void> {
  const [history, row] = await s.app.db.read((reads) =>
    Promise.all([historyOf(reads, id), loadInstance(reads, id)]),
  );
  expect(replay(history)).toEqual(row.state);
}
const NAME = demoCast.unitHead.name;

it('R37: reminded, escalated, handed to the superior, each once; what was overdue stays with who held it (S1-6.1b)', async () => {
  const id = await request([REMIND, ESCALATE, HAND]);
  await hours(6);
  expect(await said(id)).toEqual([`超时提醒：${NAME}`]);
  expect(
    cardsOf(s, userid.unitHead).filter((card) => JSON.stringify(card).includes('等你处理已久')),
  ).toHaveLength(1);
  await hours(42);
  const [, escalated = ''] = await said(id);
  expect(escalated).toContain(`${NAME}超时，已告知`);
  const { timeouts = [] } = (await s.app.db.read((reads) => loadInstance(reads, id))).state;
  const superior = timeouts[1]?.people[0];
  expect(superior?.personId).not.toBe(await personIdOf(s, userid.unitHead));
  await hours(24);
  expect(await said(id)).toHaveLength(3);
  expect((await detail(applicant, id)).holder?.names).toEqual([superior?.name]);
  expect((await todo(head)).items).toEqual([]);
  await s.settle();
  expect(lastWords(expectCard(s, userid.unitHead, '申请事项'))).toBe('已转交他人');
  const late = await s.app.db.read((reads) =>
    reads.em.query<{ breachPersonId: string; breachUnitId: string | null; outcome: string }[]>(
      `select breachPersonId, breachUnitId, outcome from obligation
       where subjectId = ? and kind = 'approvals.task' and breachedAt is not null`,
      [id],
    ),
  );
  expect(late).toMatchObject([
    { breachPersonId: await personIdOf(s, userid.unitHead), outcome: 'transferred' },
  ]);
  expect(late[0]?.breachUnitId).toBeTruthy();
  await replays(id);
});

it('R37: a sweep that comes late fires the highest rung and no other', async () => {
  const id = await request([REMIND, ESCALATE, HAND]);
  await days(8);
  const rows = await said(id);
  expect(rows).toHaveLength(1);
  expect(rows[0]).toContain('转由上级');
  expect(texts(userid.unitHead)).toEqual([]);
});

it('R37: a task that was closed in time leads to nothing', async () => {
  const id = await request([REMIND, ESCALATE]);
  await head.post(`/api/approvals/tasks/${(await detail(head, id)).myTask?.taskId}/approve`);
  await hours(40);
  expect(await said(id)).toEqual([]);
});

it('R36: what is left of it is kept while others are asked, before the own decision or for an opinion', async () => {
  const id = await request([REMIND]);
  const librarian = await s.signIn(userid.librarian);
  const librarianId = await personIdOf(s, userid.librarian);
  const taskId = (await detail(head, id)).myTask?.taskId ?? '';
  await head.post(`/api/approvals/tasks/${taskId}/consult`, { personIds: [librarianId], question: '合适吗' });
  await hours(30);
  expect(await said(id)).toEqual([]);
  await librarian.signIn(userid.librarian);
  const { consulting } = await detail(librarian, id);
  await librarian.post(`/api/approvals/consults/${consulting.asked?.consultId}/answer`, { text: '合适' });
  await head.post(`/api/approvals/tasks/${taskId}/add`, { placement: 'before', personIds: [librarianId] });
  await hours(30);
  // The one who was added is reminded by a clock of their own.
  expect(await said(id)).toEqual([`超时提醒：${demoCast.librarian.name}`]);
  await librarian.signIn(userid.librarian);
  const added = (await detail(librarian, id)).myTask?.taskId;
  await librarian.post(`/api/approvals/tasks/${added}/approve`);
  await hours(30);
  expect(await said(id)).toContain(`超时提醒：${NAME}`);
});

async function delegate(agent: string): Promise<void> {
  const today = dateOf(s.clock.now());
  await head.post('/api/delegations', {
    agentId: await personIdOf(s, agent),
    fromOn: today,
    untilOn: addDays(today, 5),
    scope: { kind: 'all' },
    takesOpen: true,
    atEnd: 'return',
  });
  await s.settle();
}
const moments = async (id: string) =>
  (await s.app.db.read((reads) => loadInstance(reads, id))).state.timeouts?.map(({ rung, holder }) => [
    rung,
    holder.name,
  ]);

it('R36: an agency, begun and ended, keeps the clock of the rungs: none comes later for it, none comes twice', async () => {
  const kept = await request([REMIND, ESCALATE, HAND]);
  await days(1);
  await delegate(userid.librarian);
  // Tuesday's close is one working day from the beginning, not from the day the agent came.
  await days(1);
  expect(await moments(kept)).toEqual([
    [0, NAME],
    [1, demoCast.librarian.name],
  ]);
  const { items } = await head.get<{ items: { delegationId: string }[] }>('/api/delegations');
  await head.post(`/api/delegations/${items[0]?.delegationId}/end`);
  // It goes back within seconds, not with the next day's work.
  await s.settle();
  await days(1);
  // Given back: the third comes at its time, of the principal, and nobody was reminded again.
  expect(await moments(kept)).toEqual([
    [0, NAME],
    [1, demoCast.librarian.name],
    [2, NAME],
  ]);
  await replays(kept);
});

it('R36: what an agent decides ends the clocks of the rungs', async () => {
  const id = await request([REMIND, ESCALATE]);
  await delegate(userid.librarian);
  const librarian = await s.signIn(userid.librarian);
  await librarian.post(`/api/approvals/tasks/${(await detail(librarian, id)).myTask?.taskId}/approve`);
  await days(2);
  expect(await said(id)).toEqual([]);
  const open = await s.app.db.read((reads) =>
    reads.em.query<object[]>(`select id from obligation where kind = 'approvals.timeout' and state = 'open'`),
  );
  expect(open).toEqual([]);
});

it('R46: passed by the system, said on the record and on the card, and nobody is said to have agreed', async () => {
  const id = await request([PASS]);
  await days(2);
  const page = await detail(applicant, id);
  expect(page.state.code).toBe('approved');
  expect(await said(id)).toEqual([`${NAME}超时，按规定自动通过`]);
  expect(page.timeline.find(({ kind }) => kind === 'step')).toMatchObject({
    name: NAME,
    stateWords: '超时，系统自动通过',
  });
  expect(lastWords(expectCard(s, userid.unitHead, '申请事项'))).toBe('超时自动通过');
  // R6: it is none of what this person handled.
  expect((await head.get<{ items: unknown[] }>('/api/approvals/items?box=done')).items).toEqual([]);
  const [task] = (await s.app.db.read((reads) => loadInstance(reads, id))).state.tasks;
  expect(task?.closedBy).toEqual({ personId: null, name: 'SYSTEM' });
  await replays(id);
});

it('what the applicant wrote is words only in the text their superior gets', async () => {
  await request([ESCALATE], {}, '<a href="https://evil.example">点这里</a>');
  await days(3);
  const told = [...new Set(Object.values(userid))].flatMap(texts);
  expect(told.length).toBeGreaterThan(0);
  for (const text of told) {
    expect(text).toContain('＜a href="https://evil.example">点这里＜/a>');
    expect(text.match(/<a /g)).toHaveLength(1);
  }
});

it('R46: of a sensitive request the superior learns the kind and the number', async () => {
  const id = await request([ESCALATE], { sensitive: true });
  await days(3);
  const { timeouts = [], number } = (await s.app.db.read((reads) => loadInstance(reads, id))).state;
  const superior = timeouts[0]?.people[0]?.personId ?? '';
  const member = Object.values(userid);
  const told = (
    await Promise.all(member.map(async (one) => ((await personIdOf(s, one)) === superior ? texts(one) : [])))
  ).flat();
  expect(told).toHaveLength(1);
  expect(told[0]).toContain(`处的事项（${number}）超时未处理`);
  expect(told[0]).not.toContain(demoCast.applicant.name);
});
