/** Checks whether an account is still used by its owner. Instants are epoch ms; words are ready to show. */
import { z } from 'zod';

const Id = z.string().min(1).max(64);

/** Independent of each other: what one signs in with, what the account is bound to, how it is used. */
export const SignKind = z.enum(['device', 'phone', 'habit']);
export type SignKind = z.infer<typeof SignKind>;

/**
 * Where it was seen: a sign-in to our own pages, 企业微信's log of members' acts, a mobile number stated by HR or by a
 * correction.
 */
export const SignSource = z.enum(['signIn', 'newDevice', 'newMobile', 'newWeChat', 'record']);
export type SignSource = z.infer<typeof SignSource>;

/** `reported`: the unit said that it was handed on, or twice that it does not know. */
export const CheckState = z.enum(['open', 'reported', 'ended']);
export type CheckState = z.infer<typeof CheckState>;

export const Answer = z.enum(['self', 'handedOn', 'unclear']);
export type Answer = z.infer<typeof Answer>;

/** `void`: the account was locked or its owner left meanwhile. */
export const Outcome = z.enum(['self', 'settled', 'void']);
export type Outcome = z.infer<typeof Outcome>;

const Due = z.object({
  dueAt: z.number().nullable(),
  provisional: z.boolean(),
  state: z.enum(['ok', 'today', 'amber', 'overdue', 'none']),
  words: z.string(),
});

export const ListQuery = z.strictObject({
  state: CheckState.default('open'),
  cursor: z.string().max(64).optional(),
  limit: z.coerce.number().int().min(1).max(50).default(20),
});
export type ListQuery = z.infer<typeof ListQuery>;

export const CheckBrief = z.object({
  checkId: z.string(),
  person: z.object({ personId: z.string(), name: z.string(), unitName: z.string(), title: z.string() }),
  state: CheckState,
  stateWords: z.string(),
  /** Which kinds of signs, in words. */
  signs: z.array(z.object({ on: z.string(), words: z.string() })),
  holder: z.string().nullable(),
  raisedAt: z.number(),
  endedAt: z.number().nullable(),
  due: Due.nullable(),
  isLate: z.boolean(),
});
export type CheckBrief = z.infer<typeof CheckBrief>;

export const ListAnswer = z.object({
  items: z.array(CheckBrief),
  next: z.string().nullable(),
  total: z.number(),
});
export type ListAnswer = z.infer<typeof ListAnswer>;

/** Figures only: no name, no unit. */
export const CountsAnswer = z.object({
  open: z.number(),
  reported: z.number(),
  ended: z.number(),
  late: z.number(),
  /** Of those that ended. */
  outcomes: z.object({ self: z.number(), settled: z.number(), void: z.number() }),
  /** Whether 企业微信's log could be read, and until when it was; null: never. */
  log: z.object({ readUntil: z.number().nullable(), refused: z.number().nullable() }),
  canList: z.boolean(),
});
export type CountsAnswer = z.infer<typeof CountsAnswer>;

export const ByCheck = z.object({ checkId: Id });

export const CheckAnswer = CheckBrief.extend({
  answers: z.array(z.object({ answer: Answer, words: z.string(), needsWords: z.boolean() })),
  history: z.array(
    z.object({
      id: z.string(),
      at: z.number(),
      by: z.string(),
      words: z.string(),
      note: z.string().nullable(),
    }),
  ),
  can: z.object({ answer: z.boolean(), settle: z.boolean() }),
});
export type CheckAnswer = z.infer<typeof CheckAnswer>;

const Words = z.string().trim().min(2).max(300);

export const AnswerRequest = z
  .strictObject({ answer: Answer, words: Words.optional() })
  // Whoever says that somebody handed the account on, or cannot say, says how they know and what they did.
  .refine(({ answer, words }) => answer === 'self' || words !== undefined, { path: ['words'] });
export type AnswerRequest = z.infer<typeof AnswerRequest>;

export const SettleRequest = z.strictObject({ words: Words });
export type SettleRequest = z.infer<typeof SettleRequest>;

export const ActAnswer = z.object({ state: CheckState });
export type ActAnswer = z.infer<typeof ActAnswer>;
