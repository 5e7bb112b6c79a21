/** What a liaison typed about a newcomer, read as HR's sheet reads it. Pure. */
import type { CalendarDate } from '../../../kernel/dates.ts';
import { readIdPaper } from '../../../kernel/id-paper.ts';
import { MAX_PERSON_NAME, readMobile, readPersonName } from '../../../kernel/person-forms.ts';
import { cleanText, halfWidth } from '../../../kernel/text-forms.ts';
import type { IdPaperType, NewcomerField, NewcomerInput, Sex } from './contract.ts';

export interface Newcomer extends Pick<NewcomerInput, 'personCategory' | 'establishment'> {
  readonly name: string;
  readonly sex: Sex | null;
  readonly idType: IdPaperType;
  readonly idNumber: string;
  readonly mobile: string;
  readonly title: string;
}

export interface Fault {
  readonly field: NewcomerField;
  /** Has words in server/phrases. */
  readonly code: string;
  readonly data?: Readonly<Record<string, unknown>>;
}

export type NewcomerReading =
  | { readonly ok: true; readonly newcomer: Newcomer }
  | { readonly ok: false; readonly faults: readonly Fault[] };

const MAX_TITLE = 64;

/**
 * B9 to B11: the paper by its type, its check digit, the sex it tells. All faults at once, in the order of the form.
 * @param typed with what was kept from before filled in
 */
export function readNewcomer(typed: NewcomerInput, today: CalendarDate): NewcomerReading {
  const name = readPersonName(cleanText(typed.name));
  const title = cleanText(typed.title);
  const mobile = readMobile(cleanText(typed.mobile ?? ''));
  const paper = paperOf(typed, today);
  const isName = name !== null && [...name].length <= MAX_PERSON_NAME;
  const isTitle = title !== '' && [...title].length <= MAX_TITLE;
  const faults: Fault[] = [
    ...(isName ? [] : [{ field: 'name', code: 'accounts.newcomer_name' } as const]),
    ...('fault' in paper ? [paper.fault] : []),
    ...(mobile === null ? [{ field: 'mobile', code: 'accounts.newcomer_mobile' } as const] : []),
    ...(isTitle ? [] : [{ field: 'title', code: 'accounts.newcomer_title' } as const]),
  ];
  if (faults.length > 0 || 'fault' in paper || name === null || mobile === null) return { ok: false, faults };
  const { personCategory, establishment, idType } = typed;
  return {
    ok: true,
    newcomer: { name, idType, mobile, title, personCategory, establishment, ...paper },
  };
}

function paperOf(
  { idNumber, idType, sex }: NewcomerInput,
  today: CalendarDate,
): { readonly idNumber: string; readonly sex: Sex | null } | { readonly fault: Fault } {
  const text = cleanText(idNumber ?? '');
  // B11: convertible on import, but nobody writes a number of the first generation down from a card today.
  if (idType === 'residentId' && /^\d{15}$/.test(halfWidth(text).replace(/[\s-]/gu, '')))
    return { fault: { field: 'idNumber', code: 'accounts.newcomer_old_paper' } };
  const reading = readIdPaper(text, idType, today);
  if (!reading.ok) {
    const { column: field, hint } = reading;
    if (reading.code === 'checkDigit') return { fault: { field, code: 'accounts.newcomer_check_digit' } };
    return { fault: { field, code: 'accounts.newcomer_paper', data: { hint: hint ?? '' } } };
  }
  if (sex !== null && reading.says !== null && reading.says.sex !== sex)
    return { fault: { field: 'sex', code: 'accounts.newcomer_sex' } };
  return { idNumber: reading.number, sex: reading.says?.sex ?? sex };
}

/** `丁**`: told from the next one, and nothing left to erase where a title keeps it. */
export function maskName(name: string): string {
  const [first = '', ...rest] = [...name];
  return `${first}${'*'.repeat(Math.min(2, Math.max(1, rest.length)))}`;
}
