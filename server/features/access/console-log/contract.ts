import { z } from 'zod';
import { PersonBrief } from '../../directory/contract.ts';

export const ConsoleFindingsQuery = z.strictObject({
  state: z.enum(['open', 'settled']).default('open'),
  cursor: z.string().max(64).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});
export type ConsoleFindingsQuery = z.infer<typeof ConsoleFindingsQuery>;

export const ConsoleFinding = z.object({
  findingId: z.string(),
  kind: z.enum(['stranger', 'unregistered', 'rightsChanged']),
  /** "在后台操作过，但没有管理员身份" … */
  words: z.string(),
  /** Who did it at 企业微信's console; `person` null when the userid is nobody's. */
  operator: z.object({ userid: z.string(), person: PersonBrief.nullable() }),
  firstAt: z.number(),
  lastAt: z.number(),
  times: z.number(),
  /** 企业微信's own words about a change of administrators, else ''. */
  info: z.string(),
  settled: z.object({ at: z.number(), byName: z.string(), note: z.string() }).nullable(),
  can: z.object({ settle: z.boolean() }),
});
export type ConsoleFinding = z.infer<typeof ConsoleFinding>;

export const ConsoleFindingsAnswer = z.object({
  items: z.array(ConsoleFinding),
  next: z.string().nullable(),
  total: z.number(),
  /** The log has been read up to here; null: not yet. */
  readUntil: z.number().nullable(),
  /** errcode with which 企业微信 does not let the app read the log. */
  refused: z.number().nullable(),
});
export type ConsoleFindingsAnswer = z.infer<typeof ConsoleFindingsAnswer>;

export const SettleRequest = z.strictObject({ note: z.string().trim().min(1).max(200) });
