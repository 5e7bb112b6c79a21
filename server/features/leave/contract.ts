/** Leave: balances, when people are away, reporting back. Dates are `YYYY-MM-DD`; days come in halves; words are ready to show. */
import { z } from 'zod';
import { isCalendarDate } from '../../kernel/dates.ts';

const Id = z.string().min(1).max(64);
const DateText = z.string().refine(isCalendarDate, 'not a calendar date');
const Cursor = z.string().min(1).max(64);
const Limit = z.coerce.number().int().min(1).max(100).default(50);
const Half = z.enum(['am', 'pm']);

const Balance = z.object({
  type: z.string(),
  label: z.string(),
  year: z.number(),
  /** Null: nothing was booked, and requests are not limited. */
  left: z.number().nullable(),
  granted: z.number(),
  carriedIn: z.number(),
  /** Last day of what was carried in; null where nothing was. */
  carriedUntil: z.string().nullable(),
  held: z.number(),
  used: z.number(),
  lapsed: z.number(),
  carriedOut: z.number(),
});
export type Balance = z.infer<typeof Balance>;

const Due = z.object({
  dueAt: z.number().nullable(),
  provisional: z.boolean(),
  state: z.enum(['ok', 'today', 'amber', 'overdue', 'none']),
  words: z.string(),
});

const OwnLeave = z.object({
  absenceId: z.string(),
  typeLabel: z.string(),
  /** 11-26 下午 至 12-01 */
  rangeWords: z.string(),
  days: z.number(),
  state: z.enum(['planned', 'away', 'overdue', 'extended', 'returned', 'cancelled']),
  stateWords: z.string(),
  /** 续假: it goes on from another one. */
  isExtension: z.boolean(),
  handoverName: z.string().nullable(),
  due: Due.nullable(),
  can: z.object({ reportBack: z.boolean(), cancel: z.boolean(), extend: z.boolean() }),
  /** What reporting back now would do: 11-30 下午上班，退回 1.5 天. Empty when it cannot be done. */
  backWords: z.string(),
});
export type OwnLeave = z.infer<typeof OwnLeave>;

export const OwnQuery = z.strictObject({ cursor: Cursor.optional(), limit: Limit });
export const OwnAnswer = z.object({
  balances: z.array(Balance),
  /** Latest first. */
  leaves: z.object({ items: z.array(OwnLeave), next: z.string().nullable() }),
  /** Whoever keeps the accounts has pages of their own. */
  isHr: z.boolean(),
});
export type OwnAnswer = z.infer<typeof OwnAnswer>;

export const ByAbsence = z.strictObject({ absenceId: Id });
/** Left out: from now on. */
export const ReportBackRequest = z.strictObject({
  back: z.strictObject({ on: DateText, half: Half }).optional(),
});
export const ActAnswer = z.object({ words: z.string() });
export type ActAnswer = z.infer<typeof ActAnswer>;

export const CalendarQuery = z.strictObject({
  month: z.string().refine((text) => isCalendarDate(`${text}-01`), 'not a month'),
  /** Left out: one's own department. */
  unitId: Id.optional(),
});
export const CalendarAnswer = z.object({
  unitId: z.string().nullable(),
  unitName: z.string(),
  units: z.array(z.object({ unitId: z.string(), name: z.string() })),
  /** May look at all of them at once. */
  mayAll: z.boolean(),
  today: z.string(),
  days: z.array(z.object({ date: z.string(), isWorkday: z.boolean(), away: z.number() })),
});
export type CalendarAnswer = z.infer<typeof CalendarAnswer>;

export const AwayQuery = z.strictObject({
  /** Left out: today. */
  date: DateText.optional(),
  unitId: Id.optional(),
  /** Only those whose leave is over and who have not reported back. */
  overdue: z.enum(['1']).optional(),
  cursor: Cursor.optional(),
  limit: Limit,
});
const AwayPerson = z.object({
  absenceId: z.string(),
  personId: z.string(),
  name: z.string(),
  unitName: z.string(),
  /** 不在岗, or which leave for their heads and HR. */
  words: z.string(),
  /** For their heads and HR. */
  typeLabel: z.string().nullable(),
  rangeWords: z.string().nullable(),
  handoverName: z.string().nullable(),
  isOverdue: z.boolean(),
  /** Who keeps the accounts may say since when they are back (R44). */
  canReport: z.boolean(),
});
export const AwayAnswer = z.object({
  date: z.string(),
  total: z.number(),
  items: z.array(AwayPerson),
  next: z.string().nullable(),
});
export type AwayAnswer = z.infer<typeof AwayAnswer>;

const Year = z.coerce.number().int().min(2000).max(2199);
const accountsFilter = {
  q: z.string().trim().max(50).optional(),
  unitId: Id.optional(),
  year: Year.optional(),
};
export const AccountsQuery = z.strictObject({ ...accountsFilter, cursor: Cursor.optional(), limit: Limit });
export const AccountsExportQuery = z.strictObject(accountsFilter);
export const AccountsAnswer = z.object({
  year: z.number(),
  years: z.array(z.number()),
  types: z.array(
    z.object({
      type: z.string(),
      label: z.string(),
      /** Booked by itself, by years of service; other types HR gives. */
      isByService: z.boolean(),
    }),
  ),
  total: z.number(),
  items: z.array(
    z.object({
      personId: z.string(),
      name: z.string(),
      staffNo: z.string(),
      unitName: z.string(),
      balances: z.array(Balance),
    }),
  ),
  next: z.string().nullable(),
});
export type AccountsAnswer = z.infer<typeof AccountsAnswer>;

export const ByPerson = z.strictObject({ personId: Id });
export const AccountQuery = z.strictObject({ cursor: Cursor.optional(), limit: Limit });
export const AccountAnswer = z.object({
  personId: z.string(),
  name: z.string(),
  staffNo: z.string(),
  unitName: z.string(),
  service: z.object({
    /** As HR said it here. */
    workSinceOn: z.string().nullable(),
    /** As the directory knows it, which counts while nothing is said here. */
    employedOn: z.string().nullable(),
    isEntitled: z.boolean(),
  }),
  types: z.array(z.object({ type: z.string(), label: z.string() })),
  years: z.array(z.number()),
  balances: z.array(Balance),
  /** Nobody keeps their own account. */
  canKeep: z.boolean(),
  entries: z.object({
    items: z.array(
      z.object({
        id: z.string(),
        at: z.number(),
        label: z.string(),
        year: z.number(),
        kindWords: z.string(),
        days: z.number(),
        note: z.string(),
        byName: z.string(),
        requestId: z.string().nullable(),
      }),
    ),
    next: z.string().nullable(),
  }),
});
export type AccountAnswer = z.infer<typeof AccountAnswer>;

export const AdjustRequest = z.strictObject({
  type: z.string().min(1).max(40),
  year: z.number().int().min(2000).max(2199),
  /** Full or half days; negative takes them. */
  days: z
    .number()
    .min(-366)
    .max(366)
    .refine((days) => days !== 0 && Number.isInteger(days * 2), 'full or half days'),
  reason: z.string().trim().min(1).max(100),
});
export type AdjustRequest = z.infer<typeof AdjustRequest>;

export const ServiceRequest = z.strictObject({
  workSinceOn: DateText.nullable(),
  isEntitled: z.boolean(),
});
export type ServiceRequest = z.infer<typeof ServiceRequest>;

const granted = { type: z.string().min(1).max(40), year: Year, unitId: Id.optional() };
export const GrantQuery = z.strictObject(granted);
/** Whom a year's days would be given to: who has nothing booked of that type and year. */
export const GrantAnswer = z.object({ people: z.number() });
export const GrantRequest = z.strictObject({
  ...granted,
  year: z.number().int().min(2000).max(2199),
  days: z
    .number()
    .min(0.5)
    .max(366)
    .refine((days) => Number.isInteger(days * 2), 'full or half days'),
  reason: z.string().trim().min(1).max(100),
});
export type GrantRequest = z.infer<typeof GrantRequest>;
/** So many at once; `left` wait for the same request again. */
export const GrantedAnswer = z.object({ people: z.number(), left: z.number() });

export const OkAnswer = z.object({ ok: z.literal(true) });
