import { DAY_MS, dateOf, instantOf, MINUTE_MS } from '../../kernel/dates.ts';

/**
 * When a named job repeats. `bucket(now)` answers the start of the latest period that has begun, or null when
 * there is none; the row (name, bucket) is unique, so a period runs once across all instances, and one missed
 * while everything was down is caught up at the next tick.
 */
export interface Schedule {
  readonly name: string;
  readonly bucket: (now: number) => number | null;
}

export const everyMinutes = (name: string, minutes: number): Schedule => ({
  name,
  bucket: (now) => Math.floor(now / (minutes * MINUTE_MS)) * minutes * MINUTE_MS,
});

/** Every calendar day at a wall time in Shanghai. */
export const dailyAt = (name: string, hour: number, minute = 0): Schedule => ({
  name,
  bucket: (now) => {
    const today = instantOf(dateOf(now), hour * 60 + minute);
    return today <= now ? today : today - DAY_MS;
  },
});
