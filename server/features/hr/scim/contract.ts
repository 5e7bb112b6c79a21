/** Identity systems and their keys on the console. The web front end imports this file as types only. */
import { z } from 'zod';
import { isCalendarDate } from '../../../kernel/dates.ts';

const Day = z.string().refine(isCalendarDate, 'not a calendar date');

export const ScimKey = z.object({
  keyId: z.string(),
  /** Its last four characters. */
  hint: z.string(),
  state: z.enum(['valid', 'expired', 'revoked']),
  createdAt: z.number(),
  /** Null: made on the machine itself. */
  createdBy: z.string().nullable(),
  /** First instant it is valid no more. */
  expiresAt: z.number().nullable(),
  revokedAt: z.number().nullable(),
  /** To the hour. */
  lastUsedAt: z.number().nullable(),
});
export type ScimKey = z.infer<typeof ScimKey>;

export const ScimSource = z.object({
  source: z.string(),
  name: z.string(),
  createdAt: z.number(),
  createdBy: z.string().nullable(),
  acceptedAt: z.number().nullable(),
  acceptedBy: z.string().nullable(),
  /** People and units the system has tied to an id of its own. */
  linked: z.object({ people: z.number(), units: z.number() }),
  /** Since midnight: what it took from people and units, and what was not done. */
  today: z.object({ taken: z.number(), refused: z.number() }),
  /** Newest first. */
  keys: z.array(ScimKey),
  can: z.object({
    accept: z.boolean(),
    /** `own`: whoever set it up is not who accepts it. */
    why: z.enum(['own']).nullable(),
  }),
});
export type ScimSource = z.infer<typeof ScimSource>;

export const ScimSources = z.object({
  /** At most 200, by code. */
  items: z.array(ScimSource),
  /** What the identity system is told as the address. */
  baseUrl: z.string(),
  can: z.object({
    /** Set a system up, give and revoke keys. */
    keys: z.boolean(),
    acts: z.boolean(),
  }),
});
export type ScimSources = z.infer<typeof ScimSources>;

export const AddSourceRequest = z.strictObject({
  source: z.string().min(1).max(31),
  name: z.string().trim().min(1).max(64),
});

export const IssueKeyRequest = z.strictObject({
  /** Last day it is valid, from tomorrow to three years ahead; null: until it is revoked. */
  lastOn: Day.nullable(),
});
export const KeyIssued = z.object({
  /** Told this once. */
  key: z.string(),
});

export const Done = z.object({ ok: z.literal(true) });

export const ActsQuery = z.object({
  cursor: z.string().max(64).optional(),
  limit: z.coerce.number().int().min(1).max(50).default(20),
});
export type ActsQuery = z.infer<typeof ActsQuery>;

export const ScimAct = z.object({
  id: z.string(),
  at: z.number(),
  /** `directory.left`, `scim.suspend`, …: the act's name in the audit. */
  action: z.string(),
  target: z.object({ type: z.string(), id: z.string(), name: z.string(), ref: z.string() }),
  /** `ok`, or the code of why it was not done. */
  result: z.string(),
});
export type ScimAct = z.infer<typeof ScimAct>;

export const ScimActs = z.object({ items: z.array(ScimAct), next: z.string().nullable() });
export type ScimActs = z.infer<typeof ScimActs>;
