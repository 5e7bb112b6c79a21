import { z } from 'zod';

export const SOURCE_LIMITS = {
  /** Sources that can be set up. */
  sources: 20,
  /** Rows of units and people together, in one statement. */
  rows: 200_000,
  /** One part of a pushed statement. */
  partRows: 2_000,
  partBytes: 2 * 1024 * 1024,
  /** Statements of one source that were begun and not finished. */
  openPushes: 5,
} as const;

const Id = z.string().min(1).max(64);
const Text = (max: number) => z.string().trim().min(1).max(max);
/** `data.items`, `dept.code`; '' is the answer or the row itself. */
const Path = z
  .string()
  .trim()
  .max(120)
  .regex(/^(?:[^.\s]+(?:\.[^.\s]+)*)?$/u);

/** Which field of the source is which column of ours; `values` turns the source's codes into our words. */
export const ColumnRule = z.strictObject({
  /** Our key: `staffNo`. */
  column: Text(40),
  /** The source's name for it; a path for JSON: `dept.code`. */
  from: Text(120),
  values: z
    .record(z.string().max(60), z.string().max(60))
    .refine((values) => Object.keys(values).length <= 100)
    .optional(),
});
export type ColumnRule = z.infer<typeof ColumnRule>;

const Columns = z
  .array(ColumnRule)
  .min(1)
  .max(40)
  .refine((rules) => new Set(rules.map(({ column }) => column)).size === rules.length);

/** What an empty value of the source means (A5). */
export const Empties = z.enum(['notProvided', 'clear']);
export type Empties = z.infer<typeof Empties>;

/* ---------- a view of another database ---------- */

/** Quoted in the statement, so it only has to be a name at all. */
const Name = z.string().regex(/^[\p{L}\p{N}_$-]{1,64}$/u);

export const SqlConnection = z.strictObject({
  host: z.string().regex(/^[\w.:-]{1,253}$/),
  port: z.number().int().min(1).max(65_535),
  database: Name,
  user: Text(64),
  tls: z.boolean(),
});
export type SqlConnection = z.infer<typeof SqlConnection>;

export const SqlList = z.strictObject({ view: Name, columns: Columns });
export type SqlList = z.infer<typeof SqlList>;

/* ---------- a paged HTTP endpoint ---------- */

export const HttpConnection = z.strictObject({
  /** Scheme, host and port; nothing else is ever asked. */
  origin: z.string().regex(/^https?:\/\/[^\s/?#@]{1,255}$/),
  auth: z.enum(['none', 'bearer', 'basic', 'header']),
  /** User of `basic`, name of `header`; else ''. */
  authName: z
    .string()
    .max(120)
    .regex(/^[\x21-\x7e]*$/),
});
export type HttpConnection = z.infer<typeof HttpConnection>;

const Param = z.string().regex(/^[\w.[\]-]{1,60}$/);
const Size = z.number().int().min(1).max(5_000);

/** How one page leads to the next. */
export const Paging = z.discriminatedUnion('by', [
  z.strictObject({ by: z.literal('none') }),
  z.strictObject({
    by: z.literal('page'),
    param: Param,
    first: z.number().int().min(0).max(1),
    sizeParam: Param,
    size: Size,
  }),
  z.strictObject({ by: z.literal('offset'), param: Param, sizeParam: Param, size: Size }),
  z.strictObject({ by: z.literal('cursor'), param: Param, next: Path, sizeParam: Param, size: Size }),
  /** The whole address of the next page, at the same origin. */
  z.strictObject({ by: z.literal('link'), next: Path }),
]);
export type Paging = z.infer<typeof Paging>;

export const HttpList = z.strictObject({
  /** With its fixed query, if any. */
  path: z.string().regex(/^\/[^\s#]{0,500}$/),
  items: Path,
  /** Where the answer says how many there are; without it the source never counts as complete (A1). */
  total: Path,
  /** Where the answer says as of when; '': the moment it was asked. */
  asOf: Path,
  paging: Paging,
  columns: Columns,
});
export type HttpList = z.infer<typeof HttpList>;

/* ---------- what is set up ---------- */

const common = {
  name: Text(60),
  empties: Empties,
};
const fetched = {
  ...common,
  /** The source lists everybody: who is missing may have left. */
  full: z.boolean(),
  /** Hour of the day it is fetched at, in Shanghai; null: only by hand. */
  hour: z.number().int().min(0).max(23).nullable(),
  /** Password or token; null keeps the one that is stored. */
  secret: z.string().min(1).max(2_000).nullable(),
};
const atLeastOne = (lists: { units: unknown; people: unknown }): boolean =>
  lists.units !== null || lists.people !== null;

export const SqlDraft = z.strictObject({
  kind: z.literal('sql'),
  ...fetched,
  connection: SqlConnection,
  lists: z.strictObject({ units: SqlList.nullable(), people: SqlList.nullable() }).refine(atLeastOne),
});
export const HttpDraft = z.strictObject({
  kind: z.literal('http'),
  ...fetched,
  connection: HttpConnection,
  lists: z.strictObject({ units: HttpList.nullable(), people: HttpList.nullable() }).refine(atLeastOne),
});
export const PushDraft = z.strictObject({ kind: z.literal('push'), ...common });

export const SourceDraft = z.discriminatedUnion('kind', [SqlDraft, HttpDraft, PushDraft]);
export type SourceDraft = z.infer<typeof SourceDraft>;
export type FetchedDraft = Exclude<SourceDraft, { kind: 'push' }>;

/** As it is shown: what was set up, without what is secret. */
export const SourceSettings = z.discriminatedUnion('kind', [
  SqlDraft.omit({ secret: true }),
  HttpDraft.omit({ secret: true }),
  PushDraft,
]);
export type SourceSettings = z.infer<typeof SourceSettings>;

export const FetchState = z.enum(['waiting', 'running', 'done', 'unchanged', 'suspicious', 'failed']);

export const FetchBrief = z.object({
  fetchId: z.string(),
  trigger: z.enum(['hand', 'schedule', 'push']),
  state: FetchState,
  startedAt: z.number(),
  finishedAt: z.number().nullable(),
  cutOffAt: z.number().nullable(),
  complete: z.boolean(),
  rows: z.object({ units: z.number(), people: z.number() }),
  batch: z.object({ batchId: z.string(), number: z.string() }).nullable(),
  /** Why it failed, or what is suspicious; in words. */
  notes: z.array(z.string()),
});
export type FetchBrief = z.infer<typeof FetchBrief>;

export const SourceBrief = z.object({
  sourceId: z.string(),
  kind: z.enum(['sql', 'http', 'push']),
  name: z.string(),
  /** "10.2.3.4:3306 / hr", "https://hr.example.edu.cn"; null where the reader may not know it. */
  where: z.string().nullable(),
  full: z.boolean().nullable(),
  hour: z.number().nullable(),
  enabled: z.boolean(),
  /** The next time it is fetched by itself. */
  nextAt: z.number().nullable(),
  last: FetchBrief.nullable(),
  can: z.object({ fetch: z.boolean(), change: z.boolean() }),
});
export type SourceBrief = z.infer<typeof SourceBrief>;

export const SourcesQuery = z.object({
  cursor: z.string().max(64).optional(),
  limit: z.coerce.number().int().min(1).max(50).default(50),
});
export const SourcesAnswer = z.object({
  items: z.array(SourceBrief),
  next: z.string().nullable(),
  can: z.object({ add: z.boolean() }),
  /** Our columns, for the mapping. */
  columns: z.array(
    z.object({
      kind: z.enum(['units', 'people']),
      column: z.string(),
      label: z.string(),
      required: z.boolean(),
    }),
  ),
});
export type SourcesAnswer = z.infer<typeof SourcesAnswer>;

export const SourceAnswer = z.object({
  sourceId: z.string(),
  settings: SourceSettings,
  hasSecret: z.boolean(),
  version: z.number(),
});
export type SourceAnswer = z.infer<typeof SourceAnswer>;

export const FetchesAnswer = z.object({ items: z.array(FetchBrief), next: z.string().nullable() });
export type FetchesAnswer = z.infer<typeof FetchesAnswer>;

/** The key of a push source is said once, here, and never again. */
export const SourceMade = z.object({ sourceId: z.string(), pushKey: z.string().nullable() });
export const ChangeRequest = z.strictObject({ version: z.number().int().min(1), draft: SourceDraft });
export const EnableRequest = z.strictObject({ enabled: z.boolean() });
export const KeyMade = z.object({ pushKey: z.string() });
export const FetchStarted = z.object({ fetchId: z.string() });

/** `sourceId`: the stored secret may be used, when it would go to where it goes now. */
export const TestRequest = z.strictObject({
  sourceId: Id.nullable(),
  draft: z.discriminatedUnion('kind', [SqlDraft, HttpDraft]),
});
export type TestRequest = z.infer<typeof TestRequest>;

export const TestAnswer = z.object({
  lists: z.array(
    z.object({
      kind: z.enum(['units', 'people']),
      /** How many rows the source says it has; null: it does not say. */
      total: z.number().nullable(),
      columns: z.array(z.object({ column: z.string(), label: z.string(), from: z.string() })),
      /** The first five, masked. */
      rows: z.array(z.record(z.string(), z.string())),
      /** Fields of the source that are not used. */
      unused: z.array(z.string()),
    }),
  ),
  warnings: z.array(z.string()),
});
export type TestAnswer = z.infer<typeof TestAnswer>;

/* ---------- the push API ---------- */

const Cell = z.union([z.string().max(500), z.number(), z.boolean(), z.null()]);
/** By our column keys (`staffNo`) or Chinese names (`工号`); several units as an array or `D01；D02`. */
const PushedRow = z.record(z.string().min(1).max(40), z.union([Cell, z.array(Cell).max(100)]));
export type PushedRow = z.infer<typeof PushedRow>;

const Count = z.number().int().min(0).max(SOURCE_LIMITS.rows);

/**
 * A statement comes in parts and is then finished; both may be one call. Sent again with the same content, a part or a
 * finish is answered as the first time; with other content it is refused.
 */
export const PushRequest = z
  .strictObject({
    /** The caller's own id of the statement. */
    batchId: z.string().regex(/^[\w.:-]{1,64}$/),
    part: z
      .strictObject({
        number: z.number().int().min(1).max(1_000),
        units: z.array(PushedRow).max(SOURCE_LIMITS.partRows).default([]),
        people: z.array(PushedRow).max(SOURCE_LIMITS.partRows).default([]),
      })
      .optional(),
    finish: z
      .strictObject({
        parts: z.number().int().min(1).max(1_000),
        units: Count,
        people: Count,
        /** Nobody is left out (A1). */
        complete: z.boolean(),
        /** State of the source at this moment, ISO 8601 with its zone. */
        cutOffAt: z.iso.datetime({ offset: true }),
      })
      .optional(),
  })
  .refine(({ part, finish }) => part !== undefined || finish !== undefined);
export type PushRequest = z.infer<typeof PushRequest>;

/** Says what this call did, so that it is the same however often it is sent. */
export const PushAnswer = z.object({
  batchId: z.string(),
  /** The part that is kept; null when the call brought none. */
  part: z.number().nullable(),
  finished: z.boolean(),
});
export type PushAnswer = z.infer<typeof PushAnswer>;

export const PushStatus = z.object({
  batchId: z.string(),
  state: z.enum(['open', 'finished', 'taken', 'failed']),
  received: z.object({ parts: z.number(), units: z.number(), people: z.number() }),
  /** Number of the batch it became: "2026-11-20-1". */
  batchNumber: z.string().nullable(),
  /** Faults found in its rows; null until they were looked for. */
  faults: z.number().nullable(),
  notes: z.array(z.string()),
});
export type PushStatus = z.infer<typeof PushStatus>;

export const Done = z.object({ ok: z.literal(true) });
