/**
 * Times as the phone and the drawer write them, in Asia/Shanghai whatever the zone of the browser. Instants are
 * epoch milliseconds.
 */
import { dateOf, dayWords, shortDate, timeOf } from '../../ui/format.ts';

const DAY_MS = 86_400_000;
export const MINUTE_MS = 60_000;
export const HOUR_MS = 3_600_000;

export { dateOf, timeOf };

/** `11-23 周一 10:20` */
export const clockWords = (now: number): string => `${dayWords(dateOf(now), now)} ${timeOf(now)}`;

/** In a list of chats: `10:20`, `昨天`, `11-20`. */
export function listTime(at: number, now: number): string {
  if (dateOf(at) === dateOf(now)) return timeOf(at);
  if (dateOf(at) === dateOf(now - DAY_MS)) return '昨天';
  return shortDate(dateOf(at), now);
}

/** Above messages: `10:20`, `昨天 10:20`, `11-20 09:00`. */
export function chatTime(at: number, now: number): string {
  const day = listTime(at, now);
  return day.includes(':') ? day : `${day} ${timeOf(at)}`;
}

/** Whether a message needs its time above it: the first one, and after five quiet minutes. */
export const needsTime = (at: number, before: number | undefined): boolean =>
  before === undefined || at - before >= 5 * MINUTE_MS;

const span = (value: number, unit: string): string => `${value} ${unit}`;

/** Length of time in at most two units: `9 分 58 秒`, `2 小时`, `3 天 4 小时`. */
export function lengthWords(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  const parts: [number, string][] = [
    [Math.floor(seconds / 86_400), '天'],
    [Math.floor(seconds / 3600) % 24, '小时'],
    [Math.floor(seconds / 60) % 60, '分'],
    [seconds % 60, '秒'],
  ];
  const first = parts.findIndex(([value]) => value > 0);
  if (first < 0) return span(0, '秒');
  return parts
    .slice(first, first + 2)
    .filter(([value]) => value > 0)
    .map(([value, unit]) => span(value, unit))
    .join(' ');
}

/** `8 ms`, `1.2 秒`: how long a call took. */
export function tookWords(ms: number): string {
  if (ms < 1) return '<1 ms';
  return ms < 1000 ? `${ms} ms` : `${(ms / 1000).toFixed(1)} 秒`;
}
