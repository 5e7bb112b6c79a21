/** Undertakings: texts of the regulations, who gave them, who has still to. Instants are epoch ms; words are ready to show. */
import { z } from 'zod';

/** When a text is asked for. */
export const OCCASIONS = ['first-sign-in', 'publishing', 'group-creation'] as const;
export type Occasion = (typeof OCCASIONS)[number];

const Id = z.string().min(1).max(64);
const Version = z.coerce.number().int().min(1).max(9_999);
const Cursor = z.string().min(1).max(64);
const Due = z.object({
  dueAt: z.number().nullable(),
  provisional: z.boolean(),
  state: z.enum(['ok', 'today', 'amber', 'overdue', 'none']),
  words: z.string(),
});

const Brief = z.object({
  textId: z.string(),
  version: z.number(),
  title: z.string(),
  source: z.string(),
  /** 首次登录, 发布信息 … */
  occasionWords: z.string(),
});
export type Brief = z.infer<typeof Brief>;

/** What somebody gave, with the words it was about. */
const Given = z.object({
  textId: z.string(),
  version: z.number(),
  title: z.string(),
  givenAt: z.number(),
  /** Before they left and came back, or before the words changed. */
  isPast: z.boolean(),
});

/** One version, word for word. `sha256` is of title, line end, source, empty line, words. */
const Words = Brief.extend({ words: z.string(), sha256: z.string(), registeredAt: z.number() });

export const OwnQuery = z.strictObject({
  cursor: Cursor.optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});
export const OwnAnswer = z.object({
  /** Owed now, with the one clock of all of them. */
  open: z.array(Brief),
  due: Due.nullable(),
  /** Asked on an occasion; may be given before. */
  later: z.array(Brief),
  /** Newest first. */
  given: z.object({ items: z.array(Given), next: z.string().nullable() }),
});
export type OwnAnswer = z.infer<typeof OwnAnswer>;

export const ByText = z.strictObject({ textId: Id });
/** Left out: the version in force. */
export const OwnTextQuery = z.strictObject({ version: Version.optional() });
export const OwnTextAnswer = z.object({
  text: Words,
  /** Of this version, by the reader. */
  given: z.object({ version: z.number(), givenAt: z.number(), sha256: z.string() }).nullable(),
  can: z.object({ give: z.boolean() }),
  /** What is owed besides this one, in order. */
  next: z.array(Brief),
});
export type OwnTextAnswer = z.infer<typeof OwnTextAnswer>;

/** What was shown, and that it was read to its end: no tick is set for anybody. */
export const GiveRequest = z.strictObject({
  version: z.number().int().min(1).max(9_999),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  readToEnd: z.literal(true),
});
export type GiveRequest = z.infer<typeof GiveRequest>;
export const GiveAnswer = z.object({ textId: z.string(), version: z.number(), givenAt: z.number() });
export type GiveAnswer = z.infer<typeof GiveAnswer>;

const counts = {
  /** Whom it concerns. */
  people: z.number(),
  /** Signed in since, or reminded. */
  asked: z.number(),
  given: z.number(),
};
const Counts = z.object({
  ...counts,
  /** Null: asked on an occasion only, so nobody owes it. */
  open: z.number().nullable(),
});

export const TextsAnswer = z.object({
  items: z.array(Brief.extend({ counts: Counts })),
  can: z.object({ names: z.boolean() }),
});
export type TextsAnswer = z.infer<typeof TextsAnswer>;

export const TextAnswer = z.object({
  text: Words,
  counts: Counts,
  /** By department of the main post; null: without a post. */
  units: z.array(z.object({ unitId: z.string().nullable(), name: z.string(), ...counts })),
  can: z.object({ names: z.boolean(), remind: z.boolean() }),
  /** How many one act reminds at most. */
  mostReminded: z.number(),
});
export type TextAnswer = z.infer<typeof TextAnswer>;

export const STATES = ['open', 'given'] as const;
export const PeopleQuery = z.strictObject({
  state: z.enum(STATES).default('open'),
  unitId: Id.optional(),
  /** The last person's id of the page before. */
  cursor: Cursor.optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});
export type PeopleQuery = z.infer<typeof PeopleQuery>;
export const ExportQuery = PeopleQuery.omit({ cursor: true, limit: true });
export type ExportQuery = z.infer<typeof ExportQuery>;

export const PeopleAnswer = z.object({
  items: z.array(
    z.object({
      personId: z.string(),
      staffNo: z.string(),
      name: z.string(),
      unitName: z.string(),
      title: z.string(),
      askedAt: z.number().nullable(),
      remindedOn: z.string().nullable(),
      /** Of the clock that runs. */
      due: Due.nullable(),
      given: z.object({ version: z.number(), givenAt: z.number(), viaWords: z.string() }).nullable(),
    }),
  ),
  next: z.string().nullable(),
  total: z.number(),
  /** How many of the same department a reminder would reach now; each is reminded once a day. */
  toRemind: z.number(),
});
export type PeopleAnswer = z.infer<typeof PeopleAnswer>;

export const RemindRequest = z.strictObject({
  unitId: Id.nullable(),
  /** More than 50: `提醒63人`, as typed. */
  phrase: z.string().max(80).optional(),
});
export type RemindRequest = z.infer<typeof RemindRequest>;
export const RemindAnswer = z.object({
  reminded: z.number(),
  /** Reminded before on this day. */
  already: z.number(),
  /** Not reached: one act reminds so many at most. */
  left: z.number(),
});
export type RemindAnswer = z.infer<typeof RemindAnswer>;

export const ByPerson = z.strictObject({ textId: Id, personId: Id });
/** Left out: the newest version they gave, else the one in force. */
export const ProofQuery = OwnTextQuery;
export const ProofAnswer = z.object({
  person: z.object({
    personId: z.string(),
    name: z.string(),
    staffNo: z.string(),
    unitName: z.string(),
    title: z.string(),
  }),
  /** The version that is shown. */
  text: Words,
  /** Every version of this text they gave, newest first. */
  given: z.array(
    z.object({
      version: z.number(),
      givenAt: z.number(),
      sha256: z.string(),
      via: z.string(),
      viaWords: z.string(),
      /** Print of the session it was given in; the same for all that was given in it. */
      session: z.string().nullable(),
      /** As the record of acts and the log name the request. */
      requestId: z.string().nullable(),
      isPast: z.boolean(),
    }),
  ),
  institution: z.string(),
  now: z.number(),
});
export type ProofAnswer = z.infer<typeof ProofAnswer>;
