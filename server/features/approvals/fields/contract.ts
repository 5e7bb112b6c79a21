/** Form controls and what each carries in a filled form. Dates are `YYYY-MM-DD` in Asia/Shanghai. */
import { z } from 'zod';
import { isCalendarDate } from '../../../kernel/dates.ts';

export const Id = z.string().min(1).max(64);
export const DateText = z.string().refine(isCalendarDate, 'not a calendar date');
export const Half = z.enum(['am', 'pm']);

const fieldBase = {
  key: z.string(),
  label: z.string(),
  /** `rule`: a rule may require it; the forecast's `required` says whether it does now. */
  required: z.union([z.boolean(), z.literal('rule')]),
  help: z.string().nullable(),
};

/** One column of a table; a cell carries what a field of that type does. */
export const TableColumnView = z.object({
  key: z.string(),
  label: z.string(),
  required: z.boolean(),
  type: z.enum(['text', 'number', 'money', 'date', 'select']),
  maxLength: z.number().nullable(),
  decimals: z.number(),
  unit: z.string().nullable(),
  options: z.array(z.object({ value: z.string(), label: z.string() })),
});
export type TableColumnView = z.infer<typeof TableColumnView>;

/** One form control. The value each type carries in `form[key]` stands beside it. */
export const Field = z.discriminatedUnion('type', [
  /** value: option value */
  z.object({
    ...fieldBase,
    type: z.literal('leaveType'),
    options: z.array(
      z.object({
        value: z.string(),
        label: z.string(),
        unit: z.enum(['workday', 'calendar']),
        halfDays: z.boolean(),
        /** e.g. "余 6.5 天"; null when this type has no balance */
        balanceWords: z.string().nullable(),
        help: z.string().nullable(),
      }),
    ),
  }),
  /** value: option value */
  z.object({
    ...fieldBase,
    type: z.literal('select'),
    options: z.array(z.object({ value: z.string(), label: z.string() })),
  }),
  /** value: { from, fromHalf, to, toHalf } */
  z.object({
    ...fieldBase,
    type: z.literal('halfDayRange'),
    fromLabel: z.string(),
    toLabel: z.string(),
    /** Name of the leaveType field that says whether half days are allowed, if any. */
    typeField: z.string().nullable(),
  }),
  /** value: personId */
  z.object({ ...fieldBase, type: z.literal('person'), from: z.enum(['unit', 'school']) }),
  /** value: string */
  z.object({ ...fieldBase, type: z.literal('text'), maxLength: z.number() }),
  /** value: string with line breaks */
  z.object({ ...fieldBase, type: z.literal('paragraph'), maxLength: z.number() }),
  /** value: number */
  z.object({
    ...fieldBase,
    type: z.literal('number'),
    min: z.number().nullable(),
    max: z.number().nullable(),
    decimals: z.number(),
    unit: z.string().nullable(),
  }),
  /** value: option value; what there is to choose from comes from a room */
  z.object({
    ...fieldBase,
    type: z.literal('choice'),
    options: z.array(z.object({ value: z.string(), label: z.string(), note: z.string() })),
  }),
  /** value: `YYYY-MM-DD` */
  z.object({ ...fieldBase, type: z.literal('date') }),
  /** value: fileId[] */
  z.object({ ...fieldBase, type: z.literal('attachment'), maxFiles: z.number() }),
  /** no value */
  z.object({ ...fieldBase, type: z.literal('explanation'), text: z.string() }),
  /** value: option values */
  z.object({
    ...fieldBase,
    type: z.literal('multi'),
    options: z.array(z.object({ value: z.string(), label: z.string() })),
    max: z.number(),
  }),
  /** value: string, as it was typed */
  z.object({ ...fieldBase, type: z.literal('phone') }),
  /** value: whole fen; bounds too */
  z.object({
    ...fieldBase,
    type: z.literal('money'),
    min: z.number().nullable(),
    max: z.number().nullable(),
  }),
  /** value: `YYYY-MM-DDTHH:MM` in Asia/Shanghai */
  z.object({ ...fieldBase, type: z.literal('dateTime') }),
  /** value: { from, to } */
  z.object({ ...fieldBase, type: z.literal('dateRange'), fromLabel: z.string(), toLabel: z.string() }),
  /** value: unitId */
  z.object({ ...fieldBase, type: z.literal('unit') }),
  /** value: string; once handed in, the masked number stands for it */
  z.object({ ...fieldBase, type: z.literal('idNumber') }),
  /** value: fileId[] of pictures */
  z.object({ ...fieldBase, type: z.literal('image'), maxFiles: z.number() }),
  /** value: TableRow[] */
  z.object({
    ...fieldBase,
    type: z.literal('table'),
    columns: z.array(TableColumnView),
    minRows: z.number(),
    maxRows: z.number(),
  }),
  /** no value: the forecast's figures say what it comes to */
  z.object({ ...fieldBase, type: z.literal('formula') }),
  /** value: instanceId */
  z.object({ ...fieldBase, type: z.literal('request'), templates: z.array(z.string()) }),
  /** value: { text, lat?, long? } */
  z.object({ ...fieldBase, type: z.literal('location') }),
  /** value: SignatureValue; sent as GivenSignature, and anew with each hand-in */
  z.object({ ...fieldBase, type: z.literal('signature') }),
]);
export type Field = z.infer<typeof Field>;
export type FieldType = Field['type'];

export const HalfDayRangeValue = z.strictObject({
  from: DateText,
  fromHalf: Half,
  to: DateText,
  toHalf: Half,
});
export type HalfDayRangeValue = z.infer<typeof HalfDayRangeValue>;

/** Whole days, both ends included. */
export const DateRangeValue = z.strictObject({ from: DateText, to: DateText });
export type DateRangeValue = z.infer<typeof DateRangeValue>;

/** A row of a table, cells by column. */
export const TableRow = z
  .record(z.string().max(40), z.union([z.string().max(200), z.number(), z.null()]))
  .refine((row) => Object.keys(row).length <= 8, 'too many cells');
export type TableRow = z.infer<typeof TableRow>;

/** Degrees of WGS 84, north and east above zero. */
export const LocationValue = z.strictObject({
  text: z.string().max(200),
  lat: z.number().optional(),
  long: z.number().optional(),
});
export type LocationValue = z.infer<typeof LocationValue>;

/** 签名 in the form, as it is sent: a picture (PNG) just uploaded by who signs; `typed`: their name by keyboard. */
export const GivenSignature = z.strictObject({ fileId: Id, how: z.enum(['drawn', 'typed']) });
export type GivenSignature = z.infer<typeof GivenSignature>;

/** The same as it is kept: who signed, when (epoch ms), and the SHA-256 of the picture in hex are the server's to say. */
export const KeptSignature = GivenSignature.extend({
  hash: z.string().length(64),
  personId: Id,
  name: z.string().max(100),
  at: z.number().int(),
});
export type KeptSignature = z.infer<typeof KeptSignature>;

export const FieldValue = z.union([
  z.string().max(5000),
  z.number(),
  z.array(Id).max(50),
  z.array(TableRow).max(30),
  LocationValue,
  GivenSignature,
  KeptSignature,
  z.strictObject({ from: z.string().max(10), to: z.string().max(10) }),
  z.strictObject({
    from: z.string().max(10),
    fromHalf: Half,
    to: z.string().max(10),
    toHalf: Half,
  }),
  z.null(),
]);
export type FieldValue = z.infer<typeof FieldValue>;

/** What the person typed, by field key. Checked in full by the server against the template. */
export const FormValues = z.record(z.string().max(40), FieldValue);
export type FormValues = z.infer<typeof FormValues>;
