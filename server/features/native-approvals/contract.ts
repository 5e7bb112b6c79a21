/** 企业微信's own 审批 as this system holds it: read only. Instants are epoch ms; words are ready to show. */
import { z } from 'zod';
import { isCalendarDate } from '../../kernel/dates.ts';

export const STATES = [
  'running',
  'approved',
  'rejected',
  'withdrawn',
  'revoked',
  'deleted',
  'unreadable',
] as const;
/** `unreadable`: 企业微信 shows it to us no more (the applicant left, or is out of the app's visible range). */
export type CaseState = (typeof STATES)[number];
export const IMPORT_STATES = ['running', 'done', 'stopped'] as const;
export type ImportState = (typeof IMPORT_STATES)[number];

const Id = z.string().min(1).max(64);
const Cursor = z.string().min(1).max(96);
const Limit = z.coerce.number().int().min(1).max(100).default(30);
const Day = z.string().refine(isCalendarDate, 'not a calendar date');
const Due = z.object({
  dueAt: z.number().nullable(),
  provisional: z.boolean(),
  state: z.enum(['ok', 'today', 'amber', 'overdue', 'none']),
  words: z.string(),
});

export const ByCase = z.strictObject({ caseId: Id });
export const Done = z.object({ ok: z.literal(true) });

/** Whose turn it is now. `id` null: nobody the directory knows; then the name is the userid. */
const Holder = z.object({
  id: z.string().nullable(),
  name: z.string(),
  unitName: z.string(),
  since: z.number(),
  due: Due.nullable(),
});
export type Holder = z.infer<typeof Holder>;

export const Brief = z.object({
  caseId: z.string(),
  number: z.string(),
  /** The template's name as 企业微信 gives it: 补卡申请. */
  title: z.string(),
  applicantName: z.string(),
  unitName: z.string(),
  state: z.enum(STATES),
  stateWords: z.string(),
  appliedAt: z.number(),
  holders: z.array(Holder),
  /** A step ran out of its time, whoever holds it now. */
  isLate: z.boolean(),
});
export type Brief = z.infer<typeof Brief>;

export const ListQuery = z.strictObject({
  state: z.enum(STATES).optional(),
  /** Part of a name: of the applicant, or of whoever holds or held a step. */
  who: z.string().trim().max(20).optional(),
  title: z.string().trim().min(1).max(191).optional(),
  /** Of the hand-in; both days included. */
  fromOn: Day.optional(),
  untilOn: Day.optional(),
  /** The beginning of the number. */
  q: z
    .string()
    .trim()
    .regex(/^\d{0,32}$/, 'digits only')
    .optional(),
  cursor: Cursor.optional(),
  limit: Limit,
});
export type ListQuery = z.infer<typeof ListQuery>;

/** How a department keeps to its time: steps open now, and steps of the last 90 days that ran out while it held them. */
const UnitFigures = z.object({
  unitName: z.string(),
  open: z.number(),
  overdue: z.number(),
  late: z.number(),
});

export const ListAnswer = z.object({
  items: z.array(Brief),
  next: z.string().nullable(),
  titles: z.array(z.string()),
  units: z.array(UnitFigures),
  can: z.object({ import: z.boolean() }),
  /** Is anything read at all, and did 企业微信 refuse. */
  access: z.object({ isOn: z.boolean(), refusedAt: z.number().nullable(), errcode: z.number().nullable() }),
});
export type ListAnswer = z.infer<typeof ListAnswer>;

/** What waits for me there, most urgent first; or what I handed in or took part in, newest first. */
export const OwnQuery = z.strictObject({
  box: z.enum(['todo', 'mine']).default('todo'),
  cursor: Cursor.optional(),
  limit: Limit,
});
export type OwnQuery = z.infer<typeof OwnQuery>;
export const OwnAnswer = z.object({ items: z.array(Brief), next: z.string().nullable(), todo: z.number() });
export type OwnAnswer = z.infer<typeof OwnAnswer>;

const Seat = z.object({
  name: z.string(),
  known: z.boolean(),
  stateWords: z.string(),
  tone: z.enum(['now', 'good', 'bad', 'plain', 'later']),
  /** The opinion. */
  words: z.string(),
  at: z.number().nullable(),
});
const Step = z.object({ kindWords: z.string(), modeWords: z.string(), seats: z.array(Seat) });

export const CaseAnswer = Brief.extend({
  readAt: z.number(),
  endedAt: z.number().nullable(),
  steps: z.array(Step),
  /** What was written; null: only who took part may read it. */
  fields: z.array(z.object({ title: z.string(), text: z.string() })).nullable(),
  /** Clocks that ran out: who held it then. */
  late: z.array(z.object({ name: z.string(), unitName: z.string(), dueAt: z.number() })),
});
export type CaseAnswer = z.infer<typeof CaseAnswer>;

/* ---------- imports ---------- */

/** Both days included. */
export const ImportRequest = z.strictObject({ fromOn: Day, untilOn: Day });
export type ImportRequest = z.infer<typeof ImportRequest>;
export const StartedAnswer = z.object({ importId: z.string() });

const Import = z.object({
  importId: z.string(),
  fromOn: z.string(),
  untilOn: z.string(),
  byName: z.string(),
  state: z.enum(IMPORT_STATES),
  startedAt: z.number(),
  endedAt: z.number().nullable(),
  windows: z.number(),
  windowsDone: z.number(),
  found: z.number(),
  read: z.number(),
  /** Forms 企业微信 named but did not show. */
  unreadable: z.number(),
});
export const ImportsQuery = z.strictObject({ cursor: Cursor.optional(), limit: Limit });
export type ImportsQuery = z.infer<typeof ImportsQuery>;
export const ImportsAnswer = z.object({ items: z.array(Import), next: z.string().nullable() });
export type ImportsAnswer = z.infer<typeof ImportsAnswer>;
