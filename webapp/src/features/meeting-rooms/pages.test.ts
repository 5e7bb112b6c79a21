import { afterEach, describe, expect, it, vi } from 'vitest';
import { fakeApi, problem, type Answer } from '../../testing/fake-api.ts';
import { mountPage, settle, type Mounted } from '../../testing/mount.ts';
import { me } from '../../testing/samples.ts';
import type { Grid, GridRoom } from './api.ts';
import { chooseAt, isFree, midnightOf } from './grid.ts';
import DoorPage from './DoorPage.vue';
import RoomsPage from './RoomsPage.vue';

const HOUR = 3_600_000;
/** A Thursday. */
const DAY = '2026-11-26';
const at = (hour: number): number => midnightOf(DAY) + hour * HOUR;

const room = (changes: Partial<GridRoom> = {}): GridRoom => ({
  roomId: 'r1',
  name: '行政楼 301',
  place: '三层',
  capacity: 20,
  equipment: [],
  state: 'open',
  opensMinute: 480,
  closesMinute: 1_080,
  weekdays: [1, 2, 3, 4, 5],
  needsApproval: false,
  bufferMinutes: 0,
  checkInMinutes: null,
  managerName: '陈志远',
  can: { book: true, keep: false },
  busy: [
    {
      startsAt: at(10),
      endsAt: at(11),
      kind: 'booking',
      state: 'booked',
      words: '已占用',
      bookingId: null,
      isMine: false,
    },
  ],
  ...changes,
});

describe('what a tap chooses', () => {
  it('an hour, or what is free of it; nothing where the room is taken, closed or the time is past', () => {
    const now = at(8);
    expect(chooseAt(room(), DAY, at(8), now)).toEqual({ startsAt: at(8), endsAt: at(9) });
    expect(chooseAt(room(), DAY, at(9.5), now)).toEqual({ startsAt: at(9.5), endsAt: at(10) });
    expect(chooseAt(room(), DAY, at(10.5), now)).toBeNull();
    expect(chooseAt(room({ weekdays: [6] }), DAY, at(14), now)).toBeNull();
    expect(chooseAt(room(), DAY, at(8), at(9))).toBeNull();
    expect(chooseAt(room({ state: 'closed' }), DAY, at(14), now)).toBeNull();
    // Half-open, unless the room wants time between.
    expect(isFree(room(), DAY, { startsAt: at(11), endsAt: at(12) }, now)).toBe(true);
    expect(isFree(room({ bufferMinutes: 15 }), DAY, { startsAt: at(11), endsAt: at(12) }, now)).toBe(false);
  });
});

it('the door of a closed room does not say that it is free', async () => {
  const door = { now: at(8), room: room({ state: 'closed' }), busy: [], mine: null };
  fakeApi({
    'GET /api/me': () => ({ body: me }),
    'GET /api/meeting-rooms/rooms/r1/door': () => ({
      body: { ...door, canCheckIn: false, checkInFrom: null },
    }),
  });
  const page = await mountPage(DoorPage, '/rooms/:roomId', '/rooms/r1?door=x', { roomId: 'r1' });
  await settle();
  expect(page.text()).toContain('停用');
  expect(page.text()).not.toContain('空闲');
  page.app.unmount();
  vi.unstubAllGlobals();
});

describe('the day of all rooms', () => {
  let page: Mounted;
  afterEach(() => {
    page.app.unmount();
    vi.unstubAllGlobals();
  });
  const grid: Grid = { now: at(8), days: [DAY], rooms: [room()], next: null };
  const POST = 'POST /api/meeting-rooms/bookings';
  const WAIT = 'POST /api/meeting-rooms/rooms/r1/waits';
  const open = async (booked: Answer) => {
    HTMLDialogElement.prototype.showModal ??= () => undefined;
    HTMLDialogElement.prototype.close ??= () => undefined;
    const calls = fakeApi({
      'GET /api/me': () => ({ body: me }),
      'GET /api/meeting-rooms/grid': () => ({ body: grid }),
      [POST]: booked,
      [WAIT]: () => ({ body: { ok: true } }),
    });
    page = await mountPage(RoomsPage, '/rooms', `/rooms?at=${at(9)}`);
    return calls;
  };

  it('books in three taps: a free time, 预订, 预订', async () => {
    const item = {
      startsAt: at(14),
      endsAt: at(15),
      bookingId: 'b1',
      state: 'booked',
      why: null,
      whyWords: '',
    };
    const calls = await open(() => ({ body: { items: [item] } }));
    expect(page.text()).toContain('已占用');
    page.button('行政楼 301 14:00，空闲').click();
    await settle();
    page.button('预订').click();
    await settle();
    document.querySelector<HTMLButtonElement>('dialog footer button')?.click();
    await settle();
    expect(calls.of(POST).map(({ body }) => body)).toMatchObject([
      { roomId: 'r1', startsAt: at(14), endsAt: at(15), subject: '会议', weeks: 1, onConflict: 'none' },
    ]);
  });

  it('R42 who lost sees other times and rooms, and one tap takes one of them', async () => {
    const other = { roomId: 'r2', name: '教学楼 B102', place: '', capacity: 12, needsApproval: false };
    const lost = problem(409, 'meetingrooms.taken', '已被占用，没有订成。');
    const calls = await open(() => {
      const answer = lost as { status?: number; body: object };
      return {
        ...answer,
        body: {
          ...answer.body,
          data: { sameRoom: [{ startsAt: at(15), endsAt: at(16) }], otherRooms: [other] },
        },
      };
    });
    page.button('行政楼 301 14:00，空闲').click();
    await settle();
    page.button('预订').click();
    await settle();
    const send = () => document.querySelector<HTMLButtonElement>('dialog footer button')?.click();
    send();
    await settle();
    expect(page.text()).toContain('已被占用，没有订成。');
    expect(page.text()).toContain('教学楼 B102 12 人');
    expect(page.text()).toContain('空出来时告诉我');
    page.button('空出来时告诉我').click();
    await settle();
    expect(calls.of(WAIT).map(({ body }) => body)).toEqual([{ startsAt: at(14), endsAt: at(15) }]);
    page.button('15:00–16:00').click();
    await settle();
    send();
    await settle();
    const [first, second] = calls.of(POST).map(({ body }) => body as { startsAt: number; clientKey: string });
    expect(second?.startsAt).toBe(at(15));
    expect(second?.clientKey).not.toBe(first?.clientKey);
  });
});
