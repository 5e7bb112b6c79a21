import { dateOf } from '../../server/kernel/dates.ts';
import { HolidayFilesError, loadHolidayYears } from '../../server/features/supervision/index.ts';
import { attention, fault, fine, type Finding } from './finding.ts';

const CURE =
  'when the State Council notice is out (usually November), add config/holidays/<year>.json and restart; until then due times of that year stay provisional';

/** Working days come from the State Council's notices (rules G1, G4): this year's must be there, next year's soon. */
export function checkCalendar(folder: string, now: number): Finding[] {
  const year = Number(dateOf(now).slice(0, 4));
  try {
    const years = new Set(loadHolidayYears(folder).map((one) => one.year));
    return [
      years.has(year)
        ? fine(`Holidays of ${year}: known`)
        : fault(`Holidays of ${year}: no notice loaded`, CURE),
      years.has(year + 1)
        ? fine(`Holidays of ${year + 1}: known`)
        : attention(`Holidays of ${year + 1}: no notice loaded yet`, CURE),
    ];
  } catch (error) {
    if (!(error instanceof HolidayFilesError)) throw error;
    return error.faults.map((text) => fault(`Holidays: ${text}`, 'correct the file'));
  }
}
