/**
 * The API of personal-file audits (人事档案审核, S1-7.1). The web front end imports this file as types only. Instants are
 * epoch ms, dates `YYYY-MM-DD` in Asia/Shanghai. Values of a record are masked wherever they stand here (H6).
 */
import { z } from 'zod';

export const Id = z.string().min(1).max(64);
const Text = (least: number, most: number) => z.string().trim().min(least).max(most);
const Day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const Version = z.number().int().min(1);
/** Typed by whoever acts on many. */
const Phrase = z.string().max(64).optional();
const Cursor = {
  cursor: z.string().max(64).optional(),
  limit: z.coerce.number().int().min(1).max(50).default(20),
};

/** What of a record can be checked: what the directory and HR really hold. */
export const Field = z.enum([
  'name',
  'staffNo',
  'sex',
  'idType',
  'idNumber',
  'bornOn',
  'address',
  'unit',
  'title',
  'manager',
  'category',
  'establishment',
  'grade',
  'employedOn',
  'contractUntilOn',
  'status',
  'mobile',
  'email',
  'userid',
  'photo',
]);
export type Field = z.infer<typeof Field>;

/** The person checks, the unit checks again, HR gives the verdict; always in this order. */
export const StepKind = z.enum(['self', 'unit', 'hr']);
export type StepKind = z.infer<typeof StepKind>;

/** Where a file is: at a step, judged, taken out because the person left, or cut off by the end of the plan. */
export const Stage = z.enum(['self', 'unit', 'hr', 'done', 'dropped', 'unfinished']);
export type Stage = z.infer<typeof Stage>;

export const Verdict = z.enum(['ok', 'missing', 'wrong']);
export type Verdict = z.infer<typeof Verdict>;

export const Category = z.enum(['internal', 'external', 'entrusted']);

export const PlanState = z.enum(['draft', 'starting', 'running', 'ending', 'ended', 'discarded']);
export type PlanState = z.infer<typeof PlanState>;

/** Nothing named: the whole institution. A category of people narrows what units and sets give. */
export const Scope = z.strictObject({
  /** Units with all below them. */
  unitIds: z.array(Id).max(200),
  setIds: z.array(Id).max(20),
  categories: z.array(Category).max(3),
});
export type Scope = z.infer<typeof Scope>;

export const Step = z.strictObject({
  kind: StepKind,
  /** Working days of whoever holds it, from the day after it came to them. */
  workdays: z.number().int().min(1).max(60),
});
export type Step = z.infer<typeof Step>;

export const PlanTerms = z.strictObject({
  title: Text(2, 60),
  /** The document or rule it rests on. */
  basis: Text(2, 150),
  guidance: Text(0, 2000),
  scope: Scope,
  fields: z.array(Field).min(1).max(20),
  /** `hr` is always one of them. */
  steps: z.array(Step).min(1).max(3),
  fromOn: Day,
  untilOn: Day,
  reviewerIds: z.array(Id).min(1).max(20),
});
export type PlanTerms = z.infer<typeof PlanTerms>;

export const MakeAnswer = z.object({ planId: z.string() });
export const ChangeRequest = z.strictObject({ version: Version, ...PlanTerms.shape });
export type ChangeRequest = z.infer<typeof ChangeRequest>;
export const VersionRequest = z.strictObject({ version: Version });
export const TypedRequest = z.strictObject({ version: Version, phrase: Phrase });
export type TypedRequest = z.infer<typeof TypedRequest>;
/** What may still be changed while it runs. */
export const TuneRequest = z.strictObject({
  version: Version,
  guidance: Text(0, 2000),
  reviewerIds: z.array(Id).min(1).max(20),
});
export type TuneRequest = z.infer<typeof TuneRequest>;
export const RemindRequest = z.strictObject({ unitId: Id.nullable(), phrase: Phrase });
export type RemindRequest = z.infer<typeof RemindRequest>;
export const RemindAnswer = z.object({ people: z.number() });
export type RemindAnswer = z.infer<typeof RemindAnswer>;
export const Done = z.object({ ok: z.literal(true) });

export const ByPlan = z.strictObject({ planId: Id });
export const ByFile = z.strictObject({ fileId: Id });

/* ---------- numbers ---------- */

/** Shares in per cent with one decimal; null: nothing was judged. */
const Share = z.number().nullable();
export const Figures = z.object({
  people: z.number(),
  self: z.number(),
  unit: z.number(),
  hr: z.number(),
  done: z.number(),
  dropped: z.number(),
  unfinished: z.number(),
  /** Past its time now. */
  overdue: z.number(),
  /** A step of it was past its time once. */
  late: z.number(),
  /** Fields by verdict, of files that are judged. */
  ok: z.number(),
  missing: z.number(),
  wrong: z.number(),
  /** Present among checked; right among present; present and right among checked. */
  completeness: Share,
  accuracy: Share,
  score: Share,
});
export type Figures = z.infer<typeof Figures>;

const Due = z.object({
  dueAt: z.number().nullable(),
  provisional: z.boolean(),
  state: z.enum(['ok', 'today', 'amber', 'overdue', 'none']),
  words: z.string(),
});

/* ---------- plans ---------- */

export const PlansQuery = z.strictObject(Cursor);
export type PlansQuery = z.infer<typeof PlansQuery>;

export const PlanBrief = z.object({
  planId: z.string(),
  title: z.string(),
  state: PlanState,
  stateWords: z.string(),
  fromOn: z.string(),
  untilOn: z.string(),
  makerName: z.string(),
  startedAt: z.number().nullable(),
  endedAt: z.number().nullable(),
  /** Of what the reader sees; null for a draft. */
  figures: Figures.nullable(),
});
export type PlanBrief = z.infer<typeof PlanBrief>;
export const PlansAnswer = z.object({
  items: z.array(PlanBrief),
  next: z.string().nullable(),
  can: z.object({ make: z.boolean() }),
});
export type PlansAnswer = z.infer<typeof PlansAnswer>;

const Named = z.object({ id: z.string(), name: z.string() });

export const PlanAnswer = PlanBrief.extend({
  version: z.number(),
  basis: z.string(),
  guidance: z.string(),
  scope: Scope,
  scopeWords: z.array(z.string()),
  fields: z.array(z.object({ field: Field, label: z.string() })),
  steps: z.array(Step.extend({ label: z.string() })),
  reviewers: z.array(Named),
  startedByName: z.string().nullable(),
  /** People the scope names now; after the start, those it was frozen to. */
  people: z.number(),
  /** What the scores mean, in words. */
  method: z.string(),
  can: z.object({
    edit: z.boolean(),
    start: z.boolean(),
    /** Why this reader cannot start it; null: they can, or need not be told. */
    startNot: z.string().nullable(),
    tune: z.boolean(),
    end: z.boolean(),
    remind: z.boolean(),
    files: z.boolean(),
    export: z.boolean(),
  }),
});
export type PlanAnswer = z.infer<typeof PlanAnswer>;

/** For the form of a plan: everything at once; units are picked from the directory itself. */
export const ChoicesAnswer = z.object({
  fields: z.array(z.object({ field: Field, label: z.string(), isPersonal: z.boolean() })),
  sets: z.array(z.object({ setId: z.string(), name: z.string() })),
  reviewers: z.array(z.object({ personId: z.string(), name: z.string(), unitName: z.string() })),
  steps: z.array(Step.extend({ label: z.string() })),
});
export type ChoicesAnswer = z.infer<typeof ChoicesAnswer>;

export const UnitsQuery = z.strictObject({
  only: z.enum(['all', 'overdue']).default('all'),
  ...Cursor,
});
export type UnitsQuery = z.infer<typeof UnitsQuery>;
export const UnitsAnswer = z.object({
  items: z.array(z.object({ unitId: z.string().nullable(), unitName: z.string(), ...Figures.shape })),
  next: z.string().nullable(),
  total: z.number(),
});
export type UnitsAnswer = z.infer<typeof UnitsAnswer>;

/* ---------- files ---------- */

export const FilesQuery = z.strictObject({
  stage: Stage.optional(),
  unitId: Id.optional(),
  /** Only those past their time. */
  overdue: z.enum(['1']).optional(),
  ...Cursor,
});
export type FilesQuery = z.infer<typeof FilesQuery>;
export const FilesExportQuery = FilesQuery.omit({ cursor: true, limit: true });

export const FileBrief = z.object({
  fileId: z.string(),
  planId: z.string(),
  planTitle: z.string(),
  person: z.object({ personId: z.string(), staffNo: z.string(), name: z.string(), title: z.string() }),
  unitName: z.string(),
  stage: Stage,
  stageWords: z.string(),
  holderName: z.string().nullable(),
  due: Due.nullable(),
  isLate: z.boolean(),
  /** Fields the person says are wrong, those the unit doubts. */
  wrongSaid: z.number(),
  doubts: z.number(),
  ok: z.number(),
  missing: z.number(),
  wrong: z.number(),
  can: z.object({ check: z.boolean(), pass: z.boolean(), judge: z.boolean() }),
});
export type FileBrief = z.infer<typeof FileBrief>;
export const FilesAnswer = z.object({
  items: z.array(FileBrief),
  next: z.string().nullable(),
  total: z.number(),
});
export type FilesAnswer = z.infer<typeof FilesAnswer>;

export const OwnQuery = z.strictObject(Cursor);
export type OwnQuery = z.infer<typeof OwnQuery>;
/** `mine`: my own files, newest first; those that wait for me to review are `toReview`, by deadline. */
export const OwnAnswer = z.object({
  items: z.array(FileBrief),
  next: z.string().nullable(),
});
export type OwnAnswer = z.infer<typeof OwnAnswer>;

export const FileField = z.object({
  field: Field,
  label: z.string(),
  /** As the record has it now, masked; null: nothing. */
  present: z.string().nullable(),
  /** What the person said in this round; null: nothing yet. */
  said: z.enum(['right', 'wrong']).nullable(),
  /** The correction the person asked for since the audit began. */
  correction: z.object({ id: z.string(), state: z.string(), words: z.string() }).nullable(),
  /** The unit doubts it, and why. */
  doubt: z.string().nullable(),
  verdict: Verdict.nullable(),
  verdictNote: z.string().nullable(),
});
export type FileField = z.infer<typeof FileField>;

export const FileAnswer = FileBrief.extend({
  round: z.number(),
  guidance: z.string(),
  basis: z.string(),
  fields: z.array(FileField),
  history: z.array(
    z.object({
      id: z.string(),
      at: z.number(),
      by: z.string(),
      words: z.string(),
      note: z.string().nullable(),
    }),
  ),
  clocks: z.array(
    z.object({
      id: z.string(),
      step: z.string(),
      holder: z.string().nullable(),
      openedAt: z.number(),
      dueAt: z.number().nullable(),
      closedAt: z.number().nullable(),
      isLate: z.boolean(),
    }),
  ),
  /** To which steps it may be sent back by the reader. */
  back: z.array(z.object({ step: StepKind, label: z.string() })),
  isOwn: z.boolean(),
});
export type FileAnswer = z.infer<typeof FileAnswer>;

const Note = Text(2, 200);
export const CheckRequest = z.strictObject({
  answers: z
    .array(z.strictObject({ field: Field, said: z.enum(['right', 'wrong']) }))
    .min(1)
    .max(20),
});
export type CheckRequest = z.infer<typeof CheckRequest>;
export const PassRequest = z.strictObject({
  doubts: z.array(z.strictObject({ field: Field, note: Note })).max(20),
});
export type PassRequest = z.infer<typeof PassRequest>;
export const JudgeRequest = z.strictObject({
  verdicts: z
    .array(z.strictObject({ field: Field, verdict: Verdict, note: Note.nullable() }))
    .min(1)
    .max(20),
});
export type JudgeRequest = z.infer<typeof JudgeRequest>;
export const SendBackRequest = z.strictObject({ to: StepKind, reason: Note });
export type SendBackRequest = z.infer<typeof SendBackRequest>;
export const ActAnswer = z.object({ stage: Stage });
export type ActAnswer = z.infer<typeof ActAnswer>;

/** Of files ticked on one page, so never many. */
export const SomeRequest = z.strictObject({ fileIds: z.array(Id).min(1).max(50) });
export type SomeRequest = z.infer<typeof SomeRequest>;
export const SomeAnswer = z.object({
  done: z.number(),
  /** Left as they were, and why, by person. */
  left: z.array(z.object({ name: z.string(), why: z.string() })),
});
export type SomeAnswer = z.infer<typeof SomeAnswer>;

/* ---------- data quality (S1-1c) ---------- */

export const QualityQuery = z.strictObject(Cursor);
export type QualityQuery = z.infer<typeof QualityQuery>;
export const QualityAnswer = z.object({
  /** The data domain, and what its scores mean. */
  domain: z.string(),
  method: z.string(),
  items: z.array(
    z.object({
      planId: z.string(),
      title: z.string(),
      basis: z.string(),
      scoredAt: z.number(),
      fieldLabels: z.array(z.string()),
      figures: Figures,
    }),
  ),
  next: z.string().nullable(),
});
export type QualityAnswer = z.infer<typeof QualityAnswer>;
