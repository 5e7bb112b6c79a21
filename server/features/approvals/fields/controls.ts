/** The form controls a template may use, as data. Rules of each: form/fields.ts and beside this file. */
import { z } from 'zod';
import { Condition } from '../model/condition.ts';
import { MAX_LENGTH } from './formula.ts';
import { MAX_FEN } from './money-in-characters.ts';
import { Key, Label } from './key.ts';

/** One kind of leave and how its days are counted (R39). */
export const LeaveType = z.strictObject({
  value: Key,
  label: Label,
  counting: z.enum(['workday', 'calendar']),
  halfDays: z.boolean(),
  /** Longest single request, in the type's own unit. */
  maxDays: z.number().positive().nullable(),
  /** From this many days on a proof must be attached; null: never. */
  proof: z.strictObject({ fromDays: z.number().min(0), name: z.string().min(1).max(30) }).nullable(),
  /** True where the leave room keeps a balance per person and year. */
  balance: z.boolean().default(false),
  help: z.string().max(100).optional(),
});
export type LeaveType = z.infer<typeof LeaveType>;

const Required = z.union([z.boolean(), z.strictObject({ when: Condition })]);

const base = {
  key: Key,
  label: Label,
  required: Required.default(false),
  help: z.string().max(100).optional(),
};
const Option = z.strictObject({ value: z.string().min(1).max(40), label: Label });

/** What nobody fills in asks for nothing. */
const notFilled = { key: Key, label: Label, required: z.literal(false).default(false), help: base.help };

/** Yuan with at most two decimals, as people write templates; forms carry fen. */
const Yuan = z
  .number()
  .min(0)
  .max(MAX_FEN / 100)
  .refine((yuan) => Number(yuan.toFixed(2)) === yuan, '最多两位小数');

const column = { key: Key, label: Label, required: z.boolean().default(true) };
const number = {
  min: z.number().optional(),
  max: z.number().optional(),
  decimals: z.number().int().min(0).max(4).default(0),
  unit: z.string().max(10).optional(),
};
const money = { min: Yuan.optional(), max: Yuan.optional() };

/** A column of a table is a field of a simple type. */
export const TableColumn = z.discriminatedUnion('type', [
  z.strictObject({
    ...column,
    type: z.literal('text'),
    maxLength: z.number().int().min(1).max(200).default(50),
  }),
  z.strictObject({ ...column, type: z.literal('number'), ...number }),
  z.strictObject({ ...column, type: z.literal('money'), ...money }),
  z.strictObject({ ...column, type: z.literal('date') }),
  z.strictObject({ ...column, type: z.literal('select'), options: z.array(Option).min(1).max(50) }),
]);
export type TableColumn = z.infer<typeof TableColumn>;

export const TemplateField = z.discriminatedUnion('type', [
  z.strictObject({ ...base, type: z.literal('leaveType'), options: z.array(LeaveType).min(1).max(30) }),
  z.strictObject({ ...base, type: z.literal('select'), options: z.array(Option).min(1).max(50) }),
  z.strictObject({
    ...base,
    type: z.literal('halfDayRange'),
    fromLabel: Label.default('开始'),
    toLabel: Label.default('结束'),
    typeField: Key.optional(),
    /** How many days back a request may start; R44: what happened may be past, deciding never is. */
    pastDays: z.number().int().min(0).max(366).default(0),
    maxSpanDays: z.number().int().min(1).max(400).default(366),
    /** Refuse ranges that overlap another running or approved request of the applicant (R39). */
    exclusive: z.boolean().default(false),
  }),
  z.strictObject({
    ...base,
    type: z.literal('person'),
    from: z.enum(['unit', 'school']).default('school'),
    /** True: the applicant cannot be named. */
    notSelf: z.boolean().default(true),
  }),
  z.strictObject({
    ...base,
    type: z.literal('text'),
    maxLength: z.number().int().min(1).max(200).default(50),
  }),
  z.strictObject({
    ...base,
    type: z.literal('paragraph'),
    maxLength: z.number().int().min(1).max(5000).default(500),
  }),
  z.strictObject({
    ...base,
    type: z.literal('number'),
    ...number,
  }),
  z.strictObject({ ...base, type: z.literal('date') }),
  z.strictObject({
    ...base,
    type: z.literal('attachment'),
    maxFiles: z.number().int().min(1).max(20).default(9),
  }),
  /** What a room offers under this name (form/choice.ts). */
  z.strictObject({ ...base, type: z.literal('choice'), source: Key }),
  /** Words between the fields; it carries no value. */
  z.strictObject({ ...notFilled, type: z.literal('explanation'), text: z.string().min(1).max(500) }),
  z.strictObject({
    ...base,
    type: z.literal('multi'),
    options: z.array(Option).min(1).max(50),
    /** How many of them; one at least as soon as any is asked for. */
    min: z.number().int().min(1).max(50).default(1),
    max: z.number().int().min(1).max(50).default(50),
  }),
  /** A mainland mobile or landline number, kept as it was given, masked wherever it is shown. */
  z.strictObject({ ...base, type: z.literal('phone'), mobileOnly: z.boolean().default(false) }),
  z.strictObject({ ...base, type: z.literal('money'), ...money }),
  z.strictObject({ ...base, type: z.literal('dateTime') }),
  z.strictObject({
    ...base,
    type: z.literal('dateRange'),
    fromLabel: Label.default('开始'),
    toLabel: Label.default('结束'),
    counting: z.enum(['workday', 'calendar']).default('calendar'),
    maxSpanDays: z.number().int().min(1).max(400).default(366),
  }),
  /** A unit of the directory. */
  z.strictObject({ ...base, type: z.literal('unit') }),
  /** A resident identity number: sealed apart from the form, masked in it (form/set-aside.ts). */
  z.strictObject({ ...base, type: z.literal('idNumber') }),
  /** Pictures only; other files are attachments. */
  z.strictObject({
    ...base,
    type: z.literal('image'),
    maxFiles: z.number().int().min(1).max(20).default(9),
  }),
  /** Rows; each number and amount column has its sum, named `<table>.<column>` in conditions and formulas. */
  z.strictObject({
    ...base,
    type: z.literal('table'),
    columns: z.array(TableColumn).min(1).max(8),
    minRows: z.number().int().min(0).max(30).default(0),
    maxRows: z.number().int().min(1).max(30).default(20),
  }),
  /** Reckoned from other fields (fields/formula.ts): `round(price * count, 2)`, `items.amount + fare`. */
  z.strictObject({
    ...notFilled,
    type: z.literal('formula'),
    expression: z.string().min(1).max(MAX_LENGTH),
    as: z.enum(['number', 'money']).default('number'),
    decimals: z.number().int().min(0).max(4).default(2),
    unit: z.string().max(10).optional(),
  }),
  /** A finished request of the applicant's own; `templates`: of these kinds only. */
  z.strictObject({ ...base, type: z.literal('request'), templates: z.array(Key).max(20).default([]) }),
  /** A place in words, with the point of the device if its holder gives it. */
  z.strictObject({ ...base, type: z.literal('location') }),
  /**
   * A signature in the form: of the applicant with each hand-in, or of who decides at a step that may change the field.
   * Its hint says what is signed, and stands beside it wherever it is shown.
   */
  z.strictObject({
    ...base,
    type: z.literal('signature'),
    signer: z.enum(['applicant', 'handler']).default('applicant'),
  }),
]);
export type TemplateField = z.infer<typeof TemplateField>;

/** A field of one type, or of some. */
export type FieldOf<T extends TemplateField['type']> = Extract<TemplateField, { type: T }>;

/** Fields whose values are files of the request. */
export const isFiles = (field: TemplateField): field is FieldOf<'attachment' | 'image'> =>
  field.type === 'attachment' || field.type === 'image';

export const isSignature = (field: TemplateField): field is FieldOf<'signature'> =>
  field.type === 'signature';

/** What the applicant is not asked for: others sign there, later. */
export const isHandlers = (field: TemplateField): boolean => isSignature(field) && field.signer === 'handler';

/** What conditions, titles and steps may ask of a field, by name. */
export function conditionKeysOf(field: TemplateField): string[] {
  switch (field.type) {
    case 'halfDayRange':
    case 'attachment':
    case 'image':
    case 'explanation':
    case 'location':
    case 'signature':
    // A person's own: nothing is decided, and nothing entitled, by a number of theirs.
    case 'phone':
    case 'idNumber':
      return [];
    case 'table':
      return field.columns
        .filter(({ type }) => type === 'number' || type === 'money')
        .map((column) => `${field.key}.${column.key}`);
    case 'multi':
      return field.options.map(({ value }) => `${field.key}.${value}`);
    default:
      return [field.key];
  }
}
