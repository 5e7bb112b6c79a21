import { isCalendarDate, type CalendarDate } from './dates.ts';

/** What an 18-digit resident identity number says about its holder. */
export interface IdCard {
  /** Upper-case `X` where the check digit is ten. */
  readonly number: string;
  readonly bornOn: CalendarDate;
  readonly sex: 'male' | 'female';
}

export type IdCardFault = 'form' | 'oldForm' | 'birthDate' | 'checkDigit';

export type IdCardReading =
  { readonly ok: true; readonly card: IdCard } | { readonly ok: false; readonly fault: IdCardFault };

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2] as const;
const CHECK_DIGITS = '10X98765432';

/** Check digit of the first 17 digits (GB 11643-1999, ISO 7064 MOD 11-2). */
export function idCheckDigit(first17: string): string {
  const sum = WEIGHTS.reduce((total, weight, i) => total + weight * Number(first17[i]), 0);
  return CHECK_DIGITS.charAt(sum % 11);
}

/**
 * Read a resident identity number (rule B9). Other papers (passport, residence permits) have their own types and
 * must not come here (B11).
 * @param today a birth date must lie in the past
 */
export function readIdNumber(text: string, today: CalendarDate): IdCardReading {
  const number = text.trim().toUpperCase();
  if (/^\d{15}$/.test(number)) return { ok: false, fault: 'oldForm' };
  if (!/^\d{17}[\dX]$/.test(number)) return { ok: false, fault: 'form' };
  const bornOn = `${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`;
  if (!isCalendarDate(bornOn) || bornOn >= today) return { ok: false, fault: 'birthDate' };
  if (idCheckDigit(number) !== number[17]) return { ok: false, fault: 'checkDigit' };
  return { ok: true, card: { number, bornOn, sex: Number(number[16]) % 2 === 1 ? 'male' : 'female' } };
}

/** The 18-digit form of a 15-digit number of the first generation, for imports only (rule B11); null if it is none. */
export function fromOldIdNumber(text: string): string | null {
  const old = text.trim();
  if (!/^\d{15}$/.test(old)) return null;
  const first17 = `${old.slice(0, 6)}19${old.slice(6)}`;
  return first17 + idCheckDigit(first17);
}
