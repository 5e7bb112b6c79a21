/** Values computed from a form. So far one computation exists: the days of a leave. */
import type { Calendar } from '../../../kernel/workdays.ts';
import type { Scalar, Values } from '../model/condition.ts';
import type { FieldNote, FormValues, HalfDayRangeValue } from '../contract.ts';
import { scalarsOf, type ValueContext } from './values.ts';
import { isEmpty, rangeOf, valueOf } from './fields.ts';
import { countLeave, proofWords, type CountedLeave } from './leave-days.ts';
import { fieldOf, type ComputedSpec, type Template } from '../template/template.ts';
import type { LeaveType } from '../fields/controls.ts';
import { unitWords } from '../words.ts';

/** Days left: whatever the year, or by calendar year ("2026"), each of which pays for its own days. */
export type Left = number | Readonly<Record<string, number>>;
/** By leave type; a type, or a year, without an entry keeps no balance. */
export type Balances = Readonly<Record<string, Left>>;

export interface Balance {
  readonly tone: 'ok' | 'short';
  readonly words: string;
}

/** One leaveDays computation: what it was given and, when both inputs are good, what it found. */
export interface Leave {
  readonly spec: ComputedSpec;
  readonly type: LeaveType | null;
  readonly range: HalfDayRangeValue | null;
  readonly counted: CountedLeave | null;
}

export function leaveOf(
  template: Template,
  spec: ComputedSpec,
  form: FormValues,
  good: ReadonlySet<string>,
  calendar: Calendar,
): Leave {
  const field = fieldOf(template, spec.type);
  const chosen = good.has(spec.type) ? valueOf(form, spec.type) : undefined;
  const type = field?.type === 'leaveType' ? (field.options.find((o) => o.value === chosen) ?? null) : null;
  const range = good.has(spec.range) ? rangeOf(valueOf(form, spec.range)) : null;
  const counted = type === null || range === null ? null : countLeave(type, range, calendar);
  return { spec, type, range, counted };
}

export function leaveNotes(leave: Leave, balances: Balances): FieldNote[] {
  const { counted, spec } = leave;
  if (counted === null) return [];
  const field = spec.range;
  const notes: FieldNote[] = counted.faults.map((words) => ({ field, tone: 'error', words }));
  const balance = balanceOf(leave, balances);
  if (balance?.tone === 'short') notes.push({ field: spec.type, tone: 'error', words: balance.words });
  if (counted.provisional) {
    const years = counted.missingYears.map(String).join('、');
    notes.push({ field, tone: 'warn', words: `${years} 年放假安排未公布，天数暂估。` });
  }
  return notes;
}

/** "假后余 3 天"; "年假余 6.5 天，超出 1 天可改事假"; over New Year's Eve each year says its own. */
export function balanceOf(leave: Leave, balances: Balances): Balance | null {
  const { type, counted } = leave;
  if (type === null || counted === null || !type.balance) return null;
  const left = Object.hasOwn(balances, type.value) ? balances[type.value] : undefined;
  const parts = left === undefined ? [] : partsOf(left, counted);
  if (parts.length === 0) return null;
  const short = parts.find(({ after }) => after < 0);
  if (short) {
    const words = `${type.label}余 ${String(short.left)} 天，超出 ${String(-short.after)} 天可改事假`;
    return { tone: 'short', words: `${short.yearWords}${words}` };
  }
  return {
    tone: 'ok',
    words: `假后${parts.map(({ yearWords, after }) => `${yearWords}余 ${String(after)} 天`).join('，')}`,
  };
}

interface BalancePart {
  readonly yearWords: string;
  readonly left: number;
  readonly after: number;
}

function partsOf(left: Left, { days }: CountedLeave): BalancePart[] {
  if (typeof left === 'number') return [{ yearWords: '', left, after: left - days.total }];
  const years = daysByYear(days.strip);
  return [...years].flatMap(([year, taken]) => {
    const has = left[year];
    if (has === undefined) return [];
    return [{ yearWords: years.size > 1 ? `${year} 年` : '', left: has, after: has - taken }];
  });
}

/** Days that count, by the calendar year they fall into. */
export function daysByYear(strip: CountedLeave['days']['strip']): ReadonlyMap<string, number> {
  const years = new Map<string, number>();
  for (const { date, weight } of strip) {
    const year = date.slice(0, 4);
    if (weight > 0) years.set(year, (years.get(year) ?? 0) + weight);
  }
  return years;
}

/** Scalars by field key, then per computation: `<key>`, `<key>Unit`, `<key>Note`, `proofRequired`, `proofWords`. */
export function valuesOf(
  template: Template,
  form: FormValues,
  good: ReadonlySet<string>,
  leaves: readonly Leave[],
  ctx: ValueContext & { readonly balances: Balances },
): Values {
  const values: Record<string, Scalar> = {};
  for (const field of template.fields) {
    const value = good.has(field.key) ? valueOf(form, field.key) : undefined;
    if (value !== undefined && !isEmpty(value)) Object.assign(values, scalarsOf(field, value, ctx));
  }
  for (const leave of leaves) {
    const { spec, type, counted } = leave;
    if (type !== null) values['proofWords'] = proofWords(type);
    if (type === null || counted === null) continue;
    const balance = balanceOf(leave, ctx.balances);
    const note = [counted.deduction, balance?.tone === 'ok' ? afterWords(type, balance) : ''];
    values[spec.key] = counted.days.total;
    values[`${spec.key}Unit`] = unitWords(type.counting);
    values[`${spec.key}Note`] = note.filter((part) => part !== '').join('；');
    values['proofRequired'] = counted.proofRequired;
  }
  return values;
}

const afterWords = (type: LeaveType, balance: Balance): string =>
  balance.words.replace('假后余', `假后${type.label}余`);
