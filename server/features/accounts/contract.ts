/**
 * The accounts API: shapes of requests and answers. The web front end imports this file as types only.
 * Instants are epoch ms, dates `YYYY-MM-DD` in Asia/Shanghai. Words are ready to show.
 */
import { z } from 'zod';
import { isCalendarDate } from '../../kernel/dates.ts';

/** A clock as supervision tells it; declared here, because rules of this room load this file. */
const Due = z.object({
  dueAt: z.number().nullable(),
  provisional: z.boolean(),
  state: z.enum(['ok', 'today', 'amber', 'overdue', 'none']),
  words: z.string(),
});

export const Id = z.string().min(1).max(64);
export const DateText = z.string().refine(isCalendarDate, 'not a calendar date');
const Text = (max: number) => z.string().trim().max(max);
const Cursor = {
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(50).default(20),
};

/* ---------- words of the regulation ---------- */

/** 开通, 变更, 兼任, 借入, 借出, 挂职, 锁定, 解锁, 注销. */
export const RequestKind = z.enum([
  'open',
  'change',
  'concurrentPost',
  'secondIn',
  'secondOut',
  'attach',
  'lock',
  'unlock',
  'cancel',
]);
export type RequestKind = z.infer<typeof RequestKind>;

/** S3-1.1 to 1.4: 在编, 非在编 (雇员, 外包), 调任或转任, 挂职, 借调, 其他. */
export const Category = z.enum([
  'established',
  'nonEstablished',
  'transferred',
  'attached',
  'seconded',
  'other',
]);
export type Category = z.infer<typeof Category>;

/** S3-3.1 to 3.7, exactly these: 退休, 辞职, 病故或意外死亡, 开除公职, 辞退, 调离本区, 其他. */
export const LeavingReason = z.enum([
  'retired',
  'resigned',
  'deceased',
  'dismissed',
  'discharged',
  'leftDistrict',
  'other',
]);
export type LeavingReason = z.infer<typeof LeavingReason>;

export const AccountState = z.enum(['none', 'opening', 'open', 'locked', 'cancelling', 'cancelled']);
export type AccountState = z.infer<typeof AccountState>;

export const Act = z.enum(['open', 'change', 'lock', 'unlock', 'disable', 'restore', 'cancel']);
export type Act = z.infer<typeof Act>;

export const RequestStatus = z.enum([
  'draft',
  'submitted',
  'returned',
  'accepted',
  'executing',
  'done',
  'withdrawn',
]);
export type RequestStatus = z.infer<typeof RequestStatus>;

/* ---------- forms: a draft may lack anything; what is missing is named when it is sent in ---------- */

/** 函: its number or a file of it. */
export const Letter = z.strictObject({
  number: Text(64).default(''),
  fileId: Id.nullable().default(null),
});
export type Letter = z.infer<typeof Letter>;

/** S3-2b: exactly these are changed. */
export const ItemToChange = z.strictObject({ item: Text(40), before: Text(191), after: Text(191) });
export type ItemToChange = z.infer<typeof ItemToChange>;

const unitId = Id.nullable().default(null);
const date = DateText.nullable().default(null);
const systems = z.array(Id).max(50).nullable().default(null);
const changes = z.array(ItemToChange).max(30).default([]);
const note = Text(500).default('');
const title = Text(64).default('');

export const OpenForm = z.strictObject({
  unitId,
  /** Day of reporting for duty. */
  reportOn: date,
  category: Category.nullable().default(null),
  /** Null: all that newcomers of this category get. */
  systems,
  /** S3-1.2: why somebody outside the establishment needs these systems. */
  need: note,
  /** S3-1.3 */
  originUnit: Text(128).default(''),
  untilOn: date,
  /** S3-1.4 */
  reason: note,
});
export const ChangeForm = z.strictObject({
  /** S3-2.1 inside the unit, 2.2 between units, 2.6 anything else. */
  move: z.enum(['within', 'between', 'other']).nullable().default(null),
  unitId,
  toUnitId: unitId,
  effectiveOn: date,
  reason: note,
  changes,
  systems,
});
export const ConcurrentPostForm = z.strictObject({
  unitId,
  toUnitId: unitId,
  title,
  effectiveOn: date,
  /** C12: the end is stored; null only for an open-ended post. */
  untilOn: date,
  reason: note,
});
/** S3-2.3: both units send; a concurrent post is added, the original one stays. */
export const SecondInForm = z.strictObject({
  homeUnitId: unitId,
  hostUnitId: unitId,
  title,
  fromOn: date,
  untilOn: date,
  reason: note,
});
/** S3-2.4a: to outside. The other side signs here when it is a unit of ours, else by its own letter. */
export const SecondOutForm = z.strictObject({
  homeUnitId: unitId,
  hostUnitId: unitId,
  hostName: Text(128).default(''),
  hostLetter: Letter.nullable().default(null),
  fromOn: date,
  untilOn: date,
  reason: note,
});
/** 挂职: like a secondment into (inside) or out of (outside) the institution. */
export const AttachForm = SecondOutForm.extend({
  where: z.enum(['inside', 'outside']).nullable().default(null),
  title,
});
/** `cause` and `reason` are for named roles only (H5). */
export const LockForm = z.strictObject({
  unitId,
  fromOn: date,
  untilOn: date,
  cause: z.enum(['investigation', 'other']).nullable().default(null),
  reason: note,
});
export const UnlockForm = z.strictObject({
  unitId,
  lockId: Id.nullable().default(null),
  effectiveOn: date,
  /** S3-2.4b: back at work here, so attendance is opened anew (C14). */
  returned: z.boolean().default(true),
  reason: note,
});
export const CancelForm = z.strictObject({
  unitId,
  /** Day of formal leaving. */
  leftOn: date,
  leavingReason: LeavingReason.nullable().default(null),
  reason: note,
});

export const FORMS = {
  open: OpenForm,
  change: ChangeForm,
  concurrentPost: ConcurrentPostForm,
  secondIn: SecondInForm,
  secondOut: SecondOutForm,
  attach: AttachForm,
  lock: LockForm,
  unlock: UnlockForm,
  cancel: CancelForm,
} as const;

const filled = <K extends RequestKind, S extends z.ZodType>(kind: K, form: S) =>
  z.strictObject({ kind: z.literal(kind), form });

/** A kind with its form. */
export const Filled = z.discriminatedUnion('kind', [
  filled('open', OpenForm),
  filled('change', ChangeForm),
  filled('concurrentPost', ConcurrentPostForm),
  filled('secondIn', SecondInForm),
  filled('secondOut', SecondOutForm),
  filled('attach', AttachForm),
  filled('lock', LockForm),
  filled('unlock', UnlockForm),
  filled('cancel', CancelForm),
]);
export type Filled = z.infer<typeof Filled>;

/* ---------- requests ---------- */

export const CreateRequest = z.strictObject({
  personId: Id,
  filled: Filled,
  /** Set: sent in at once for this unit. */
  submit: z.strictObject({ unitId: Id, letter: Letter }).nullable().default(null),
});
export type CreateRequest = z.infer<typeof CreateRequest>;
export const FillRequest = z.strictObject({ filled: Filled });
export const SubmitRequest = z.strictObject({ unitId: Id, letter: Letter });
export type SubmitRequest = z.infer<typeof SubmitRequest>;
export const ReturnRequest = z.strictObject({
  /** What is missing, by name; never empty. */
  missing: z.array(Text(64).min(1)).min(1).max(20),
  note: Text(500).default(''),
});
export type ReturnRequest = z.infer<typeof ReturnRequest>;
/** What proves that an item was done: words, a file, or both. */
export const ProofRequest = z
  .strictObject({ note: Text(500).default(''), fileId: Id.nullable().default(null) })
  .refine((proof) => proof.note !== '' || proof.fileId !== null, 'a note or a file');
export type ProofRequest = z.infer<typeof ProofRequest>;
export const ReasonText = z.strictObject({ reason: Text(500).min(1) });

export const ItemAnswer = z.object({
  itemId: z.string(),
  systemCode: z.string(),
  systemName: z.string(),
  grade: z.enum(['api', 'file', 'manual']),
  act: Act,
  actWords: z.string(),
  stage: z.number(),
  status: z.enum(['waiting', 'running', 'done', 'failed', 'dropped']),
  /** Why it failed; null otherwise. */
  trouble: z.string().nullable(),
  proof: z
    .object({ note: z.string(), fileId: z.string().nullable(), byName: z.string(), at: z.number() })
    .nullable(),
});
export type ItemAnswer = z.infer<typeof ItemAnswer>;

export const SenderAnswer = z.object({
  unitId: z.string(),
  unitName: z.string(),
  role: z.enum(['own', 'receiving', 'home', 'host']),
  dueOn: z.string(),
  /** The due date rests on days no notice decides (G4). */
  provisional: z.boolean(),
  submittedAt: z.number().nullable(),
  byName: z.string().nullable(),
  letter: Letter.nullable(),
  /** Working days between the due day and sending in; 0 in time, null while open. */
  lateWorkdays: z.number().nullable(),
});

export const RequestBrief = z.object({
  requestId: z.string(),
  number: z.string(),
  kind: RequestKind,
  kindWords: z.string(),
  title: z.string(),
  personId: z.string(),
  personName: z.string(),
  status: RequestStatus,
  statusWords: z.string(),
  eventOn: z.string(),
  createdAt: z.number(),
  /** The nearest clock that runs on it; null when none does. */
  due: Due.nullable(),
});
export type RequestBrief = z.infer<typeof RequestBrief>;

export const RequestsQuery = z.strictObject({
  ...Cursor,
  status: RequestStatus.optional(),
  kind: RequestKind.optional(),
  personId: Id.optional(),
});
export type RequestsQuery = z.infer<typeof RequestsQuery>;
export const RequestsAnswer = z.object({
  items: z.array(RequestBrief),
  next: z.string().nullable(),
  /** `report`: begin a request, for a unit one sends for. */
  can: z.object({ report: z.boolean() }),
});
export type RequestsAnswer = z.infer<typeof RequestsAnswer>;

export const RequestAnswer = RequestBrief.extend({
  /** Without what only named roles may read. */
  filled: Filled,
  senders: z.array(SenderAnswer),
  missing: z.array(z.string()),
  returnNote: z.string().nullable(),
  items: z.array(ItemAnswer),
  history: z.array(z.object({ at: z.number(), byName: z.string(), words: z.string() })),
  can: z.object({
    fill: z.boolean(),
    submit: z.array(z.string()),
    accept: z.boolean(),
    giveBack: z.boolean(),
    execute: z.boolean(),
    confirm: z.boolean(),
    withdraw: z.boolean(),
    readReason: z.boolean(),
  }),
});
export type RequestAnswer = z.infer<typeof RequestAnswer>;

/** `outcome`: `returned` when something was missing, `waiting` when another unit must still send. */
export const RequestActAnswer = z.object({
  requestId: z.string(),
  outcome: z.enum(['done', 'already', 'returned', 'waiting']),
  missing: z.array(z.string()),
  status: RequestStatus,
});
export type RequestActAnswer = z.infer<typeof RequestActAnswer>;

/* ---------- accounts, locks, cancellation ---------- */

export const AccountAnswer = z.object({
  systemCode: z.string(),
  systemName: z.string(),
  state: AccountState,
  /** "锁定，11-03 起": the same for everybody (H5). */
  words: z.string(),
  sinceAt: z.number().nullable(),
});
export const AccountsAnswer = z.object({
  personId: z.string(),
  accounts: z.array(AccountAnswer),
  history: z.array(
    z.object({ at: z.number(), systemName: z.string(), words: z.string(), byName: z.string() }),
  ),
  locks: z.array(
    z.object({
      lockId: z.string(),
      words: z.string(),
      untilOn: z.string().nullable(),
      decided: z.boolean(),
      can: z.object({ decide: z.boolean(), recordResult: z.boolean(), readReason: z.boolean() }),
    }),
  ),
});
export type AccountsAnswer = z.infer<typeof AccountsAnswer>;

const reason = Text(500).min(1);
/** S3-2.4b, 2.5b */
export const DecideLockRequest = z.discriminatedUnion('decision', [
  z.strictObject({
    decision: z.literal('unlock'),
    effectiveOn: DateText,
    /** Back at work here: attendance is opened anew (C14). */
    returned: z.boolean(),
    reason,
  }),
  /** Unlocked and changed: two requests. */
  z.strictObject({
    decision: z.literal('change'),
    effectiveOn: DateText,
    reason,
    changes: z.array(ItemToChange).min(1).max(30),
  }),
  z.strictObject({
    decision: z.literal('cancel'),
    leftOn: DateText,
    leavingReason: LeavingReason,
    reason: Text(500).default(''),
  }),
]);
export type DecideLockRequest = z.infer<typeof DecideLockRequest>;
export const RequestIdsAnswer = z.object({ requestIds: z.array(z.string()) });
export const ResultRequest = z.strictObject({ resultOn: DateText });
export const PurposeRequest = z.strictObject({ purpose: Text(200).min(2) });
export const LockReasonAnswer = z.object({
  cause: z.enum(['investigation', 'other']).nullable(),
  reason: z.string(),
});
export const BackupRequest = z.strictObject({ statement: Text(500).default('') });

export const CancellationAnswer = z.object({
  requestId: z.string(),
  personId: z.string(),
  step: z.enum(['told', 'disabled', 'grace', 'deleting', 'deleted', 'recalled']),
  toldAt: z.number(),
  disabledAt: z.number().nullable(),
  handedOverAt: z.number().nullable(),
  graceUntilAt: z.number().nullable(),
  deletedAt: z.number().nullable(),
  backup: z.object({ by: z.enum(['person', 'unit']), at: z.number(), statement: z.string() }).nullable(),
  sheetId: z.string().nullable(),
  /** What still stands between now and deletion, in words. */
  obstacles: z.array(z.string()),
});
export type CancellationAnswer = z.infer<typeof CancellationAnswer>;

/** Accounts that were there before the book was kept. */
export const StockRequest = z.strictObject({ systemCode: Id });
export const StockAnswer = z.object({ registered: z.number() });

export const ExchangeQuery = z.strictObject({
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(500),
});
export type ExchangeQuery = z.infer<typeof ExchangeQuery>;
/** Items of one system gathered for an exchange file. */
export const ExchangeAnswer = z.object({
  systemCode: z.string(),
  rows: z.array(
    z.object({
      itemId: z.string(),
      requestNumber: z.string(),
      staffNo: z.string(),
      name: z.string(),
      act: Act,
      actWords: z.string(),
      changes: z.array(ItemToChange),
    }),
  ),
  /** More rows wait. */
  next: z.string().nullable(),
});
export type ExchangeAnswer = z.infer<typeof ExchangeAnswer>;
export const ConfirmRowsRequest = z.strictObject({
  itemIds: z.array(Id).min(1).max(500),
  note: Text(500).default(''),
  fileId: Id.nullable().default(null),
});
export type ConfirmRowsRequest = z.infer<typeof ConfirmRowsRequest>;
export const ConfirmRowsAnswer = z.object({
  done: z.number(),
  failed: z.array(z.object({ itemId: z.string(), code: z.string() })),
});

/* ---------- hand-over ---------- */

export const TrialVerdict = z.enum(['takes', 'merges', 'refuses', 'auto', 'revokes', 'stated', 'missing']);
export const ItemResult = z.enum(['done', 'merged', 'revoked', 'failed', 'undone', 'kept']);

export const SheetItemAnswer = z.object({
  itemId: z.string(),
  kind: z.string(),
  kindLabel: z.string(),
  title: z.string(),
  detail: z.string(),
  mode: z.enum(['choose', 'auto', 'revoke', 'statement']),
  successorId: z.string().nullable(),
  successorName: z.string().nullable(),
  trial: z.object({ verdict: TrialVerdict, words: z.string() }).nullable(),
  result: ItemResult.nullable(),
  resultWords: z.string().nullable(),
});
export const SheetAnswer = z.object({
  sheetId: z.string(),
  personId: z.string(),
  personName: z.string(),
  state: z.enum(['open', 'executed', 'closed', 'undone']),
  items: z.array(SheetItemAnswer),
  missing: z.number(),
  failed: z.number(),
  trialAt: z.number().nullable(),
  trialUntilAt: z.number().nullable(),
  executedAt: z.number().nullable(),
  undoUntilAt: z.number().nullable(),
  /** What each successor gets. */
  load: z.array(z.object({ personId: z.string(), name: z.string(), count: z.number() })),
  signatures: z.array(
    z.object({
      role: z.enum(['unit', 'successor']),
      personId: z.string().nullable(),
      name: z.string().nullable(),
      signedAt: z.number().nullable(),
    }),
  ),
  can: z.object({ assign: z.boolean(), execute: z.boolean(), undo: z.boolean(), sign: z.boolean() }),
});
export type SheetAnswer = z.infer<typeof SheetAnswer>;

export const AssignRequest = z.strictObject({
  /** Left out: every row without a successor; a choice is never overwritten. */
  itemId: Id.optional(),
  successorId: Id.nullable(),
});
export const SheetActAnswer = z.object({ done: z.number(), merged: z.number(), failed: z.number() });
export type SheetActAnswer = z.infer<typeof SheetActAnswer>;

/* ---------- inspection ---------- */

export const Month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/);
export const RunInspectionRequest = z.strictObject({ systemCode: Id, month: Month });
export const ImportEvidenceRequest = z.strictObject({
  systemCode: Id,
  month: Month,
  source: Id,
  /** Until when the source's data reaches. */
  cutOffAt: z.number().int().positive(),
  rows: z.array(z.strictObject({ personId: Id, lastAt: z.number().int().positive() })).max(20_000),
});
export const Verdict = z.enum(['active', 'excluded', 'listed', 'undecided']);
export const InspectionAnswer = z.object({
  inspectionId: z.string(),
  systemCode: z.string(),
  month: Month,
  versionNumber: z.number(),
  fromOn: z.string(),
  untilOn: z.string(),
  ranAt: z.number(),
  state: z.enum(['decided', 'undecided']),
  figures: z.object({
    total: z.number(),
    active: z.number(),
    excluded: z.number(),
    listed: z.number(),
    undecided: z.number(),
  }),
  sources: z.array(
    z.object({ code: z.string(), label: z.string(), cutOffAt: z.number().nullable(), enough: z.boolean() }),
  ),
  letters: z.array(
    z.object({
      letterId: z.string(),
      unitId: z.string(),
      unitName: z.string(),
      forLeaders: z.boolean(),
      sentAt: z.number(),
      accounts: z.number(),
      replied: z.number(),
    }),
  ),
});
export type InspectionAnswer = z.infer<typeof InspectionAnswer>;

export const InspectionsQuery = z.strictObject(Cursor);
export type InspectionsQuery = z.infer<typeof InspectionsQuery>;
export const InspectionsAnswer = z.object({
  next: z.string().nullable(),
  items: z.array(
    InspectionAnswer.pick({
      inspectionId: true,
      systemCode: true,
      month: true,
      versionNumber: true,
      state: true,
      figures: true,
    }),
  ),
});

export const FindingsQuery = z.strictObject({ ...Cursor, verdict: Verdict.optional() });
export const FindingsAnswer = z.object({
  items: z.array(
    z.object({
      findingId: z.string(),
      personId: z.string(),
      name: z.string(),
      staffNo: z.string(),
      unitName: z.string(),
      verdict: Verdict,
      /** Which rule gave the verdict: `evidence:appEntry`, `excluded:joined`, `noEvidence`. */
      rule: z.string(),
      ruleWords: z.string(),
      evidence: z.array(z.object({ source: z.string(), lastAt: z.number().nullable(), inside: z.boolean() })),
    }),
  ),
  next: z.string().nullable(),
});

export const LetterAnswer = z.object({
  letterId: z.string(),
  unitName: z.string(),
  month: Month,
  systemName: z.string(),
  sentAt: z.number(),
  /** The unit's clock for its answer; null once it has answered. */
  due: Due.nullable(),
  accounts: z.array(
    z.object({
      letterItemId: z.string(),
      personId: z.string(),
      name: z.string(),
      staffNo: z.string(),
      reply: z.object({ kind: z.string(), reason: z.string(), at: z.number() }).nullable(),
    }),
  ),
});
export type LetterAnswer = z.infer<typeof LetterAnswer>;

export const ReplyRequest = z
  .strictObject({
    kind: z.enum(['left', 'keep', 'lock', 'other']),
    reason: Text(500).default(''),
    leftOn: DateText.nullable().default(null),
    leavingReason: LeavingReason.nullable().default(null),
  })
  .refine((reply) => reply.kind !== 'left' || (reply.leftOn !== null && reply.leavingReason !== null), {
    message: 'who has left: when and why',
  })
  .refine((reply) => reply.kind === 'left' || reply.reason !== '', { message: 'a reason per account' });
export type ReplyRequest = z.infer<typeof ReplyRequest>;

export const InstructionRequest = z.strictObject({
  lateCaseIds: z.array(Id).min(1).max(200),
  /** 批示: who gave it, when, and its number. */
  instructedBy: Text(64).min(1),
  instructedOn: DateText,
  documentNumber: Text(64).min(1),
});
export const LateCasesQuery = z.strictObject({ ...Cursor, unitId: Id.optional() });
export const LateCasesAnswer = z.object({
  items: z.array(
    z.object({
      lateCaseId: z.string(),
      requestId: z.string(),
      unitId: z.string(),
      unitName: z.string(),
      kindWords: z.string(),
      eventOn: z.string(),
      dueOn: z.string(),
      submittedOn: z.string(),
      lateWorkdays: z.number(),
      origin: z.string(),
      state: z.enum(['noted', 'instructed']),
    }),
  ),
  next: z.string().nullable(),
});

export const Done = z.object({ ok: z.literal(true) });
