import { addDays, dateOf, isCalendarDate, type CalendarDate } from '../../../kernel/dates.ts';
import * as forms from '../../../kernel/person-forms.ts';
import type { FaultCode } from '../model.ts';
import type { Words } from './columns.ts';
import { fold, halfWidth, looseWord } from './text-forms.ts';

/** A cell's value, or why it is none. Null: the cell says that there is none (`无固定期限`). */
export type Reading<T> =
  { readonly value: T | null } | { readonly code: FaultCode; readonly hint?: string | undefined };

export type ValueReader<T> = (text: string) => Reading<T>;

const malformed = (hint: string) => ({ code: 'malformed' as const, hint });

/** Length as 企业微信 counts it: characters, a rare one above U+FFFF being one. */
const characters = (text: string): number => [...text].length;

const MAX_CODE = 32;
const MAX_NAME = 64;

export const readCode: ValueReader<string> = (text) => {
  const code = halfWidth(text);
  if (!/^[\w.-]+$/.test(code)) return malformed('字母、数字、- _ .');
  return code.length > MAX_CODE ? { code: 'tooLong', hint: `最多 ${MAX_CODE} 位` } : { value: code };
};

/** A staff number can become a userid, which begins with a letter or digit (API page 90195). */
export const readStaffNo: ValueReader<string> = (text) => {
  const code = halfWidth(text);
  if (!/^[A-Za-z0-9][\w.@-]*$/.test(code)) return malformed('字母、数字、- _ . @，以字母或数字开头');
  return code.length > MAX_CODE ? { code: 'tooLong', hint: `最多 ${MAX_CODE} 位` } : { value: code };
};

/** A reference is only compared, so whatever stands there is looked up. */
export const readReference: ValueReader<string> = (text) => ({ value: halfWidth(text) });

const MAX_UNITS = 100;

/** Codes separated by any of ；;、,， or a line break; said twice counts once. API page 90195: at most 100. */
export const readCodes: ValueReader<readonly string[]> = (text) => {
  const codes = halfWidth(text)
    .split(/[;、,\s]+/u)
    .filter((code) => code !== '');
  if (codes.length === 0) return malformed('部门编码，多个用 ； 隔开');
  const unlike = codes.filter((code, at) => codes.findIndex((other) => fold(other) === fold(code)) === at);
  return unlike.length > MAX_UNITS
    ? { code: 'tooLong', hint: `最多 ${MAX_UNITS} 个部门` }
    : { value: unlike };
};

/** Spaces inside a Chinese name only line it up with longer ones. */
export const readPersonName: ValueReader<string> = (text) => {
  const name = forms.readPersonName(text);
  if (name === null) return malformed('与证件一致的姓名');
  return characters(name) > MAX_NAME ? { code: 'tooLong', hint: `最多 ${MAX_NAME} 个字` } : { value: name };
};

/** API page 90205: 1-64 characters, none of these. */
export const readUnitName: ValueReader<string> = (text) => {
  if (/[\\:*?"<>|｜]/u.test(text)) return malformed('不能含 \\ : * ? " < > |');
  return characters(text) > MAX_NAME ? { code: 'tooLong', hint: `最多 ${MAX_NAME} 个字` } : { value: text };
};

export const readText =
  (most: number): ValueReader<string> =>
  (text) =>
    characters(text) > most ? { code: 'tooLong', hint: `最多 ${most} 个字` } : { value: text };

export const readNumber: ValueReader<number> = (text) => {
  const match = /^(\d{1,9})(?:\.0+)?$/.exec(halfWidth(text));
  return match ? { value: Number(match[1]) } : malformed('0 到 999999999 的整数');
};

export function wordReader<T extends string>(words: Words<T>): ValueReader<T> {
  const byWord = new Map<string, T>();
  const values = Object.keys(words) as T[];
  for (const value of values) {
    for (const word of [value, ...words[value]]) byWord.set(looseWord(word), value);
  }
  const offered = values.map((value) => words[value][0]).join('、');
  return (text) => {
    const value = byWord.get(looseWord(text));
    return value === undefined ? { code: 'unknownWord', hint: offered } : { value };
  };
}

const DATE_HINT = '2026-01-05';
/** 1927 to 2100: a bare number of another size is a year or a mistake. */
const SERIALS = { from: 10_000, before: 73_051 };
const SERIAL_EPOCH = '1899-12-30';

/** `2026-1-5`, `2026/01/05`, `2026.1.5`, `2026年1月5日`, `20260105`, with a time behind, or Excel's day number. */
export const readDate: ValueReader<CalendarDate> = (text) => {
  const date = knownDate(text);
  return date !== null && date >= '1900' ? { value: date } : malformed(DATE_HINT);
};

const dates = new Map<string, CalendarDate | null>();
const MAX_DATES = 50_000;

/** A list says the same few thousand days over and over; telling whether one exists is what reading costs most. */
function knownDate(text: string): CalendarDate | null {
  const known = dates.get(text);
  if (known !== undefined) return known;
  const date = dateIn(halfWidth(text));
  if (dates.size < MAX_DATES) dates.set(text, date);
  return date;
}

function dateIn(text: string): CalendarDate | null {
  const zoned = /^\d{4}-\d{2}-\d{2}T[\d:.]+(?:Z|[+-]\d{2}:?\d{2})$/.test(text)
    ? Date.parse(text)
    : Number.NaN;
  if (!Number.isNaN(zoned)) return existing(dateOf(zoned));
  const parts =
    /^(\d{4})\s?[-/.年]\s?(\d{1,2})\s?[-/.月]\s?(\d{1,2})\s?[日号]?(?:[T\s]\s?[\d:.]+)?$/u.exec(text) ??
    /^(\d{4})(\d{2})(\d{2})$/.exec(text);
  if (parts) {
    const [, year = '', month = '', day = ''] = parts;
    return existing(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`);
  }
  const serial = /^(\d{5})(?:\.\d+)?$/.exec(text);
  const day = serial ? Number(serial[1]) : 0;
  return day >= SERIALS.from && day < SERIALS.before ? addDays(SERIAL_EPOCH, day) : null;
}

const existing = (date: string): CalendarDate | null => (isCalendarDate(date) ? date : null);

/** A contract without an end says so in words, or by the last day there is, as personnel systems do. */
export const readContractEnd: ValueReader<CalendarDate> = (text) =>
  /^(?:无固定期限|无期限|长期|9999[-/.年]?12[-/.月]?31日?(?:[T\s].*)?)$/u.test(halfWidth(text))
    ? { value: null }
    : readDate(text);

export const readBirthDate =
  (today: CalendarDate): ValueReader<CalendarDate> =>
  (text) => {
    const reading = readDate(text);
    return 'value' in reading && reading.value !== null && reading.value >= today
      ? malformed('过去的日期')
      : reading;
  };

/** Mainland numbers as 11 digits, others as `+` and all digits. */
export const readMobile: ValueReader<string> = (text) => {
  const value = forms.readMobile(text);
  return value === null ? malformed('11 位手机号；境外号码以 + 和国家代码开头') : { value };
};

const EMAIL = /^[\w.!#$%&'*+/=?^`{|}~-]+@(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,}$/;

/** API page 90195: 6-64 bytes. */
export const readEmail: ValueReader<string> = (text) => {
  const email = halfWidth(text);
  if (!EMAIL.test(email) || email.length < 6) return malformed('name@example.edu.cn');
  return email.length > MAX_NAME ? { code: 'tooLong', hint: `最多 ${MAX_NAME} 个字符` } : { value: email };
};
