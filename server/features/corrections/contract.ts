/**
 * The corrections API: shapes of requests and answers. The web front end imports this file as types only.
 * Instants are epoch ms, dates `YYYY-MM-DD` in Asia/Shanghai. Words are ready to show; personal values are masked.
 */
import { z } from 'zod';

export const Id = z.string().min(1).max(64);
const Text = (least: number, most: number) => z.string().trim().min(least).max(most);
const Cursor = {
  cursor: z.string().max(64).optional(),
  limit: z.coerce.number().int().min(1).max(50).default(20),
};

/** What of one's record can be wrong. `other`: what has no field of its own. */
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
  'other',
]);
export type Field = z.infer<typeof Field>;

/** `hr` maintains the directory, `accounts` what one signs in with. */
export const Owner = z.enum(['hr', 'accounts']);
export type Owner = z.infer<typeof Owner>;

export const State = z.enum(['open', 'corrected', 'refused', 'withdrawn']);
export type State = z.infer<typeof State>;

/** A clock as supervision tells it; declared here, because rules of this room load this file. */
const Due = z.object({
  dueAt: z.number().nullable(),
  provisional: z.boolean(),
  state: z.enum(['ok', 'today', 'amber', 'overdue', 'none']),
  words: z.string(),
});

const Person = z.object({
  personId: z.string(),
  name: z.string(),
  unitName: z.string(),
  title: z.string(),
});

const Present = z.object({
  /** Null: nothing of it is in the record. */
  words: z.string().nullable(),
  /** Is it what was asked for already? Null: cannot be compared, or the asked value is erased. */
  agrees: z.boolean().nullable(),
});

/* ---------- asking ---------- */

export const FieldsAnswer = z.object({
  items: z.array(
    z.object({
      field: Field,
      label: z.string(),
      kind: z.enum(['text', 'day', 'mobile', 'email', 'idNumber']),
      isPersonal: z.boolean(),
      ownerName: z.string(),
      /** As the record has it, masked; null: nothing. */
      present: z.string().nullable(),
      /** One of this field that waits for its answer. */
      openId: z.string().nullable(),
    }),
  ),
  answerWorkdays: z.number(),
});
export type FieldsAnswer = z.infer<typeof FieldsAnswer>;

export const RaiseRequest = z.strictObject({
  field: Field,
  wanted: Text(1, 200),
  reason: Text(2, 500),
  /** Uploaded before, by the same person. */
  fileIds: z.array(Id).max(3).default([]),
});
export type RaiseRequest = z.infer<typeof RaiseRequest>;
export const RaiseAnswer = z.object({ correctionId: z.string() });
export type RaiseAnswer = z.infer<typeof RaiseAnswer>;

/* ---------- lists ---------- */

export const OwnQuery = z.strictObject(Cursor);
export type OwnQuery = z.infer<typeof OwnQuery>;

export const ListQuery = z.strictObject({
  state: z.enum(['open', 'closed']).default('open'),
  owner: Owner.optional(),
  ...Cursor,
});
export type ListQuery = z.infer<typeof ListQuery>;

export const ListExportQuery = ListQuery.omit({ cursor: true, limit: true });
export type ListExportQuery = z.infer<typeof ListExportQuery>;

export const CorrectionBrief = z.object({
  correctionId: z.string(),
  field: Field,
  label: z.string(),
  person: Person,
  owner: Owner,
  ownerName: z.string(),
  state: State,
  stateWords: z.string(),
  raisedAt: z.number(),
  endedAt: z.number().nullable(),
  /** While it waits. */
  due: Due.nullable(),
  /** Somebody's time passed, now or before. */
  isLate: z.boolean(),
});
export type CorrectionBrief = z.infer<typeof CorrectionBrief>;

export const OwnAnswer = z.object({ items: z.array(CorrectionBrief), next: z.string().nullable() });
export type OwnAnswer = z.infer<typeof OwnAnswer>;

export const ListAnswer = z.object({
  items: z.array(CorrectionBrief),
  next: z.string().nullable(),
  total: z.number(),
  /** How many wait and how many ended, of what the reader may answer (H1). */
  counts: z.object({ open: z.number(), closed: z.number() }),
  /** Whose corrections the reader sees. */
  owners: z.array(z.object({ owner: Owner, ownerName: z.string() })),
});
export type ListAnswer = z.infer<typeof ListAnswer>;

/* ---------- one ---------- */

export const CorrectionAnswer = CorrectionBrief.extend({
  isPersonal: z.boolean(),
  /** Masked when personal; null once it was erased. */
  wanted: z.string().nullable(),
  present: Present,
  reason: z.string().nullable(),
  files: z.array(z.object({ fileId: z.string(), name: z.string(), size: z.number(), type: z.string() })),
  /** Where it was corrected, or why not. */
  answer: z.string().nullable(),
  history: z.array(
    z.object({
      id: z.string(),
      at: z.number(),
      by: z.string(),
      words: z.string(),
      note: z.string().nullable(),
    }),
  ),
  /** Every clock there was, oldest first: who had how long, and whether it was kept (G9). */
  clocks: z.array(
    z.object({
      id: z.string(),
      holder: z.string().nullable(),
      openedAt: z.number(),
      dueAt: z.number().nullable(),
      closedAt: z.number().nullable(),
      isLate: z.boolean(),
    }),
  ),
  can: z.object({
    withdraw: z.boolean(),
    answer: z.boolean(),
    /** Name of the other owner, while it may still be sent on. */
    sendOnTo: z.string().nullable(),
    reveal: z.boolean(),
  }),
});
export type CorrectionAnswer = z.infer<typeof CorrectionAnswer>;

export const ByCorrection = z.strictObject({ correctionId: Id });
export const ByFile = z.strictObject({ correctionId: Id, fileId: Id });
/** `note`: where it was corrected, why it is refused, why it is the other's. */
export const NoteRequest = z.strictObject({ note: Text(2, 300) });
export type NoteRequest = z.infer<typeof NoteRequest>;
export const Nothing = z.strictObject({});
export const ActAnswer = z.object({ state: State });
export type ActAnswer = z.infer<typeof ActAnswer>;

export const RevealRequest = z.strictObject({
  /** What for, in words; goes into the record (H6). */
  purpose: Text(2, 100),
});
export type RevealRequest = z.infer<typeof RevealRequest>;
export const RevealAnswer = z.object({ value: z.string() });
export type RevealAnswer = z.infer<typeof RevealAnswer>;
