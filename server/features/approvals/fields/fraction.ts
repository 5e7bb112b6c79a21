/**
 * Exact numbers for formulas: fractions of whole numbers, so that neither 0.1 + 0.2 nor a third of an amount is off by
 * a bit. Rounded once, at the end, half away from zero, as vouchers are.
 */
export interface Fraction {
  readonly over: bigint;
  /** Above zero. */
  readonly under: bigint;
}

export const whole = (n: bigint): Fraction => ({ over: n, under: 1n });

export const add = (a: Fraction, b: Fraction): Fraction =>
  reduced(a.over * b.under + b.over * a.under, a.under * b.under);
export const negative = (a: Fraction): Fraction => ({ over: -a.over, under: a.under });
export const times = (a: Fraction, b: Fraction): Fraction => reduced(a.over * b.over, a.under * b.under);
/** @returns null: divided by zero */
export const divide = (a: Fraction, b: Fraction): Fraction | null =>
  b.over === 0n ? null : reduced(a.over * b.under, a.under * b.over);

/** To so many decimals, half away from zero. */
export function roundTo(a: Fraction, decimals: number): Fraction {
  return reduced(scaled(a, decimals), 10n ** BigInt(decimals));
}

/** The number in steps of that many decimals: 2 decimals give fen. */
export function scaled({ over, under }: Fraction, decimals: number): bigint {
  const doubled = (over < 0n ? -over : over) * 10n ** BigInt(decimals) * 2n + under;
  const size = doubled / (under * 2n);
  return over < 0n ? -size : size;
}

/** A plain decimal, as people and forms write it: 12, 0.05; null for anything else. */
export function fractionOf(text: string): Fraction | null {
  const [, sign = '', left = '', right = ''] = /^(-?)(\d{1,21})(?:\.(\d{1,10}))?$/.exec(text) ?? [];
  if (left === '') return null;
  const size = BigInt(left + right);
  return reduced(sign === '-' ? -size : size, 10n ** BigInt(right.length));
}

function reduced(over: bigint, under: bigint): Fraction {
  const common = commonOf(over < 0n ? -over : over, under < 0n ? -under : under);
  const sign = under < 0n ? -1n : 1n;
  return { over: (sign * over) / common, under: (sign * under) / common };
}

function commonOf(a: bigint, b: bigint): bigint {
  let [big, small] = [a, b];
  while (small !== 0n) [big, small] = [small, big % small];
  return big === 0n ? 1n : big;
}
