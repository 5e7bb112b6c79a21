import { route, type Route } from '../../platform/http/route.ts';
import { sendSheet } from '../../platform/http/send-sheet.ts';
import { book } from './commands/book.ts';
import { openOwnCalendar, openRoomCalendar, stopOwnCalendar, stopRoomCalendar } from './commands/calendar.ts';
import { cancel } from './commands/cancel.ts';
import { change } from './commands/change.ts';
import { checkIn } from './commands/check-in.ts';
import { decide } from './commands/answer.ts';
import { blackOut, changeRoom, liftBlackout, makeRoom, renewDoor } from './commands/rooms.ts';
import { stopWaiting, waitFor } from './commands/wait.ts';
import type { MeetingRoomsContext } from './context.ts';
import * as contract from './contract.ts';
import { exportUsage } from './list-exports.ts';
import { listOfRoom, listOwn, listWaits, readBooking } from './queries/bookings.ts';
import { calendarSince, readCalendar } from './queries/calendar.ts';
import { readDoor } from './queries/door.ts';
import { readGrid } from './queries/grid.ts';
import { listRooms, readChoices, readKept } from './queries/rooms.ts';
import { readWecomRooms } from './queries/wecom-rooms.ts';
import { readUsage } from './queries/usage.ts';

const ok = { ok: true } as const;
const root = '/api/meeting-rooms';

export const meetingRoomRoutes = (ctx: MeetingRoomsContext): Route[] => [
  ...looking(ctx),
  ...booking(ctx),
  ...waiting(ctx),
  ...keepingRooms(ctx),
  ...calendars(ctx),
  ...usage(ctx),
];

function looking(ctx: MeetingRoomsContext): Route[] {
  return [
    route({
      method: 'get',
      path: `${root}/rooms`,
      summary: 'Rooms, in the order they were made; closed ones for who keeps them',
      auth: 'person',
      query: contract.RoomsQuery,
      answer: contract.RoomsAnswer,
      handle: ({ actor, query }) => ctx.db.read((reads) => listRooms(ctx, reads, actor.personId, query)),
    }),
    route({
      method: 'get',
      path: `${root}/grid`,
      summary: 'Rooms with what holds them on up to seven days; what a meeting is about only for its people',
      auth: 'person',
      query: contract.GridQuery,
      answer: contract.GridAnswer,
      handle: ({ actor, query }) => ctx.db.read((reads) => readGrid(ctx, reads, actor.personId, query)),
    }),
    route({
      method: 'get',
      path: `${root}/rooms/:roomId/door`,
      summary: 'What the code at the door opens: the room today, and my meeting there',
      auth: 'person',
      params: contract.ByRoom,
      answer: contract.DoorAnswer,
      handle: ({ actor, params }) =>
        ctx.db.read((reads) => readDoor(ctx, reads, actor.personId, params.roomId)),
    }),
    route({
      method: 'get',
      path: `${root}/own`,
      summary: 'Meetings I booked or take part in, to come or past',
      auth: 'person',
      query: contract.OwnQuery,
      answer: contract.BookingsAnswer,
      handle: ({ actor, query }) => ctx.db.read((reads) => listOwn(ctx, reads, actor.personId, query)),
    }),
    route({
      method: 'get',
      path: `${root}/bookings/:bookingId`,
      summary: 'One booking, for its people and who manages the room',
      auth: 'person',
      params: contract.ByBooking,
      answer: contract.BookingAnswer,
      handle: ({ actor, params }) =>
        ctx.db.read((reads) => readBooking(ctx, reads, actor.personId, params.bookingId)),
    }),
  ];
}

function booking(ctx: MeetingRoomsContext): Route[] {
  return [
    route({
      method: 'post',
      path: `${root}/bookings`,
      summary:
        'Book a room, once or weekly; the loser of a time gets 409 with other times and other rooms (R42), a series an answer for each week (R43)',
      auth: 'person',
      body: contract.BookRequest,
      answer: contract.BookAnswer,
      handle: ({ actor, body }) => book(ctx, actor, body),
    }),
    route({
      method: 'post',
      path: `${root}/bookings/:bookingId/decide`,
      summary: 'The manager approves or refuses what was asked for; approval looks again (R42)',
      auth: 'person',
      params: contract.ByBooking,
      body: contract.DecideRequest,
      answer: contract.BookAnswer,
      handle: ({ actor, params, body }) => decide(ctx, actor, params.bookingId, body),
    }),
    route({
      method: 'post',
      path: `${root}/bookings/:bookingId/cancel`,
      summary:
        'Give a booking back, or as the manager take it with a reason; also all later ones of a series',
      auth: 'person',
      params: contract.ByBooking,
      body: contract.CancelRequest,
      answer: contract.CancelAnswer,
      handle: ({ actor, params, body }) => cancel(ctx, actor, params.bookingId, body),
    }),
    route({
      method: 'post',
      path: `${root}/bookings/:bookingId/change`,
      summary: 'Shorten my booking, or move it to another time of the same room',
      auth: 'person',
      params: contract.ByBooking,
      body: contract.ChangeRequest,
      answer: contract.OkAnswer,
      handle: async ({ actor, params, body }) => {
        await change(ctx, actor, params.bookingId, body);
        return ok;
      },
    }),
    route({
      method: 'post',
      path: `${root}/rooms/:roomId/check-in`,
      summary: 'I am here: checks in my meeting by the code at the door',
      auth: 'person',
      params: contract.ByRoom,
      body: contract.CheckInRequest,
      answer: contract.CheckInAnswer,
      handle: ({ actor, params, body }) => checkIn(ctx, actor, params.roomId, body.door),
    }),
  ];
}

function waiting(ctx: MeetingRoomsContext): Route[] {
  return [
    route({
      method: 'get',
      path: `${root}/waits`,
      summary: 'Times I wait for',
      auth: 'person',
      answer: contract.WaitsAnswer,
      handle: ({ actor }) => ctx.db.read((reads) => listWaits(reads, actor.personId)),
    }),
    route({
      method: 'post',
      path: `${root}/rooms/:roomId/waits`,
      summary: 'Tell me when this time is free',
      auth: 'person',
      params: contract.ByRoom,
      body: contract.WaitRequest,
      answer: contract.OkAnswer,
      handle: async ({ actor, params, body }) => {
        await waitFor(ctx, actor, params.roomId, body);
        return ok;
      },
    }),
    route({
      method: 'post',
      path: `${root}/waits/:waitId/stop`,
      summary: 'Wait no longer',
      auth: 'person',
      params: contract.ByWait,
      answer: contract.OkAnswer,
      handle: async ({ actor, params }) => {
        await stopWaiting(ctx, actor, params.waitId);
        return ok;
      },
    }),
  ];
}

function keepingRooms(ctx: MeetingRoomsContext): Route[] {
  return [
    route({
      method: 'get',
      path: `${root}/wecom-rooms`,
      summary: "企业微信's own rooms, for who sets up one of ours",
      auth: 'person',
      answer: contract.WecomRoomsAnswer,
      handle: ({ actor }) => readWecomRooms(ctx, actor.personId),
    }),
    route({
      method: 'get',
      path: `${root}/choices`,
      summary: 'Units whose rooms I keep, and all that can be named as bookers',
      auth: 'person',
      answer: contract.ChoicesAnswer,
      handle: ({ actor }) => ctx.db.read((reads) => readChoices(ctx, reads, actor.personId)),
    }),
    route({
      method: 'post',
      path: `${root}/rooms`,
      summary: 'Make a room',
      auth: 'person',
      body: contract.RoomTerms,
      answer: contract.RoomMade,
      handle: ({ actor, body }) => makeRoom(ctx, actor, body),
    }),
    route({
      method: 'get',
      path: `${root}/rooms/:roomId`,
      summary: 'A room with everything about it, for who manages it',
      auth: 'person',
      params: contract.ByRoom,
      answer: contract.KeptRoomAnswer,
      handle: ({ actor, params }) =>
        ctx.db.read((reads) => readKept(ctx, reads, actor.personId, params.roomId)),
    }),
    route({
      method: 'put',
      path: `${root}/rooms/:roomId`,
      summary: 'Change or close a room; what is booked stays booked',
      auth: 'person',
      params: contract.ByRoom,
      body: contract.ChangeRoomRequest,
      answer: contract.OkAnswer,
      handle: async ({ actor, params, body }) => {
        await changeRoom(ctx, actor, params.roomId, body);
        return ok;
      },
    }),
    route({
      method: 'post',
      path: `${root}/rooms/:roomId/door`,
      summary: 'A new code at the door',
      auth: 'person',
      params: contract.ByRoom,
      answer: contract.OkAnswer,
      handle: async ({ actor, params }) => {
        await renewDoor(ctx, actor, params.roomId);
        return ok;
      },
    }),
    route({
      method: 'get',
      path: `${root}/rooms/:roomId/bookings`,
      summary: 'Bookings of a room between two days, for who manages it',
      auth: 'person',
      params: contract.ByRoom,
      query: contract.RoomBookingsQuery,
      answer: contract.BookingsAnswer,
      handle: ({ actor, params, query }) =>
        ctx.db.read((reads) => listOfRoom(ctx, reads, actor.personId, params.roomId, query)),
    }),
    route({
      method: 'post',
      path: `${root}/rooms/:roomId/blackouts`,
      summary: 'Nobody meets there then; bookings in it stand in its way unless they are cancelled with it',
      auth: 'person',
      params: contract.ByRoom,
      body: contract.BlackoutRequest,
      answer: contract.BlackoutMade,
      handle: ({ actor, params, body }) => blackOut(ctx, actor, params.roomId, body),
    }),
    route({
      method: 'post',
      path: `${root}/rooms/:roomId/blackouts/:blackoutId/lift`,
      summary: 'Lift a blackout',
      auth: 'person',
      params: contract.ByBlackout,
      answer: contract.OkAnswer,
      handle: async ({ actor, params }) => {
        await liftBlackout(ctx, actor, params.roomId, params.blackoutId);
        return ok;
      },
    }),
  ];
}

function calendars(ctx: MeetingRoomsContext): Route[] {
  return [
    route({
      method: 'get',
      path: `${root}/calendar.ics`,
      summary: 'Meetings for a calendar program (.ics); the secret address is the right to read',
      auth: 'none',
      query: contract.ByKey,
      handle: async ({ query, ctx: http }) => {
        const text = await ctx.db.read((reads) => readCalendar(ctx, reads, query.key));
        http.set('Cache-Control', 'no-store');
        http.type = 'text/calendar; charset=utf-8';
        http.body = text;
      },
    }),
    route({
      method: 'get',
      path: `${root}/calendar`,
      summary: 'Since when my meetings have an address for calendar programs',
      auth: 'person',
      answer: contract.CalendarState,
      handle: ({ actor }) => ctx.db.read((reads) => calendarSince(reads, actor.personId)),
    }),
    route({
      method: 'post',
      path: `${root}/calendar`,
      summary: 'A new secret address of my meetings, shown once; the one before ends',
      auth: 'person',
      answer: contract.CalendarMade,
      handle: ({ actor }) => openOwnCalendar(ctx, actor),
    }),
    route({
      method: 'post',
      path: `${root}/calendar/stop`,
      summary: 'The address of my meetings ends',
      auth: 'person',
      answer: contract.OkAnswer,
      handle: async ({ actor }) => {
        await stopOwnCalendar(ctx, actor);
        return ok;
      },
    }),
    route({
      method: 'post',
      path: `${root}/rooms/:roomId/calendar`,
      summary: 'A new secret address of when a room is taken, shown once; the one before ends',
      auth: 'person',
      params: contract.ByRoom,
      answer: contract.CalendarMade,
      handle: ({ actor, params }) => openRoomCalendar(ctx, actor, params.roomId),
    }),
    route({
      method: 'post',
      path: `${root}/rooms/:roomId/calendar/stop`,
      summary: 'The address of when a room is taken ends',
      auth: 'person',
      params: contract.ByRoom,
      answer: contract.OkAnswer,
      handle: async ({ actor, params }) => {
        await stopRoomCalendar(ctx, actor, params.roomId);
        return ok;
      },
    }),
  ];
}

function usage(ctx: MeetingRoomsContext): Route[] {
  return [
    route({
      method: 'get',
      path: `${root}/usage`,
      summary: 'How rooms were used in a month: counts and minutes, nothing of a meeting',
      auth: 'person',
      query: contract.UsageQuery,
      answer: contract.UsageAnswer,
      handle: ({ actor, query }) => ctx.db.read((reads) => readUsage(ctx, reads, actor.personId, query)),
    }),
    route({
      method: 'get',
      path: `${root}/usage/export`,
      summary: 'The same report as a file (.xlsx); recorded',
      auth: 'person',
      query: contract.UsageQuery,
      handle: async ({ actor, query, ctx: http }) => sendSheet(http, await exportUsage(ctx, actor, query)),
    }),
  ];
}
