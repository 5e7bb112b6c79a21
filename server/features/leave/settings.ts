import { z } from 'zod';
import { isCalendarDate } from '../../kernel/dates.ts';

/** A day of the year: `12-31`. */
const MonthDay = z.string().refine((text) => isCalendarDate(`2001-${text}`), 'not a day of every year');
const Days = z
  .number()
  .min(0)
  .max(366)
  .refine((days) => Number.isInteger(days * 2), 'full or half days');

const TypeSettings = z.strictObject({
  /** `value` of a leave type with `balance: true` in the template. */
  type: z.string().min(1).max(40),
  /** For a person and year nothing was booked for: `open` is not limited, `closed` is no day at all. */
  withoutAccount: z.enum(['open', 'closed']),
  /** Days of a year by full years of service, rising; null: nothing by itself. */
  byService: z
    .array(z.strictObject({ years: z.number().int().min(0).max(60), days: Days }))
    .min(1)
    .refine(
      (tiers) => tiers.every(({ years }, at) => at === 0 || years > (tiers[at - 1]?.years ?? 0)),
      'years must rise',
    )
    .nullable(),
  /** What goes into the next year, once, and until which day of it; null: nothing. */
  carryOver: z.strictObject({ maxDays: Days.nullable(), until: MonthDay }).nullable(),
});
export type TypeSettings = z.infer<typeof TypeSettings>;

const Settings = z
  .strictObject({
    about: z.string().optional(),
    /** Key of the template leave is asked for with. */
    template: z.string().min(1),
    /** Who keeps the accounts and sees which leave it is; for the whole institution. */
    hrRoles: z.array(z.string().min(1)).min(1),
    /** Whose days by service are booked. */
    categories: z.array(z.string().min(1)).min(1),
    /** From this day on next year's days are booked. */
    nextYearOpensOn: MonthDay,
    /** Working days after the last day of a leave to report back in. */
    graceWorkdays: z.number().int().min(1).max(20),
    types: z.array(TypeSettings),
  })
  .refine(({ types }) => new Set(types.map(({ type }) => type)).size === types.length, 'a type twice');

export type LeaveSettings = Readonly<Omit<z.infer<typeof Settings>, 'about'>>;

/** `config/leave.json`. @throws an error that names what is wrong with the file */
export const parseLeaveSettings = (json: unknown): LeaveSettings => Settings.parse(json);
