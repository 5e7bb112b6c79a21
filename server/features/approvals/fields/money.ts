import type { FieldValue } from './contract.ts';
import type { FieldOf } from './controls.ts';
import { MAX_FEN, moneyInCharacters } from './money-in-characters.ts';

/** "12,345.60 元" */
export function moneyWords(fen: number): string {
  const [yuan = '', decimals = ''] = (Math.abs(fen) / 100).toFixed(2).split('.');
  return `${fen < 0 ? '-' : ''}${yuan.replace(/\B(?=(\d{3})+$)/g, ',')}.${decimals} 元`;
}

/** "壹万贰仟元整"; empty where there is none: below zero, or beyond what is written so. */
export const charactersOf = (fen: number): string =>
  fen >= 0 && fen <= MAX_FEN ? moneyInCharacters(fen) : '';

/** Yuan of a template in fen. Rounding undoes what a double adds to two decimals. */
export const fenOf = (yuan: number): number => Math.round(yuan * 100);

export function moneyFault(
  field: Pick<FieldOf<'money'>, 'label' | 'min' | 'max'>,
  value: FieldValue,
): string | null {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0)
    return `${field.label}要填金额，最多两位小数。`;
  const most = field.max === undefined ? MAX_FEN : fenOf(field.max);
  if (value > most) return `${field.label}最多 ${moneyWords(most)}。`;
  return field.min !== undefined && value < fenOf(field.min)
    ? `${field.label}最少 ${moneyWords(fenOf(field.min))}。`
    : null;
}
