/** Photos of people: one's own, and who has none yet. Instants are epoch ms; words are ready to show. */
import { z } from 'zod';

const Id = z.string().min(1).max(64);
const Due = z.object({
  dueAt: z.number().nullable(),
  provisional: z.boolean(),
  state: z.enum(['ok', 'today', 'amber', 'overdue', 'none']),
  words: z.string(),
});

/** Looked at by whoever keeps records: `waiting` until then. */
export const PhotoState = z.enum(['waiting', 'accepted', 'rejected']);
export type PhotoState = z.infer<typeof PhotoState>;

export const Reason = z.enum(['notId', 'notSelf', 'blurred', 'covered', 'other']);
export type Reason = z.infer<typeof Reason>;

/** `erased`: a rejected photo, or that of somebody who left, at the end of its keeping time. */
export type PhotoEventKind = 'uploaded' | 'accepted' | 'rejected' | 'erased';

export const OwnPhotoAnswer = z.object({
  photo: z
    .object({
      uploadedAt: z.number(),
      width: z.number(),
      height: z.number(),
      state: PhotoState,
      stateWords: z.string(),
      /** Why it was rejected. */
      why: z.string().nullable(),
    })
    .nullable(),
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
      /** `rejected`: there is one, and it will not do. */
      state: z.enum(['none', 'rejected']),
      why: z.string().nullable(),
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

/* ---------- photos to look at ---------- */

export const ReviewQuery = z.strictObject({
  state: PhotoState.default('waiting'),
  /** A department of the counts. */
  unitId: Id.optional(),
  cursor: z
    .string()
    .regex(/^\d{1,16}-[0-9a-f]{32}$/)
    .optional(),
  limit: z.coerce.number().int().min(1).max(48).default(24),
});
export type ReviewQuery = z.infer<typeof ReviewQuery>;

const Photo = z.object({
  uploadedAt: z.number(),
  width: z.number(),
  height: z.number(),
  state: PhotoState,
  stateWords: z.string(),
  why: z.string().nullable(),
  decidedAt: z.number().nullable(),
  /** Address of the picture, for this reader and some minutes. */
  picture: z.string(),
});
const Whose = z.object({
  personId: z.string(),
  staffNo: z.string(),
  name: z.string(),
  unitName: z.string(),
  title: z.string(),
});

const Counts = z.object({
  waiting: z.number(),
  accepted: z.number(),
  rejected: z.number(),
  /** Without any. */
  none: z.number(),
});
export type Counts = z.infer<typeof Counts>;

export const ReviewAnswer = z.object({
  items: z.array(Whose.extend(Photo.shape)),
  next: z.string().nullable(),
  total: z.number(),
  /** Of the department that is looked at, or of the whole scope. */
  counts: Counts,
  units: z.array(Counts.extend({ unitId: z.string().nullable(), name: z.string() })),
});
export type ReviewAnswer = z.infer<typeof ReviewAnswer>;

export const ByPerson = z.object({ personId: Id });
export const OneAnswer = Whose.extend({
  photo: Photo.nullable(),
  /** Of all their photos, oldest first. */
  history: z.array(z.object({ id: z.string(), at: z.number(), by: z.string(), words: z.string() })),
});
export type OneAnswer = z.infer<typeof OneAnswer>;

export const PictureQuery = z.strictObject({ look: z.string().max(120) });

/** The picture that was seen: another one in its place is not decided by this. */
const Seen = z.number().int();

export const AcceptRequest = z.strictObject({
  items: z
    .array(z.strictObject({ personId: Id, uploadedAt: Seen }))
    .min(1)
    .max(50),
});
export type AcceptRequest = z.infer<typeof AcceptRequest>;
export const AcceptAnswer = z.object({
  /** In the order they were asked. `accepted`, or the code of why not. */
  items: z.array(z.object({ personId: z.string(), result: z.string(), words: z.string() })),
});
export type AcceptAnswer = z.infer<typeof AcceptAnswer>;

export const RejectRequest = z
  .strictObject({ uploadedAt: Seen, reason: Reason, words: z.string().trim().min(2).max(100).optional() })
  .refine(({ reason, words }) => (reason === 'other') === (words !== undefined), { path: ['words'] });
export type RejectRequest = z.infer<typeof RejectRequest>;
export const RejectAnswer = z.object({ state: PhotoState });
export type RejectAnswer = z.infer<typeof RejectAnswer>;
