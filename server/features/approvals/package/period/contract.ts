/** Requests of a period as one .zip, made in the background. */
import { z } from 'zod';
import { isCalendarDate } from '../../../../kernel/dates.ts';
import { Id } from '../../contract.ts';

const Day = z.string().refine(isCalendarDate, 'not a calendar date');

/** By the day they were handed in, both days included. */
export const AskPackageRequest = z
  .strictObject({
    templateKey: Id.optional(),
    unitId: Id.optional(),
    fromOn: Day,
    toOn: Day,
    purpose: z.string().trim().min(2).max(100),
  })
  .refine(({ fromOn, toOn }) => fromOn <= toOn, { message: 'ends before it begins', path: ['toOn'] });
export type AskPackageRequest = z.infer<typeof AskPackageRequest>;
export const AskPackageAnswer = z.object({ packageId: z.string(), cases: z.number() });

export const PackageState = z.enum(['making', 'ready', 'failed']);
export const PackageView = z.object({
  packageId: z.string(),
  /** Null: all kinds. */
  templateTitle: z.string().nullable(),
  unitName: z.string().nullable(),
  fromOn: z.string(),
  toOn: z.string(),
  state: PackageState,
  cases: z.number(),
  done: z.number(),
  bytes: z.number().nullable(),
  askedAt: z.number(),
  endedAt: z.number().nullable(),
  takenAt: z.number().nullable(),
});
export type PackageView = z.infer<typeof PackageView>;

export const PackagesQuery = z.strictObject({
  cursor: z
    .string()
    .regex(/^[0-9a-f]{32}$/)
    .optional(),
  limit: z.coerce.number().int().min(1).max(100).default(30),
});
export const PackagesAnswer = z.object({
  items: z.array(PackageView),
  next: z.string().nullable(),
  total: z.number(),
  /** What may be asked for. */
  templates: z.array(z.object({ key: z.string(), title: z.string() })),
  /** Null: every unit. */
  units: z.array(z.object({ unitId: z.string(), name: z.string() })).nullable(),
  mostCases: z.number(),
});
export type PackagesAnswer = z.infer<typeof PackagesAnswer>;
