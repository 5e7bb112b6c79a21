/** What a sign-in to our own pages tells, of what is known of this person's devices. Pure. */
import { DAY_MS, instantOf, dateOf } from '../../kernel/dates.ts';
import type { Sign } from './assess.ts';
import type { SignSettings } from './settings.ts';

/**
 * The kind of device, as it says of itself: the model of an Android phone, the family of everything else. Versions are
 * left out, so an update is no new device; null: it does not say.
 */
export function deviceKindOf(userAgent: string): string | null {
  const android = /Android[^;)]*;\s*([^;)]{1,60}?)(?:\s+Build\/[^;)]*)?[;)]/i.exec(userAgent);
  if (android) return `android ${(android[1] ?? '').trim().toLowerCase()}`;
  const family = /iPhone|iPad|HarmonyOS|OpenHarmony|Android|Windows|Macintosh|Linux/i.exec(userAgent)?.[0];
  return family === undefined ? null : family.toLowerCase();
}

export interface KnownDevice {
  readonly devicePrint: string;
  /** Under which key the prints were made: with another one everything looks new. */
  readonly keyMark: string;
  readonly firstAt: number;
  readonly lastAt: number;
}

export interface Visit {
  /** Null: the device does not say what it is. */
  readonly devicePrint: string | null;
  readonly keyMark: string;
}

/** The beginning of the day, epoch ms: no times of anybody are kept. */
export const dayOf = (now: number): number => instantOf(dateOf(now));

export function signsOfVisit(
  known: readonly KnownDevice[],
  { devicePrint, keyMark }: Visit,
  { settleDays, quietDays }: Pick<SignSettings, 'settleDays' | 'quietDays'>,
  now: number,
): readonly Sign[] {
  const seenAt = dayOf(now);
  const signs: Sign[] = [];
  const comparable = known.filter((device) => device.keyMark === keyMark);
  const isLearnt = comparable.some(({ firstAt }) => firstAt <= seenAt - settleDays * DAY_MS);
  const isNew = devicePrint !== null && !comparable.some((device) => device.devicePrint === devicePrint);
  if (isNew && isLearnt) signs.push({ kind: 'device', source: 'signIn', seenAt });
  const lastAt = known.reduce<number | null>((last, device) => Math.max(last ?? 0, device.lastAt), null);
  if (lastAt !== null && lastAt <= seenAt - quietDays * DAY_MS)
    signs.push({ kind: 'habit', source: 'signIn', seenAt });
  return signs;
}
