/**
 * Numbers that run by unit and year: `HT-{unit}-{yyyy}-{seq:4}`. Pure. Every pattern holds the unit, the year and the
 * running number, with something between them, so that two places in the count never look the same.
 */
const PLACE = /\{(unit|yyyy|seq:[1-9])\}/g;
const LITERAL = /^[\p{Script=Han}A-Za-z0-9〔〕[\]()（）\-_.·号字第]*$/u;

export interface Position {
  readonly unitCode: string;
  readonly year: number;
  readonly seq: number;
}

/** What is wrong with a pattern, for the person who writes it; null when it is good. */
export function patternFault(pattern: string): string | null {
  const places = [...pattern.matchAll(PLACE)].map(([, name = '']) => name.split(':')[0]);
  const once = (name: string): boolean => places.filter((one) => one === name).length === 1;
  if (!once('unit') || !once('yyyy') || !once('seq')) return '{unit}、{yyyy}、{seq:4} 都要有，而且只有一个';
  const between = pattern.split(/\{(?:unit|yyyy|seq:[1-9])\}/);
  if (between.some((part) => !LITERAL.test(part))) return '只能用汉字、字母、数字、横线、点和括号';
  if (between.slice(1, -1).some((part) => !/[^A-Za-z0-9]/.test(part)))
    return '部门、年份和流水号要用横线、括号或汉字隔开';
  return null;
}

/** Patterns that differ in the width of the running number only would give the same numbers sooner or later. */
export const patternKey = (pattern: string): string => pattern.replaceAll(/\{seq:[1-9]\}/g, '{seq}');

/** Wider than the pattern says rather than cut: the ten-thousandth of four digits has five. */
export const render = (pattern: string, { unitCode, year, seq }: Position): string =>
  pattern
    .replace('{unit}', () => unitCode)
    .replace('{yyyy}', String(year))
    .replace(/\{seq:([1-9])\}/, (_, width: string) => String(seq).padStart(Number(width), '0'));

/** The ledger of one seal: YZ01-2026-0007. */
export const ledgerNumber = (sealCode: string, year: number, seq: number): string =>
  `${sealCode}-${year}-${String(seq).padStart(4, '0')}`;
