/** 日程 and 会议室 of the corp, as far as apps made them. Times are epoch seconds, as in the API. */

export interface Calendar {
  id: string;
  summary: string;
  description: string;
}

export interface Schedule {
  id: string;
  calendarId: string;
  startTime: number;
  endTime: number;
  summary: string;
  description: string;
  location: string;
  /** As written by the caller. */
  attendees: string[];
  cancelled: boolean;
  /** The booking that holds a room for it. */
  bookingId: string | null;
}

export interface MeetingRoom {
  id: number;
  name: string;
  capacity: number;
}

export interface RoomBooking {
  id: string;
  roomId: number;
  scheduleId: string;
  booker: string;
  startTime: number;
  endTime: number;
  cancelled: boolean;
}

export interface Schedules {
  calendars: Map<string, Calendar>;
  schedules: Map<string, Schedule>;
  rooms: Map<number, MeetingRoom>;
  bookings: Map<string, RoomBooking>;
}

export const noSchedules = (): Schedules => ({
  calendars: new Map(),
  schedules: new Map(),
  rooms: new Map(),
  bookings: new Map(),
});
