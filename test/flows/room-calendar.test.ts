import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type {
  BookAnswer,
  BookingAnswer,
  RoomTerms,
  WecomRoomsAnswer,
} from '../../server/features/meeting-rooms/contract.ts';
import { instantOf } from '../../server/kernel/dates.ts';
import type { Client } from '../support/client.ts';
import { aRoom, personIdOfClient as idOf, ROOMS } from '../support/rooms.ts';
import { startApp, type Started } from '../support/start-app.ts';
import { userid } from '../support/story.ts';

/** Bookings as they stand in 企业微信's own 日程 and 会议室. The clock stands on Monday 2026-11-23, 10:20. */
const DAY = '2026-11-24';
const MINUTE = 60_000;
const at = (hour: number) => ({
  startsAt: instantOf(DAY, hour * 60),
  endsAt: instantOf(DAY, hour * 60 + 60),
});
const seconds = (hour: number) => instantOf(DAY, hour * 60) / 1000;

let s: Started;
let admin: Client;
let staff: Client;
let manager: Client;
beforeEach(async () => {
  s = await startApp({ env: { ROOM_CALENDAR: 'subjects' } });
  admin = await s.signIn(userid.superAdmin);
  staff = await s.signIn(userid.applicant);
  manager = await s.signIn(userid.unitHead);
});
afterEach(() => s.close());

const room = async (changes: Partial<RoomTerms> = {}): Promise<string> =>
  aRoom(admin, await idOf(manager), changes);

async function book(roomId: string, hour: number, more: object = {}): Promise<string> {
  const participantIds = [await idOf(manager)];
  const answer = await staff.post<BookAnswer>(`${ROOMS}/bookings`, {
    roomId,
    ...at(hour),
    subject: '教研室例会',
    participantIds,
    weeks: 1,
    onConflict: 'none',
    clientKey: randomUUID(),
    ...more,
  });
  await s.settle();
  return answer.items[0]?.bookingId ?? '';
}

const versionOf = async (bookingId: string) =>
  (await staff.get<BookingAnswer>(`${ROOMS}/bookings/${bookingId}`)).version;
async function move(bookingId: string, hour: number): Promise<void> {
  await staff.post(`${ROOMS}/bookings/${bookingId}/change`, {
    version: await versionOf(bookingId),
    ...at(hour),
  });
  await s.settle();
}
async function cancel(bookingId: string): Promise<void> {
  const version = await versionOf(bookingId);
  await staff.post(`${ROOMS}/bookings/${bookingId}/cancel`, { version, following: false, reason: '' });
  await s.settle();
}
const shown = () => s.sandbox.control.schedules().map(({ startTime, summary }) => ({ startTime, summary }));
const calls = (name: string) =>
  s.sandbox.state().ledger.filter((entry) => entry.name === name && entry.state !== 'failed').length;

it('S2-A11d a booking stands in 日程 of who meets, follows it, and goes with it', async () => {
  const bookingId = await book(await room(), 14);
  expect(s.sandbox.control.schedules()).toMatchObject([
    {
      startTime: seconds(14),
      endTime: seconds(15),
      summary: '教研室例会',
      location: '第一会议室（行政楼 301）',
      attendees: [userid.applicant, userid.unitHead],
    },
  ]);
  await move(bookingId, 16);
  expect(shown()).toEqual([{ startTime: seconds(16), summary: '教研室例会' }]);
  await cancel(bookingId);
  expect(shown()).toEqual([]);
  expect([calls('oa/calendar/add'), calls('oa/schedule/add'), calls('oa/schedule/update')]).toEqual([
    1, 1, 1,
  ]);
});

it('stands there only once the manager agreed, and not while a new time waits for the word', async () => {
  const bookingId = await book(await room({ needsApproval: true }), 14);
  expect(shown()).toEqual([]);
  const decision = { approve: true, reason: '', skipConflicts: false };
  await manager.post(`${ROOMS}/bookings/${bookingId}/decide`, decision);
  await s.settle();
  expect(shown()).toHaveLength(1);
  await move(bookingId, 16);
  expect(shown()).toEqual([]);
});

it('a lost answer makes no second schedule; a busy hour and a missing right only make it later', async () => {
  s.sandbox.control.addFault({ kind: 'drop_after', apis: ['oa/schedule/add'], calls: 1 });
  const roomId = await room();
  await book(roomId, 14);
  await s.advance(5 * MINUTE);
  expect(shown()).toHaveLength(1);
  s.sandbox.control.adminCorp({ schedules: false });
  await book(roomId, 16);
  expect(shown()).toHaveLength(1);
  s.sandbox.control.adminCorp({ schedules: true });
  await s.advance(30 * MINUTE);
  expect(shown().map(({ startTime }) => startTime)).toEqual([seconds(14), seconds(16)]);
});

it('one booking of a series that cannot be written does not hold up the others', async () => {
  const roomId = await room();
  s.sandbox.control.addFault({ kind: 'errcode', errcode: 40058, apis: ['oa/schedule/add'], calls: 1 });
  await book(roomId, 14, { weeks: 3 });
  const weeks = () => shown().map(({ startTime }) => (startTime - seconds(14)) / (7 * 86_400));
  // At once, and not when the first has been tried as often as anything is.
  expect(weeks()).toEqual(expect.arrayContaining([1, 2]));
  await s.advance(5 * MINUTE);
  expect(weeks().sort()).toEqual([0, 1, 2]);
});

it('who is outside what the app may see does not keep it from the others; a calendar deleted there is made anew', async () => {
  const roomId = await room();
  const first = await book(roomId, 10);
  s.sandbox.control.adminApp({ visible: { userids: [userid.applicant], parties: [], tags: [] } });
  await book(roomId, 14);
  expect(s.sandbox.control.schedules().map(({ attendees }) => attendees.length)).toEqual([2, 1]);
  s.sandbox.control.loseCalendars();
  await move(first, 9 + 2);
  expect(shown().map(({ startTime }) => startTime)).toEqual([seconds(11)]);
});

it('the room of 企业微信 is held with it, given back, and its manager is told when it cannot be had', async () => {
  const wecomRoomId = s.sandbox.control.addMeetingRoom('三楼会议室');
  const known = await admin.get<WecomRoomsAnswer>(`${ROOMS}/wecom-rooms`);
  expect(known).toEqual({
    mirrored: true,
    reached: true,
    items: [{ roomId: wecomRoomId, name: '三楼会议室' }],
  });
  const roomId = await room({ wecomRoomId });
  // More than the column holds: refused, whatever the database would make of it.
  await expect(room({ name: '第九会议室', wecomRoomId: 2_147_483_648 })).rejects.toThrow();
  s.sandbox.control.addFault({ kind: 'drop_after', apis: ['oa/meetingroom/book_by_schedule'], calls: 1 });
  const bookingId = await book(roomId, 14);
  await s.advance(5 * MINUTE);
  const held = () => s.sandbox.control.roomBookings().map(({ startTime }) => startTime);
  expect(held()).toEqual([seconds(14)]);
  await move(bookingId, 16);
  expect(held()).toEqual([seconds(16)]);
  await cancel(bookingId);
  expect([held(), shown()]).toEqual([[], []]);
  // Another room of ours that somebody gave the same number: its booking is there first.
  await book(await room({ name: '第二会议室', wecomRoomId }), 15);
  await book(roomId, 15);
  expect(held()).toEqual([seconds(15)]);
  expect(shown()).toHaveLength(2);
  const texts = s.sandbox.control
    .appMessages(userid.unitHead)
    .flatMap(({ content }) => (content.msgtype === 'text' ? [content.content] : []));
  expect(texts.filter((text) => text.includes('没有订上'))).toHaveLength(1);
});
