/** Differences between the directory here and 企业微信. The web console imports this file as types only. */
import { z } from 'zod';

/** `presence`: the member or department itself; `stranger`, `foreignDepartment`: there and not here. */
export const PERSON_FIELDS = [
  'presence',
  'department',
  'mainDepartment',
  'name',
  'position',
  'leader',
  'manager',
  'enabled',
  'mobile',
  'email',
  'order',
] as const;
export const UNIT_FIELDS = ['unitPresence', 'unitName', 'unitParent', 'unitOrder'] as const;
export const FIELDS = [...PERSON_FIELDS, ...UNIT_FIELDS, 'stranger', 'foreignDepartment'] as const;

/** 放回, 转人事, 不管. `ask`: nobody has said yet, a person decides each time. */
export const POLICY_ACTIONS = ['putBack', 'take', 'ignore', 'ask'] as const;

const Id = z.string().min(1).max(64);

export const Field = z.enum(FIELDS);
export const State = z.enum(['open', 'putBack', 'taken', 'ignored', 'linked', 'gone']);
export const Act = z.enum(['putBack', 'take', 'ignore', 'reopen']);
export const PolicyAction = z.enum(POLICY_ACTIONS);

const filter = {
  /** Rows of that state, settled ones of the last 30 days; everything that is not settled when left out. */
  state: State.optional(),
  field: Field.optional(),
  /** Name, initials or staff number of a person, name of a unit, userid. */
  q: z.string().max(64).optional(),
};

/** The same list as a file. */
export const ExportQuery = z.strictObject(filter);
export type ExportQuery = z.infer<typeof ExportQuery>;

export const DifferencesQuery = z.object({
  ...filter,
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});
export type DifferencesQuery = z.infer<typeof DifferencesQuery>;

export const Difference = z.object({
  differenceId: z.string(),
  subject: z.object({
    type: z.enum(['person', 'unit', 'member', 'department']),
    /** Person or unit id, userid, or department id. */
    id: z.string(),
    name: z.string(),
    /** Staff number of a person, code of a unit; null for what is there only. */
    ref: z.string().nullable(),
    unitName: z.string().nullable(),
  }),
  field: Field,
  /** In words; personal values masked. */
  ours: z.string(),
  theirs: z.string(),
  state: State,
  foundBy: z.enum(['nightly', 'event']),
  happenedAt: z.number().nullable(),
  firstSeenAt: z.number(),
  lastSeenAt: z.number(),
  /** By the administrators' log of 企业微信; null: not known. `sure` is false for an import that may have done it. */
  by: z
    .object({ userid: z.string(), name: z.string().nullable(), at: z.number(), sure: z.boolean() })
    .nullable(),
  acted: z.object({ at: z.number(), by: z.string(), reason: z.string().nullable() }).nullable(),
  settledAt: z.number().nullable(),
  /** How often it was put back before and came back, within 90 days. */
  returns: z.number(),
  /** What the rule of the field proposes. */
  proposed: PolicyAction,
  can: z.array(z.enum(['putBack', 'take', 'ignore', 'reopen', 'link'])),
});
export type Difference = z.infer<typeof Difference>;

export const DifferencesPage = z.object({
  items: z.array(Difference),
  next: z.string().nullable(),
  /** Of the same filter and scope. */
  total: z.number(),
});
export type DifferencesPage = z.infer<typeof DifferencesPage>;

const Run = z.object({
  state: z.enum(['running', 'done', 'partial', 'abandoned']),
  startedAt: z.number(),
  finishedAt: z.number().nullable(),
  units: z.number(),
  members: z.number(),
  /** Of them, those whose details 企业微信 let us read; null: not known for this part of the institution. */
  detailed: z.number().nullable(),
  /** errcode with which names or details were refused. */
  refusedCode: z.number().nullable(),
  /** Too many at once in the whole institution; told to who sees the whole. */
  mass: z.boolean(),
});

export const SummaryAnswer = z.object({
  /** False: nothing is written to 企业微信 from here, so there is nothing to compare. */
  compares: z.boolean(),
  /** Its figures are those of the reader's part. */
  lastRun: Run.nullable(),
  /** Names of the topmost units the reader's scope holds; null: the whole institution. */
  part: z.array(z.string()).nullable(),
  /** Not settled, or settled in the last 30 days; within the reader's scope. */
  counts: z.array(z.object({ field: Field, state: State, count: z.number() })),
  /** Of the last 30 days. */
  settled: z.array(z.object({ state: State, count: z.number() })),
  oldestOpenAt: z.number().nullable(),
  /** People and units with something open, within the reader's scope. */
  openPeople: z.number(),
  openUnits: z.number(),
  /** Too many at once in the whole institution: nothing is put back by itself. Told to who sees the whole. */
  mass: z.object({ subjects: z.number(), total: z.number() }).nullable(),
  readable: z.array(Field),
  can: z.object({ act: z.boolean(), policy: z.boolean(), compare: z.boolean() }),
});
export type SummaryAnswer = z.infer<typeof SummaryAnswer>;

export const ActRequest = z.strictObject({
  differenceIds: z.array(Id).min(1).max(200),
  act: Act,
  /** Needed to ignore. */
  reason: z.string().trim().min(1).max(190).optional(),
  /** More than 50: act and count as typed. */
  phrase: z.string().max(80).optional(),
});
export const ActAnswer = z.object({
  done: z.number(),
  refused: z.array(z.object({ differenceId: z.string(), words: z.string() })),
});
export type ActAnswer = z.infer<typeof ActAnswer>;

export const LinkRequest = z.strictObject({ personId: Id });

export const PolicyAnswer = z.object({
  items: z.array(
    z.object({
      field: Field,
      action: PolicyAction,
      automatic: z.boolean(),
      /** Null: as delivered. */
      changed: z.object({ at: z.number(), by: z.string() }).nullable(),
      /** What may be chosen, and which of it may be done without a person. */
      actions: z.array(z.object({ action: PolicyAction, automatic: z.boolean() })),
    }),
  ),
  can: z.object({ change: z.boolean() }),
});
export type PolicyAnswer = z.infer<typeof PolicyAnswer>;

export const PolicyRequest = z.strictObject({ field: Field, action: PolicyAction, automatic: z.boolean() });
