/** Values computed from a form. So far one computation exists: the days of a leave. */
import type { Calendar } from '../../kernel/workdays.ts';
import type { Scalar, Values } from './condition.ts';
import type { FieldNote, FormValues, HalfDayRangeValue } from './contract.ts';
import { rangeOf, valueOf } from './form-fields.ts';
import { countLeave, proofWords, type CountedLeave } from './leave-days.ts';
import { fieldOf, type ComputedSpec, type LeaveType, type Template } from './template.ts';
import { unitWords } from './words.ts';

/** Days left by leave type; a type without an entry keeps no balance. */
export type Balances = Readonly<Record<string, number>>;

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

/** "假后余 3 天"; "年假余 6.5 天，超出 1 天可改事假" */
export function balanceOf(leave: Leave, balances: Balances): Balance | null {
  const { type, counted } = leave;
  if (type === null || counted === null || !type.balance) return null;
  const left = Object.hasOwn(balances, type.value) ? balances[type.value] : undefined;
  if (left === undefined) return null;
  const after = left - counted.days.total;
  return after >= 0
    ? { tone: 'ok', words: `假后余 ${String(after)} 天` }
    : { tone: 'short', words: `${type.label}余 ${String(left)} 天，超出 ${String(-after)} 天可改事假` };
}

/** Scalars by field key, then per computation: `<key>`, `<key>Unit`, `<key>Note`, `proofRequired`, `proofWords`. */
export function valuesOf(
  template: Template,
  form: FormValues,
  good: ReadonlySet<string>,
  leaves: readonly Leave[],
  balances: Balances,
): Values {
  const values: Record<string, Scalar> = {};
  for (const field of template.fields) {
    const value = good.has(field.key) ? valueOf(form, field.key) : undefined;
    if (typeof value === 'string' || typeof value === 'number') values[field.key] = value;
  }
  for (const leave of leaves) {
    const { spec, type, counted } = leave;
    if (type !== null) values['proofWords'] = proofWords(type);
    if (type === null || counted === null) continue;
    const balance = balanceOf(leave, balances);
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
