import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { TicketAnswer } from '../../server/features/repairs/contract.ts';
import type { Client } from '../support/client.ts';
import { startApp, type Started } from '../support/start-app.ts';
import { cardsOf, expectCard, lastWords, userid } from '../support/story.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

let s: Started;
let manager: Client;
let reporter: Client;
let mender: Client;
let other: Client;

const idOf = async (client: Client) =>
  (await client.get<{ person: { personId: string } }>('/api/me')).person.personId;
const ticket = (client: Client, id: string) => client.get<TicketAnswer>(`/api/repairs/tickets/${id}`);
const act = (client: Client, id: string, body: object) =>
  client.post<{ state: string }>(`/api/repairs/tickets/${id}/act`, body);
const PNG = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.alloc(500, 7)]);
async function photo(client: Client): Promise<string> {
  const answer = await client.upload('/api/files', '照片.png', PNG);
  return ((await answer.json()) as { fileId: string }).fileId;
}
const tap = (member: string, words: string, key: string, rating?: string) =>
  s.sandbox.control.tap(member, {
    messageId: expectCard(s, member, words).id,
    key,
    ...(rating === undefined ? {} : { selections: { rating: [rating] } }),
  });
const buttonsOf = (member: string, words: string) =>
  (expectCard(s, member, words).content.card.button_list ?? []).map(({ text }) => text);
const descOf = (member: string, words: string) => expectCard(s, member, words).content.card.main_title?.desc;
const textsOf = (member: string) =>
  s.sandbox.control.appMessages(member).map(({ content }) => JSON.stringify(content));

const ACCEPT = '请验收';

beforeEach(async () => {
  s = await startApp();
  manager = await s.signIn(userid.superAdmin);
  reporter = await s.signIn(userid.applicant);
  mender = await s.signIn(userid.librarian);
  other = await s.signIn(userid.colleague);
  await manager.send('PUT', '/api/repairs/workers', {
    personId: await idOf(mender),
    categories: ['desktop'],
    areas: [],
  });
});
afterEach(() => s.close());

async function report(): Promise<string> {
  const { ticketId } = await reporter.post<{ ticketId: string }>('/api/repairs/tickets', {
    clientKey: randomUUID(),
    category: 'desktop',
    placeId: null,
    placeText: '图书馆三楼东侧',
    words: '投影仪不亮',
    fileIds: [await photo(reporter)],
  });
  await s.settle();
  return ticketId;
}
async function mend(ticketId: string): Promise<void> {
  await act(mender, ticketId, { act: 'finish', words: '换了灯泡', fileIds: [await photo(mender)] });
  await s.settle();
}

it('S1-10.1 PHONE.md 6: taken over and accepted on cards, each tap once, the stars with it', async () => {
  const ticketId = await report();
  const title = expectCard(s, userid.librarian, '图书馆三楼东侧').content.card.main_title?.title ?? '';
  expect(title).toMatch(/ · 图书馆三楼东侧$/);
  expect(descOf(userid.librarian, title)).toMatch(/^请在 .+ 前接单$/);
  expect(buttonsOf(userid.librarian, title)).toEqual(['接单', '转单', '看详情']);

  await tap(userid.librarian, title, 'take');
  expect(lastWords(expectCard(s, userid.librarian, title))).toBe('已接单');
  await s.settle();
  const taken = await ticket(mender, ticketId);
  expect(taken).toMatchObject({ state: 'accepted' });
  expect(taken.events.map(({ kind }) => kind)).toEqual(['reported', 'dispatched', 'accepted']);
  // The buttons are gone: a client takes no second tap.
  await expect(tap(userid.librarian, title, 'take')).rejects.toThrow('已接单');
  expect(textsOf(userid.applicant).some((one) => one.includes('已接单'))).toBe(true);

  await mend(ticketId);
  expect(buttonsOf(userid.applicant, ACCEPT)).toEqual(['验收通过', '没修好']);
  expect(descOf(userid.applicant, ACCEPT)).toMatch(/前没有验收的，到期自动办结$/);
  // No stars are given that nobody chose.
  await tap(userid.applicant, ACCEPT, 'accept');
  expect(descOf(userid.applicant, ACCEPT)).toBe('请先选评价，再点验收通过');
  expect(await ticket(reporter, ticketId)).toMatchObject({ state: 'done', rating: null });
  await tap(userid.applicant, ACCEPT, 'accept', '4');
  expect(lastWords(expectCard(s, userid.applicant, ACCEPT))).toBe('已验收通过');
  expect(await ticket(reporter, ticketId)).toMatchObject({ state: 'closed', rating: 4 });
  const entries = await s.app.db.read((reads) =>
    reads.em.query<{ via: string }[]>(
      `select * from audit_entry where action in ('repairs.accepted', 'repairs.confirmed')`,
    ),
  );
  expect(entries).toHaveLength(2);
});

it('R27 a card whose matter moved on is closed where it lies, and a tap that comes late only reads so', async () => {
  await manager.send('PUT', '/api/repairs/workers', {
    personId: await idOf(other),
    categories: ['desktop'],
    areas: ['别处'],
  });
  const ticketId = await report();
  await act(mender, ticketId, { act: 'dispatch', toId: await idOf(other), words: '我今天不在' });
  // Tapped before the update of the card arrived.
  await tap(userid.librarian, '图书馆三楼东侧', 'take');
  expect(lastWords(expectCard(s, userid.librarian, '图书馆三楼东侧'))).toMatch(/^已转给/);
  expect(await ticket(mender, ticketId)).toMatchObject({ state: 'dispatched' });
  await s.settle();
  expect(JSON.stringify(expectCard(s, userid.colleague, '图书馆三楼东侧').content.card)).toContain(
    '我今天不在',
  );
  // Withdrawn: the card of whoever has it says so, without a second message.
  const before = textsOf(userid.colleague).length;
  await act(reporter, ticketId, { act: 'cancel' });
  await s.settle();
  expect(lastWords(expectCard(s, userid.colleague, '图书馆三楼东侧'))).toBe('已撤回');
  expect(textsOf(userid.colleague)).toHaveLength(before);
});

it('handed to somebody and back: the first card is not the one that counts', async () => {
  await manager.send('PUT', '/api/repairs/workers', {
    personId: await idOf(other),
    categories: ['desktop'],
    areas: ['别处'],
  });
  const ticketId = await report();
  const [first] = cardsOf(s, userid.librarian).filter(({ content }) => content.card.button_list);
  await act(mender, ticketId, { act: 'dispatch', toId: await idOf(other) });
  await act(other, ticketId, { act: 'dispatch', toId: await idOf(mender) });
  await s.sandbox.control.tap(userid.librarian, { messageId: first?.id ?? '', key: 'take' });
  expect(await ticket(mender, ticketId)).toMatchObject({ state: 'dispatched' });
  await s.settle();
  await tap(userid.librarian, '图书馆三楼东侧', 'take');
  expect(await ticket(mender, ticketId)).toMatchObject({ state: 'accepted' });
});

it('two acts at once: one counts, and the card says which', async () => {
  const ticketId = await report();
  await act(mender, ticketId, { act: 'accept' });
  await s.settle();
  await mend(ticketId);
  const [tapped, answer] = await Promise.all([
    tap(userid.applicant, ACCEPT, 'accept', '5'),
    reporter.send('POST', `/api/repairs/tickets/${ticketId}/act`, { act: 'rework', words: '还是不亮' }),
  ]);
  expect(tapped.reply).toBe('update_template_card');
  await s.settle();
  const end = await ticket(reporter, ticketId);
  const won = answer.status === 200 ? 'rework' : 'confirmed';
  expect(end.events.map(({ kind }) => kind).filter((kind) => ['rework', 'confirmed'].includes(kind))).toEqual(
    [won],
  );
  expect(lastWords(expectCard(s, userid.applicant, ACCEPT))).toBe(
    won === 'rework' ? '已要求返修' : '已验收通过',
  );
});

it('nobody answered: the card says that it was closed by itself', async () => {
  const ticketId = await report();
  await act(mender, ticketId, { act: 'accept' });
  await mend(ticketId);
  await s.advance(8 * DAY);
  await s.advance(HOUR);
  reporter = await s.signIn(userid.applicant);
  expect(await ticket(reporter, ticketId)).toMatchObject({ state: 'closed', rating: null });
  // Older than 72 hours: a card cannot be changed any more, a text tells.
  expect(textsOf(userid.applicant).some((one) => one.includes('到期自动办结'))).toBe(true);
});
