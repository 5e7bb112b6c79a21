import type { FieldOf } from './controls.ts';
import { scaled, type Fraction } from './fraction.ts';
import { moneyWords } from './money.ts';

/** Whole steps of so many decimals that a number holds exactly. */
export function stepsOf(value: Fraction, decimals: number): number | null {
  const steps = Number(scaled(value, decimals));
  return Number.isSafeInteger(steps) ? steps : null;
}

/** The number nearest to the value at so many decimals; null beyond what numbers hold exactly. */
export function numberOf(value: Fraction, decimals: number): number | null {
  const steps = stepsOf(value, decimals);
  return steps === null ? null : steps / 10 ** decimals;
}

type Reckoned = Pick<FieldOf<'number'>, 'decimals' | 'unit'> & { readonly type: 'number' };

/** "1,200.00 元", "3.5 台"; a reckoned number is written without zeros at its end. */
export function figureWords(value: Fraction, as: Reckoned | { readonly type: 'money' }): string {
  if (as.type === 'money') return moneyWords(stepsOf(value, 2) ?? 0);
  const number = String(numberOf(value, as.decimals) ?? '');
  return as.unit === undefined ? number : `${number} ${as.unit}`;
}
