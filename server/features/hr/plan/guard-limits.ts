import type { Limit } from '../model.ts';

/**
 * Defaults (D2). A limit is broken by either figure; raising one is a logged setting with an end date (D4), never
 * part of a confirmation.
 */
export const DEFAULT_LIMITS: readonly Limit[] = [
  { scope: 'run', max: 15, maxPercent: 3 },
  { scope: 'day', max: 30, maxPercent: 5 },
  { scope: 'topUnit', max: 5, maxPercent: 20 },
];

/**
 * So many are never too many by percent: one of three people may leave a small unit. Today's earlier runs count, so
 * it cannot be used twice a day; a limit whose `max` is smaller still holds.
 */
export const ALWAYS_ALLOWED = 1;

/** A statement with fewer people than this share of the last good one is suspicious (A2). */
export const FLOOR_PERCENT = 90;
