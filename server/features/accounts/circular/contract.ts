/** Shapes of circulars about late cases (S3-4g). */
import { z } from 'zod';
import { Cursor, Id, Text } from '../base/contract.ts';

/** What may be written freely; the facts between are composed from the cases. */
export const CircularWords = z.strictObject({
  title: Text(100).min(1),
  /** 文号; '' while it has none. */
  documentNumber: Text(64),
  opening: Text(1000),
  closing: Text(1000),
});
export type CircularWords = z.infer<typeof CircularWords>;

export const DraftCircularRequest = z.strictObject({ lateCaseIds: z.array(Id).min(1).max(200) });
export const EditCircularRequest = CircularWords.extend({ version: z.number().int().min(1) });
export type EditCircularRequest = z.infer<typeof EditCircularRequest>;
export const DiscardCircularRequest = z.strictObject({ version: z.number().int().min(1) });
/** `textHash` of the text that was read: exactly that is issued, or nothing. */
export const IssueCircularRequest = DiscardCircularRequest.extend({
  textHash: z.string().regex(/^[0-9a-f]{64}$/),
});
export type IssueCircularRequest = z.infer<typeof IssueCircularRequest>;

export const CircularIdAnswer = z.object({ circularId: z.string() });
export const CircularState = z.enum(['draft', 'issued', 'discarded']);

export const CircularsQuery = z.strictObject(Cursor);
export const CircularsAnswer = z.object({
  items: z.array(
    z.object({
      circularId: z.string(),
      state: CircularState,
      title: z.string(),
      documentNumber: z.string(),
      cases: z.number(),
      units: z.number(),
      draftedAt: z.number(),
      issuedAt: z.number().nullable(),
    }),
  ),
  next: z.string().nullable(),
});
export type CircularsAnswer = z.infer<typeof CircularsAnswer>;

export const CircularAnswer = z.object({
  circularId: z.string(),
  state: CircularState,
  version: z.number(),
  words: CircularWords,
  /** As it would be issued now; once issued, as it was. */
  text: z.string(),
  textHash: z.string(),
  cases: z.number(),
  units: z.number(),
  instruction: z.object({
    instructedBy: z.string(),
    instructedOn: z.string(),
    documentNumber: z.string(),
    /** For whoever drafts; null: none, or not for the reader. */
    fileId: z.string().nullable(),
  }),
  draftedByName: z.string(),
  draftedAt: z.number(),
  issuedByName: z.string().nullable(),
  issuedAt: z.number().nullable(),
  /** `issue`: by another person than whose words it holds (H3). */
  can: z.object({ edit: z.boolean(), discard: z.boolean(), issue: z.boolean() }),
});
export type CircularAnswer = z.infer<typeof CircularAnswer>;
