/** A month as a calendar shows it; months are `2026-11`, in Shanghai. */
export const thisMonth = (now = Date.now()): string =>
  new Date(now + 8 * 3_600_000).toISOString().slice(0, 7);

export function monthBeside(month: string, by: 1 | -1): string {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number - 1 + by, 1)).toISOString().slice(0, 7);
}

/** The days with empty places before the first, so that weeks begin on Monday. */
export function cellsOf<Day extends { readonly date: string }>(days: readonly Day[]): (Day | null)[] {
  const [first] = days;
  if (!first) return [];
  const weekday = new Date(`${first.date}T00:00:00Z`).getUTCDay();
  return [...Array.from({ length: (weekday + 6) % 7 }, () => null), ...days];
}
