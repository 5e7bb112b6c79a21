import { z } from 'zod';

const instant = z.number().int();

/** What the latest night did to one kind. */
export const KeepingRun = z.object({
  /** Epoch ms. */
  ranAt: instant,
  /** The period that was applied, days. */
  days: z.number().int(),
  removed: z.number().int(),
  /** Past their time and still there: held back, failed, or more than a night takes. */
  overdue: z.number().int(),
  failed: z.boolean(),
});
export type KeepingRun = z.infer<typeof KeepingRun>;

export const KeepingLine = z.object({
  kind: z.string(),
  what: z.string(),
  purpose: z.string(),
  ground: z.string(),
  since: z.string(),
  /** Calendar days; null: not ended by time. */
  days: z.number().int().nullable(),
  ends: z.enum(['delete', 'blank', 'kept']),
  /** Null: not run yet, or nothing ends it. */
  lastRun: KeepingRun.nullable(),
  /** Removed within the last 30 days. */
  removedLately: z.number().int(),
  /** When the next one's time is over; null: nothing is there, or nothing ends it. In the past: overdue. */
  nextAt: instant.nullable(),
});
export type KeepingLine = z.infer<typeof KeepingLine>;

export const KeepingAnswer = z.object({
  items: z.array(KeepingLine),
  /** The latest night; null: none yet. */
  ranAt: instant.nullable(),
  removedLately: z.number().int(),
  overdue: z.number().int(),
  failed: z.number().int(),
});
export type KeepingAnswer = z.infer<typeof KeepingAnswer>;

export const RunsQuery = z.object({
  kind: z.string().max(64).optional(),
  /** Only nights in which something went, failed or was left. */
  telling: z.enum(['true', 'false']).default('false'),
  cursor: z.string().max(64).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type RunsQuery = z.infer<typeof RunsQuery>;

export const RunsAnswer = z.object({
  items: z.array(KeepingRun.extend({ runId: z.string(), kind: z.string(), what: z.string() })),
  next: z.string().nullable(),
});
export type RunsAnswer = z.infer<typeof RunsAnswer>;
