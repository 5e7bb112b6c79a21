/** What is done to a request: asked in words and people, answered in words. */
import { z } from 'zod';
import { FieldValue, GivenSignature, Id } from '../fields/contract.ts';
import { Placement } from './viewer.ts';

export const COMMENT_MAX = 500;

export const Comment = z.string().trim().max(COMMENT_MAX);

const Edits = z
  .array(z.strictObject({ key: z.string().max(40), version: z.number().int().min(0), value: FieldValue }))
  .max(60);

/** Changes of fields the step may change; `version` as the page was given it (R40). */
export const EditRequest = z.strictObject({ edits: Edits.min(1) });
export type EditRequest = z.infer<typeof EditRequest>;

/** A picture (PNG) just uploaded by who signs; `typed`: their name by keyboard, for who cannot draw. */
export const SignatureRequest = GivenSignature;
export type SignatureRequest = GivenSignature;

export const ApproveRequest = z.strictObject({
  comment: Comment.optional(),
  edits: Edits.optional(),
  /** Where the step asks for it. */
  signature: SignatureRequest.optional(),
});
export type ApproveRequest = z.infer<typeof ApproveRequest>;

export const RejectRequest = z.strictObject({ comment: Comment });
export type RejectRequest = z.infer<typeof RejectRequest>;

export const TransferRequest = z.strictObject({ toPersonId: Id, comment: Comment.optional() });
export type TransferRequest = z.infer<typeof TransferRequest>;

export const HandleRequest = z.strictObject({
  result: z.enum(['done', 'cannot']),
  comment: Comment,
  edits: Edits.optional(),
});
export type HandleRequest = z.infer<typeof HandleRequest>;

const People = z.array(Id).min(1).max(10);

export const AddApproversRequest = z.strictObject({
  placement: Placement,
  personIds: People,
  comment: Comment.optional(),
});
export type AddApproversRequest = z.infer<typeof AddApproversRequest>;

export const ConsultRequest = z.strictObject({ personIds: People, question: Comment });
export type ConsultRequest = z.infer<typeof ConsultRequest>;

export const AnswerConsultRequest = z.strictObject({ text: Comment });
export type AnswerConsultRequest = z.infer<typeof AnswerConsultRequest>;

export const WithdrawRequest = z.strictObject({ reason: Comment.optional() });
export type WithdrawRequest = z.infer<typeof WithdrawRequest>;

/** 终止, 撤销: always with a reason. */
export const EndRequest = z.strictObject({ reason: Comment });
export type EndRequest = z.infer<typeof EndRequest>;

/**
 * `mentions`: people named in it, each of whom sees the request and is told once. `clientKey`: a uuid made once per
 * comment; the same key again says nothing twice.
 */
export const CommentRequest = z.strictObject({
  clientKey: z.uuid(),
  text: Comment.min(1),
  mentions: z.array(Id).max(20).optional(),
  fileIds: z.array(Id).max(6).optional(),
});
export type CommentRequest = z.infer<typeof CommentRequest>;

/** 传阅: people to read it, with a word. */
export const CirculateRequest = z.strictObject({
  personIds: z.array(Id).min(1).max(50),
  note: Comment.optional(),
});
export type CirculateRequest = z.infer<typeof CirculateRequest>;

/** R18: an administrator names somebody for each empty seat of a waiting step. */
export const AssignRequest = z.strictObject({
  stepId: Id,
  seats: z
    .array(z.strictObject({ seat: z.number().int().min(0), personId: Id }))
    .min(1)
    .max(20),
});
export type AssignRequest = z.infer<typeof AssignRequest>;

/**
 * R1, R27, R28: a late or repeated act is answered, not refused. `already` means nothing changed; `words` say
 * what the state is and who made it so.
 */
export const ActAnswer = z.object({
  outcome: z.enum(['done', 'already']),
  words: z.string(),
  /** "接下来由王处长、林院长处理" */
  nextWords: z.string().nullable(),
  /** The actor's next to-do, if any. */
  nextItem: z.object({ instanceId: z.string(), title: z.string() }).nullable(),
});
export type ActAnswer = z.infer<typeof ActAnswer>;

/** R10: `threshold` says how many must agree before and after; null where every single one must anyway. */
export const AddApproversAnswer = ActAnswer.extend({
  threshold: z
    .object({ before: z.number(), after: z.number(), people: z.number(), moves: z.boolean() })
    .nullable(),
});
export type AddApproversAnswer = z.infer<typeof AddApproversAnswer>;

export const RemindAnswer = z.object({
  outcome: z.enum(['done', 'already']),
  words: z.string(),
  remindLeft: z.number(),
});
export type RemindAnswer = z.infer<typeof RemindAnswer>;

export const ReadAnswer = z.object({ ok: z.literal(true) });
export type ReadAnswer = z.infer<typeof ReadAnswer>;
