import { z } from 'zod';

const Id = z.string().min(1).max(64);
const Cursor = {
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(50).default(50),
};

export const SheetKind = z.enum(['units', 'people']);

export const ChangeKind = z.enum([
  'unitCreate',
  'unitChange',
  'unitMove',
  'unitDissolve',
  'hire',
  'rehire',
  'change',
  'move',
  'giveConcurrent',
  'endConcurrent',
  'secondOut',
  'suspend',
  'resume',
  'leave',
  'retire',
]);

/* ---------- batches ---------- */

export const BatchState = z.enum(['reading', 'ready', 'unreadable', 'planned', 'replaced']);

export const BatchBrief = z.object({
  batchId: z.string(),
  /** "2026-11-20-1" */
  number: z.string(),
  state: BatchState,
  source: z.object({
    kind: z.enum(['file', 'sql', 'http', 'push', 'scim', 'cli', 'hand']),
    name: z.string(),
  }),
  fileName: z.string().nullable(),
  cutOffAt: z.number(),
  createdAt: z.number(),
  createdBy: z.string(),
  rows: z.object({ units: z.number(), people: z.number() }),
  faults: z.number(),
  planId: z.string().nullable(),
});
export type BatchBrief = z.infer<typeof BatchBrief>;

export const BatchesQuery = z.object(Cursor);
export const BatchesAnswer = z.object({ items: z.array(BatchBrief), next: z.string().nullable() });
export type BatchesAnswer = z.infer<typeof BatchesAnswer>;

/** A column of the file: what it was taken for and why. */
export const ColumnMatch = z.object({
  kind: SheetKind,
  /** As it stands in the file. */
  header: z.string(),
  /** Our key; null: reported and ignored. */
  column: z.string().nullable(),
  label: z.string().nullable(),
  how: z.enum(['name', 'alias', 'content', 'none']),
  required: z.boolean(),
});
export type ColumnMatch = z.infer<typeof ColumnMatch>;

export const BatchAnswer = BatchBrief.extend({
  /** 0…1 while it is read. */
  progress: z.number(),
  /** "没有识别到表头" …; null unless unreadable */
  trouble: z.string().nullable(),
  /** SHA-256 of the file, first 12 digits. */
  fileHash: z.string().nullable(),
  /** "GBK", "UTF-8"; null for .xlsx */
  encoding: z.string().nullable(),
  columns: z.array(ColumnMatch),
  /** Required columns the file does not have. */
  missingColumns: z.array(z.string()),
  figures: z.object({
    unchanged: z.number(),
    changed: z.number(),
    added: z.number(),
    /** Active people who are not in the file; null while unknown. */
    absent: z.number().nullable(),
    faultRows: z.number(),
  }),
  /** "比上一批（11-18）早 2 天" …; what to look at before going on */
  warnings: z.array(z.string()),
  can: z.object({
    fix: z.boolean(),
    plan: z.boolean(),
    /** Call it a full list: not what a source said is only a part. */
    complete: z.boolean(),
    /** Take the sheet with its faults marked: only who uploaded it. */
    marked: z.boolean(),
  }),
});
export type BatchAnswer = z.infer<typeof BatchAnswer>;

export const FaultAnswer = z.object({
  id: z.string(),
  kind: SheetKind,
  line: z.number(),
  column: z.string(),
  /** Heading it is listed under: "工号重复" */
  label: z.string(),
  code: z.string(),
  /** "末位校验不符。请对照证件逐位核对" */
  words: z.string(),
  hint: z.string().nullable(),
  /** The cell as it stands, masked where personal. */
  value: z.string(),
  /** Values that would do, with how many people have them: [信息工程学院（86 人）] */
  nearest: z.array(z.object({ value: z.string(), words: z.string() })),
  /** How many cells have the same fault with the same value. */
  same: z.number(),
});
export type FaultAnswer = z.infer<typeof FaultAnswer>;

export const FaultsQuery = z.object(Cursor);
export const FaultsAnswer = z.object({
  items: z.array(FaultAnswer),
  next: z.string().nullable(),
  total: z.number(),
});
export type FaultsAnswer = z.infer<typeof FaultsAnswer>;

export const RowsQuery = z.object({
  kind: SheetKind,
  /** First line wanted. */
  from: z.coerce.number().int().min(1).default(2),
  limit: z.coerce.number().int().min(1).max(200).default(100),
});
export const RowsAnswer = z.object({
  columns: z.array(z.object({ column: z.string(), label: z.string() })),
  rows: z.array(
    z.object({
      line: z.number(),
      /** By column key, masked where personal. */
      cells: z.record(z.string(), z.string()),
      /** Columns with a fault. */
      faults: z.array(z.string()),
    }),
  ),
  total: z.number(),
});
export type RowsAnswer = z.infer<typeof RowsAnswer>;

/** Edits belong to the batch, never to the file. `same`: every cell with this fault and value. */
export const FixRequest = z.strictObject({
  kind: SheetKind,
  line: z.number().int().min(1),
  column: z.string().max(40),
  value: z.string().max(500),
  same: z.boolean().default(false),
});
export type FixRequest = z.infer<typeof FixRequest>;
export const FixAnswer = z.object({ fixed: z.number(), faults: z.number() });
export type FixAnswer = z.infer<typeof FixAnswer>;

/** `complete`: whoever is not in the list is named for a decision; else nobody outside it is touched. */
export const PlanRequest = z.strictObject({ complete: z.boolean() });
export type PlanRequest = z.infer<typeof PlanRequest>;
export const PlanMade = z.object({ planId: z.string() });

/* ---------- plans ---------- */

export const PlanState = z.enum([
  'empty',
  'stopped',
  'waiting',
  'confirmed',
  'running',
  'paused',
  'done',
  'expired',
  'outdated',
]);

export const GuardLine = z.object({
  scope: z.enum(['run', 'day', 'topUnit']),
  /** "本次", "今天累计", "信息工程学院" */
  scopeName: z.string(),
  planned: z.number(),
  alreadyToday: z.number(),
  base: z.number(),
  max: z.number(),
  maxPercent: z.number(),
  exceeded: z.boolean(),
});

export const PlanAnswer = z.object({
  planId: z.string(),
  batchId: z.string(),
  batchNumber: z.string(),
  state: PlanState,
  /** First 12 digits, as people compare it; `hash` whole for the confirmation. */
  shortHash: z.string(),
  hash: z.string(),
  cutOffAt: z.number(),
  complete: z.boolean(),
  createdAt: z.number(),
  createdBy: z.string(),
  confirmedBy: z.string().nullable(),
  /** A confirmation ends then. */
  expiresAt: z.number().nullable(),
  groups: z.array(
    z.object({ kind: ChangeKind, label: z.string(), count: z.number(), destructive: z.boolean() }),
  ),
  units: z.array(
    z.object({ unitCode: z.string(), name: z.string(), count: z.number(), destructive: z.number() }),
  ),
  total: z.number(),
  guard: z.object({
    verdict: z.enum(['free', 'needsConfirmation', 'overLimit', 'suspicious']),
    lines: z.array(GuardLine),
    reasons: z.array(z.string()),
  }),
  /** "6 人停用后立即退出登录", "37 件待办要换人" */
  consequences: z.array(z.object({ words: z.string(), count: z.number() })),
  doubts: z.number(),
  /** What must be typed to confirm, "停用6人"; null when nothing destructive is in it. */
  phrase: z.string().nullable(),
  /** Names that must be seen before confirming. */
  destructiveCount: z.number(),
  can: z.object({
    confirm: z.boolean(),
    apply: z.boolean(),
    pause: z.boolean(),
    resume: z.boolean(),
    /** A7: say that the first correlation of this source is right; makes the plan anew. */
    accept: z.boolean(),
    /** "您是发起人，要由另一位人事复核"; null when nothing is in the way. */
    why: z.string().nullable(),
  }),
});
export type PlanAnswer = z.infer<typeof PlanAnswer>;

export const ChangesQuery = z.object({
  ...Cursor,
  kind: ChangeKind.optional(),
  unitCode: z.string().max(32).optional(),
  destructive: z.enum(['1']).optional(),
  q: z.string().max(40).optional(),
});
export const ChangeAnswer = z.object({
  key: z.string(),
  kind: ChangeKind,
  kindWords: z.string(),
  target: z.object({
    type: z.enum(['unit', 'person']),
    id: z.string().nullable(),
    ref: z.string(),
    name: z.string(),
  }),
  unitName: z.string(),
  fields: z.array(
    z.object({
      field: z.string(),
      label: z.string(),
      before: z.string().nullable(),
      after: z.string().nullable(),
    }),
  ),
  effectiveOn: z.string(),
  lateWorkdays: z.number(),
  lines: z.array(z.number()),
  why: z.string(),
  destructive: z.boolean(),
});
export type ChangeAnswer = z.infer<typeof ChangeAnswer>;
export const ChangesAnswer = z.object({
  items: z.array(ChangeAnswer),
  next: z.string().nullable(),
  total: z.number(),
});
export type ChangesAnswer = z.infer<typeof ChangesAnswer>;

export const DoubtsAnswer = z.object({
  items: z.array(
    z.object({
      key: z.string(),
      kind: z.enum(['maybeSamePerson', 'mobileTaken', 'maybeLeft', 'nameChanged', 'treeConflict']),
      target: ChangeAnswer.shape.target,
      lines: z.array(z.number()),
      why: z.string(),
      candidates: z.array(
        z.object({ personId: z.string(), staffNo: z.string(), name: z.string(), by: z.string() }),
      ),
    }),
  ),
  next: z.string().nullable(),
  total: z.number(),
});
export type DoubtsAnswer = z.infer<typeof DoubtsAnswer>;

/** `phrase` as typed; compared without spaces and width. */
export const ConfirmRequest = z.strictObject({ hash: z.string().length(64), phrase: z.string().max(40) });
export type ConfirmRequest = z.infer<typeof ConfirmRequest>;

/** A human's word on who may have left or who somebody is: makes a new plan with a new hash. */
export const DecideRequest = z.strictObject({
  decisions: z
    .array(
      z.strictObject({
        key: z.string().max(120),
        decision: z.enum(['same', 'different', 'left', 'stays', 'leaveOut']),
        personId: Id.optional(),
      }),
    )
    .min(1)
    .max(500),
});
export type DecideRequest = z.infer<typeof DecideRequest>;

/* ---------- a run ---------- */

export const RunState = z.enum(['running', 'paused', 'stopped', 'success', 'partial', 'failed']);

export const ItemResult = z.enum([
  'waiting',
  'done',
  'unchanged',
  'failed',
  'retrying',
  'planned',
  'skipped',
]);

export const RunAnswer = z.object({
  planId: z.string(),
  state: RunState,
  startedAt: z.number(),
  startedBy: z.string(),
  finishedAt: z.number().nullable(),
  lastSignAt: z.number(),
  counts: z.record(ItemResult, z.number()),
  total: z.number(),
  /** "大约还要 2 分钟，含等限流解除"; null when done */
  remainingWords: z.string().nullable(),
  stages: z.array(z.object({ stage: z.string(), label: z.string(), done: z.number(), total: z.number() })),
  /** What did not work, by cure. */
  troubles: z.array(z.object({ cure: z.string(), words: z.string(), count: z.number() })),
  /** How far 企业微信 is behind the directory at this moment. */
  wecom: z.object({ waiting: z.number(), failed: z.number() }),
});
export type RunAnswer = z.infer<typeof RunAnswer>;

/** Runs, the newest first. */
export const RunsAnswer = z.object({
  items: z.array(
    z.object({
      planId: z.string(),
      batchNumber: z.string(),
      state: RunState,
      startedAt: z.number(),
      startedBy: z.string(),
      finishedAt: z.number().nullable(),
      counts: z.record(ItemResult, z.number()),
      total: z.number(),
    }),
  ),
  next: z.string().nullable(),
});
export type RunsAnswer = z.infer<typeof RunsAnswer>;

export const ItemsQuery = z.object({ ...Cursor, result: ItemResult.optional() });
export const ItemsAnswer = z.object({
  items: z.array(
    z.object({
      key: z.string(),
      kindWords: z.string(),
      name: z.string(),
      ref: z.string(),
      result: ItemResult,
      words: z.string(),
      /** The person in 企业微信 now; null for units and for what is not done. */
      wecom: z.enum(['none', 'waiting', 'written', 'failed']).nullable(),
      errcode: z.number().nullable(),
      at: z.number().nullable(),
    }),
  ),
  next: z.string().nullable(),
  total: z.number(),
});
export type ItemsAnswer = z.infer<typeof ItemsAnswer>;

export const Done = z.object({ ok: z.literal(true) });
