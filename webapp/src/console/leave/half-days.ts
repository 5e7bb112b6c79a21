/** "1.5", "-2": full or half days; null when it is something else. */
export function halfDays(text: string): number | null {
  const said = text.trim();
  if (!/^[+-]?\d{1,3}(\.[05])?$/.test(said)) return null;
  const days = Number(said);
  return days === 0 || Math.abs(days) > 366 ? null : days;
}
