/** Shapes of the monthly inspection, its evidence and its letters (S3-4). */
import { z } from 'zod';
import { Cursor, DateText, Due, Id, LeavingReason, Text, Typed } from '../base/contract.ts';

export const Month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/);
export const RunInspectionRequest = z.strictObject({ systemCode: Id, month: Month });
/** Epoch ms, as far as a calendar goes (the time range of ECMAScript). */
const Instant = z.number().int().positive().max(8.64e15);

export const ImportEvidenceRequest = z.strictObject({
  systemCode: Id,
  month: Month,
  source: Id,
  /** Until when the source's data reaches. */
  cutOffAt: Instant,
  rows: z
    .array(
      z.union([
        z.strictObject({ personId: Id, lastAt: Instant }),
        /** As an export writes it: a staff number or a userid of 企业微信. */
        z.strictObject({ who: Text(64).min(1), lastAt: Instant }),
      ]),
    )
    .max(20_000),
  phrase: Typed,
});
export type ImportEvidenceRequest = z.infer<typeof ImportEvidenceRequest>;
export const ImportEvidenceAnswer = z.object({
  /** Rows that count now; 0 of several: nothing was kept, and what was brought before stands. */
  taken: z.number(),
  faulty: z.number(),
  /** The first of the rows that do not count, each with why. `row` counts from 0 as they were sent. */
  faults: z.array(
    z.object({
      row: z.number(),
      who: z.string(),
      code: z.enum(['unknown', 'ambiguous', 'noAccount', 'afterCutOff']),
      words: z.string(),
    }),
  ),
});
export type ImportEvidenceAnswer = z.infer<typeof ImportEvidenceAnswer>;
export const Verdict = z.enum(['active', 'excluded', 'listed', 'undecided']);
export const InspectionAnswer = z.object({
  inspectionId: z.string(),
  systemCode: z.string(),
  month: Month,
  versionNumber: z.number(),
  fromOn: z.string(),
  untilOn: z.string(),
  ranAt: z.number(),
  /** `running`: slice by slice; figures say how far it is, letters come at its end. */
  state: z.enum(['running', 'decided', 'undecided']),
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
  /** Of all versions of this month: letters, accounts in them, accounts answered for. */
  letters: z.object({ sent: z.number(), accounts: z.number(), replied: z.number() }),
});
export type InspectionAnswer = z.infer<typeof InspectionAnswer>;

export const LettersQuery = z.strictObject(Cursor);
export const LettersAnswer = z.object({
  items: z.array(
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
  next: z.string().nullable(),
});
export type LettersAnswer = z.infer<typeof LettersAnswer>;

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
  accounts: z.number(),
  replied: z.number(),
});
export type LetterAnswer = z.infer<typeof LetterAnswer>;

/** `open`: still to be answered, the default; `answered`. */
export const LetterAccountsQuery = z.strictObject({
  ...Cursor,
  box: z.enum(['open', 'answered']).default('open'),
});
export type LetterAccountsQuery = z.infer<typeof LetterAccountsQuery>;
export const LetterAccountsAnswer = z.object({
  items: z.array(
    z.object({
      letterItemId: z.string(),
      personId: z.string(),
      name: z.string(),
      staffNo: z.string(),
      reply: z.object({ kind: z.string(), reason: z.string(), at: z.number() }).nullable(),
      /** The request the reply began; for whom the letter went to. */
      requestId: z.string().nullable(),
      /** What the reader may do now. */
      can: z.object({ reply: z.boolean() }),
    }),
  ),
  next: z.string().nullable(),
});
export type LetterAccountsAnswer = z.infer<typeof LetterAccountsAnswer>;

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
