import { maskIdNumber, maskMobile } from '../../../platform/vault/index.ts';
import type { SheetKind } from '../model.ts';
import { columnOf } from '../sheet/index.ts';

/**
 * A cell as it is shown to whoever sets a source up: enough to see that the right field was mapped. The system
 * administrator looks after the connection, not after people, so names and addresses are masked too (H4, H6); numbers
 * that can be known by their form also where a wrong field was mapped, by mistake or not.
 */
export function maskCell(kind: SheetKind, column: string, text: string): string {
  if (text === '') return '';
  if (column === 'idNumber') return maskIdNumber(text);
  if (column === 'mobile') return maskMobile(text);
  if (column === 'email') return maskEmail(text);
  if (kind === 'people' && column === 'name') return `${[...text][0] ?? ''}**`;
  return columnOf(kind, column)?.personal ? '*'.repeat([...text].length) : maskKnownForms(text);
}

function maskEmail(text: string): string {
  const [, domain, ...more] = text.split('@');
  return `${[...text][0] ?? ''}***${domain === undefined || more.length > 0 ? '' : `@${domain}`}`;
}

const EMAIL = /[^\s@，,；;]+@[^\s@，,；;]+/g;
/** Of 18 signs, or the 15 of before. */
const ID_NUMBER = /(?<!\d)(?:\d{17}[\dXx]|\d{15})(?!\d)/g;
const MOBILE = /(?<!\d)1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\d)/g;

const maskKnownForms = (text: string): string =>
  text.replace(EMAIL, maskEmail).replace(ID_NUMBER, maskIdNumber).replace(MOBILE, maskMobile);
