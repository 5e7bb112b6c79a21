import { z } from 'zod';
import type { Caller } from '../caller.ts';
import { cutChars } from '../cut.ts';
import { checked, listOf, nothing, text, userid } from '../fields.ts';

/**
 * 日程 (pages 93647, 93648, 97720, 97723, 97725). The app must be among 日程 → 可调用接口的应用. Schedules are made in the
 * app's name, and only those of its own calendars may be touched (90466).
 */
const MOST_ATTENDEES = 1_000;
const PAGE = 500;

const seconds = z
  .int()
  .min(0)
  .max(2 ** 32 - 1);
const calendarId = z.string().min(1).max(64);
const scheduleId = z.string().min(1).max(64);

/** What people read is cut, times and people are refused. */
const shown = (most: number) => z.string().transform((words) => cutChars(words, most));
const scheduleShape = z
  .strictObject({
    calendarId,
    /** Epoch seconds. */
    startsAt: seconds,
    endsAt: seconds,
    summary: shown(128),
    description: shown(1_000),
    location: shown(128),
    attendees: z.array(userid).min(1).max(MOST_ATTENDEES),
  })
  .refine(({ startsAt, endsAt }) => endsAt > startsAt, 'ends before it starts');
export type ScheduleTerms = z.input<typeof scheduleShape>;

const bodyOf = ({ calendarId: cal_id, startsAt, endsAt, attendees, ...words }: ScheduleTerms) => ({
  cal_id,
  start_time: startsAt,
  end_time: endsAt,
  ...words,
  attendees: attendees.map((member) => ({ userid: member })),
  // Our own messages remind; a second reminder would only be noise.
  reminders: { is_remind: 0 },
});

const madeShape = z.looseObject({ schedule_id: scheduleId });
const listShape = z.looseObject({
  schedule_list: listOf(
    z.looseObject({ schedule_id: scheduleId, description: text, status: z.number().nullish() }),
  ),
});

const roomsShape = z.looseObject({
  meetingroom_list: listOf(z.looseObject({ meetingroom_id: z.int(), name: text })),
});
const bookingsShape = z.looseObject({
  booking_list: listOf(
    z.looseObject({ schedule: listOf(z.looseObject({ booking_id: z.string(), schedule_id: text })) }),
  ),
});

export type ScheduleResource = ReturnType<typeof scheduleResource>;

export function scheduleResource({ call }: Caller) {
  return {
    addCalendar: async (calendar: { summary: string; description: string }): Promise<string> => {
      const api = 'oa/calendar/add';
      const shape = z.strictObject({ summary: shown(128), description: shown(512) });
      const body = { calendar: { ...checked(api, shape, calendar), color: '#2563EB' } };
      return (await call({ api, by: 'agent', body }, z.looseObject({ cal_id: calendarId }))).cal_id;
    },

    add: async (schedule: ScheduleTerms): Promise<string> => {
      const api = 'oa/schedule/add';
      const body = { schedule: bodyOf(checked(api, scheduleShape, schedule)) };
      return (await call({ api, by: 'agent', body }, madeShape)).schedule_id;
    },

    /** The whole object is written over; its calendar stays (page 97720). */
    update: async (id: string, schedule: ScheduleTerms): Promise<void> => {
      const api = 'oa/schedule/update';
      const { cal_id: _, ...rest } = bodyOf(checked(api, scheduleShape, schedule));
      const own = { schedule_id: checked(api, scheduleId, id, 'scheduleId'), ...rest };
      return call({ api, by: 'agent', body: { schedule: own }, isIdempotent: true }, nothing);
    },

    delete: async (id: string): Promise<void> => {
      const api = 'oa/schedule/del';
      return call(
        { api, by: 'agent', body: { schedule_id: checked(api, scheduleId, id, 'scheduleId') } },
        nothing,
      );
    },

    /** Of one calendar, from `offset`; those that were deleted (status 1) are left out. `next` is null at the end. */
    ofCalendar: async (id: string, offset: number) => {
      const api = 'oa/schedule/get_by_calendar';
      const body = { cal_id: checked(api, calendarId, id, 'calendarId'), offset, limit: PAGE };
      const { schedule_list: list } = await call({ api, by: 'agent', body, isRead: true }, listShape);
      const items = list.filter(({ status }) => status !== 1);
      return {
        items: items.map(({ schedule_id, description }) => ({ scheduleId: schedule_id, description })),
        next: list.length < PAGE ? null : offset + list.length,
      };
    },

    /** 企业微信's own rooms (page 93619); the answer has no pages. */
    rooms: async (): Promise<{ roomId: number; name: string }[]> => {
      const api = 'oa/meetingroom/list';
      const { meetingroom_list: list } = await call({ api, by: 'agent', body: {}, isRead: true }, roomsShape);
      return list.map(({ meetingroom_id, name }) => ({ roomId: meetingroom_id, name }));
    },

    /** 会议室 (page 93620): the room of 企业微信 is taken for one of our schedules. Returns the booking's id. */
    bookRoom: async (booking: { roomId: number; scheduleId: string; booker: string }): Promise<string> => {
      const api = 'oa/meetingroom/book_by_schedule';
      const shape = z.strictObject({ roomId: z.int().min(1), scheduleId, booker: userid });
      const { roomId, booker, ...of } = checked(api, shape, booking);
      const body = { meetingroom_id: roomId, schedule_id: of.scheduleId, booker };
      return (await call({ api, by: 'agent', body }, z.looseObject({ booking_id: z.string().min(1) })))
        .booking_id;
    },

    /** Which booking of this room holds it for a schedule of one day; null: none. */
    bookingOf: async (
      roomId: number,
      schedule: string,
      { startsAt, endsAt }: { startsAt: number; endsAt: number },
    ): Promise<string | null> => {
      const api = 'oa/meetingroom/get_booking_info';
      const body = { meetingroom_id: roomId, start_time: startsAt, end_time: endsAt };
      const { booking_list: list } = await call({ api, by: 'agent', body, isRead: true }, bookingsShape);
      const held = list.flatMap(({ schedule: of }) => of);
      return held.find(({ schedule_id }) => schedule_id === schedule)?.booking_id ?? null;
    },

    /** The schedule stays: the room alone is given back. */
    cancelRoom: async (bookingId: string): Promise<void> => {
      const api = 'oa/meetingroom/cancel_book';
      const body = { booking_id: checked(api, z.string().min(1), bookingId, 'bookingId'), keep_schedule: 1 };
      return call({ api, by: 'agent', body }, nothing);
    },
  };
}
