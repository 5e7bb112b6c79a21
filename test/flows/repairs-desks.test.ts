import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { demoCast } from '../../scripts/demo/cast.ts';
import type { ListAnswer, OwnAnswer, TicketAnswer } from '../../server/features/repairs/contract.ts';
import { TicketTable } from '../../server/features/repairs/tables.ts';
import { newId } from '../../server/kernel/id.ts';
import { insertRows } from '../../server/platform/db/rows.ts';
import { systemActor } from '../../server/kernel/actor.ts';
import type { Client } from '../support/client.ts';
import { personIdOf } from '../support/own-template.ts';
import { startApp, type Started } from '../support/start-app.ts';
import { userid } from '../support/story.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const IT_HEAD = demoCast.secondAdmin.userid;

let s: Started;
let manager: Client;
let reporter: Client;
let mender: Client;

/** Sign-ins do not outlive a jump of days. */
async function again(): Promise<void> {
  manager = await s.signIn(userid.superAdmin);
  reporter = await s.signIn(userid.applicant);
  mender = await s.signIn(userid.librarian);
}
beforeEach(async () => {
  s = await startApp();
  await again();
});
afterEach(() => s.close());

const report = async (category: string, more: object = {}): Promise<string> => {
  const { ticketId } = await reporter.post<{ ticketId: string }>('/api/repairs/tickets', {
    clientKey: randomUUID(),
    category,
    placeId: null,
    placeText: '图书馆三楼东侧',
    words: '坏了，请来看',
    ...more,
  });
  return ticketId;
};
const act = (client: Client, id: string, body: object) =>
  client.send('POST', `/api/repairs/tickets/${id}/act`, body);
async function acted(client: Client, id: string, body: object): Promise<void> {
  const answer = await act(client, id, body);
  expect([answer.status, await answer.text()]).toEqual([200, expect.any(String)]);
}
const codeOf = async (answer: Response) => [answer.status, ((await answer.json()) as { code: string }).code];
const worker = async (member: string, categories: string[]) =>
  manager.send('PUT', '/api/repairs/workers', {
    personId: await personIdOf(s, member),
    categories,
    areas: [],
  });
/** With whom the open clock lies. */
const holderOf = (ticketId: string): Promise<string | null | undefined> =>
  s.app.db.read(
    async (reads) =>
      (await s.app.supervision.listOfSubjects(reads, 'repair_ticket', [ticketId])).find(
        ({ state }) => state === 'open',
      )?.holderPersonId,
  );
const texts = (member: string): string[] =>
  s.sandbox.control.appMessages(member).map(({ content }) => JSON.stringify(content));

it('S2-A11e desktop IT waits with the head of its own unit; with another head when that one leaves, and comes back', async () => {
  const head = await personIdOf(s, IT_HEAD);
  const desktop = await report('desktop');
  const hazard = await report('hazard');
  // In this story nobody heads the unit for everything.
  expect([await holderOf(desktop), await holderOf(hazard)]).toEqual([head, null]);
  await s.settle();
  expect(texts(IT_HEAD).filter((one) => one.includes('有报修等你派单'))).toHaveLength(1);

  const change = (kind: 'lockPerson' | 'unlockPerson') =>
    s.app.db.write(systemActor('test'), (tx) => s.app.directory[kind](tx, head));
  await change('lockPerson');
  await s.settle();
  expect(await holderOf(desktop)).toBeNull();
  await change('unlockPerson');
  await s.advance(2 * HOUR);
  expect([await holderOf(desktop), await holderOf(hazard)]).toEqual([head, null]);
});

it('G6 a hold goes on from today on and within sixty days, and is reminded of on its day and every week after', async () => {
  await worker(userid.librarian, ['desktop']);
  const ticketId = await report('desktop');
  await acted(mender, ticketId, { act: 'accept' });
  const hold = { act: 'hold', reason: 'parts', words: '等主板到货' };
  expect(await codeOf(await act(mender, ticketId, { ...hold, untilOn: '2026-11-22' }))).toEqual([
    400,
    'repairs.until_past',
  ]);
  // Sixty days from 23 November are up on 22 January.
  expect(await codeOf(await act(mender, ticketId, { ...hold, untilOn: '2027-01-23' }))).toEqual([
    400,
    'repairs.until_far',
  ]);
  await acted(mender, ticketId, { ...hold, untilOn: '2027-01-22' });
  await acted(mender, ticketId, { act: 'resume' });
  await acted(mender, ticketId, { ...hold, untilOn: '2026-11-25' });
  const reminders = (member: string) => texts(member).filter((one) => one.includes('挂起的报修该继续了'));
  await s.advance(DAY);
  expect(reminders(userid.librarian)).toHaveLength(0);
  for (let day = 0; day < 3; day += 1) await s.advance(DAY);
  expect([reminders(userid.librarian).length, reminders(IT_HEAD).length]).toEqual([1, 0]);
  for (let day = 0; day < 7; day += 1) await s.advance(DAY);
  expect([reminders(userid.librarian).length, reminders(IT_HEAD).length]).toEqual([2, 1]);
});

it('G6 every hold is reminded of, however many lie there', async () => {
  await worker(userid.librarian, ['desktop']);
  const ticketId = await report('desktop');
  await acted(mender, ticketId, { act: 'accept' });
  const hold = { act: 'hold', reason: 'parts', words: '等主板到货', untilOn: '2026-11-24' };
  await acted(mender, ticketId, hold);
  // More than one page of them.
  const copies = 230;
  await s.app.db.write(systemActor('test'), async (tx) => {
    const row = await tx.em.getRepository(TicketTable).findOneByOrFail({ id: ticketId });
    const more = Array.from({ length: copies }, (_, n) => ({
      ...row,
      id: newId(),
      number: `BX-T-${String(n)}`,
      clientKey: `copy-${String(n)}`,
    }));
    await insertRows(tx, TicketTable, more);
  });
  await s.advance(DAY);
  const asked = await s.app.db.read(({ em }) =>
    em.query<{ n: number | string }[]>(
      "select count(*) as n from message where content like '%挂起的报修该继续了%'",
    ),
  );
  expect(Number(asked[0]?.n)).toBe(copies + 1);
});

it('a category that is no longer offered: what was reported is still mended, nothing new is taken', async () => {
  await worker(userid.librarian, ['water']);
  const ticketId = await report('water');
  await s.app.db.write(systemActor('test'), ({ em }) =>
    em.query(`update repair_ticket set category = 'lifts' where id = ?`, [ticketId]),
  );
  expect(
    await codeOf(
      await reporter.send('POST', '/api/repairs/tickets', {
        clientKey: randomUUID(),
        category: 'lifts',
        placeId: null,
        placeText: '图书馆',
        words: '电梯异响',
      }),
    ),
  ).toEqual([400, 'repairs.unknown_category']);
  await acted(mender, ticketId, { act: 'accept' });
  await acted(mender, ticketId, { act: 'finish', words: '换了垫圈' });
  await acted(reporter, ticketId, { act: 'rework', words: '还在漏' });
  await acted(mender, ticketId, { act: 'finish', words: '换了阀门' });
  await acted(reporter, ticketId, { act: 'confirm', rating: 3 });
  expect(await reporter.get<TicketAnswer>(`/api/repairs/tickets/${ticketId}`)).toMatchObject({
    categoryName: 'lifts',
    needsPhoto: false,
    state: 'closed',
  });
});

it('a place with recurring orders is not closed; orders of who left are accepted by who gives them out', async () => {
  await worker(userid.librarian, ['desktop']);
  const place = { name: '机房 101', area: '信息楼', kind: 'room' as const, assetNo: '' };
  const { placeId } = await manager.post<{ placeId: string }>('/api/repairs/places', place);
  const { recurringId } = await manager.post<{ recurringId: string }>('/api/repairs/recurring', {
    title: '机房巡检',
    category: 'desktop',
    placeId,
    every: 'week',
    startsOn: '2026-11-24',
  });
  const close = (version: number) =>
    manager.send('PUT', `/api/repairs/places/${placeId}`, { ...place, version, state: 'closed' });
  expect(await codeOf(await close(1))).toEqual([422, 'repairs.place_recurs']);
  const maker = await personIdOf(s, userid.superAdmin);
  await s.app.db.write(systemActor('test'), (tx) => s.app.directory.lockPerson(tx, maker));
  await s.advance(2 * DAY);
  mender = await s.signIn(userid.librarian);
  const [order] = (await mender.get<OwnAnswer>('/api/repairs/own?box=todo')).items;
  const ticket = await mender.get<TicketAnswer>(`/api/repairs/tickets/${order?.ticketId}`);
  expect(ticket).toMatchObject({
    words: '机房巡检（2026-11-24）',
    reporter: { name: demoCast.secondAdmin.name },
  });
  await s.app.db.write(systemActor('test'), (tx) => s.app.directory.unlockPerson(tx, maker));
  await s.settle();
  await again();
  await manager.post(`/api/repairs/recurring/${recurringId}/end`, { version: 2 });
  expect((await close(1)).status).toBe(200);
});

it('F7 what somebody wrote is text in every message; the board says which ones I may give out', async () => {
  await worker(userid.librarian, ['desktop']);
  const ticketId = await report('desktop', { placeText: '<a href="https://bad.example">点这里</a>' });
  await acted(mender, ticketId, { act: 'accept' });
  await s.settle();
  const [said] = texts(userid.applicant).filter((one) => one.includes('已接单'));
  expect(said).toContain('＜a href=');
  expect(said).not.toContain('<a href=\\"https://bad.example');
  const board = await manager.get<ListAnswer>('/api/repairs/tickets');
  expect(board.items.map((one) => [one.ticketId, one.canDispatch])).toEqual([[ticketId, true]]);
  const head = await s.signIn(userid.unitHead);
  expect((await head.get<ListAnswer>('/api/repairs/tickets')).items[0]?.canDispatch).toBe(false);
});

it('G9 sent back when who mended it has left: it waits to be given out, its new clock with who does that', async () => {
  await worker(userid.librarian, ['desktop']);
  const ticketId = await report('desktop');
  await acted(mender, ticketId, { act: 'accept' });
  await acted(mender, ticketId, { act: 'finish', words: '换了线' });
  const menderId = await personIdOf(s, userid.librarian);
  await s.app.db.write(systemActor('test'), (tx) => s.app.directory.lockPerson(tx, menderId));
  await s.settle();
  await acted(reporter, ticketId, { act: 'rework', words: '又不亮了' });
  await s.settle();
  const found = await manager.get<TicketAnswer>(`/api/repairs/tickets/${ticketId}`);
  expect(found).toMatchObject({ state: 'reported', holder: null, round: 2 });
  expect(await holderOf(ticketId)).toBe(await personIdOf(s, IT_HEAD));
});
