import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type {
  BookAnswer,
  BookingAnswer,
  KeptRoomAnswer,
  RoomTerms,
  WaitsAnswer,
} from '../../server/features/meeting-rooms/contract.ts';
import { demoCast } from '../../scripts/demo/cast.ts';
import { instantOf } from '../../server/kernel/dates.ts';
import type { Client } from '../support/client.ts';
import { personIdOf } from '../support/own-template.ts';
import { aRoom, ROOMS } from '../support/rooms.ts';
import { startApp, type Started } from '../support/start-app.ts';
import { cardsOf, expectCard, lastWords, userid } from '../support/story.ts';

const HOUR = 3_600_000;
/** The clock stands on Monday 2026-11-23, 10:20. */
const DAY = '2026-11-24';

let s: Started;
let admin: Client;
let staff: Client;
let other: Client;
let manager: Client;
beforeEach(async () => {
  s = await startApp();
  await signInAgain();
});
afterEach(() => s.close());

async function signInAgain(): Promise<void> {
  admin = await s.signIn(userid.superAdmin);
  staff = await s.signIn(userid.applicant);
  other = await s.signIn(userid.colleague);
  manager = await s.signIn(userid.unitHead);
}
const at = (hour: number, length = 1) => ({
  startsAt: instantOf(DAY, hour * 60),
  endsAt: instantOf(DAY, (hour + length) * 60),
});
const room = async (changes: Partial<RoomTerms> = {}): Promise<string> =>
  aRoom(admin, await personIdOf(s, userid.unitHead), changes);
async function book(client: Client, roomId: string, range: ReturnType<typeof at>): Promise<string> {
  const wanted = { roomId, ...range, subject: '教研室例会', clientKey: randomUUID() };
  const { items } = await client.post<BookAnswer>(`${ROOMS}/bookings`, wanted);
  await s.settle();
  return items[0]?.bookingId ?? '';
}
const show = (client: Client, id: string) => client.get<BookingAnswer>(`${ROOMS}/bookings/${id}`);
const tap = (member: string, words: string, key: string) =>
  s.sandbox.control.tap(member, { messageId: expectCard(s, member, words).id, key });
const said = (member: string, words: string) => lastWords(expectCard(s, member, words));
const holding = async () =>
  (
    await s.app.db.read((reads) =>
      reads.em.query<object[]>(`select id from meeting_booking where state in ('pending', 'booked')`),
    )
  ).length;

it('S2-A11d the manager agrees on the card; a card of a time that was given up agrees to nothing', async () => {
  const roomId = await room({ needsApproval: true });
  const bookingId = await book(staff, roomId, at(9));
  expect(JSON.stringify(expectCard(s, userid.unitHead, '预订第一会议室').content)).not.toContain('例会');
  const [first] = cardsOf(s, userid.unitHead).filter(({ content }) => content.card.button_list);
  const { version } = await show(staff, bookingId);
  await staff.post(`${ROOMS}/bookings/${bookingId}/change`, { version, ...at(15) });
  // Tapped before the card could change: the new time is not the one that was read.
  await s.sandbox.control.tap(userid.unitHead, { messageId: first?.id ?? '', key: 'approve' });
  expect((await show(staff, bookingId)).state).toBe('pending');
  await s.settle();
  await tap(userid.unitHead, '预订第一会议室', 'approve');
  expect(said(userid.unitHead, '预订第一会议室')).toBe('已批准');
  expect((await show(staff, bookingId)).state).toBe('booked');
  const changed = cardsOf(s, userid.unitHead).find(({ id }) => id === first?.id);
  expect(changed && lastWords(changed)).toBe('已改时间');
});

it('decided on the page or given back: the card of who was asked says so, and a late tap decides nothing', async () => {
  const roomId = await room({ needsApproval: true });
  const refused = await book(staff, roomId, at(9));
  await manager.post(`${ROOMS}/bookings/${refused}/decide`, { approve: false, reason: '考试' });
  await s.settle();
  expect(said(userid.unitHead, '预订第一会议室')).toBe('未批准');
  const given = await book(staff, roomId, at(11));
  await staff.post(`${ROOMS}/bookings/${given}/cancel`, { version: (await show(staff, given)).version });
  // The callback comes before the update does.
  await tap(userid.unitHead, '预订第一会议室', 'approve');
  expect(said(userid.unitHead, '预订第一会议室')).toBe('已取消');
  expect((await show(staff, given)).state).toBe('cancelled');
});

it('PHONE.md 6: when one can check in, who booked is told once, and can give the room back on the card', async () => {
  const roomId = await room({ checkInMinutes: 10 });
  const bookingId = await book(staff, roomId, at(9));
  // 08:44 nothing; 08:45 once.
  await s.advance(at(9).startsAt - 16 * 60_000 - s.clock.now());
  expect(cardsOf(s, userid.applicant).filter(({ content }) => content.card.button_list)).toEqual([]);
  for (let minute = 0; minute < 3; minute += 1) await s.advance(60_000);
  const cards = cardsOf(s, userid.applicant).filter(({ content }) => content.card.button_list);
  expect(cards.map(({ content }) => content.card.main_title?.title)).toEqual([
    '第一会议室 · 今天 09:00–10:00',
  ]);
  await tap(userid.applicant, '第一会议室', 'cancel');
  expect(said(userid.applicant, '第一会议室')).toBe('已取消');
  await signInAgain();
  expect((await show(staff, bookingId)).state).toBe('cancelled');
  expect(await holding()).toBe(0);
});

it('whoever checked in at the door, or never came, reads it on the card', async () => {
  const roomId = await room({ checkInMinutes: 10 });
  await book(staff, roomId, at(9));
  const second = await room({ name: '第二会议室', checkInMinutes: 10 });
  await book(staff, second, at(9));
  await s.advance(at(9).startsAt - 10 * 60_000 - s.clock.now());
  await signInAgain();
  const { doorPath } = await manager.get<KeptRoomAnswer>(`${ROOMS}/rooms/${roomId}`);
  const door = new URL(doorPath, s.url).searchParams.get('door') ?? '';
  await staff.post(`${ROOMS}/rooms/${roomId}/check-in`, { door });
  await s.advance(25 * 60_000);
  expect(said(userid.applicant, '第一会议室')).toBe('已签到');
  expect(said(userid.applicant, '第二会议室')).toBe('未签到，已释放');
});

it('R42 a place that became free: of two who tap at once one has it, the other reads so; tapped again it books nothing', async () => {
  const roomId = await room();
  const held = await book(staff, roomId, at(9));
  for (const client of [other, manager]) await client.post(`${ROOMS}/rooms/${roomId}/waits`, at(9));
  await staff.post(`${ROOMS}/bookings/${held}/cancel`, { version: (await show(staff, held)).version });
  await s.settle();
  await Promise.all([tap(userid.colleague, '空出来了', 'book'), tap(userid.unitHead, '空出来了', 'book')]);
  const words = [said(userid.colleague, '空出来了'), said(userid.unitHead, '空出来了')];
  expect(words.toSorted()).toEqual(['已被订走', '已预订']);
  expect(await holding()).toBe(1);
});

it('who does not want it any more waits no longer', async () => {
  const roomId = await room();
  const held = await book(staff, roomId, at(9));
  await other.post(`${ROOMS}/rooms/${roomId}/waits`, at(9));
  await staff.post(`${ROOMS}/bookings/${held}/cancel`, { version: (await show(staff, held)).version });
  await s.settle();
  await tap(userid.colleague, '空出来了', 'drop');
  expect(said(userid.colleague, '空出来了')).toBe('不再等候');
  expect((await other.get<WaitsAnswer>(`${ROOMS}/waits`)).items).toEqual([]);
  expect(await holding()).toBe(0);
});

it('a place that is over by the time it is tapped is not booked', async () => {
  const roomId = await room();
  const held = await book(staff, roomId, at(9));
  await other.post(`${ROOMS}/rooms/${roomId}/waits`, at(9));
  await staff.post(`${ROOMS}/bookings/${held}/cancel`, { version: (await show(staff, held)).version });
  await s.settle();
  await s.advance(24 * HOUR);
  await tap(userid.colleague, '空出来了', 'book');
  expect(said(userid.colleague, '空出来了')).toBe('已过时');
});

it('a meeting moved in the moment its booker is told of it is told of when its new time comes', async () => {
  const roomId = await room({ checkInMinutes: 10 });
  const bookingId = await book(staff, roomId, at(9));
  await s.advance(at(9).startsAt - 16 * 60_000 - s.clock.now());
  await signInAgain();
  const { version } = await show(staff, bookingId);
  const { db } = s.app;
  const read = db.read.bind(db);
  let moved = false;
  Object.assign(db, {
    read: async (work: Parameters<typeof db.read>[0]) => {
      const found = await read(work);
      const isDue =
        Array.isArray(found) && (found as { id?: string; roomId?: string }[])[0]?.id === bookingId;
      if (isDue && !moved) {
        moved = true;
        await staff.post(`${ROOMS}/bookings/${bookingId}/change`, { version, ...at(15) });
      }
      return found;
    },
  });
  await s.advance(2 * 60_000);
  expect(moved).toBe(true);
  const told = () => cardsOf(s, userid.applicant).filter(({ content }) => content.card.button_list);
  expect(told()).toEqual([]);
  await s.advance(at(15).startsAt - 14 * 60_000 - s.clock.now());
  expect(told().map(({ content }) => content.card.main_title?.title)).toEqual([
    '第一会议室 · 今天 15:00–16:00',
  ]);
});

/** Two were told that a time is free again. */
async function toldOfFree(range: ReturnType<typeof at>): Promise<string> {
  const roomId = await room();
  const held = await book(staff, roomId, range);
  for (const client of [other, manager]) await client.post(`${ROOMS}/rooms/${roomId}/waits`, range);
  await staff.post(`${ROOMS}/bookings/${held}/cancel`, { version: (await show(staff, held)).version });
  await s.settle();
  return roomId;
}
const CLOSES_MS = 10_000;

it('R27 a time somebody took is closed on the cards of the others who were told, without a tap', async () => {
  await toldOfFree(at(9));
  await tap(userid.colleague, '空出来了', 'book');
  expect(said(userid.unitHead, '空出来了')).toBeNull();
  await s.advance(CLOSES_MS);
  expect([said(userid.colleague, '空出来了'), said(userid.unitHead, '空出来了')]).toEqual([
    '已预订',
    '已被订走',
  ]);
  const [booking] = (await other.get<{ items: { bookingId: string }[] }>(`${ROOMS}/own`)).items;
  expect((await show(other, booking?.bookingId ?? '')).subject).toBe(`${demoCast.colleague.name}的会议`);
});

it('R27 taken on the page, by moving there, or closed by the manager: the cards follow all the same', async () => {
  for (const take of [
    (roomId: string) => book(admin, roomId, at(9)),
    async (roomId: string) => {
      const bookingId = await book(admin, roomId, at(14));
      const { version } = await show(admin, bookingId);
      await admin.post(`${ROOMS}/bookings/${bookingId}/change`, { version, ...at(9) });
    },
    (roomId: string) =>
      manager.post(`${ROOMS}/rooms/${roomId}/blackouts`, { ...at(9), reason: '检修', cancelBookings: false }),
  ]) {
    const roomId = await toldOfFree(at(9));
    await take(roomId);
    await s.advance(CLOSES_MS);
    expect([said(userid.colleague, '空出来了'), said(userid.unitHead, '空出来了')]).toEqual([
      '已被订走',
      '已被订走',
    ]);
  }
});

it('a time that is free again before the cards are closed keeps them; another time of the room closes none', async () => {
  const roomId = await toldOfFree(at(9));
  const taken = await book(admin, roomId, at(9));
  await admin.post(`${ROOMS}/bookings/${taken}/cancel`, { version: (await show(admin, taken)).version });
  await book(admin, roomId, at(10));
  await s.advance(CLOSES_MS);
  expect(said(userid.unitHead, '空出来了')).toBeNull();
  await tap(userid.unitHead, '空出来了', 'book');
  expect(said(userid.unitHead, '空出来了')).toBe('已预订');
});

it('a card whose code is past its 72 hours is followed by a text', async () => {
  const range = { startsAt: instantOf('2026-12-01', 540), endsAt: instantOf('2026-12-01', 600) };
  const roomId = await toldOfFree(range);
  await s.advance(73 * HOUR);
  await signInAgain();
  await book(admin, roomId, range);
  await s.advance(CLOSES_MS);
  expect(said(userid.unitHead, '空出来了')).toBeNull();
  const texts = s.sandbox.control.appMessages(userid.unitHead).map(({ content }) => JSON.stringify(content));
  expect(texts.filter((one) => one.includes('这件事已被订走'))).toHaveLength(1);
});
