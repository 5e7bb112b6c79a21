import { readMobile } from '../../../kernel/person-forms.ts';
import { halfWidth } from '../../../kernel/text-forms.ts';
import type { FieldOf } from './controls.ts';
import type { FieldValue } from './contract.ts';

/** Area code, 7 or 8 digits, an extension if need be: 0715-8260001, 010 6500 0001 转 12. */
const LANDLINE = /^0[1-9]\d{1,2}[\s-]?[2-9]\d{2,3}[\s-]?\d{4}(\s?(-|转)\s?\d{1,6})?$/;
const MAX_LENGTH = 30;

export function phoneFault({ label, mobileOnly }: FieldOf<'phone'>, value: FieldValue): string | null {
  const text = typeof value === 'string' ? value.trim() : '';
  const mobile = text.length > MAX_LENGTH ? null : readMobile(text);
  // Numbers of other countries begin with a plus; here a mainland one is asked for.
  if (mobile !== null && !mobile.startsWith('+')) return null;
  if (mobileOnly) return `${label}要填 11 位手机号。`;
  const landline = text.length <= MAX_LENGTH && LANDLINE.test(halfWidth(text));
  return landline ? null : `${label}要填 11 位手机号，或带区号的固定电话。`;
}
