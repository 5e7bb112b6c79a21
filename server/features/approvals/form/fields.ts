/** What each field type accepts. A fault is one sentence for the person who fills the form. */
import { addDays, daysBetween, isCalendarDate, type CalendarDate } from '../../../kernel/dates.ts';
import { choiceFault, type Choices } from './choice.ts';
import { HalfDayRangeValue, type FieldValue, type FormValues } from '../contract.ts';
import { dateRangeFault, dateTimeFault } from '../fields/dates.ts';
import { idNumberFault } from '../fields/id-number.ts';
import { locationFault } from '../fields/location.ts';
import { moneyFault } from '../fields/money.ts';
import { phoneFault } from '../fields/phone.ts';
import { signatureFault } from '../fields/signature.ts';
import { tableFault } from '../fields/table.ts';
import { isActive, worksUnder, type Org } from '../model/org.ts';
import type { FieldOf, TemplateField } from '../fields/controls.ts';
import { dateWords } from '../words.ts';

/** A request a form may link to. */
export interface LinkedRequest {
  /** Null: asked when it was linked. */
  readonly templateKey: string | null;
  /** "QJ-2026-0012 年假 3 天" */
  readonly words: string;
}

export interface FieldContext {
  readonly today: CalendarDate;
  readonly org: Org;
  readonly applicantId: string;
  readonly unitId: string;
  /** Finished requests of the applicant's own among those the form names; absent: none can be linked. */
  readonly request?: (instanceId: string) => LinkedRequest | null;
  /** What each choice may be. */
  readonly choices: Choices;
}

/** The form's own value: names such as `__proto__` find nothing. */
export function valueOf(form: FormValues, key: string): FieldValue | undefined {
  return Object.hasOwn(form, key) ? form[key] : undefined;
}

/** The ids in a value of several. */
export const idsOf = (value: FieldValue | undefined): string[] =>
  Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];

/** True when nothing was filled in. */
export function isEmpty(value: FieldValue | undefined): boolean {
  if (value === undefined || value === null) return true;
  if (typeof value === 'string') return value.trim() === '';
  return Array.isArray(value) && value.length === 0;
}

/** What is wrong with a filled value; null when it is good. */
export function fieldFault(field: TemplateField, value: FieldValue, ctx: FieldContext): string | null {
  switch (field.type) {
    case 'leaveType':
    case 'select':
      return field.options.some((o) => o.value === value) ? null : `请重新选择${field.label}。`;
    case 'halfDayRange':
      return rangeFault(field, value, ctx);
    case 'person':
      return personFault(field, value, ctx);
    case 'text':
      return textFault(field.label, value, field.maxLength, true);
    case 'paragraph':
      return textFault(field.label, value, field.maxLength, false);
    case 'number':
      return numberFault(field, value);
    case 'date':
      return typeof value === 'string' && isCalendarDate(value) ? null : `${field.label}不是有效的日期。`;
    case 'choice':
      return choiceFault(field, value, ctx.choices);
    case 'attachment':
    case 'image':
      return filesFault(field, value);
    case 'unit':
      return unitFault(field, value, ctx);
    case 'idNumber':
      return idNumberFault(field, value, ctx.today);
    case 'explanation':
    case 'formula':
      return '表单已更新，请重新打开再填。';
    case 'multi':
      return multiFault(field, value);
    case 'phone':
      return phoneFault(field, value);
    case 'money':
      return moneyFault(field, value);
    case 'dateTime':
      return dateTimeFault(field, value);
    case 'dateRange':
      return dateRangeFault(field, value);
    case 'table':
      return tableFault(field, value, (column, cell) => fieldFault(column, cell, ctx));
    case 'request':
      return requestFault(field, value, ctx);
    case 'location':
      return locationFault(field, value);
    case 'signature':
      return signatureFault(field, value);
  }
}

function multiFault(field: FieldOf<'multi'>, value: FieldValue): string | null {
  const known = new Set<unknown>(field.options.map((o) => o.value));
  const isGood = Array.isArray(value) && (value as readonly unknown[]).every((one) => known.has(one));
  if (!isGood || new Set<unknown>(value).size < value.length) return `请重新选择${field.label}。`;
  if (value.length < field.min) return `${field.label}至少选 ${String(field.min)} 项。`;
  return value.length > field.max ? `${field.label}最多选 ${String(field.max)} 项。` : null;
}

/** The range in a form value, if it is one with real dates in the right order; R38: an instant is not a date. */
export function rangeOf(value: FieldValue | undefined): HalfDayRangeValue | null {
  const parsed = HalfDayRangeValue.safeParse(value);
  if (!parsed.success) return null;
  const { from, fromHalf, to, toHalf } = parsed.data;
  const reversed = to < from || (to === from && fromHalf === 'pm' && toHalf === 'am');
  return reversed ? null : parsed.data;
}

/** Further ahead no balance is open yet, and no holiday is known. */
const MAX_AHEAD_DAYS = 365;

function rangeFault(field: FieldOf<'halfDayRange'>, value: FieldValue, ctx: FieldContext): string | null {
  if (!HalfDayRangeValue.safeParse(value).success) return '请选好开始和结束的日期。';
  const range = rangeOf(value);
  if (range === null) return '结束要在开始之后。';
  if (daysBetween(range.from, range.to) >= field.maxSpanDays) {
    return `一次最多 ${String(field.maxSpanDays)} 天。`;
  }
  const earliest = addDays(ctx.today, -field.pastDays);
  if (range.from < earliest) return `开始日期最早 ${dateWords(earliest, ctx.today)}。`;
  const latest = addDays(ctx.today, MAX_AHEAD_DAYS);
  return range.from > latest ? `开始日期最晚 ${dateWords(latest, ctx.today)}。` : null;
}

function personFault(field: FieldOf<'person'>, value: FieldValue, ctx: FieldContext): string | null {
  if (typeof value !== 'string' || ctx.org.person(value) === null) return `请重新选择${field.label}。`;
  if (!isActive(ctx.org, value))
    return `${ctx.org.person(value)?.name ?? ''}已不在岗，请另选${field.label}。`;
  if (field.notSelf && value === ctx.applicantId) return `${field.label}不能是申请人自己。`;
  const inScope = field.from === 'school' || worksUnder(ctx.org, value, ctx.unitId);
  return inScope ? null : `${field.label}要从本部门选。`;
}

function textFault(label: string, value: FieldValue, max: number, oneLine: boolean): string | null {
  if (typeof value !== 'string') return `${label}要写成文字。`;
  if (oneLine && /[\r\n]/.test(value)) return `${label}只能写一行。`;
  const length = [...value.trim()].length;
  return length > max ? `${label}最多 ${String(max)} 字，现在 ${String(length)} 字。` : null;
}

function numberFault(field: FieldOf<'number'>, value: FieldValue): string | null {
  if (typeof value !== 'number' || !Number.isFinite(value)) return `${field.label}要填数字。`;
  const unit = field.unit === undefined ? '' : ` ${field.unit}`;
  if (field.min !== undefined && value < field.min) return `${field.label}最少 ${String(field.min)}${unit}。`;
  if (field.max !== undefined && value > field.max) return `${field.label}最多 ${String(field.max)}${unit}。`;
  if (Number(value.toFixed(field.decimals)) === value) return null;
  return field.decimals === 0
    ? `${field.label}要填整数。`
    : `${field.label}最多 ${String(field.decimals)} 位小数。`;
}

function requestFault(
  { label, templates }: FieldOf<'request'>,
  value: FieldValue,
  ctx: FieldContext,
): string | null {
  const linked = typeof value === 'string' ? ctx.request?.(value) : null;
  if (!linked) return `${label}要选自己的、已经办完的申请。`;
  const { templateKey } = linked;
  const isAskedFor = templates.length === 0 || templateKey === null || templates.includes(templateKey);
  return isAskedFor ? null : `${label}不能选这一种申请。`;
}

function unitFault({ label }: FieldOf<'unit'>, value: FieldValue, { org }: FieldContext): string | null {
  const unit = typeof value === 'string' ? org.unit(value) : null;
  if (unit === null) return `请重新选择${label}。`;
  return unit.state === undefined || unit.state === 'active' ? null : `${unit.name}已撤销，请另选${label}。`;
}

function filesFault(field: FieldOf<'attachment' | 'image'>, value: FieldValue): string | null {
  const ids = idsOf(value);
  if (!Array.isArray(value) || ids.length < value.length) return `请重新上传${field.label}。`;
  if (new Set(ids).size < ids.length) return `${field.label}里有重复的文件。`;
  return value.length > field.maxFiles ? `${field.label}最多 ${String(field.maxFiles)} 个。` : null;
}
