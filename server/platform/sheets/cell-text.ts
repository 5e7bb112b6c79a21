import { addDays } from '../../kernel/dates.ts';

/** How a number is shown: as it is, as a date, or filled up with zeros (`00000`). */
export type NumberLook = 'plain' | 'date' | { readonly zeros: number };

/** Formats below 164 that Excel knows by number; 27-36 and 50-58 are those of Chinese Excel. */
const isBuiltInDate = (id: number): boolean =>
  (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58);

/** @param code the format as the file spells it, undefined for one that Excel knows by number */
export function lookOf(id: number, code: string | undefined): NumberLook {
  if (code === undefined) return isBuiltInDate(id) ? 'date' : 'plain';
  if (/^0+$/.test(code)) return { zeros: code.length };
  // Words in quotes, escaped signs, colours and locales say nothing about what the number is.
  const signs = code
    .split(';', 1)
    .join('')
    .replace(/"[^"]*"|\\.|_.|\*.|\[(?!h|m|s)[^\]]*\]/gi, '');
  if (/general/i.test(signs)) return 'plain';
  return /[ymde]|aaa/i.test(signs) && !/[0#?]/.test(signs) ? 'date' : 'plain';
}

/** A spreadsheet keeps 15 digits of a number; what is longer has lost its end (an ID number typed as a number). */
const FIRST_UNSAFE = 1e15;
/** 1900-01-00, and the day Excel believes in (1900-02-29) from which on it counts one too many. */
const EPOCH = '1899-12-31';
const FALSE_LEAP_DAY = 60;
const DAYS_1904 = 1462;
const LAST_DAY = 2_958_465;

/**
 * A number of a cell as text: dates as YYYY-MM-DD, digits as they are, `731` in the format `00000` as `00731`. A
 * number too long to be held exactly comes out as `1.10105E+17`, which no reader takes for an ID number.
 */
export function numberText(raw: string, look: NumberLook, date1904: boolean): string {
  const value = Number(raw);
  if (raw === '' || !Number.isFinite(value)) return raw;
  if (look === 'date') return dateText(value, date1904) ?? plainText(raw, value);
  const text = plainText(raw, value);
  return look === 'plain' || !/^\d+$/.test(text) ? text : text.padStart(look.zeros, '0');
}

function plainText(raw: string, value: number): string {
  if (Math.abs(value) >= FIRST_UNSAFE) return value.toExponential(5).toUpperCase();
  return /^-?\d+(?:\.\d*[1-9])?$/.test(raw) ? raw : String(value);
}

/** Null for a time of day without a day. */
function dateText(value: number, date1904: boolean): string | null {
  const day = Math.floor(value) + (date1904 ? DAYS_1904 : 0);
  if (day < 1 || day > LAST_DAY) return null;
  return dayText(day >= FALSE_LEAP_DAY ? day - 1 : day);
}

const written = new Map<number, string>();
const MAX_WRITTEN = 50_000;

/** A list says the same few thousand days over and over. */
function dayText(day: number): string {
  const known = written.get(day);
  if (known !== undefined) return known;
  const text = addDays(EPOCH, day);
  if (written.size < MAX_WRITTEN) written.set(day, text);
  return text;
}
