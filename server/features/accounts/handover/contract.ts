/** Shapes of hand-over sheets. */
import { z } from 'zod';
import { Cursor, Due, Id, Typed } from '../base/contract.ts';

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

/** Sheets that are not finished. `mine`: something comes to me; `unit`: of the units I speak for; `all`: all I may see. */
export const SheetBox = z.enum(['mine', 'unit', 'all']);
export const SheetsQuery = z.strictObject({ ...Cursor, box: SheetBox.default('all') });
export type SheetsQuery = z.infer<typeof SheetsQuery>;
export const SheetsAnswer = z.object({
  items: z.array(
    z.object({
      sheetId: z.string(),
      personName: z.string(),
      unitName: z.string(),
      state: z.enum(['open', 'executed']),
      createdAt: z.number(),
      /** Rows that come to me; for who hands over: all rows, and those without a successor. */
      toMe: z.number(),
      total: z.number().nullable(),
      missing: z.number().nullable(),
      due: Due.nullable(),
    }),
  ),
  next: z.string().nullable(),
  /** Null on later pages. */
  counts: z.object({ mine: z.number(), unit: z.number(), all: z.number() }).nullable(),
});
export type SheetsAnswer = z.infer<typeof SheetsAnswer>;

export const AssignRequest = z.strictObject({
  /** Left out: every row without a successor; a choice is never overwritten. */
  itemId: Id.optional(),
  successorId: Id.nullable(),
});
export const ExecuteRequest = z.strictObject({ phrase: Typed });
export const SheetActAnswer = z.object({ done: z.number(), merged: z.number(), failed: z.number() });
export type SheetActAnswer = z.infer<typeof SheetActAnswer>;
