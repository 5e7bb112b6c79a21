import type { CalendarDate } from '../../../kernel/dates.ts';
import { readIdNumber, type IdCardFault } from '../../../kernel/id-card.ts';
import type { FieldOf } from './controls.ts';
import type { FieldValue } from './contract.ts';

const WHY: Readonly<Record<IdCardFault, string>> = {
  form: '要填 18 位身份证号码。',
  oldForm: '是 15 位的旧号码，请填现在身份证上的 18 位。',
  birthDate: '里的出生日期不对，请核对。',
  checkDigit: '的最后一位对不上，请核对。',
};

/** B9: what cannot be a resident's number is refused with what is wrong in it, never with the number. */
export function idNumberFault(
  { label }: FieldOf<'idNumber'>,
  value: FieldValue,
  today: CalendarDate,
): string | null {
  const read = readIdNumber(typeof value === 'string' ? value : '', today);
  return read.ok ? null : `${label}${WHY[read.fault]}`;
}
