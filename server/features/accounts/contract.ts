/**
 * The accounts API: shapes of requests and answers. The web front end imports this file as types only.
 * Instants are epoch ms, dates `YYYY-MM-DD` in Asia/Shanghai. Words are ready to show.
 */
import { z } from 'zod';
import {
  AccountState,
  Act,
  Cursor,
  DateText,
  Due,
  Id,
  LeavingReason,
  RequestKind,
  RequestStatus,
  Text,
  Typed,
} from './base/contract.ts';
import { Filled, ItemToChange, Letter } from './forms/contract.ts';
import { NewcomerCard } from './newcomers/contract.ts';

export * from './base/contract.ts';
export * from './circular/contract.ts';
export * from './forms/contract.ts';
export * from './handover/contract.ts';
export * from './inspection/contract.ts';
export * from './late/contract.ts';
export * from './newcomers/contract.ts';
export * from './systems/contract.ts';

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
  /** `fileId` for who may have the file: it may prove the rows of others as well. */
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

/** `waiting`: I could act on it now; `mine`: I began it or sent it in; `all`: everything I may see. */
export const Box = z.enum(['waiting', 'mine', 'all']);
export type Box = z.infer<typeof Box>;

export const RequestsQuery = z.strictObject({
  ...Cursor,
  box: Box.default('all'),
  status: RequestStatus.optional(),
  kind: RequestKind.optional(),
  personId: Id.optional(),
});
export type RequestsQuery = z.infer<typeof RequestsQuery>;
export const RequestsExportQuery = RequestsQuery.omit({ cursor: true, limit: true });
export type RequestsExportQuery = z.infer<typeof RequestsExportQuery>;
export const RequestsAnswer = z.object({
  items: z.array(RequestBrief),
  next: z.string().nullable(),
  /** How many each box holds under the same filters; null on later pages. */
  counts: z.object({ waiting: z.number(), mine: z.number(), all: z.number() }).nullable(),
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
  /** Of somebody HR did not know when it was sent; null otherwise, and once it is HR's record that tells. */
  newcomer: NewcomerCard.nullable(),
  /** False while it is about somebody HR does not know: there is no person to look at. */
  hasPerson: z.boolean(),
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
  /** S3-1.3: "挂职，来自市教育局，到 2027-05-31"; null where nothing was said when it was opened. */
  openedFor: z.string().nullable(),
});
export const LockAnswer = z.object({
  lockId: z.string(),
  words: z.string(),
  /** For those who send for the unit: the end of a secondment tells that it is none of an investigation (H5). */
  untilOn: z.string().nullable(),
  decided: z.boolean(),
  can: z.object({ decide: z.boolean(), recordResult: z.boolean(), readReason: z.boolean() }),
});
export const AccountsAnswer = z.object({
  personId: z.string(),
  personName: z.string(),
  accounts: z.array(AccountAnswer),
  locks: z.array(LockAnswer),
});
export type AccountsAnswer = z.infer<typeof AccountsAnswer>;

export const AccountHistoryQuery = z.strictObject(Cursor);
/** Newest first. */
export const AccountHistoryAnswer = z.object({
  items: z.array(
    z.object({
      historyId: z.string(),
      at: z.number(),
      systemName: z.string(),
      words: z.string(),
      byName: z.string(),
    }),
  ),
  next: z.string().nullable(),
});
export type AccountHistoryAnswer = z.infer<typeof AccountHistoryAnswer>;

/** `due`: its end or the result of the review is there and nobody has decided; `all`: every lock that stands. */
export const LockBox = z.enum(['due', 'all']);
export const LocksQuery = z.strictObject({ ...Cursor, box: LockBox.default('due') });
export type LocksQuery = z.infer<typeof LocksQuery>;
export const LocksAnswer = z.object({
  items: z.array(
    LockAnswer.extend({
      personId: z.string(),
      personName: z.string(),
      unitName: z.string(),
      /** The clock of the decision; null while none runs. */
      due: Due.nullable(),
    }),
  ),
  next: z.string().nullable(),
  /** Null on later pages. */
  counts: z.object({ due: z.number(), all: z.number() }).nullable(),
});
export type LocksAnswer = z.infer<typeof LocksAnswer>;

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
  /** What the reader may do now; `remove` is the deletion, by a second person. */
  can: z.object({ backUp: z.boolean(), recall: z.boolean(), remove: z.boolean() }),
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
  phrase: Typed,
  note: Text(500).default(''),
  fileId: Id.nullable().default(null),
});
export type ConfirmRowsRequest = z.infer<typeof ConfirmRowsRequest>;
export const ConfirmRowsAnswer = z.object({
  done: z.number(),
  failed: z.array(z.object({ itemId: z.string(), code: z.string() })),
});
