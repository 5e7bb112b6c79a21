/** Sets of people and the tags 企业微信 shows for them. The web front end imports this file as types only. */
import { z } from 'zod';
import { PersonBrief } from '../contract.ts';

const Ids = z.array(z.string().min(1).max(32));
const CATEGORIES = ['internal', 'external', 'entrusted'] as const;
const ESTABLISHMENTS = ['established', 'employee', 'outsourced', 'seconded', 'attached', 'other'] as const;

const Rule = z.strictObject({
  unitIds: Ids.min(1).max(200).nullable(),
  withSubunits: z.boolean(),
  categories: z.array(z.enum(CATEGORIES)).min(1).nullable(),
  establishments: z.array(z.enum(ESTABLISHMENTS)).min(1).nullable(),
  titles: z.array(z.string().trim().min(1).max(64)).min(1).max(50).nullable(),
  headsOnly: z.boolean(),
});

export const SetRequest = z.strictObject({
  /** Left out: a new set. */
  setId: z.string().max(32).optional(),
  /** 企业微信 takes 32 characters (40072). */
  name: z.string().trim().min(1).max(32),
  definition: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('rule'), rule: Rule }),
    z.strictObject({ kind: z.literal('list'), personIds: Ids.max(2_000) }),
  ]),
});
export type SetRequest = z.infer<typeof SetRequest>;

export const SetPut = z.object({ setId: z.string(), changed: z.boolean() });

export const SetBrief = z.object({
  setId: z.string(),
  name: z.string(),
  kind: z.enum(['rule', 'list']),
  /** Null for a list. */
  rule: Rule.nullable(),
  /** Who is in it now. */
  people: z.number(),
  tag: z.object({
    state: z.enum(['none', 'writing', 'written', 'failed']),
    /** Members 企业微信 has in the tag. */
    members: z.number(),
    errorCode: z.number().nullable(),
  }),
});
export type SetBrief = z.infer<typeof SetBrief>;

const page = {
  cursor: z.string().max(64).optional(),
  limit: z.coerce.number().int().min(1).max(50).default(20),
};
export const SetsQuery = z.object(page);
export type SetsQuery = z.infer<typeof SetsQuery>;

export const SetsPage = z.object({
  items: z.array(SetBrief),
  next: z.string().nullable(),
  total: z.number(),
});
export type SetsPage = z.infer<typeof SetsPage>;

export const SetPeoplePage = z.object({
  items: z.array(PersonBrief.extend({ inTag: z.boolean() })),
  next: z.string().nullable(),
  total: z.number(),
});
export type SetPeoplePage = z.infer<typeof SetPeoplePage>;
