/**
 * Half-open ranges `[from, until)`: a booking that ends at 15:00 and one that starts at 15:00 do not clash. Works
 * for instants (numbers) and for calendar dates (`YYYY-MM-DD` sorts as text). Inclusive pairs never reach here:
 * turn "26 Nov to 1 Dec" into `[2026-11-26, 2026-12-02)` first.
 */
export interface Interval<T extends number | string> {
  readonly from: T;
  readonly until: T;
}

/** Nothing lies inside: ends where it starts, or before. */
export const isEmpty = <T extends number | string>({ from, until }: Interval<T>): boolean => until <= from;

export const contains = <T extends number | string>(range: Interval<T>, point: T): boolean =>
  range.from <= point && point < range.until;

/** Do they share at least one point? An empty range overlaps nothing. */
export const overlaps = <T extends number | string>(a: Interval<T>, b: Interval<T>): boolean =>
  !isEmpty(a) && !isEmpty(b) && a.from < b.until && b.from < a.until;

/** The shared part, or null. */
export function intersection<T extends number | string>(a: Interval<T>, b: Interval<T>): Interval<T> | null {
  if (!overlaps(a, b)) return null;
  return { from: a.from > b.from ? a.from : b.from, until: a.until < b.until ? a.until : b.until };
}
