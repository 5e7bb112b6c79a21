/** Repairs: tickets, who mends, places with a code, orders that recur, figures. Instants are epoch ms; words are ready to show. */
import { z } from 'zod';
import { isCalendarDate } from '../../kernel/dates.ts';

export const STATES = ['reported', 'dispatched', 'accepted', 'held', 'done', 'closed', 'cancelled'] as const;
export type TicketState = (typeof STATES)[number];
export const HOLD_REASONS = ['parts', 'contractor', 'access', 'season'] as const;
export type HoldReason = (typeof HOLD_REASONS)[number];
export const EVENT_KINDS = [
  'reported',
  'dispatched',
  'gaveBack',
  'accepted',
  'held',
  'resumed',
  'done',
  'confirmed',
  'autoConfirmed',
  'rework',
  'cancelled',
] as const;
export type EventKind = (typeof EVENT_KINDS)[number];

const Id = z.string().min(1).max(64);
const Cursor = z.string().min(1).max(64);
const Limit = z.coerce.number().int().min(1).max(100).default(30);
const Day = z.string().refine(isCalendarDate, 'not a calendar date');
const Words = (most: number) => z.string().trim().min(2).max(most);
const FileIds = z.array(Id).max(6).default([]);
const Due = z.object({
  dueAt: z.number().nullable(),
  provisional: z.boolean(),
  state: z.enum(['ok', 'today', 'amber', 'overdue', 'none']),
  words: z.string(),
});
const Named = z.object({ id: z.string(), name: z.string() });

export const Done = z.object({ ok: z.literal(true) });
export const ByTicket = z.strictObject({ ticketId: Id });
export const ByFile = z.strictObject({ ticketId: Id, fileId: Id });
export const ByPlace = z.strictObject({ placeId: Id });
export const ByCode = z.strictObject({ code: Id });
export const ByRecurring = z.strictObject({ recurringId: Id });

/* ---------- what the form offers ---------- */

const Category = z.object({
  key: z.string(),
  name: z.string(),
  icon: z.string(),
  /** 一般 4 小时内接单 */
  promise: z.string(),
  /** Said in red before anything is written; '' for most. */
  urgent: z.string(),
});
export const CategoriesAnswer = z.object({ items: z.array(Category) });
export type CategoriesAnswer = z.infer<typeof CategoriesAnswer>;

const PlaceBrief = z.object({
  placeId: z.string(),
  code: z.string(),
  /** 行政楼 302 */
  name: z.string(),
  area: z.string(),
  kind: z.enum(['room', 'asset']),
  assetNo: z.string(),
});
export type PlaceBrief = z.infer<typeof PlaceBrief>;

/** What a code on a wall leads to. What is open there is told without anybody's name. */
export const CodeAnswer = z.object({
  place: PlaceBrief,
  open: z.array(
    z.object({
      number: z.string(),
      categoryName: z.string(),
      stateWords: z.string(),
      reportedAt: z.number(),
    }),
  ),
});
export type CodeAnswer = z.infer<typeof CodeAnswer>;

export const PlaceSearchQuery = z.strictObject({ q: z.string().trim().max(40).default('') });
export const PlaceSearchAnswer = z.object({ items: z.array(PlaceBrief) });
export type PlaceSearchAnswer = z.infer<typeof PlaceSearchAnswer>;

/* ---------- a ticket ---------- */

export const ReportRequest = z
  .strictObject({
    /** Made by the page: the same again is the same ticket. */
    clientKey: z.string().min(8).max(64),
    category: Id,
    placeId: Id.nullable(),
    /** Where there is no code, and only there: 图书馆三楼东侧走廊 */
    placeText: z.string().trim().max(80).default(''),
    words: Words(500),
    /** 今天 14:00 以后 */
    convenient: z.string().trim().max(60).default(''),
    fileIds: FileIds,
  })
  .refine(({ placeId, placeText }) => placeId !== null || placeText.length >= 2, 'a place is needed')
  // Both together would not fit where the ticket says its place.
  .refine(({ placeId, placeText }) => placeId === null || placeText === '', 'one place is enough');
export type ReportRequest = z.infer<typeof ReportRequest>;
export const ReportAnswer = z.object({ ticketId: z.string(), number: z.string() });

export const ActRequest = z.discriminatedUnion('act', [
  z.strictObject({ act: z.literal('dispatch'), toId: Id, words: z.string().trim().max(200).default('') }),
  z.strictObject({ act: z.literal('giveBack'), words: Words(200) }),
  z.strictObject({ act: z.literal('accept') }),
  z.strictObject({
    act: z.literal('hold'),
    reason: z.enum(HOLD_REASONS),
    words: Words(200),
    untilOn: Day.nullable(),
    /** Who outside was told; needed where that is the reason. */
    contractor: z.string().trim().max(60).default(''),
  }),
  z.strictObject({ act: z.literal('resume') }),
  z.strictObject({ act: z.literal('finish'), words: Words(500), fileIds: FileIds }),
  z.strictObject({
    act: z.literal('confirm'),
    rating: z.number().int().min(1).max(5),
    words: z.string().trim().max(200).default(''),
  }),
  z.strictObject({ act: z.literal('rework'), words: Words(300), fileIds: FileIds }),
  z.strictObject({ act: z.literal('cancel') }),
]);
export type ActRequest = z.infer<typeof ActRequest>;
export type ActName = ActRequest['act'];
export const ActAnswer = z.object({ state: z.enum(STATES) });

export const Brief = z.object({
  ticketId: z.string(),
  number: z.string(),
  categoryName: z.string(),
  icon: z.string(),
  place: z.string(),
  words: z.string(),
  state: z.enum(STATES),
  stateWords: z.string(),
  reportedAt: z.number(),
  unitName: z.string(),
  holder: Named.nullable(),
  due: Due.nullable(),
  /** A clock ran out on somebody. */
  isLate: z.boolean(),
  rating: z.number().nullable(),
});
export type Brief = z.infer<typeof Brief>;

export const ActNames = z.enum([
  'dispatch',
  'giveBack',
  'accept',
  'hold',
  'resume',
  'finish',
  'confirm',
  'rework',
  'cancel',
]);

export const TicketAnswer = Brief.extend({
  convenient: z.string(),
  reporter: Named,
  assetNo: z.string(),
  /** 等配件 · 11-30 再办; '' unless it waits. */
  holdWords: z.string(),
  contractor: z.string(),
  result: z.string(),
  ratingWords: z.string(),
  round: z.number(),
  urgent: z.string(),
  /** Done is shown by a photo. */
  needsPhoto: z.boolean(),
  /** When it is taken as accepted by itself; null unless it waits for the reporter. */
  autoConfirmAt: z.number().nullable(),
  can: z.array(ActNames),
  events: z.array(
    z.object({
      kind: z.enum(EVENT_KINDS),
      /** 张师傅接单 */
      title: z.string(),
      byName: z.string(),
      happenedAt: z.number(),
      words: z.string(),
      fileIds: z.array(z.string()),
    }),
  ),
  holdReasons: z.array(z.object({ key: z.enum(HOLD_REASONS), name: z.string() })),
});
export type TicketAnswer = z.infer<typeof TicketAnswer>;

export const OwnQuery = z.strictObject({
  /** What I reported; what lies with me as who mends; what I mended. */
  box: z.enum(['mine', 'todo', 'did']).default('mine'),
  cursor: Cursor.optional(),
  limit: Limit,
});
export type OwnQuery = z.infer<typeof OwnQuery>;
export const OwnAnswer = z.object({
  items: z.array(Brief),
  next: z.string().nullable(),
  /** Mends things, so that the page has their lists. */
  isWorker: z.boolean(),
  todo: z.number(),
});
export type OwnAnswer = z.infer<typeof OwnAnswer>;

export const ListQuery = z.strictObject({
  state: z.enum([...STATES, 'open']).optional(),
  category: Id.optional(),
  holderId: Id.optional(),
  unitId: Id.optional(),
  /** Number, place or words. */
  q: z.string().trim().max(40).optional(),
  cursor: Cursor.optional(),
  limit: Limit,
});
export type ListQuery = z.infer<typeof ListQuery>;
export const ListAnswer = z.object({
  items: z.array(Brief.extend({ canDispatch: z.boolean() })),
  next: z.string().nullable(),
  total: z.number(),
  counts: z.object({
    reported: z.number(),
    dispatched: z.number(),
    accepted: z.number(),
    held: z.number(),
    done: z.number(),
  }),
  categories: z.array(Named),
  workers: z.array(Named),
  can: z.object({ manage: z.boolean() }),
});
export type ListAnswer = z.infer<typeof ListAnswer>;

/** Whom a ticket can be given to, with what each has in hand. */
export const CandidatesAnswer = z.object({
  items: z.array(
    z.object({
      personId: z.string(),
      name: z.string(),
      unitName: z.string(),
      inHand: z.number(),
      /** Does this category here. */
      fits: z.boolean(),
    }),
  ),
});
export type CandidatesAnswer = z.infer<typeof CandidatesAnswer>;

/* ---------- who mends what ---------- */

export const WorkersAnswer = z.object({
  items: z.array(
    z.object({
      personId: z.string(),
      name: z.string(),
      unitName: z.string(),
      categories: z.array(z.string()),
      categoryNames: z.array(z.string()),
      areas: z.array(z.string()),
      inHand: z.number(),
      active: z.boolean(),
    }),
  ),
  /** Those that are mine to give. */
  categories: z.array(Named),
});
export type WorkersAnswer = z.infer<typeof WorkersAnswer>;
export const WorkerRequest = z.strictObject({
  personId: Id,
  /** None: mends no more. */
  categories: z.array(Id).max(20),
  /** Where; none: everywhere. */
  areas: z.array(z.string().trim().min(1).max(40)).max(20),
});
export type WorkerRequest = z.infer<typeof WorkerRequest>;

/* ---------- places ---------- */

export const PlacesQuery = z.strictObject({
  /** Name, building, asset number or the code itself. */
  q: z.string().trim().max(40).default(''),
  /** Only those that take reports. */
  state: z.literal('active').optional(),
  cursor: Cursor.optional(),
  limit: Limit,
});
export type PlacesQuery = z.infer<typeof PlacesQuery>;
const Place = PlaceBrief.extend({
  state: z.enum(['active', 'closed']),
  version: z.number(),
  /** What the printed code holds. */
  url: z.string(),
});
export type Place = z.infer<typeof Place>;
export const PlacesAnswer = z.object({ items: z.array(Place), next: z.string().nullable() });
export type PlacesAnswer = z.infer<typeof PlacesAnswer>;
export const PlaceRequest = z.strictObject({
  name: Words(60),
  area: z.string().trim().min(1).max(40),
  kind: z.enum(['room', 'asset']),
  assetNo: z.string().trim().max(40).default(''),
});
export type PlaceRequest = z.infer<typeof PlaceRequest>;
export const ChangePlaceRequest = PlaceRequest.extend({
  version: z.number().int().min(1),
  state: z.enum(['active', 'closed']),
});
export const PlaceAnswer = z.object({ placeId: z.string(), code: z.string() });

/* ---------- orders that recur ---------- */

export const RECURRENCES = ['week', 'month', 'quarter', 'year'] as const;
export const RecurringAnswer = z.object({
  items: z.array(
    z.object({
      recurringId: z.string(),
      title: z.string(),
      category: z.string(),
      categoryName: z.string(),
      place: PlaceBrief,
      every: z.enum(RECURRENCES),
      everyWords: z.string(),
      nextOn: z.string(),
      state: z.enum(['active', 'ended']),
      version: z.number(),
      lastNumber: z.string(),
    }),
  ),
  next: z.string().nullable(),
});
export type RecurringAnswer = z.infer<typeof RecurringAnswer>;
export const RecurringQuery = z.strictObject({ cursor: Cursor.optional(), limit: Limit });
export const RecurringRequest = z.strictObject({
  title: Words(60),
  category: Id,
  placeId: Id,
  every: z.enum(RECURRENCES),
  startsOn: Day,
});
export type RecurringRequest = z.infer<typeof RecurringRequest>;
export const MadeAnswer = z.object({ recurringId: z.string() });
export const VersionRequest = z.strictObject({ version: z.number().int().min(1) });

/* ---------- figures ---------- */

export const PERIODS = ['week', 'month', 'term'] as const;
export type PeriodKind = (typeof PERIODS)[number];
export const FiguresQuery = z.strictObject({ period: z.enum(PERIODS).default('month'), on: Day.optional() });
export type FiguresQuery = z.infer<typeof FiguresQuery>;

const Row = z.object({
  id: z.string(),
  name: z.string(),
  reported: z.number(),
  done: z.number(),
  /** Done in time, of those done. */
  inTime: z.number(),
  /** Median of working time from acceptance to done, without holds; null: none. */
  medianMs: z.number().nullable(),
  /** Of those rated; null: nobody rated. Not rated is no rating. */
  rating: z.number().nullable(),
  rated: z.number(),
  rework: z.number(),
});
export type FigureRow = z.infer<typeof Row>;

export const Figures = z.object({
  total: Row,
  takeInTime: z.number(),
  taken: z.number(),
  autoConfirmed: z.number(),
  open: z.number(),
  cancelled: z.number(),
  byCategory: z.array(Row),
  byUnit: z.array(Row),
  byPerson: z.array(Row),
  byDay: z.array(z.object({ on: z.string(), reported: z.number(), works: z.boolean() })),
  /** Working days from acceptance to done: the same, 1, 2, 3, more. */
  byDuration: z.array(z.object({ words: z.string(), count: z.number() })),
  byRating: z.array(z.object({ stars: z.number(), count: z.number() })),
  late: z.array(
    z.object({
      ticketId: z.string(),
      number: z.string(),
      what: z.string(),
      unitName: z.string(),
      /** Who held it when the time ran out. */
      who: z.string(),
      why: z.string(),
    }),
  ),
  lateTotal: z.number(),
});
export type Figures = z.infer<typeof Figures>;

export const FiguresAnswer = z.object({
  period: z.enum(PERIODS),
  title: z.string(),
  fromOn: z.string(),
  /** First day it no longer counts. */
  untilOn: z.string(),
  /** Last day that counts. */
  lastOn: z.string(),
  /** Length of a working day, for what is told in working days. */
  workdayMs: z.number(),
  /** Null: reckoned now, the period still runs. */
  madeAt: z.number().nullable(),
  before: z.string().nullable(),
  after: z.string().nullable(),
  figures: Figures,
});
export type FiguresAnswer = z.infer<typeof FiguresAnswer>;
