import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { HomeAnswer, TodosAnswer } from '../../server/features/portal/contract.ts';
import { systemActor } from '../../server/kernel/actor.ts';
import type { Client } from '../support/client.ts';
import { type Started, startApp } from '../support/start-app.ts';
import { applyForLeave, cardsOf, ONE_DAY, tapApprove, userid } from '../support/story.ts';
import { todosOf } from '../support/todos.ts';

const QUARTER = 15_000;
const MORNING = '2026-11-24T08:36:00+08:00';

let s: Started;
beforeEach(async () => {
  s = await startApp();
});
afterEach(() => s.close());

const idOf = async (client: Client) =>
  (await client.get<{ person: { personId: string } }>('/api/me')).person.personId;
/** The number behind 待办 on a member's tile. */
const tile = (member: string): number =>
  Number(s.sandbox.control.workbench(member).data?.items?.find(({ key }) => key === '待办')?.data);
const pushes = (): number =>
  s.sandbox
    .state()
    .ledger.filter((entry) => entry.kind === 'call' && entry.name === 'agent/set_workbench_data').length;
const PNG = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.alloc(500, 7)]);
async function photo(client: Client): Promise<string> {
  const answer = await client.upload('/api/files', '照片.png', PNG);
  return ((await answer.json()) as { fileId: string }).fileId;
}

/** Everywhere a person reads a number of to-dos, after it had time to get there. */
async function numbersOf(member: string, client: Client): Promise<Record<string, number>> {
  await s.advance(QUARTER);
  const home = await client.get<HomeAnswer>('/api/home');
  const { all, count } = await client.get<TodosAnswer>('/api/todos');
  const { counts } = await client.get<{ counts: { todo: number } }>('/api/approvals/items');
  const said = await s.sandbox.control.say(member, '待办');
  await s.settle();
  const chat = JSON.stringify(said) + JSON.stringify(s.sandbox.control.appMessages(member).at(-1)?.content);
  return {
    tile: tile(member),
    home: home.todo.count,
    tab: home.badges.approvals + home.badges.others,
    list: counts.todo + count,
    all,
    chat: Number(/你有 (\d+) 件待办/.exec(chat)?.[1] ?? 0),
  };
}
const allAre = (n: number) => ({ tile: n, home: n, tab: n, list: n, all: n, chat: n });

/** What a room asks of somebody by opening its clock. */
async function owe(client: Client, subjectType: string, subjectId: string): Promise<void> {
  const holderPersonId = await idOf(client);
  await s.app.db.write(systemActor('test'), async (tx) => {
    s.app.supervision.openObligation(tx, {
      kind: `${subjectType}.step`,
      subjectType,
      subjectId,
      stepRef: subjectId,
      title: `要办的 ${subjectType}`,
      path: `/${subjectType}/${subjectId}`,
      holderPersonId,
      holderUnitId: null,
      budget: { workdays: 2 },
    });
  });
}
const settleDuty = (subjectType: string, subjectId: string) =>
  s.app.db.write(systemActor('test'), (tx) =>
    s.app.supervision.closeObligations(tx, { subjectType, subjectId, outcome: 'done' }),
  );

describe('S1-2b one number of to-dos', () => {
  it('whichever room asks: approvals, 企业微信 审批, rooms, seals, leave, undertakings; on the tile as in the list', async () => {
    const head = await s.signIn(userid.unitHead);
    await applyForLeave(await s.signIn(userid.applicant), ONE_DAY);
    const { number } = await s.sandbox.control.handInNative(userid.applicant, {
      title: '补卡申请',
      nodes: [{ mode: 'any', userids: [userid.unitHead] }],
      fields: [{ title: '缺卡原因', text: '手机没电' }],
    });
    await s.settle();
    expect(await numbersOf(userid.unitHead, head)).toEqual(allAre(2));
    expect(await todosOf(head)).toMatchObject([
      {
        title: '企业微信审批：补卡申请（张雨桐）',
        note: '在企业微信审批里办理',
        path: expect.stringMatching(/^\/native-approvals\//),
      },
    ]);

    const duties = ['meeting_booking', 'seal_use', 'leave', 'undertaking', 'account_request'];
    for (const duty of duties) await owe(head, duty, 'one');
    expect(await numbersOf(userid.unitHead, head)).toEqual(allAre(7));

    await tapApprove(s, userid.unitHead);
    await s.sandbox.control.actNative(userid.unitHead, number, { act: 'agree', words: '' });
    await s.settle();
    await settleDuty('seal_use', 'one');
    expect(await numbersOf(userid.unitHead, head)).toEqual(allAre(4));
  });

  it('S1-10.1 a repair is its mender’s until it is mended, then its reporter’s until it is accepted', async () => {
    const manager = await s.signIn(userid.superAdmin);
    const reporter = await s.signIn(userid.applicant);
    const mender = await s.signIn(userid.librarian);
    await manager.send('PUT', '/api/repairs/workers', {
      personId: await idOf(mender),
      categories: ['desktop'],
      areas: [],
    });
    const { ticketId } = await reporter.post<{ ticketId: string }>('/api/repairs/tickets', {
      clientKey: randomUUID(),
      category: 'desktop',
      placeId: null,
      placeText: '图书馆三楼东侧',
      words: '投影仪不亮',
      fileIds: [await photo(reporter)],
    });
    const act = (client: Client, body: object) => client.post(`/api/repairs/tickets/${ticketId}/act`, body);
    expect(await numbersOf(userid.librarian, mender)).toEqual(allAre(1));
    expect(await numbersOf(userid.applicant, reporter)).toEqual(allAre(0));
    await act(mender, { act: 'accept' });
    await act(mender, { act: 'finish', words: '换了灯泡', fileIds: [await photo(mender)] });
    expect(await numbersOf(userid.librarian, mender)).toEqual(allAre(0));
    expect(await numbersOf(userid.applicant, reporter)).toEqual(allAre(1));
    expect(await todosOf(reporter)).toMatchObject([
      { title: '请验收：图书馆三楼东侧的报修', path: `/repairs/${ticketId}`, due: { state: 'none' } },
    ]);
    await act(reporter, { act: 'confirm', rating: 5, words: '' });
    expect(await numbersOf(userid.applicant, reporter)).toEqual(allAre(0));
  });

  it('pages show everything once, by due time, whatever room it is of', async () => {
    const head = await s.signIn(userid.unitHead);
    for (let n = 0; n < 23; n += 1) await owe(head, n % 2 === 0 ? 'seal_use' : 'undertaking', `n${n}`);
    const paths: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page: TodosAnswer = await head.get(`/api/todos?limit=10${cursor && `&cursor=${cursor}`}`);
      expect(page).toMatchObject({ count: 23, all: 23, whole: true });
      paths.push(...page.items.map(({ path }) => path));
      cursor = page.next;
    }
    expect([paths.length, new Set(paths).size]).toEqual([23, 23]);
  });

  it('is in the digest of the morning', async () => {
    const head = await s.signIn(userid.unitHead);
    await owe(head, 'seal_use', 'one');
    await s.advance(Date.parse(MORNING) - s.clock.now());
    // Everybody's comes at a minute of their own.
    await s.advance(20 * 60_000);
    const digest = cardsOf(s, userid.unitHead).find(({ content }) =>
      content.card.main_title?.title?.includes('今天有'),
    );
    expect(digest?.content.card.main_title?.title).toBe('今天有 1 件待办');
    expect(JSON.stringify(digest)).toContain('要办的 seal_use');
  });
});

describe('S1-10 the tile', () => {
  it('is set when its number changes, and not for what comes and goes in between', async () => {
    const head = await s.signIn(userid.unitHead);
    await owe(head, 'seal_use', 'one');
    await s.advance(QUARTER);
    const before = pushes();
    expect(tile(userid.unitHead)).toBe(1);
    await owe(head, 'seal_use', 'two');
    await settleDuty('seal_use', 'one');
    await s.advance(QUARTER);
    // Every morning everybody is looked at again; what stands right is left alone.
    await s.advance(24 * 3_600_000);
    await s.advance(QUARTER);
    expect([tile(userid.unitHead), pushes()]).toEqual([1, before]);
    await settleDuty('seal_use', 'two');
    await s.advance(QUARTER);
    expect([tile(userid.unitHead), pushes()]).toEqual([0, before + 1]);
  });

  it('keeps the number of a room that cannot be read, follows the others, and says so', async () => {
    const head = await s.signIn(userid.unitHead);
    await owe(head, 'seal_use', 'one');
    await s.advance(QUARTER);
    const rename = (from: string, to: string) =>
      s.app.db.write(systemActor('test'), (tx) => tx.em.query(`alter table ${from} rename to ${to}`));
    await applyForLeave(await s.signIn(userid.applicant), ONE_DAY);
    await rename('repair_ticket', 'repair_ticket_away');
    await s.advance(QUARTER);
    expect(tile(userid.unitHead)).toBe(2);
    expect(await head.get('/api/todos')).toMatchObject({ count: 1, all: 2, whole: false });
    expect((await head.get<HomeAnswer>('/api/home')).todo.count).toBe(2);
    expect(s.log.some((line) => line.includes('to-dos of a room could not be read'))).toBe(true);
    await rename('repair_ticket_away', 'repair_ticket');
    expect(await head.get('/api/todos')).toMatchObject({ whole: true });
  });

  it('keeps what a broken room last said', async () => {
    const reporter = await s.signIn(userid.applicant);
    const personId = await idOf(reporter);
    await owe(reporter, 'undertaking', 'one');
    await s.advance(QUARTER);
    await s.app.db.write(systemActor('test'), (tx) =>
      tx.em.query('update workbench_tile set numbers = ? where id = ?', [
        JSON.stringify({ todo: { approvals: 0, clocks: 1, repairs: 3 }, unread: 0, running: 0 }),
        personId,
      ]),
    );
    await s.app.db.write(systemActor('test'), (tx) =>
      tx.em.query('alter table repair_ticket rename to away'),
    );
    await owe(reporter, 'undertaking', 'two');
    await s.advance(QUARTER);
    expect(tile(userid.applicant)).toBe(5);
  });

  it('is set again where it is not known what stands there', async () => {
    const head = await s.signIn(userid.unitHead);
    const personId = await idOf(head);
    await owe(head, 'seal_use', 'one');
    await s.advance(QUARTER);
    const before = pushes();
    // Another instance began to show something and did not come to its end.
    await s.app.db.write(systemActor('test'), (tx) =>
      tx.em.query('update workbench_tile set isShown = 0, version = version + 1 where id = ?', [personId]),
    );
    await s.advance(24 * 3_600_000);
    await s.advance(QUARTER);
    expect([tile(userid.unitHead), pushes()]).toEqual([1, before + 1]);
  });
});
