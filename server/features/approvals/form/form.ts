/**
 * A filled form against its template: faults per field, what the rules require now, the computed values that
 * conditions read, the title. The same check runs while typing (forecast) and on submit.
 */
import type { Calendar } from '../../../kernel/workdays.ts';
import { choiceValues } from './choice.ts';
import { fieldsOf, holds, type Values } from '../model/condition.ts';
import type { DaysAnswer, FieldNote, FormValues } from '../contract.ts';
import {
  balanceOf,
  leaveNotes,
  leaveOf,
  valuesOf,
  type Balance,
  type Balances,
  type Leave,
} from './compute.ts';
import { fieldFault, isEmpty, rangeOf, valueOf, type FieldContext } from './fields.ts';
import { figureOf } from './values.ts';
import { fieldWords, nameThenOf } from './words.ts';
import { formulasOf } from './formulas.ts';
import type { Org } from '../model/org.ts';
import { overlapNotes, type Absence } from './leave-days.ts';
import { fieldOf, type Template } from '../template/template.ts';
import type { TemplateField } from '../fields/controls.ts';

export interface FormContext extends FieldContext {
  readonly calendar: Calendar;
  /** The applicant's other running or approved requests. */
  readonly absences: readonly Absence[];
  readonly balances: Balances;
}

/** What a good value amounts to: "共 4 个工作日". */
export interface Figure {
  readonly field: string;
  readonly words: string;
}

export interface CheckedForm {
  readonly title: string;
  readonly values: Values;
  readonly days: DaysAnswer | null;
  readonly balance: Balance | null;
  readonly provisional: boolean;
  readonly fieldNotes: readonly FieldNote[];
  readonly figures: readonly Figure[];
  /** Fields that must be filled now, by the template and its rules. */
  readonly required: readonly string[];
  /** Required fields that are still empty. */
  readonly missing: readonly string[];
}

export function checkForm(template: Template, form: FormValues, ctx: FormContext): CheckedForm {
  const notes: FieldNote[] = [...unknownFields(template, form), ...faults(template, form, ctx)];
  const good = new Set(
    template.fields.map((f) => f.key).filter((key) => !notes.some((n) => n.field === key)),
  );
  const leaves = template.computed.map((spec) => leaveOf(template, spec, form, good, ctx.calendar));
  const { reckoned, notes: unreckoned } = formulasOf(template, form, good);
  const values = {
    ...valuesOf(template, form, good, leaves, ctx),
    ...choiceValues(template, form, ctx.choices),
    ...Object.fromEntries(reckoned.map(({ field, value }) => [field.key, value])),
  };
  notes.push(...unreckoned);
  for (const leave of leaves) notes.push(...leaveNotes(leave, ctx.balances));
  notes.push(...exclusiveNotes(template, form, good, ctx), ...pastNotes(template, form, good, ctx));
  notes.push(...proofNotes(template, values));
  const required = template.fields.filter((f) => isRequired(f, values)).map((f) => f.key);
  const leave = leaves.find((l) => l.counted !== null) ?? null;
  return {
    title: titleOf(template, form, good, { ...ctx, values, leaves }),
    values,
    days: leave?.counted?.days ?? null,
    balance: leave === null ? null : balanceOf(leave, ctx.balances),
    provisional: leave?.counted?.provisional ?? false,
    fieldNotes: notes,
    figures: [
      ...figuresOf(template, form, good, ctx),
      ...reckoned.map(({ field, words }) => ({ field: field.key, words })),
    ],
    required,
    missing: required.filter((key) => isEmpty(valueOf(form, key))),
  };
}

/* ---------- fields ---------- */

function unknownFields(template: Template, form: FormValues): FieldNote[] {
  return Object.keys(form)
    .filter((key) => fieldOf(template, key) === undefined)
    .map((field) => ({ field, tone: 'error', words: '表单已更新，请重新打开再填。' }));
}

function faults(template: Template, form: FormValues, ctx: FormContext): FieldNote[] {
  return template.fields.flatMap((field) => {
    const value = valueOf(form, field.key);
    if (value === undefined || isEmpty(value)) return [];
    const words = fieldFault(field, value, ctx);
    return words === null ? [] : [{ field: field.key, tone: 'error' as const, words }];
  });
}

function isRequired(field: TemplateField, values: Values): boolean {
  return typeof field.required === 'boolean' ? field.required : holds(field.required.when, values);
}

/** R39: days taken once. */
function exclusiveNotes(
  template: Template,
  form: FormValues,
  good: ReadonlySet<string>,
  ctx: FormContext,
): FieldNote[] {
  return template.fields.flatMap((field) => {
    if (field.type !== 'halfDayRange' || !field.exclusive || !good.has(field.key)) return [];
    const range = rangeOf(valueOf(form, field.key));
    return range === null ? [] : overlapNotes(field.key, range, ctx.absences);
  });
}

/** R44: what happened may lie in the past, and the record says that it was asked for afterwards. */
function pastNotes(
  template: Template,
  form: FormValues,
  good: ReadonlySet<string>,
  ctx: FormContext,
): FieldNote[] {
  return template.fields.flatMap((field) => {
    if (field.type !== 'halfDayRange' || !good.has(field.key)) return [];
    const range = rangeOf(valueOf(form, field.key));
    if (range === null || range.from >= ctx.today) return [];
    return [{ field: field.key, tone: 'warn' as const, words: '开始日期已过，会记为事后补办。' }];
  });
}

/** The attachment rule in words, beside the field: "年假不需要证明". */
function proofNotes(template: Template, values: Values): FieldNote[] {
  const words = values['proofWords'];
  if (typeof words !== 'string') return [];
  return template.fields
    .filter(
      (f) =>
        f.type === 'attachment' &&
        typeof f.required === 'object' &&
        fieldsOf(f.required.when).includes('proofRequired'),
    )
    .map((f) => ({ field: f.key, tone: 'info', words }));
}

function figuresOf(
  template: Template,
  form: FormValues,
  good: ReadonlySet<string>,
  { calendar }: FormContext,
): Figure[] {
  return template.fields.flatMap((field) => {
    const value = good.has(field.key) ? valueOf(form, field.key) : undefined;
    const words = value === undefined || isEmpty(value) ? null : figureOf(field, value, calendar);
    return words === null || words === '' ? [] : [{ field: field.key, words }];
  });
}

interface TitleSources {
  readonly today: string;
  readonly org: Org;
  readonly values: Values;
  readonly leaves: readonly Leave[];
}

function titleOf(
  template: Template,
  form: FormValues,
  good: ReadonlySet<string>,
  { today, org, values, leaves }: TitleSources,
): string {
  const sources = {
    today,
    personName: (id: string) => org.person(id)?.name ?? null,
    nameThen: nameThenOf(values),
  };
  const words = template.titleWords.replace(/\{([\w.]+)\}/g, (_, key: string) => {
    const leave = leaves.find((l) => l.spec.key === key);
    if (leave !== undefined) return leave.counted?.days.words ?? '';
    const field = fieldOf(template, key);
    const value = field?.type === 'formula' ? values[key] : good.has(key) ? valueOf(form, key) : undefined;
    if (typeof value === 'boolean' || field === undefined || value === undefined || isEmpty(value)) return '';
    // A number stands bare: the template writes the unit where it wants it.
    return field.type === 'number' ? String(values[key] ?? '') : fieldWords(field, value, sources);
  });
  return words.trim() === '' ? template.title : words.trim();
}
