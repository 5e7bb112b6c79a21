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

/** 企业微信 takes 32 characters (40072). */
const Name = z.string().trim().min(1).max(32);
const MOST_LISTED = 2_000;
/** More than 50 get the tag or lose it: act and count, as typed. */
const Typed = z.string().max(80).optional();

export const SetRequest = z.strictObject({
  /** Left out: a new set. */
  setId: z.string().max(32).optional(),
  name: Name,
  definition: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('rule'), rule: Rule }),
    z.strictObject({ kind: z.literal('list'), personIds: Ids.max(MOST_LISTED) }),
  ]),
  /** The version that was looked at; another one now is a conflict. Left out: whatever it is. */
  version: z.number().int().optional(),
  phrase: Typed,
});
export type SetRequest = z.infer<typeof SetRequest>;

/** Who comes into a list and who goes; nobody else is touched, so that two editors do not undo each other. */
export const ListRequest = z.strictObject({
  name: Name.optional(),
  add: Ids.max(MOST_LISTED),
  take: Ids.max(MOST_LISTED),
  phrase: Typed,
});
export const RemoveRequest = z.strictObject({ phrase: Typed });
export type ListRequest = z.infer<typeof ListRequest>;

export const PreviewRequest = z.strictObject({
  /** Compared with this set as it is. */
  setId: z.string().max(32).optional(),
  rule: Rule,
});
export type PreviewRequest = z.infer<typeof PreviewRequest>;

export const PreviewAnswer = z.object({
  people: z.number(),
  /** At most twelve, in the order of the directory. */
  first: z.array(PersonBrief),
  /** Who is not in the set now, and who would be no more; null without a set. */
  joining: z.number().nullable(),
  leaving: z.number().nullable(),
});
export type PreviewAnswer = z.infer<typeof PreviewAnswer>;

export const FindRequest = z.strictObject({
  staffNos: z.array(z.string().trim().min(1).max(64)).min(1).max(MOST_LISTED),
});
export type FindRequest = z.infer<typeof FindRequest>;

export const FindAnswer = z.object({
  found: z.array(PersonBrief.extend({ staffNo: z.string() })),
  /** Nobody has this number, or whoever had it has left. */
  missing: z.array(z.string()),
});
export type FindAnswer = z.infer<typeof FindAnswer>;

export const Changed = z.object({ changed: z.boolean() });

export const SetPut = z.object({ setId: z.string(), changed: z.boolean() });

const UnitNamed = z.object({ unitId: z.string(), name: z.string(), dissolved: z.boolean() });

export const SetBrief = z.object({
  setId: z.string(),
  name: z.string(),
  kind: z.enum(['rule', 'list']),
  /** Null for a list. */
  rule: Rule.nullable(),
  /** Units the rule names; dissolved ones hold nobody. */
  units: z.array(UnitNamed),
  version: z.number(),
  /** Who is in it now. */
  people: z.number(),
  tag: z.object({
    state: z.enum(['none', 'writing', 'written', 'failed']),
    /** `changed`: others changed so much that a person decides; `off`: nothing is written to 企业微信 here. */
    standing: z.enum(['equal', 'coming', 'refused', 'changed', 'off']),
    /** Members 企业微信 has in the tag, as last written or read. */
    members: z.number(),
    /** Who is in the set and not in the tag, and the other way round. */
    joining: z.number(),
    leaving: z.number(),
    errorCode: z.number().nullable(),
    /** Changes somebody else made of it that are not put back yet, and of them those that wait for a person. */
    changes: z.number(),
    held: z.number(),
    /** When 企业微信 was last asked what the tag holds; null: never. */
    comparedAt: z.number().nullable(),
  }),
});
export type SetBrief = z.infer<typeof SetBrief>;

export const SetLine = z.object({
  eventId: z.string(),
  /** Epoch ms. */
  at: z.number(),
  /** Null: no person but a mechanism. */
  by: z.string().nullable(),
  kind: z.string(),
  /** Null where the name stayed. */
  renamed: z.object({ from: z.string(), to: z.string() }).nullable(),
  rule: z.object({ before: Rule.nullable(), after: Rule.nullable() }).nullable(),
  /** Names of at most ten; the counts tell of all. */
  added: z.object({ people: z.number(), first: z.array(z.string()) }).nullable(),
  taken: z.object({ people: z.number(), first: z.array(z.string()) }).nullable(),
});
export type SetLine = z.infer<typeof SetLine>;

export const SetAnswer = SetBrief.extend({
  /** Of `tag.joining`, who is no member of 企业微信 yet: they come when they are. */
  waiting: z.number(),
  /** The tag's name as last written; null before. */
  tagName: z.string().nullable(),
  /** Of the last answer of 企业微信; null before. */
  tagAt: z.number().nullable(),
  /** Newest first, at most 200. */
  history: z.array(SetLine),
});
export type SetAnswer = z.infer<typeof SetAnswer>;

const page = {
  cursor: z.string().max(64).optional(),
  limit: z.coerce.number().int().min(1).max(50).default(20),
};
export const SetsQuery = z.object(page);
export type SetsQuery = z.infer<typeof SetsQuery>;

export const SetPeopleQuery = z.object({ ...page, q: z.string().max(64).default('') });
export type SetPeopleQuery = z.infer<typeof SetPeopleQuery>;

export const SetsPage = z.object({
  items: z.array(SetBrief),
  next: z.string().nullable(),
  total: z.number(),
});
export type SetsPage = z.infer<typeof SetsPage>;

const SetPerson = PersonBrief.extend({
  staffNo: z.string(),
  inTag: z.boolean(),
  /** False: 企业微信 has no such member yet, so no tag can have it. */
  isMember: z.boolean(),
});

export const SetPeoplePage = z.object({
  items: z.array(SetPerson),
  next: z.string().nullable(),
  total: z.number(),
});
export type SetPeoplePage = z.infer<typeof SetPeoplePage>;

export const FindingsQuery = z.object(page);
export type FindingsQuery = z.infer<typeof FindingsQuery>;

/** One thing that somebody else changed of a tag. */
export const TagFinding = z.object({
  findingId: z.string(),
  kind: z.enum(['takenOut', 'putIn', 'stranger', 'department', 'renamed', 'deleted']),
  state: z.enum(['open', 'held', 'released', 'putBack', 'gone']),
  /** Of the person or department; the userid of a stranger; the name it was given; '' where the tag went. */
  name: z.string(),
  personId: z.string().nullable(),
  foundBy: z.enum(['nightly', 'event']),
  happenedAt: z.number().nullable(),
  foundAt: z.number(),
  /** By the administrators' log of 企业微信, which names the tag and not the people; null: not known. */
  by: z.object({ userid: z.string(), name: z.string().nullable(), at: z.number() }).nullable(),
  /** Who let it be put back, where a person had to. */
  releasedBy: z.string().nullable(),
  settledAt: z.number().nullable(),
});
export type TagFinding = z.infer<typeof TagFinding>;

/** Newest first. */
export const FindingsPage = z.object({
  items: z.array(TagFinding),
  next: z.string().nullable(),
  total: z.number(),
});
export type FindingsPage = z.infer<typeof FindingsPage>;

/** How many were waiting when somebody looked; another number now is a conflict. */
export const PutBackRequest = z.strictObject({ held: z.number().int().min(1) });
