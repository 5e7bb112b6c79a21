/** Who may call what of meeting rooms: a room is its keepers' and its manager's, a booking its people's. */
import { DOOR, RANGE } from './authorization-meeting-rooms.ts';
import type { Place } from './authorization-place.ts';
import { ACTORS, type ActorKey, type AuthorizationStage, type Call } from './authorization-stage.ts';

const NOBODY: readonly ActorKey[] = [];
const KEEPERS = ['creator', 'superAdmin'] as const;
/** The module is open to the people of the house. */
const HOUSE = ACTORS.filter((actor) => actor !== 'contractor');
/** Holds a second post in a supervising department (S1-22a). */
const SUPERVISOR = 'systemAdmin';
const MONTH = { query: '?month=2026-11' };

type Places = Readonly<Record<string, Place>>;
const members: Places = { any: { who: 'members' } };

const ofRoom =
  (body?: (stage: AuthorizationStage) => object) =>
  async (stage: AuthorizationStage): Promise<Call> => ({
    params: { roomId: await stage.meetingRooms.room() },
    ...(body && { body: body(stage) }),
  });

const ofBooking =
  (whose: 'own' | 'foreign', state: 'pending' | 'booked', body?: object) =>
  async (stage: AuthorizationStage, actor: ActorKey): Promise<Call> => {
    const booker = whose === 'own' ? stage.personId(actor) : stage.other;
    const { bookingId } = await stage.meetingRooms.booking(booker, state);
    return { params: { bookingId }, ...(body && { body }) };
  };

const ofDoor =
  (door: string) =>
  async (stage: AuthorizationStage, actor: ActorKey): Promise<Call> => {
    const { roomId } = await stage.meetingRooms.booking(stage.personId(actor), 'booked', true);
    return { params: { roomId }, body: { door } };
  };

const CANCEL = { version: 1, reason: '检修' };
const SHORTER = { version: 1, startsAt: RANGE.startsAt, endsAt: RANGE.endsAt - 15 * 60_000 };

export const meetingRoomPlaces: Readonly<Record<string, Places>> = {
  'get /api/meeting-rooms/rooms': { any: { who: HOUSE } },
  'get /api/meeting-rooms/grid': { any: { who: HOUSE, call: () => ({ query: '?from=2026-11-26' }) } },
  'get /api/meeting-rooms/rooms/:roomId/door': { any: { who: HOUSE, call: ofRoom() } },
  'get /api/meeting-rooms/own': members,
  'get /api/meeting-rooms/waits': members,
  'get /api/meeting-rooms/bookings/:bookingId': {
    in: { who: 'members', call: ofBooking('own', 'booked') },
    out: { who: KEEPERS, call: ofBooking('foreign', 'booked') },
  },
  'post /api/meeting-rooms/bookings': {
    any: {
      who: HOUSE,
      call: async ({ meetingRooms }) => ({
        body: {
          roomId: await meetingRooms.room(),
          ...RANGE,
          subject: '例会',
          clientKey: '7f1e8ad6-9e3b-4a52-8f0a-1d2c3b4a5e6f',
        },
      }),
    },
  },
  'post /api/meeting-rooms/bookings/:bookingId/decide': {
    in: { who: NOBODY, call: ofBooking('own', 'pending', { approve: true }) },
    out: { who: KEEPERS, call: ofBooking('foreign', 'pending', { approve: true }) },
  },
  'post /api/meeting-rooms/bookings/:bookingId/cancel': {
    in: { who: 'members', call: ofBooking('own', 'booked', CANCEL) },
    out: { who: KEEPERS, call: ofBooking('foreign', 'booked', CANCEL) },
  },
  'post /api/meeting-rooms/bookings/:bookingId/change': {
    in: { who: 'members', call: ofBooking('own', 'booked', SHORTER) },
    out: { who: NOBODY, call: ofBooking('foreign', 'booked', SHORTER) },
  },
  'post /api/meeting-rooms/rooms/:roomId/check-in': {
    in: { who: 'members', call: ofDoor(DOOR) },
    out: { who: NOBODY, call: ofDoor('guessed') },
  },
  'post /api/meeting-rooms/rooms/:roomId/waits': {
    any: {
      who: HOUSE,
      call: async (stage) => {
        const { roomId } = await stage.meetingRooms.booking(stage.other, 'booked');
        return { params: { roomId }, body: RANGE };
      },
    },
  },
  'post /api/meeting-rooms/waits/:waitId/stop': {
    in: {
      who: 'members',
      call: async (stage, actor) => ({
        params: { waitId: await stage.meetingRooms.wait(stage.personId(actor)) },
      }),
    },
    out: {
      who: NOBODY,
      call: async (stage) => ({ params: { waitId: await stage.meetingRooms.wait(stage.other) } }),
    },
  },
  // Calendar programs: no session, the secret address.
  'get /api/meeting-rooms/calendar.ics': {
    any: {
      who: 'anyone',
      call: async ({ meetingRooms }) => ({ query: `?key=${await meetingRooms.calendar()}` }),
    },
  },
  'get /api/meeting-rooms/calendar': members,
  'post /api/meeting-rooms/calendar': { any: { who: HOUSE } },
  'post /api/meeting-rooms/calendar/stop': {
    any: {
      who: 'members',
      call: async (stage, actor) => {
        await stage.meetingRooms.calendar(stage.personId(actor), 'person');
        return {};
      },
    },
  },
  'post /api/meeting-rooms/rooms/:roomId/calendar': { any: { who: KEEPERS, call: ofRoom() } },
  'post /api/meeting-rooms/rooms/:roomId/calendar/stop': {
    any: {
      who: KEEPERS,
      call: async ({ meetingRooms }) => {
        const roomId = await meetingRooms.room();
        await meetingRooms.calendar(roomId, 'room');
        return { params: { roomId } };
      },
    },
  },
  'get /api/meeting-rooms/wecom-rooms': { any: { who: KEEPERS } },
  'get /api/meeting-rooms/choices': { any: { who: KEEPERS } },
  'post /api/meeting-rooms/rooms': {
    any: { who: KEEPERS, call: ({ meetingRooms }) => ({ body: meetingRooms.terms() }) },
  },
  'get /api/meeting-rooms/rooms/:roomId': { any: { who: KEEPERS, call: ofRoom() } },
  'put /api/meeting-rooms/rooms/:roomId': {
    any: { who: KEEPERS, call: ofRoom(({ meetingRooms }) => ({ ...meetingRooms.terms(), version: 1 })) },
  },
  'post /api/meeting-rooms/rooms/:roomId/door': { any: { who: KEEPERS, call: ofRoom() } },
  'get /api/meeting-rooms/rooms/:roomId/bookings': {
    any: {
      who: KEEPERS,
      call: async (stage) => ({ ...(await ofRoom()(stage)), query: '?from=2026-11-26&until=2026-11-27' }),
    },
  },
  'post /api/meeting-rooms/rooms/:roomId/blackouts': {
    any: { who: KEEPERS, call: ofRoom(() => ({ ...RANGE, reason: '检修' })) },
  },
  'post /api/meeting-rooms/rooms/:roomId/blackouts/:blackoutId/lift': {
    any: {
      who: KEEPERS,
      call: async ({ meetingRooms }) => ({ params: await meetingRooms.blackout() }),
    },
  },
  'get /api/meeting-rooms/usage': { any: { who: [...KEEPERS, SUPERVISOR], call: () => MONTH } },
  'get /api/meeting-rooms/usage/export': { any: { who: [...KEEPERS, SUPERVISOR], call: () => MONTH } },
};
