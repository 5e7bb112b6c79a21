/** Times of day and weeks of the rooms, in Asia/Shanghai. */
const DAY = 86_400_000;
const OFFSET = 8 * 3_600_000;
const two = (n: number): string => String(n).padStart(2, '0');

/** `08:30` of minutes since midnight; 24:00 for the end of the day. */
export const clockOf = (minute: number): string => `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
/** Minutes since midnight of `08:30`; null when it is none or off the quarter. */
export function minuteOf(text: string): number | null {
  const [, hour = '', minute = ''] = /^(\d{1,2}):(\d{2})$/.exec(text) ?? [];
  const sum = Number(hour) * 60 + Number(minute);
  return hour === '' || Number(minute) > 59 || sum > 1_440 || sum % 15 !== 0 ? null : sum;
}
export const hoursWords = (room: { opensMinute: number; closesMinute: number }): string =>
  `${clockOf(room.opensMinute)}–${clockOf(room.closesMinute)}`;
export const midnightOf = (date: string): number => Date.parse(`${date}T00:00:00Z`) - OFFSET;
export const addDays = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10);
/** The Monday of the week a date lies in. */
export const mondayOf = (date: string): string =>
  addDays(date, -((new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7));
/** An instant of `2026-11-26T09:00` as typed here; null when it is none. */
export function instantOf(typed: string): number | null {
  const at = Date.parse(`${typed}:00Z`);
  return Number.isNaN(at) ? null : at - OFFSET;
}
