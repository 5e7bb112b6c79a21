/** What a form amounts to before it is handed in, and handing it in. */
import { z } from 'zod';
import { FormValues, Id } from '../fields/contract.ts';
import { PersonBrief } from './brief.ts';
import { Chosen } from './templates.ts';

const draft = {
  templateKey: Id,
  version: z.number().int().min(1),
  assignmentId: Id,
  form: FormValues,
  chosen: Chosen.optional(),
};

/** `instanceId`: the request of one's own that this form is to be handed in for again. */
export const ForecastRequest = z.strictObject({ ...draft, instanceId: Id.optional() });
export type ForecastRequest = z.infer<typeof ForecastRequest>;

export const DayCell = z.object({
  date: z.string(),
  kind: z.enum(['workday', 'weekend', 'holiday', 'makeup']),
  weight: z.union([z.literal(0), z.literal(0.5), z.literal(1)]),
  /** Under the date: "½", "1", "休", "班", or a holiday's name. */
  label: z.string(),
});
export type DayCell = z.infer<typeof DayCell>;

export const DaysAnswer = z.object({
  total: z.number(),
  unit: z.enum(['workday', 'calendar']),
  /** "3.5 个工作日" or "98 天" */
  words: z.string(),
  strip: z.array(DayCell),
  /** "按学院校历，周末不计" */
  explanation: z.string(),
});
export type DaysAnswer = z.infer<typeof DaysAnswer>;

export const FieldNote = z.object({
  field: z.string(),
  tone: z.enum(['error', 'warn', 'info']),
  words: z.string(),
  /** Path inside the H5, e.g. the request it overlaps with. */
  link: z.string().optional(),
});
export type FieldNote = z.infer<typeof FieldNote>;

export const PathStep = z.object({
  stepKey: z.string(),
  title: z.string(),
  mode: z.enum(['all', 'any', 'sequential', 'quorum', 'cc']),
  /** "超过 3 个工作日，需两人都同意" */
  why: z.string(),
  /** `label`: the part they play here, "部门负责人". */
  people: z.array(PersonBrief.extend({ label: z.string(), why: z.string() })),
  chosenByApplicant: z
    .object({ min: z.number(), max: z.number(), from: z.enum(['unit', 'school']) })
    .optional(),
  problem: z.string().optional(),
  /** The branch it lies in; `parallel`: others are gone at the same time. */
  branch: z.object({ group: z.string(), title: z.string(), parallel: z.boolean() }).optional(),
});
export type PathStep = z.infer<typeof PathStep>;

export const ForecastAnswer = z.object({
  title: z.string(),
  computed: z.object({
    days: DaysAnswer.nullable(),
    /** "假后余 3 天"; absent where no balance is kept */
    balance: z.object({ tone: z.enum(['ok', 'short']), words: z.string() }).optional(),
    provisional: z.boolean(),
  }),
  fieldNotes: z.array(FieldNote),
  /** What good values amount to, by field: days of a range, an amount in characters. */
  figures: z.array(z.object({ field: z.string(), words: z.string() })),
  /** Keys of the fields that must be filled now. */
  required: z.array(z.string()),
  path: z.array(PathStep),
  /** "约 2 个工作日"; empty while the path is unknown */
  estimateWords: z.string(),
  canSubmit: z.boolean(),
  reasons: z.array(z.string()),
});
export type ForecastAnswer = z.infer<typeof ForecastAnswer>;

/** `clientKey`: a uuid made once per filled form; the same key again answers the same instance. */
export const SubmitRequest = z.strictObject({ ...draft, clientKey: z.uuid() });
export type SubmitRequest = z.infer<typeof SubmitRequest>;

export const SubmitAnswer = z.object({
  instanceId: z.string(),
  number: z.string(),
  /** "现在在陈主任处" */
  holderWords: z.string(),
  /** "11-24 17:30 前处理"; empty when no clock runs */
  dueWords: z.string(),
});
export type SubmitAnswer = z.infer<typeof SubmitAnswer>;
