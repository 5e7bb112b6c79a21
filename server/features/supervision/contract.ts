/** The supervision API. The web front end imports this file as types only. Dates are `YYYY-MM-DD`. */
import { z } from 'zod';
import { isCalendarDate } from '../../kernel/dates.ts';

const DateText = z.string().refine(isCalendarDate, 'not a calendar date');

/** Both days included; at most 62 of them. */
export const CalendarQuery = z.strictObject({ from: DateText, to: DateText });
export type CalendarQuery = z.infer<typeof CalendarQuery>;

export const CalendarDay = z.object({
  date: z.string(),
  /** Where `known` is false: an estimate from the weekday. */
  kind: z.enum(['workday', 'weekend', 'holiday', 'makeup']),
  /** 春节; null on ordinary days. */
  name: z.string().nullable(),
  known: z.boolean(),
});
export type CalendarDay = z.infer<typeof CalendarDay>;

export const CalendarAnswer = z.object({
  days: z.array(CalendarDay),
  /** The State Council notices that decide these days. */
  notices: z.array(
    z.object({ year: z.number(), title: z.string(), number: z.string().nullable(), url: z.string() }),
  ),
  /** Years whose notice these days still wait for. */
  missingYears: z.array(z.number()),
});
export type CalendarAnswer = z.infer<typeof CalendarAnswer>;

export const SUPERVISION_CODES = [
  'supervision.date_missing',
  'supervision.range_reversed',
  'supervision.range_too_long',
  'supervision.pause_reason',
  'supervision.year_unknown',
] as const;
