import { EntitySchema } from 'typeorm';
import * as c from '../../../platform/db/columns.ts';

/** What stands in 企业微信 for a booking. */
export interface ScheduleRow {
  id: string;
  bookingId: string;
  /** `adding`: it was asked for, and the answer is not known. */
  state: 'adding' | 'there' | 'gone';
  scheduleId: string | null;
  /** Of the terms that were last written. */
  termsHash: string;
  /** The booking of 企业微信's own room, and of what it was last asked for: refused or granted, it is not asked again. */
  roomBookingId: string | null;
  roomHash: string | null;
  writtenAt: number;
}

export const ScheduleTable = new EntitySchema<ScheduleRow>({
  name: 'meeting_schedule',
  tableName: 'meeting_schedule',
  columns: {
    id: c.id(),
    bookingId: c.ref(),
    state: c.code(16),
    scheduleId: c.nullable(c.code(64)),
    termsHash: c.code(64),
    roomBookingId: c.nullable(c.code(64)),
    roomHash: c.nullable(c.code(64)),
    writtenAt: c.instant(),
  },
  indices: [{ name: 'meeting_schedule_booking', columns: ['bookingId'], unique: true }],
});

/** The calendar of 企业微信 they stand in: one row, or none yet. */
export interface ScheduleCalendarRow {
  id: string;
  calendarId: string;
  madeAt: number;
}

export const ScheduleCalendarTable = new EntitySchema<ScheduleCalendarRow>({
  name: 'meeting_schedule_calendar',
  tableName: 'meeting_schedule_calendar',
  columns: { id: c.id(), calendarId: c.code(64), madeAt: c.instant() },
});
