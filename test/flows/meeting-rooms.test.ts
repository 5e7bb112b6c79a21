import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type {
  Alternatives,
  BookAnswer,
  BookingAnswer,
  BookingsAnswer,
  DoorAnswer,
  GridAnswer,
  KeptRoomAnswer,
  RoomsAnswer,
  RoomTerms,
  UsageAnswer,
  WaitsAnswer,
} from '../../server/features/meeting-rooms/contract.ts';
import { instantOf } from '../../server/kernel/dates.ts';
import { readSheets } from '../../server/platform/sheets/index.ts';
import type { Client } from '../support/client.ts';
import { aRoom, personIdOfClient as idOf, ROOMS } from '../support/rooms.ts';
import { startApp, type Started } from '../support/start-app.ts';
import { todosOf } from '../support/todos.ts';
import { userid } from '../support/story.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const WEEK = 7 * 24 * HOUR;
/** The clock stands on Monday 2026-11-23, 10:20. */
const DAY = '2026-11-24';

let s: Started;
let admin: Client;
let staff: Client;
let other: Client;
let manager: Client;
let managerId: string;
beforeEach(async () => {
  s = await startApp();
  await signInAgain();
  managerId = await idOf(manager);
});
afterEach(() => s.close());

/** A session lasts a working day. */
async function signInAgain(): Promise<void> {
  admin = await s.signIn(userid.superAdmin);
  staff = await s.signIn(userid.applicant);
  other = await s.signIn(userid.colleague);
  manager = await s.signIn(userid.unitHead);
}

const at = (hour: number, length = 1, day = DAY) => ({
  startsAt: instantOf(day, hour * 60),
  endsAt: instantOf(day, (hour + length) * 60),
});

const room = (changes: Partial<RoomTerms> = {}): Promise<string> =>
  aRoom(admin, managerId, { equipment: ['投影'], ...changes });

const wanted = (roomId: string, range: { startsAt: number; endsAt: number }, more: object = {}) => ({
  roomId,
  ...range,
  subject: '教研室例会',
  clientKey: randomUUID(),
  ...more,
});
const book = async (client: Client, roomId: string, range: ReturnType<typeof at>, more: object = {}) =>
  client.post<BookAnswer>(`${ROOMS}/bookings`, wanted(roomId, range, more));
const bookOne = async (...args: Parameters<typeof book>): Promise<string> =>
  (await book(...args)).items[0]?.bookingId ?? '';
const show = (client: Client, bookingId: string) =>
  client.get<BookingAnswer>(`${ROOMS}/bookings/${bookingId}`);
const grid = (client: Client, query = `from=${DAY}`) => client.get<GridAnswer>(`${ROOMS}/grid?${query}`);
async function refusal(client: Client, path: string, body: object, method = 'POST') {
  const response = await client.send(method, `${ROOMS}${path}`, body);
  const { code = '', data = {} } = (await response.json()) as { code?: string; data?: object };
  return { status: response.status, code, data };
}
const spans = async () =>
  s.app.db.read((reads) =>
    reads.em.query<{ roomId: string; startsAt: number; endsAt: number }[]>(
      `select roomId, startsAt, endsAt from meeting_booking where state in ('pending', 'booked') order by startsAt`,
    ),
  );
const told = (member: string) =>
  s.sandbox.control
    .appMessages(member)
    .map(({ content }) =>
      content.msgtype === 'text'
        ? content.content
        : JSON.stringify(content.msgtype === 'template_card' && content.card),
    );

describe('a room, one at a time (R42)', () => {
  it('R42 of many at the same moment exactly one gets it, the others get times and rooms that are free', async () => {
    const roomId = await room();
    const bigger = await room({ name: '大会议室', capacity: 80 });
    const smaller = await room({ name: '小会议室', capacity: 1 });
    const clients = [staff, other, manager, admin];
    const people = await Promise.all([idOf(manager), idOf(admin)]);
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, n) =>
        (clients[n % clients.length] ?? staff).send(
          'POST',
          `${ROOMS}/bookings`,
          wanted(roomId, at(14), { participantIds: people }),
        ),
      ),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    const losers = answers.filter(({ status }) => status === 409);
    expect(losers).toHaveLength(11);
    expect(await spans()).toHaveLength(1);
    const problem = (await losers[0]?.json()) as { code: string; title: string; data: Alternatives };
    expect(problem.code).toBe('meetingrooms.taken');
    expect(problem.title).toBe('第一会议室这个时间已被占用，没有订成。');
    expect(problem.data.otherRooms.map((one) => one.roomId)).toEqual([bigger]);
    expect(problem.data.otherRooms.map((one) => one.roomId)).not.toContain(smaller);
    expect(problem.data.sameRoom.length).toBeGreaterThan(0);
    for (const range of problem.data.sameRoom) await book(staff, roomId, range);
    expect(await spans()).toHaveLength(1 + problem.data.sameRoom.length);
  });

  it('R42 a second tap of the same request books nothing', async () => {
    const roomId = await room();
    const body = wanted(roomId, at(9));
    const first = await staff.post<BookAnswer>(`${ROOMS}/bookings`, body);
    expect(await staff.post<BookAnswer>(`${ROOMS}/bookings`, body)).toEqual(first);
    expect(await spans()).toHaveLength(1);
  });

  it('H1 what a meeting is about is for the booker, who takes part and the manager; others see 已占用', async () => {
    const roomId = await room();
    const bookingId = await bookOne(staff, roomId, at(9), { participantIds: [await idOf(other)] });
    const leader = await s.signIn(userid.leader);
    const words = async (client: Client) =>
      (await grid(client)).rooms.find((one) => one.roomId === roomId)?.busy.map((one) => one.words);
    for (const client of [staff, other, manager, admin]) {
      expect(await words(client)).toEqual(['教研室例会']);
      expect((await show(client, bookingId)).subject).toBe('教研室例会');
    }
    expect(await words(leader)).toEqual(['已占用']);
    expect((await leader.raw('GET', `${ROOMS}/bookings/${bookingId}`)).status).toBe(404);
    await s.settle();
    expect(told(userid.colleague).join()).toContain('约你开会');
    // Sealed where it lies, and in no word of the record of acts.
    const kept = await s.app.db.read((reads) =>
      reads.em.query<
        object[]
      >(`select subjectSealed from meeting_booking union all select after from audit_entry
        where action like 'meetingrooms.%'`),
    );
    expect(JSON.stringify(kept)).not.toContain('教研室例会');
    // In the copy of one's own data (个保法 45).
    const copy = await staff.get<{ sections: { title: string; rows: object[] }[] }>(
      '/api/access/own-data?format=json',
    );
    const section = copy.sections.find(({ title }) => title === '会议室预订');
    expect(JSON.stringify(section?.rows)).toContain('教研室例会');
  });

  it('only who may book, in its hours; who keeps no room makes and changes none', async () => {
    const elsewhere = (
      await admin.get<{ units: { unitId: string; name: string }[] }>(`${ROOMS}/choices`)
    ).units.find(({ name }) => name === '图书馆');
    const roomId = await room({ bookerUnitIds: [elsewhere?.unitId ?? ''] });
    const librarian = await s.signIn(userid.librarian);
    expect((await refusal(staff, '/bookings', wanted(roomId, at(9)))).code).toBe('meetingrooms.may_not_book');
    await book(librarian, roomId, at(9));
    expect((await refusal(librarian, '/bookings', wanted(roomId, at(19)))).code).toBe('meetingrooms.cannot');
    expect((await refusal(staff, '/rooms', { name: 'x' })).status).toBe(400);
    const kept = await manager.get<KeptRoomAnswer>(`${ROOMS}/rooms/${roomId}`);
    const put = { ...kept.terms, name: '改名', version: kept.version };
    expect((await refusal(manager, `/rooms/${roomId}`, put, 'PUT')).code).toBe('meetingrooms.not_keeper');
    expect((await staff.raw('GET', `${ROOMS}/rooms/${roomId}`)).status).toBe(403);
    await admin.send('PUT', `${ROOMS}/rooms/${roomId}`, put);
    expect((await refusal(admin, `/rooms/${roomId}`, put, 'PUT')).code).toBe('meetingrooms.room_changed');
    expect((await staff.get<RoomsAnswer>(`${ROOMS}/rooms`)).items.map(({ name }) => name)).toEqual(['改名']);
  });
});

describe('a room that needs the manager’s word', () => {
  it('R42 a pending booking holds the room, is a to-do with a clock, and approval looks again', async () => {
    const roomId = await room({ needsApproval: true });
    const first = await bookOne(staff, roomId, at(9), { participantIds: [await idOf(other)] });
    expect((await show(staff, first)).state).toBe('pending');
    expect((await refusal(other, '/bookings', wanted(roomId, at(9)))).code).toBe('meetingrooms.taken');
    const todo = (await todosOf(manager)).find(({ path }) => path === `/rooms/bookings/${first}`);
    expect(todo?.text).toContain('第一会议室');
    expect(todo?.text).not.toContain('教研室例会');

    // Nobody decides on their own (H3), nobody without the room.
    const decide = `/bookings/${first}/decide`;
    expect((await refusal(staff, decide, { approve: true })).status).toBe(403);
    expect((await refusal(other, decide, { approve: true })).status).toBe(403);
    expect((await refusal(manager, decide, { approve: false })).code).toBe('meetingrooms.reason_needed');

    // The room was closed meanwhile: approval says so and changes nothing.
    const kept = await admin.get<KeptRoomAnswer>(`${ROOMS}/rooms/${roomId}`);
    await admin.send('PUT', `${ROOMS}/rooms/${roomId}`, {
      ...kept.terms,
      state: 'closed',
      version: kept.version,
    });
    expect((await refusal(manager, decide, { approve: true })).code).toBe('meetingrooms.cannot_approve');
    expect((await show(staff, first)).state).toBe('pending');
    await admin.send('PUT', `${ROOMS}/rooms/${roomId}`, { ...kept.terms, version: kept.version + 1 });

    await manager.post(`${ROOMS}${decide}`, { approve: true });
    expect((await show(staff, first)).state).toBe('booked');
    expect((await todosOf(manager)).some(({ path }) => path === `/rooms/bookings/${first}`)).toBe(false);
    expect((await refusal(manager, decide, { approve: true })).code).toBe('meetingrooms.decided');
    await s.settle();
    expect(told(userid.applicant).join()).toContain('已批准');
    expect(told(userid.colleague).join()).toContain('约你开会');

    // Another time needs the word anew; a part given back does not.
    const { version } = await show(staff, first);
    await staff.post(`${ROOMS}/bookings/${first}/change`, { version, ...at(9, 0.5) });
    expect((await show(staff, first)).state).toBe('booked');
    await staff.post(`${ROOMS}/bookings/${first}/change`, { version: version + 1, ...at(11) });
    expect((await show(staff, first)).state).toBe('pending');
    expect(await spans()).toMatchObject([at(11)]);
    // Refused then: who takes part was told of the meeting, so they are told that it has no room.
    await manager.post(`${ROOMS}${decide}`, { approve: false, reason: '当天检修' });
    await s.settle();
    const words = told(userid.colleague).join();
    expect(words).toContain('等管理人批准');
    expect(words).toContain('没有批准，会议没有会议室了');
  });

  it('R42 of a series that waits, one moved waits with the others under one clock that says how many', async () => {
    const roomId = await room({ needsApproval: true });
    const asked = await book(staff, roomId, at(9), { weeks: 3 });
    const first = asked.items[0]?.bookingId ?? '';
    const { version } = await show(staff, first);
    await staff.post(`${ROOMS}/bookings/${first}/change`, { version, ...at(11) });
    const waiting = (await todosOf(manager)).filter(({ path }) => path.startsWith('/rooms/bookings/'));
    expect(waiting.map(({ text }) => text).join()).toContain('11:00–12:00 起 3 次');
    expect(waiting).toHaveLength(1);
    const done = await manager.post<BookAnswer>(`${ROOMS}/bookings/${first}/decide`, { approve: true });
    expect(done.items.map(({ state }) => state)).toEqual(['booked', 'booked', 'booked']);
  });

  it('R42 changed to the time it has, nothing is changed: no clock begins anew, nobody is told', async () => {
    const clocks = () =>
      s.app.db.read((reads) =>
        reads.em.query<object[]>(
          `select id, state, dueAt from obligation where subjectType = 'meeting_booking' order by id`,
        ),
      );
    const roomId = await room({ needsApproval: true });
    const participantIds = [await idOf(other)];
    const bookingId = await bookOne(staff, roomId, at(9), { participantIds });
    await s.settle();
    const [before, due, messages] = [await show(staff, bookingId), await clocks(), told(userid.colleague)];
    await s.advance(HOUR);
    await staff.post(`${ROOMS}/bookings/${bookingId}/change`, { version: before.version, ...at(9) });
    await s.settle();
    const after = await show(staff, bookingId);
    expect({ version: after.version, state: after.state, history: after.history }).toEqual({
      version: before.version,
      state: 'pending',
      history: before.history,
    });
    expect(await clocks()).toEqual(due);
    expect(told(userid.colleague)).toEqual(messages);
  });

  it('refused with a reason the time is free again; not answered by its start it lapses', async () => {
    const roomId = await room({ needsApproval: true });
    const refused = await bookOne(staff, roomId, at(9));
    await manager.post(`${ROOMS}/bookings/${refused}/decide`, { approve: false, reason: '当天检修' });
    expect(await show(staff, refused)).toMatchObject({ state: 'refused', reason: '当天检修' });
    const late = await bookOne(staff, roomId, at(9));
    await s.advance(23 * HOUR);
    await signInAgain();
    expect((await show(staff, late)).state).toBe('lapsed');
    expect((await todosOf(manager)).some(({ path }) => path.startsWith('/rooms/'))).toBe(false);
    expect(await spans()).toEqual([]);
  });
});

describe('a room that needs the manager’s word, at a time that has begun', () => {
  it('R42 a running meeting that would go on longer stays as it is: it never waits for a word that comes too late', async () => {
    const roomId = await room({ needsApproval: true });
    const bookingId = await bookOne(staff, roomId, at(9));
    await manager.post(`${ROOMS}/bookings/${bookingId}/decide`, { approve: true });
    await s.advance(22 * HOUR + 55 * MINUTE);
    await signInAgain();
    const before = await show(staff, bookingId);
    const change = `/bookings/${bookingId}/change`;
    expect(await refusal(staff, change, { version: before.version, ...at(9, 2) })).toMatchObject({
      code: 'meetingrooms.cannot',
      data: { why: 'late' },
    });
    expect(await show(staff, bookingId)).toEqual(before);
    await s.advance(2 * MINUTE);
    expect((await show(staff, bookingId)).state).toBe('booked');
    expect(await spans()).toMatchObject([at(9)]);
    // A part of it can still be given back, and another time asked for.
    await staff.post(`${ROOMS}${change}`, { version: before.version, ...at(9, 0.5) });
    await staff.post(`${ROOMS}${change}`, { version: before.version + 1, ...at(14) });
    expect((await show(staff, bookingId)).state).toBe('pending');
    await s.advance(2 * MINUTE);
    expect(await spans()).toMatchObject([at(14)]);
  });

  it('R42 R43 nobody walks in, alone or with a series, but for the manager; nor is it offered instead', async () => {
    const roomId = await room({ needsApproval: true });
    // Monday 10:20: the quarter that runs began at 10:15.
    const startsAt = instantOf('2026-11-23', 10 * 60 + 15);
    const now = { startsAt, endsAt: startsAt + HOUR };
    expect(await refusal(staff, '/bookings', wanted(roomId, now))).toMatchObject({
      code: 'meetingrooms.cannot',
      data: { why: 'late' },
    });
    const some = await book(staff, roomId, now, { weeks: 2, onConflict: 'skip' });
    expect(some.items.map(({ state, why }) => state ?? why)).toEqual(['late', 'pending']);
    // One that waits is not moved there either.
    const waiting = await show(staff, some.items[1]?.bookingId ?? '');
    const change = `/bookings/${waiting.bookingId}/change`;
    expect((await refusal(staff, change, { version: waiting.version, ...now })).code).toBe(
      'meetingrooms.cannot',
    );
    const lost = await room({ name: '第二会议室' });
    await book(other, lost, now);
    const { data } = await refusal(staff, '/bookings', wanted(lost, now));
    expect((data as Alternatives).otherRooms).toEqual([]);
    const own = await bookOne(manager, roomId, now);
    expect((await show(manager, own)).state).toBe('booked');
  });
});

describe('a manager who cannot answer', () => {
  const lock = async (client: Client) => {
    const personId = await idOf(client);
    await s.app.db.write({ kind: 'system', name: 'test' }, (tx) => s.app.directory.lockPerson(tx, personId));
    await s.settle();
  };
  const holders = () =>
    s.app.db.read((reads) =>
      reads.em.query<{ holderPersonId: string | null }[]>(
        `select holderPersonId from obligation where subjectType = 'meeting_booking' and state = 'open'`,
      ),
    );

  it('H3 a head of the room’s unit, then of the one above it, has the clock, sees the booking and decides', async () => {
    const { units } = await admin.get<{ units: { unitId: string; name: string }[] }>(`${ROOMS}/choices`);
    const school = units.find(({ name }) => name === '信息工程学院')?.unitId ?? '';
    const roomId = await room({ needsApproval: true, unitId: school, managerId: await idOf(other) });
    const [first, second] = [await bookOne(staff, roomId, at(9)), await bookOne(staff, roomId, at(11))];
    const head = manager;
    const president = await s.signIn(userid.president);
    const decide = (bookingId: string) => `/bookings/${bookingId}/decide`;
    const mayNot = async (client: Client, bookingId: string) => {
      expect((await client.raw('GET', `${ROOMS}/bookings/${bookingId}`)).status).toBe(404);
      expect((await refusal(client, decide(bookingId), { approve: true })).code).toBe(
        'meetingrooms.not_manager',
      );
    };
    await mayNot(head, first);

    await lock(other);
    expect((await todosOf(head)).map(({ path }) => path)).toContain(`/rooms/bookings/${first}`);
    expect(told(userid.unitHead).join()).toContain('转到你这里，等你批准');
    expect(await show(head, first)).toMatchObject({ subject: '教研室例会', can: { decide: true } });
    await mayNot(president, first);
    await head.post(`${ROOMS}${decide(first)}`, { approve: true });
    expect((await show(staff, first)).state).toBe('booked');
    // The page they decided on is still there for them.
    expect((await show(head, first)).can.decide).toBe(false);

    // The head manages no room, and is locked with a clock in hand.
    await lock(head);
    expect(await holders()).toEqual([{ holderPersonId: await idOf(president) }]);
    await president.post(`${ROOMS}${decide(second)}`, { approve: false, reason: '当天检修' });
    expect((await show(staff, second)).state).toBe('refused');
    expect(await holders()).toEqual([]);
  });
});

describe('a weekly series (R43)', () => {
  it('R43 all or none, or those that can be had; each week is answered, nothing is overwritten', async () => {
    const roomId = await room();
    const third = { startsAt: at(9).startsAt + 2 * WEEK, endsAt: at(9).endsAt + 2 * WEEK };
    const before = await bookOne(other, roomId, third);
    const none = await refusal(staff, '/bookings', wanted(roomId, at(9), { weeks: 4 }));
    expect(none).toMatchObject({ status: 409, code: 'meetingrooms.series_taken', data: { count: 1, of: 4 } });
    const whys = (none.data as BookAnswer).items.map(({ why }) => why);
    expect(whys).toEqual([null, null, 'taken', null]);
    expect(await spans()).toHaveLength(1);

    const some = await book(staff, roomId, at(9), { weeks: 4, onConflict: 'skip' });
    expect(some.items.map(({ state, why }) => state ?? why)).toEqual(['booked', 'booked', 'taken', 'booked']);
    expect(await spans()).toHaveLength(4);
    expect((await show(other, before)).state).toBe('booked');

    // From the second on it is given back; the first stays.
    const second = some.items[1]?.bookingId ?? '';
    const { version, occurrences } = await show(staff, second);
    expect(occurrences.map(({ bookingId }) => bookingId)).toContain(some.items[0]?.bookingId);
    const gone = await staff.post(`${ROOMS}/bookings/${second}/cancel`, { version, following: true });
    expect(gone).toEqual({ cancelled: 2 });
    expect(await spans()).toHaveLength(2);
  });

  it('R43 a series that waits for the manager is decided at once, what cannot be had any more is refused and named', async () => {
    const roomId = await room({ needsApproval: true });
    const asked = await book(staff, roomId, at(9), { weeks: 3 });
    const first = asked.items[0]?.bookingId ?? '';
    // A blackout over the second week, without cancelling: first refused with how many it hits.
    const second = { startsAt: at(9).startsAt + WEEK, endsAt: at(9).endsAt + WEEK, reason: '考试' };
    expect(await refusal(manager, `/rooms/${roomId}/blackouts`, second)).toMatchObject({
      code: 'meetingrooms.blackout_hits',
      data: { count: 1 },
    });
    await manager.post(`${ROOMS}/rooms/${roomId}/blackouts`, { ...second, cancelBookings: true });
    const done = await manager.post<BookAnswer>(`${ROOMS}/bookings/${first}/decide`, { approve: true });
    expect(done.items.map(({ state }) => state)).toEqual(['booked', 'booked']);
    expect((await show(staff, asked.items[1]?.bookingId ?? '')).reason).toBe('考试');
  });
});

describe('giving back, waiting, being there', () => {
  it('whoever only gives back a part has no more time to come than before, and who takes part is told of a release', async () => {
    const roomId = await room({ checkInMinutes: 15 });
    const participantIds = [await idOf(other)];
    const bookingId = await bookOne(staff, roomId, at(9, 2), { participantIds });
    await manager.post(`${ROOMS}/rooms/${roomId}/waits`, at(9));
    await s.advance(22 * HOUR + 50 * MINUTE);
    await signInAgain();
    const { version, releaseAt } = await show(staff, bookingId);
    await staff.post(`${ROOMS}/bookings/${bookingId}/change`, { version, ...at(9, 1) });
    expect((await show(staff, bookingId)).releaseAt).toBe(releaseAt);
    await s.advance(10 * MINUTE);
    expect((await show(staff, bookingId)).state).toBe('released');
    await s.settle();
    expect(told(userid.colleague).join()).toContain('没有人签到，已经释放');
    // Who waited for its time is told of the rest, and can have it.
    expect(told(userid.unitHead).join()).toMatch(/空出来了.*11月24日 周二 09:15–10:00/);
    const [wait] = (await manager.get<WaitsAnswer>(`${ROOMS}/waits`)).items;
    await book(manager, roomId, { startsAt: wait?.startsAt ?? 0, endsAt: wait?.endsAt ?? 0 });
  });

  it('a calendar program reads my meetings by a secret address, which ends when I say so', async () => {
    const roomId = await room();
    const bookingId = await bookOne(staff, roomId, at(9), {
      subject: '例会, BEGIN:VALARM;甲',
      participantIds: [await idOf(other)],
    });
    await bookOne(other, roomId, at(14), { subject: '别人的会' });
    const ofTwoLines = wanted(roomId, at(16), { subject: '例会\r\nBEGIN:VALARM' });
    expect((await refusal(staff, '/bookings', ofTwoLines)).status).toBe(400);
    const make = async (client: Client, path = '/calendar') =>
      new URL((await client.post<{ address: string }>(`${ROOMS}${path}`)).address);
    const read = async ({ pathname, search }: URL) => {
      const answer = await s.browser().raw('GET', `${pathname}${search}`);
      return { status: answer.status, type: answer.headers.get('content-type'), text: await answer.text() };
    };
    const address = await make(staff);
    const { status, type, text } = await read(address);
    expect([status, type]).toEqual([200, 'text/calendar; charset=utf-8']);
    const lines = text.replaceAll('\r\n ', '').split('\r\n');
    expect(lines).toContain('DTSTART:20261124T010000Z');
    expect(lines).toContain('SUMMARY:例会\\, BEGIN:VALARM\\;甲');
    expect(lines.filter((line) => line.startsWith('BEGIN:'))).toEqual(['BEGIN:VCALENDAR', 'BEGIN:VEVENT']);
    expect(text.replaceAll('\r\n ', '')).toContain(bookingId);
    expect(text).not.toContain('别人的会');
    // Whoever takes part has it in theirs; the room's address says only when it is taken.
    expect((await read(await make(other))).text).toContain('例会');
    const ofRoom = (await read(await make(manager, `/rooms/${roomId}/calendar`))).text;
    expect(ofRoom.split('BEGIN:VEVENT')).toHaveLength(3);
    expect(ofRoom).toContain('SUMMARY:已占用');
    expect(ofRoom).not.toContain('会,');
    expect((await refusal(staff, `/rooms/${roomId}/calendar`, {})).code).toBe('meetingrooms.not_manager');
    expect((await manager.get<KeptRoomAnswer>(`${ROOMS}/rooms/${roomId}`)).calendar.since).not.toBeNull();

    const next = await make(staff);
    expect((await read(address)).status).toBe(404);
    expect((await read(next)).status).toBe(200);
    await staff.post(`${ROOMS}/calendar/stop`);
    expect((await read(next)).status).toBe(404);
    expect((await refusal(staff, '/calendar/stop', {})).code).toBe('meetingrooms.no_calendar');
    // Nobody reads a calendar with what is kept of its address.
    const again = await make(staff);
    const kept = await s.app.db.read((reads) => reads.em.query<object[]>('select * from meeting_calendar'));
    expect(JSON.stringify(kept)).not.toContain(again.searchParams.get('key'));
    await s.app.db.write({ kind: 'system', name: 'test' }, async (tx) =>
      s.app.directory.lockPerson(tx, await idOf(staff)),
    );
    expect((await read(again)).status).toBe(404);
  });

  it('whoever waits is told when the time is free; the first to book has it', async () => {
    const roomId = await room();
    const bookingId = await bookOne(staff, roomId, at(9, 2));
    await other.post(`${ROOMS}/rooms/${roomId}/waits`, at(10));
    expect((await refusal(other, `/rooms/${roomId}/waits`, at(14))).code).toBe('meetingrooms.is_free');
    // The quarter that runs can be had by who needs nobody's word, and by nobody else.
    const running = at(10.25, 1, '2026-11-23');
    const asking = await room({ name: '第二会议室', needsApproval: true });
    expect(await refusal(other, `/rooms/${asking}/waits`, running)).toMatchObject({
      code: 'meetingrooms.cannot',
      data: { why: 'late' },
    });
    expect((await refusal(other, `/rooms/${roomId}/waits`, running)).code).toBe('meetingrooms.is_free');
    const { version } = await show(staff, bookingId);
    // Half of it is not enough for who waits.
    await staff.post(`${ROOMS}/bookings/${bookingId}/change`, { version, ...at(9, 1.5) });
    await s.settle();
    expect(told(userid.colleague).join()).not.toContain('空出来了');
    await staff.post(`${ROOMS}/bookings/${bookingId}/cancel`, { version: version + 1 });
    await s.settle();
    expect(told(userid.colleague).join()).toContain('空出来了');
    const { items } = await other.get<WaitsAnswer>(`${ROOMS}/waits`);
    expect(items).toHaveLength(1);
    expect(items[0]?.toldAt).not.toBeNull();
    await other.post(`${ROOMS}/waits/${items[0]?.waitId}/stop`);
    expect((await other.get<WaitsAnswer>(`${ROOMS}/waits`)).items).toEqual([]);
    await book(other, roomId, at(10));
    expect(await refusal(staff, `/bookings/${bookingId}/cancel`, { version: version + 2 })).toMatchObject({
      code: 'meetingrooms.over',
    });
  });

  it('checked in by the code at the door it is used; nobody there, it is released and counted', async () => {
    const roomId = await room({ checkInMinutes: 15 });
    const used = await bookOne(staff, roomId, at(9));
    const unused = await bookOne(staff, roomId, at(14));
    const { doorPath } = await manager.get<KeptRoomAnswer>(`${ROOMS}/rooms/${roomId}`);
    const door = new URL(doorPath, s.url).searchParams.get('door') ?? '';
    const here = `/rooms/${roomId}/check-in`;
    expect((await refusal(staff, here, { door })).code).toBe('meetingrooms.nothing_to_check_in');
    await s.advance(22 * HOUR + 30 * MINUTE);
    await signInAgain();
    expect((await staff.get<DoorAnswer>(`${ROOMS}/rooms/${roomId}/door`)).canCheckIn).toBe(true);
    expect((await refusal(staff, here, { door: 'guessed' })).code).toBe('meetingrooms.wrong_door');
    expect((await refusal(other, here, { door })).code).toBe('meetingrooms.nothing_to_check_in');
    const once = await staff.post(`${ROOMS}${here}`, { door });
    expect(await staff.post(`${ROOMS}${here}`, { door })).toEqual(once);
    await s.advance(7 * HOUR);
    expect((await show(staff, used)).state).toBe('booked');
    expect((await show(staff, unused)).state).toBe('released');
    await s.settle();
    expect(told(userid.applicant).join()).toContain('没有人签到，已经释放');

    const past = await staff.get<BookingsAnswer>(`${ROOMS}/own?box=past`);
    expect(past.items.map(({ state }) => state)).toEqual(['released', 'booked']);
    const usage = await manager.get<UsageAnswer>(`${ROOMS}/usage?month=2026-11`);
    expect(usage.items).toMatchObject([
      { bookings: 2, bookedMinutes: 120, usedMinutes: 60, released: 1, cancelled: 0 },
    ]);
    expect((await staff.raw('GET', `${ROOMS}/usage?month=2026-11`)).status).toBe(403);
    const file = await manager.raw('GET', `${ROOMS}/usage/export?month=2026-11`);
    const [sheet] = await readSheets(Buffer.from(await file.arrayBuffer()));
    expect(JSON.stringify(sheet?.rows)).toContain('第一会议室');
  });

  it('lists what is mine page by page, and the room’s for its manager', async () => {
    const roomId = await room();
    for (const hour of [9, 10, 11]) await book(staff, roomId, at(hour));
    const first = await staff.get<BookingsAnswer>(`${ROOMS}/own?limit=2`);
    const second = await staff.get<BookingsAnswer>(`${ROOMS}/own?limit=2&cursor=${first.next}`);
    expect([...first.items, ...second.items].map(({ startsAt }) => startsAt)).toEqual(
      [9, 10, 11].map((hour) => at(hour).startsAt),
    );
    expect(second.next).toBeNull();
    const ofRoom = `${ROOMS}/rooms/${roomId}/bookings?from=${DAY}&until=${DAY}`;
    expect((await manager.get<BookingsAnswer>(ofRoom)).items).toHaveLength(3);
    expect((await staff.raw('GET', ofRoom)).status).toBe(403);
  });
});
