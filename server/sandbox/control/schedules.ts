import type { RoomBooking, Schedule } from '../state/schedules.ts';
import type { World } from '../world.ts';

export const standingSchedules = ({ data }: World): Schedule[] =>
  structuredClone(
    [...data.plans.schedules.values()]
      .filter(({ cancelled }) => !cancelled)
      .sort((a, b) => a.startTime - b.startTime),
  );

export const standingBookings = ({ data }: World): RoomBooking[] =>
  structuredClone([...data.plans.bookings.values()].filter(({ cancelled }) => !cancelled));

export function addMeetingRoom({ data, touch }: World, name: string): number {
  const id = data.plans.rooms.size + 1;
  data.plans.rooms.set(id, { id, name, capacity: 20 });
  touch();
  return id;
}

export function loseCalendars({ data, touch }: World): void {
  data.plans.calendars.clear();
  for (const schedule of data.plans.schedules.values()) schedule.cancelled = true;
  touch();
}
