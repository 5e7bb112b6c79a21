/**
 * The record as an auditor reads it. Instants are epoch ms, dates `YYYY-MM-DD` in Asia/Shanghai. Nothing here changes
 * the record; each look is an entry of its own.
 */
import { z } from 'zod';
import { isCalendarDate } from '../../kernel/dates.ts';

const Id = z.string().trim().min(1).max(64);
const Day = z.string().refine(isCalendarDate, 'not a calendar date');

const Filter = z.strictObject({
  /** First and last day, both included; the last 30 days when left out. */
  fromOn: Day.optional(),
  toOn: Day.optional(),
  /** A person's id or the name of a mechanism. */
  actorId: Id.optional(),
  /** `room.verb`, or `room` for all of a room. */
  action: Id.optional(),
  /** `other`: whatever did not simply go through. */
  result: z.enum(['ok', 'other']).optional(),
  targetType: Id.optional(),
  /** A person, a request, a plan …: whatever it was done to. */
  targetId: Id.optional(),
  requestId: Id.optional(),
});
export type EntryFilter = z.infer<typeof Filter>;

export const EntriesQuery = Filter.extend({
  cursor: z.string().max(80).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});
export type EntriesQuery = z.infer<typeof EntriesQuery>;
export const ExportEntriesQuery = Filter;

const Party = z.object({
  id: z.string(),
  /** Null: nobody we know by this id. */
  name: z.string().nullable(),
});

export const Entry = z.object({
  entryId: z.string(),
  /** Null: not sealed into the chain yet. */
  seq: z.number().nullable(),
  at: z.number(),
  actor: Party.extend({ kind: z.enum(['person', 'system']) }),
  action: z.string(),
  actionWords: z.string(),
  target: Party.extend({ type: z.string(), typeWords: z.string() }),
  result: z.string(),
  resultWords: z.string(),
  /** Has a part that is sealed with a person's key (H9). */
  personal: z.boolean(),
});
export type Entry = z.infer<typeof Entry>;

export const EntriesAnswer = z.object({
  items: z.array(Entry),
  next: z.string().nullable(),
  /** The days that were looked at. */
  fromOn: z.string(),
  toOn: z.string(),
  /** What there is to choose from. */
  actions: z.array(z.object({ action: z.string(), words: z.string() })),
});
export type EntriesAnswer = z.infer<typeof EntriesAnswer>;

const Fields = z.record(z.string(), z.unknown()).nullable();
export const PersonalAnswer = z.discriminatedUnion('state', [
  z.object({ state: z.literal('open'), person: Party, before: Fields, after: Fields }),
  z.object({ state: z.literal('destroyed'), person: Party, at: z.number() }),
  z.object({ state: z.literal('unreadable'), person: Party }),
  /** For others than the reader (H5). */
  z.object({ state: z.literal('closed') }),
]);

export const EntryAnswer = Entry.extend({
  /** Roles held at the moment of the act. */
  roles: z.array(z.string()),
  via: z.string(),
  viaWords: z.string(),
  address: z.string().nullable(),
  requestId: z.string().nullable(),
  before: Fields,
  after: Fields,
  personalPart: PersonalAnswer.nullable(),
  prevHash: z.string().nullable(),
  hash: z.string().nullable(),
});
export type EntryAnswer = z.infer<typeof EntryAnswer>;
export const ByEntry = z.strictObject({ entryId: Id });

/* ---------- who held this, for how long, by which calendar ---------- */

export const ClocksQuery = z.strictObject({ targetType: Id, targetId: Id });
export const Clock = z.object({
  title: z.string(),
  /** Who holds it, or held it last; null: nobody could be found. */
  holder: Party.nullable(),
  openedAt: z.number(),
  dueAt: z.number().nullable(),
  /** Told when it was opened; differs after a pause or a change of the calendar (G5). */
  firstDueAt: z.number().nullable(),
  /** Rests on a year without a notice (G4). */
  provisional: z.boolean(),
  closedAt: z.number().nullable(),
  outcome: z.string().nullable(),
  /** Working days allowed; null: minutes. */
  workdays: z.number().nullable(),
  /** Working time used, ms. */
  usedMs: z.number(),
  breach: z.object({ at: z.number(), holder: Party.nullable() }).nullable(),
  events: z.array(
    z.object({
      at: z.number(),
      kind: z.enum(['transferred', 'paused', 'resumed', 'moved']),
      from: Party.nullable(),
      to: Party.nullable(),
      fromDueAt: z.number().nullable(),
      toDueAt: z.number().nullable(),
    }),
  ),
  /** The State Council's notices its days were counted by. */
  notices: z.array(z.object({ year: z.number(), words: z.string() })),
});
export const ClocksAnswer = z.object({ items: z.array(Clock) });
export type ClocksAnswer = z.infer<typeof ClocksAnswer>;

/* ---------- is it whole? ---------- */

export const Fault = z.object({ kind: z.string(), words: z.string(), seq: z.number() });
export const ChainAnswer = z.object({
  head: z.object({ seq: z.number(), hash: z.string() }),
  unsealed: z.number(),
  /** The latest verification that ended; null: none yet. */
  verified: z
    .object({
      startedAt: z.number(),
      finishedAt: z.number(),
      sealed: z.number(),
      /** Heads outside the database it was held against. */
      anchors: z.number(),
      /** Entries whose personal part was destroyed (H9). */
      destroyed: z.number(),
      faultCount: z.number(),
      faults: z.array(Fault),
    })
    .nullable(),
  /** One was asked for and has not ended. */
  running: z.boolean(),
  /** The latest head outside; null: none. */
  anchor: z.object({ at: z.number(), seq: z.number(), hash: z.string() }).nullable(),
});
export type ChainAnswer = z.infer<typeof ChainAnswer>;

export const VerifyAnswer = z.object({ ok: z.literal(true) });

/* ---------- forgetting ---------- */

export const ByPerson = z.strictObject({ personId: Id });
export const ProposeRequest = z.strictObject({});
export const ForgetRequest = z.strictObject({
  /** Typed by whoever confirms: what cannot be undone is not done by one click. */
  phrase: z.string().max(64),
});
export const ForgetAnswer = z.object({ entries: z.number() });
export const Done = z.object({ ok: z.literal(true) });

export const FormerQuery = z.strictObject({
  /** The last person's id of the page before. */
  cursor: Id.optional(),
  limit: z.coerce.number().int().min(1).max(50).default(20),
});
export type FormerQuery = z.infer<typeof FormerQuery>;
export const FormerAnswer = z.object({
  items: z.array(
    z.object({
      personId: z.string(),
      staffNo: z.string(),
      name: z.string(),
      leftOn: z.string(),
      /** The first day the key may go. */
      keptUntilOn: z.string(),
      /** How many entries would lose their personal part. */
      entries: z.number(),
      /** An error code: why it may not go; null: nothing stands in the way. */
      obstacle: z.string().nullable(),
      /** Standing, not lapsed. */
      proposal: z
        .object({
          at: z.number(),
          /** Null: nobody we know any more. */
          byName: z.string().nullable(),
          mine: z.boolean(),
          untilAt: z.number(),
        })
        .nullable(),
      can: z.object({ propose: z.boolean(), confirm: z.boolean(), withdraw: z.boolean() }),
    }),
  ),
  next: z.string().nullable(),
  total: z.number(),
  /** What whoever confirms has to type. */
  phrase: z.string(),
});
export type FormerAnswer = z.infer<typeof FormerAnswer>;
