/** Photos of people: one's own, and who has none yet. Instants are epoch ms; words are ready to show. */
import { z } from 'zod';

const Id = z.string().min(1).max(64);
const Due = z.object({
  dueAt: z.number().nullable(),
  provisional: z.boolean(),
  state: z.enum(['ok', 'today', 'amber', 'overdue', 'none']),
  words: z.string(),
});

export const OwnPhotoAnswer = z.object({
  photo: z.object({ uploadedAt: z.number(), width: z.number(), height: z.number() }).nullable(),
  /** Asked for, until when. */
  due: Due.nullable(),
  bounds: z.object({ minSide: z.number(), maxSide: z.number(), maxBytes: z.number() }),
});
export type OwnPhotoAnswer = z.infer<typeof OwnPhotoAnswer>;

/** Uploaded before, by the same person. */
export const PutPhotoRequest = z.strictObject({ fileId: Id });
export const PutPhotoAnswer = z.object({ uploadedAt: z.number() });

export const MissingQuery = z.strictObject({
  /** A department of the counts. */
  unitId: Id.optional(),
  /** The last person's id of the page before. */
  cursor: Id.optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});
export type MissingQuery = z.infer<typeof MissingQuery>;

export const MissingExportQuery = MissingQuery.omit({ cursor: true, limit: true });
export type MissingExportQuery = z.infer<typeof MissingExportQuery>;

export const MissingAnswer = z.object({
  items: z.array(
    z.object({
      personId: z.string(),
      staffNo: z.string(),
      name: z.string(),
      unitName: z.string(),
      title: z.string(),
      due: Due.nullable(),
    }),
  ),
  next: z.string().nullable(),
  total: z.number(),
  /** Of the whole scope, by department of the main post; null: without a post. */
  units: z.array(
    z.object({
      unitId: z.string().nullable(),
      name: z.string(),
      people: z.number(),
      missing: z.number(),
      asked: z.number(),
    }),
  ),
});
export type MissingAnswer = z.infer<typeof MissingAnswer>;

/** Everybody of the department, or of the whole scope, who has no photo and was not asked yet. */
export const AskRequest = z.strictObject({
  unitId: Id.nullable(),
  /** More than 50: `请63人`, as typed. */
  phrase: z.string().max(80).optional(),
});
export type AskRequest = z.infer<typeof AskRequest>;
export const AskAnswer = z.object({
  asked: z.number(),
  /** Not asked yet: one act asks so many at most. */
  left: z.number(),
});
export type AskAnswer = z.infer<typeof AskAnswer>;
