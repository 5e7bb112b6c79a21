/** Shapes of the template designer: drafts, what is wrong with them, what they change, who may design what. */
import { z } from 'zod';
import { ForecastAnswer, FormValues, Id } from '../contract.ts';

const Version = z.number().int().min(1);
const Key = z.string().regex(/^[a-z][A-Za-z0-9]{0,39}$/);
const Label = z.string().min(1).max(20);
/** Bytes; a template of 60 fields has 20 KB. */
export const MOST_YAML = 100_000;

const Prefix = z.string().regex(/^[A-Z]{2,4}$/, '单号前缀须是 2 至 4 个大写字母');

export const ByKey = z.strictObject({ templateKey: Id });
export const ByRight = z.strictObject({ rightId: Id });

/** What a group of shapes below has in common: who did it when. */
const Stamp = z.object({ at: z.number(), by: z.string() });

/* ---------- drafts ---------- */

/** Bytes of a draft as JSON, and how deep it may nest; a template of 60 fields needs a tenth of the one. */
const MOST_BYTES = 200_000;
const MOST_DEPTH = 16;

const Name = z.string().max(60);
const DraftField = z.looseObject({ key: Name, label: Name, type: Name });
const DraftStep = z.looseObject({ key: Name, title: Name, kind: Name });

/**
 * Anything a page can draw, faults and all. Whether it may be used is the checker's to say (check-draft.ts).
 */
export const DraftContent = z
  .looseObject({
    key: z.string().max(40),
    title: Name,
    group: Name,
    fields: z.array(DraftField).max(60),
    steps: z.array(DraftStep).max(30),
  })
  // In this order: what nests too deep cannot be written out either.
  .refine(
    (draft) => depthOf(draft) <= MOST_DEPTH && JSON.stringify(draft).length <= MOST_BYTES,
    '内容太多，或套得太深',
  );
export type DraftContent = z.infer<typeof DraftContent>;

/** Stops as soon as it is too deep: what comes from outside may be deeper than the stack. */
function depthOf(value: unknown, depth = 0): number {
  if (depth > MOST_DEPTH || typeof value !== 'object' || value === null) return depth;
  let deepest = depth;
  for (const part of Object.values(value)) deepest = Math.max(deepest, depthOf(part, depth + 1));
  return deepest;
}

/* ---------- lists ---------- */

export const ListQuery = z.strictObject({ after: z.string().max(40).optional() });

export const DesignListAnswer = z.object({
  items: z.array(
    z.object({
      templateKey: z.string(),
      title: z.string(),
      group: z.string(),
      state: z.enum(['draft', 'inForce', 'retired']),
      /** In force; null while it was never published. */
      version: z.number().nullable(),
      draft: z.object({ changed: Stamp, inReview: z.boolean() }).nullable(),
      /** Requests under way, of whatever version. */
      running: z.number(),
      /** Module managers who may design it, by name. */
      managers: z.array(z.string()),
      /** A newer file in config/templates waits to be compared. */
      fileOffered: z.boolean(),
    }),
  ),
  next: z.string().nullable(),
  can: z.object({ create: z.boolean(), grant: z.boolean(), change: z.boolean() }),
});
export type DesignListAnswer = z.infer<typeof DesignListAnswer>;

/** What a designer chooses from; names only, nothing personal. */
export const AroundAnswer = z.object({
  roles: z.array(z.object({ code: z.string(), name: z.string() })),
  units: z.array(z.object({ code: z.string(), name: z.string() })),
  sources: z.array(z.string()),
  templates: z.array(z.object({ key: z.string(), title: z.string() })),
  /** Groups this person may put a new template in. */
  groups: z.array(z.string()),
});
export type AroundAnswer = z.infer<typeof AroundAnswer>;

/* ---------- one template ---------- */

export const Issue = z.object({
  id: z.string(),
  severity: z.enum(['error', 'notice']),
  at: z.object({ part: z.enum(['template', 'field', 'step']), key: z.string().nullable() }),
  title: z.string(),
  words: z.string(),
  repair: z.string().nullable(),
});
export type Issue = z.infer<typeof Issue>;

/** What the drawing says of a step; '' where the draft does not say it yet. */
const StepWords = z.object({ key: z.string(), who: z.string(), how: z.string(), when: z.string() });

const judged = {
  errors: z.number(),
  issues: z.array(Issue),
  steps: z.array(StepWords),
};

export const DraftState = z.object({
  /** Of the row, for the next save. */
  version: z.number(),
  basedOn: z.number(),
  changed: Stamp,
  inReview: z.boolean(),
  ...judged,
});
export type DraftState = z.infer<typeof DraftState>;

export const DesignAnswer = z.object({
  templateKey: z.string(),
  state: z.enum(['draft', 'inForce', 'retired']),
  /** In force; null while it was never published. */
  version: z.number().nullable(),
  running: z.number(),
  fileOffered: z.boolean(),
  retiredWords: z.string(),
  content: DraftContent,
  draft: DraftState.nullable(),
  /** Of what is in force, when there is no draft. */
  steps: z.array(StepWords),
  versions: z.array(z.object({ version: z.number(), published: Stamp })),
  /** Names of people the content names, by id. */
  people: z.record(z.string(), z.string()),
  can: z.object({
    change: z.boolean(),
    publish: z.boolean(),
    /** Why `publish` is off although there are no errors: '' for nothing. */
    waitsFor: z.enum(['', 'review', 'second']),
    retire: z.boolean(),
    restore: z.boolean(),
  }),
});
export type DesignAnswer = z.infer<typeof DesignAnswer>;

/* ---------- acts ---------- */

export const StartRequest = z.discriminatedUnion('from', [
  z.strictObject({ from: z.literal('running'), templateKey: Id }),
  z.strictObject({ from: z.literal('file'), templateKey: Id }),
  z.strictObject({ from: z.literal('version'), templateKey: Id, version: Version }),
  z.strictObject({ from: z.literal('new'), key: Key, title: Label, group: Label, numberPrefix: Prefix }),
  /** `replaces`: version of the draft the file is to stand in for. */
  z.strictObject({
    from: z.literal('yaml'),
    text: z.string().min(1).max(MOST_YAML),
    replaces: Version.optional(),
  }),
]);
export type StartRequest = z.infer<typeof StartRequest>;
export const StartAnswer = z.object({ templateKey: z.string() });

export const SaveRequest = z.strictObject({ version: Version, content: DraftContent });
export type SaveRequest = z.infer<typeof SaveRequest>;

export const SeenRequest = z.strictObject({ version: Version });
export const RepairRequest = z.strictObject({ version: Version, issueId: z.string().min(1).max(300) });
/** Of the draft, and of what is in force: the designer has compared the two. */
export const RebaseRequest = z.strictObject({ version: Version, running: Version });
export const RetireRequest = z.strictObject({ reason: z.string().trim().min(1).max(200) });
export const PublishAnswer = z.object({ version: z.number() });
export const Ok = z.object({ ok: z.literal(true) });

/* ---------- what a draft would do ---------- */

const Source = z.union([z.literal('draft'), z.literal('file'), z.coerce.number().int().min(1)]);
export const DifferenceQuery = z.strictObject({ from: Source, to: Source });
export type DifferenceSource = z.infer<typeof Source>;

export const DifferenceAnswer = z.object({
  rows: z.array(
    z.object({
      part: z.enum(['template', 'field', 'step', 'computed']),
      key: z.string(),
      title: z.string(),
      change: z.enum(['added', 'removed', 'moved', 'changed']),
      what: z.string(),
      from: z.string(),
      to: z.string(),
    }),
  ),
});
export type DifferenceAnswer = z.infer<typeof DifferenceAnswer>;

export const YamlQuery = z.strictObject({ version: z.coerce.number().int().min(1).optional() });

export const PreviewRequest = z.strictObject({ personId: Id, form: FormValues });
export const PreviewAnswer = z.object({
  personName: z.string(),
  unitName: z.string(),
  forecast: ForecastAnswer,
  /** What rooms offer, by field. */
  choices: z.record(z.string(), z.array(z.object({ value: z.string(), label: z.string() }))),
});
export type PreviewAnswer = z.infer<typeof PreviewAnswer>;

/* ---------- rights ---------- */

const RightScope = z.strictObject({ kind: z.enum(['group', 'template']), value: z.string().min(1).max(40) });
/** The number of the approved 分级管理权限 request with its flow attached (S2-10b). */
export const GrantRequest = z.strictObject({
  requestNumber: z.string().trim().min(1).max(32),
  scope: RightScope,
});
export type GrantRequest = z.infer<typeof GrantRequest>;
export const GrantAnswer = z.object({ rightId: z.string() });

export const RightsAnswer = z.object({
  items: z.array(
    z.object({
      rightId: z.string(),
      personId: z.string(),
      name: z.string(),
      scope: RightScope,
      scopeWords: z.string(),
      requestNumber: z.string(),
      granted: Stamp,
      /** Without the role of a module manager the right rests. */
      rests: z.boolean(),
    }),
  ),
  next: z.string().nullable(),
});
export type RightsAnswer = z.infer<typeof RightsAnswer>;
