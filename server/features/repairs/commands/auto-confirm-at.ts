import type { RepairsContext } from './context.ts';

/** When done counts as accepted: the office's close, so many working days after; null while a year has no notice (G4). */
export function autoConfirmAt(
  { calendar, settings }: Pick<RepairsContext, 'calendar' | 'settings'>,
  doneAt: number | null,
): number | null {
  if (doneAt === null) return null;
  const { at, provisional } = calendar.addWorkdays(doneAt, settings.autoConfirmWorkdays, 'close');
  return provisional ? null : at;
}
