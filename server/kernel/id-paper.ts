import type { CalendarDate } from './dates.ts';
import { fromOldIdNumber, readIdNumber } from './id-card.ts';
import { halfWidth } from './text-forms.ts';

export type IdPaper = 'residentId' | 'passport' | 'hmtResidence' | 'foreignResidence';

export type IdPaperReading =
  | {
      readonly ok: true;
      readonly idType: IdPaper;
      readonly number: string;
      /** What a resident's number says; null for other papers. */
      readonly says: { readonly bornOn: CalendarDate; readonly sex: 'male' | 'female' } | null;
    }
  | {
      readonly ok: false;
      readonly column: 'idNumber' | 'idType';
      readonly code: IdPaperFault;
      readonly hint?: string;
    };

export type IdPaperFault = 'malformed' | 'oldIdNumber' | 'checkDigit';

/** Forms of papers that are no resident's card. (gk: B11 leaves their check digits unverified, so do we.) */
const FORMS: Readonly<Record<Exclude<IdPaper, 'residentId'>, { form: RegExp; hint: string }>> = {
  passport: { form: /^[A-Z0-9]{5,20}$/, hint: '护照号，5 到 20 位字母和数字' },
  hmtResidence: { form: /^8[123]\d{15}[\dX]$/, hint: '18 位，81、82 或 83 开头' },
  foreignResidence: {
    form: /^(?:[A-Z]{3}\d{12}|9\d{16}[\dX])$/,
    hint: '15 位（3 个字母加 12 位数字）或 9 开头的 18 位',
  },
};

/**
 * Read the number of a paper by its type (B9, B11). Without a type the number tells: 81-83 and 9 at the front are
 * papers of their own, anything else has to be a resident's number. A passport is never tried as one.
 */
export function readIdPaper(
  text: string,
  given: IdPaper | null | undefined,
  today: CalendarDate,
): IdPaperReading {
  const number = halfWidth(text).replace(/[\s-]/gu, '').toUpperCase();
  const idType = given ?? typeByNumber(number);
  if (idType === 'residentId') return readResident(number, given, today);
  const { form, hint } = FORMS[idType];
  return form.test(number)
    ? { ok: true, idType, number, says: null }
    : { ok: false, column: 'idNumber', code: 'malformed', hint };
}

function typeByNumber(number: string): IdPaper {
  if (FORMS.hmtResidence.form.test(number)) return 'hmtResidence';
  return FORMS.foreignResidence.form.test(number) ? 'foreignResidence' : 'residentId';
}

function readResident(
  number: string,
  given: IdPaper | null | undefined,
  today: CalendarDate,
): IdPaperReading {
  if (given === 'residentId' && FORMS.hmtResidence.form.test(number)) {
    return { ok: false, column: 'idType', code: 'malformed', hint: '81、82、83 开头的是港澳台居民居住证' };
  }
  const reading = readIdNumber(fromOldIdNumber(number) ?? number, today);
  if (reading.ok) {
    const { bornOn, sex } = reading.card;
    return { ok: true, idType: 'residentId', number: reading.card.number, says: { bornOn, sex } };
  }
  const fault = (code: IdPaperFault, hint?: string): IdPaperReading => ({
    ok: false,
    column: 'idNumber',
    code,
    ...(hint !== undefined && { hint }),
  });
  if (number.length === 15 && reading.fault !== 'form') return fault('oldIdNumber');
  if (reading.fault === 'checkDigit') return fault('checkDigit');
  if (reading.fault === 'birthDate')
    return fault('malformed', '第 7 到 14 位是出生日期，这一天不存在或还没到');
  return fault('malformed', formHint(number));
}

function formHint(number: string): string {
  if (/^[\d.]+E\+\d+$/.test(number)) return 'Excel 已把末几位变成 0。把这一列设为文本，重新填 18 位号码';
  if (/^\d+[\dX]?$/.test(number)) return `18 位，这里是 ${number.length} 位`;
  return '18 位身份证号；护照等要填证件类型';
}
