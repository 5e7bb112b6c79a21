import { systemActor } from '../../../kernel/actor.ts';
import { insertRows } from '../../../platform/db/rows.ts';
import { FixData, FixPermission } from '../../../wecom/index.ts';
import type { MeetingRoomsContext } from '../context.ts';
import { ScheduleCalendarTable } from './tables.ts';
import type { Wanted } from './wanted.ts';

export const MIRROR_JOB = 'meetingrooms.mirror';
export const MECHANISM = systemActor(`job:${MIRROR_JOB}`);

const CALENDAR = 'rooms';
const CALENDAR_GONE = [90457, 90459];
const SCHEDULE_GONE = [90460, 90461];
/** Somebody who takes part is not there, or outside what the app may see. */
const UNKNOWN_PERSON = [60011, 60111, 40003];
const HAS_ROOM = 90498;
const MOST_PAGES = 200;

export type Side = ReturnType<typeof createCalendarSide>;

const isOneOf = (error: unknown, codes: readonly number[]): boolean =>
  (error instanceof FixData || error instanceof FixPermission) && codes.includes(error.errcode ?? 0);

export const isUnknownPerson = (error: unknown): boolean => isOneOf(error, UNKNOWN_PERSON);

/** The calls. What can be put right here is; everything else is the job's to wait for, or to give up on. */
export function createCalendarSide({ db, mirror: { port } }: MeetingRoomsContext) {
  const known = async (): Promise<string | null> => {
    const row = await db.read(({ em }) =>
      em.getRepository(ScheduleCalendarTable).findOneBy({ id: CALENDAR }),
    );
    return row?.calendarId ?? null;
  };

  /** One that is made twice, because an answer got lost, is empty and harms nobody. */
  const calendar = async (): Promise<string> => {
    const there = await known();
    if (there !== null) return there;
    const made = await port.addCalendar({ summary: '会议室', description: '由企微管家写入：会议室预订' });
    await db.write(MECHANISM, (tx) =>
      insertRows(tx, ScheduleCalendarTable, [{ id: CALENDAR, calendarId: made, madeAt: tx.now }], 'keep'),
    );
    return (await known()) ?? made;
  };

  const forgetCalendar = (): Promise<unknown> =>
    db.write(MECHANISM, ({ em }) => em.getRepository(ScheduleCalendarTable).delete({ id: CALENDAR }));

  /** Somebody deleted our calendar: a new one, once. */
  const inCalendar = async <T>(call: (calendarId: string) => Promise<T>): Promise<T> => {
    try {
      return await call(await calendar());
    } catch (error) {
      if (!isOneOf(error, CALENDAR_GONE)) throw error;
      await forgetCalendar();
      return call(await calendar());
    }
  };

  /** With whoever can be reached; at least with who booked. */
  const withPeople = async <T>(
    terms: Wanted['terms'],
    call: (terms: Wanted['terms']) => Promise<T>,
  ): Promise<T> => {
    try {
      return await call(terms);
    } catch (error) {
      if (!isUnknownPerson(error) || terms.attendees.length === 1) throw error;
      return call({ ...terms, attendees: terms.attendees.slice(0, 1) });
    }
  };

  return {
    /** The schedule that carries this link; null: it was never made. */
    find: (link: string): Promise<string | null> =>
      inCalendar(async (calendarId) => {
        let offset: number | null = 0;
        for (let page = 0; offset !== null && page < MOST_PAGES; page += 1) {
          const { items, next } = await port.ofCalendar(calendarId, offset);
          const found = items.find(({ description }) => description.split('\n').includes(link));
          if (found) return found.scheduleId;
          offset = next;
        }
        return null;
      }),

    add: (terms: Wanted['terms']): Promise<string> =>
      inCalendar((calendarId) => withPeople(terms, (some) => port.add({ ...some, calendarId }))),

    /** False: somebody deleted it there. */
    async update(scheduleId: string, terms: Wanted['terms']): Promise<boolean> {
      try {
        const calendarId = await calendar();
        await withPeople(terms, (some) => port.update(scheduleId, { ...some, calendarId }));
        return true;
      } catch (error) {
        if (isOneOf(error, SCHEDULE_GONE)) return false;
        throw error;
      }
    },

    async delete(scheduleId: string): Promise<void> {
      await port.delete(scheduleId).catch((error: unknown) => {
        if (!isOneOf(error, SCHEDULE_GONE)) throw error;
      });
    },

    /** Null: the room cannot be had there. */
    async takeRoom(scheduleId: string, { room, terms }: Wanted): Promise<string | null> {
      if (room === null) return null;
      try {
        return await port.bookRoom({ roomId: room.roomId, scheduleId, booker: room.booker });
      } catch (error) {
        // An answer that got lost: it is ours already.
        if (isOneOf(error, [HAS_ROOM])) return port.bookingOf(room.roomId, scheduleId, terms);
        if (error instanceof FixData) return null;
        throw error;
      }
    },

    /** One that is not there any more was given back already. */
    async leaveRoom(bookingId: string): Promise<void> {
      await port.cancelRoom(bookingId).catch((error: unknown) => {
        if (!(error instanceof FixData)) throw error;
      });
    },
  };
}
