/** Meeting rooms: rooms, bookings, check-in, waiting, usage. Instants are epoch ms; words are ready to show. */
import { z } from 'zod';

/** `pending` and `booked` hold the room. */
export const STATES = ['pending', 'booked', 'refused', 'cancelled', 'released', 'lapsed'] as const;
export type State = (typeof STATES)[number];

/** Why a time cannot be had. */
export const WHYS = ['closed', 'shape', 'past', 'far', 'hours', 'blackout', 'taken', 'late'] as const;
export type Why = (typeof WHYS)[number];

export const MOST_WEEKS = 52;
export const MOST_PARTICIPANTS = 50;
export const MOST_ROOMS = 100;

const Id = z.string().min(1).max(32);
const Instant = z.int().min(0).max(7_258_118_400_000);
const Day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const Month = z.string().regex(/^\d{4}-\d{2}$/);
const Cursor = z.string().min(1).max(64);
const Limit = z.coerce.number().int().min(1).max(100).default(50);
const Version = z.int().min(1);
/** One line of text: what ends a line, or is no sign at all, is in no name. */
const line = (most: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(most)
    .regex(/^\P{Cc}*$/u);
const Range = { startsAt: Instant, endsAt: Instant };
const RangeShape = z.object({ startsAt: z.number(), endsAt: z.number() });

export const ByRoom = z.strictObject({ roomId: Id });
export const ByBooking = z.strictObject({ bookingId: Id });
export const ByBlackout = z.strictObject({ roomId: Id, blackoutId: Id });
export const OkAnswer = z.object({ ok: z.literal(true) });

/** A quarter of an hour of the day. */
const Minute = z.int().min(0).max(1_440).multipleOf(15);

export const RoomTerms = z.strictObject({
  name: line(40),
  place: line(80),
  capacity: z.int().min(1).max(2_000),
  equipment: z.array(line(20)).max(20),
  /** The unit it belongs to: who administers that unit's rooms keeps it. */
  unitId: Id,
  /** Decides on bookings, sees what meetings are about. */
  managerId: Id,
  opensMinute: Minute,
  closesMinute: Minute,
  /** 0 Sunday … 6 Saturday. */
  weekdays: z.array(z.int().min(0).max(6)).min(1).max(7),
  /** Null: everybody; else these units with all below them. */
  bookerUnitIds: z.array(Id).min(1).max(50).nullable(),
  needsApproval: z.boolean(),
  bufferMinutes: z.int().min(0).max(120),
  /** So long after the start a room nobody checked in to is released; null: never. */
  checkInMinutes: z.int().min(5).max(120).nullable(),
  state: z.enum(['open', 'closed']),
  /** Its number among 企业微信's own 会议室, where bookings are to hold it as well; as much as its column holds. */
  wecomRoomId: z.int().min(1).max(2_147_483_647).nullable().default(null),
});
export type RoomTerms = z.output<typeof RoomTerms>;
export const ChangeRoomRequest = RoomTerms.extend({ version: Version });
export type ChangeRoomRequest = z.infer<typeof ChangeRoomRequest>;
export const RoomMade = z.object({ roomId: z.string() });

const RoomBrief = z.object({
  roomId: z.string(),
  name: z.string(),
  place: z.string(),
  capacity: z.number(),
  equipment: z.array(z.string()),
  state: z.enum(['open', 'closed']),
  opensMinute: z.number(),
  closesMinute: z.number(),
  weekdays: z.array(z.number()),
  needsApproval: z.boolean(),
  bufferMinutes: z.number(),
  checkInMinutes: z.number().nullable(),
  managerName: z.string(),
  can: z.object({ book: z.boolean(), keep: z.boolean() }),
});
export type RoomBrief = z.infer<typeof RoomBrief>;

export const RoomsQuery = z.strictObject({ after: Cursor.optional(), limit: Limit });
export type RoomsQuery = z.infer<typeof RoomsQuery>;
export const RoomsAnswer = z.object({
  items: z.array(RoomBrief),
  next: z.string().nullable(),
  can: z.object({ make: z.boolean(), usage: z.boolean() }),
});
export type RoomsAnswer = z.infer<typeof RoomsAnswer>;

const Blackout = z.object({
  blackoutId: z.string(),
  startsAt: z.number(),
  endsAt: z.number(),
  reason: z.string(),
});

/** For who keeps the room. */
export const KeptRoomAnswer = z.object({
  room: RoomBrief,
  version: z.number(),
  terms: RoomTerms,
  bookerUnits: z.array(z.object({ unitId: z.string(), name: z.string() })),
  /** What the code at the door opens. */
  doorPath: z.string(),
  blackouts: z.array(Blackout),
  calendar: z.object({ since: z.number().nullable() }),
});
export type KeptRoomAnswer = z.infer<typeof KeptRoomAnswer>;

/** 企业微信's own rooms, as far as it answers; `mirrored`: bookings are written there at all. */
export const WecomRoomsAnswer = z.object({
  mirrored: z.boolean(),
  reached: z.boolean(),
  items: z.array(z.object({ roomId: z.number(), name: z.string() })),
});
export type WecomRoomsAnswer = z.infer<typeof WecomRoomsAnswer>;

/** Units whose rooms the actor keeps, and all units as bookers. */
export const ChoicesAnswer = z.object({
  keeps: z.array(z.object({ unitId: z.string(), name: z.string() })),
  units: z.array(z.object({ unitId: z.string(), name: z.string() })),
});
export type ChoicesAnswer = z.infer<typeof ChoicesAnswer>;
export const BlackoutRequest = z.strictObject({
  ...Range,
  reason: line(60),
  /** Bookings that lie in it are cancelled and their people told; else the request is answered with them. */
  cancelBookings: z.boolean().default(false),
});
export type BlackoutRequest = z.infer<typeof BlackoutRequest>;
export const BlackoutMade = z.object({ blackoutId: z.string(), cancelled: z.number() });

/** What holds a room at a time. Whoever has nothing to do with it sees 已占用 and no id. */
const Busy = z.object({
  startsAt: z.number(),
  endsAt: z.number(),
  kind: z.enum(['booking', 'blackout']),
  state: z.enum(['pending', 'booked']).nullable(),
  words: z.string(),
  bookingId: z.string().nullable(),
  isMine: z.boolean(),
});
export type Busy = z.infer<typeof Busy>;

export const GridQuery = z.strictObject({
  from: Day,
  days: z.coerce.number().int().min(1).max(7).default(1),
  roomId: Id.optional(),
  after: Cursor.optional(),
});
export type GridQuery = z.infer<typeof GridQuery>;
export const GridAnswer = z.object({
  now: z.number(),
  days: z.array(z.string()),
  rooms: z.array(RoomBrief.extend({ busy: z.array(Busy) })),
  next: z.string().nullable(),
});
export type GridAnswer = z.infer<typeof GridAnswer>;

export const BookRequest = z.strictObject({
  roomId: Id,
  ...Range,
  subject: line(60),
  participantIds: z.array(Id).max(MOST_PARTICIPANTS).default([]),
  /** The same key again answers with what was booked before: a second tap books nothing. */
  clientKey: z.uuid(),
  /** Weekly series; left out or 1: once. */
  weeks: z.int().min(1).max(MOST_WEEKS).default(1),
  /** R43: of a series, none or those that can be had. */
  onConflict: z.enum(['none', 'skip']).default('none'),
});
export type BookRequest = z.infer<typeof BookRequest>;

const Occurrence = RangeShape.extend({
  bookingId: z.string().nullable(),
  state: z.enum(STATES).nullable(),
  why: z.enum(WHYS).nullable(),
  whyWords: z.string(),
});
export type Occurrence = z.infer<typeof Occurrence>;
/** Every occurrence that was asked for, in order (R43). */
export const BookAnswer = z.object({ items: z.array(Occurrence) });
export type BookAnswer = z.infer<typeof BookAnswer>;

/** Data of the problem `meetingrooms.taken`: what else could be had. */
export interface Alternatives {
  readonly sameRoom: readonly { readonly startsAt: number; readonly endsAt: number }[];
  readonly otherRooms: readonly {
    readonly roomId: string;
    readonly name: string;
    readonly place: string;
    readonly capacity: number;
    readonly needsApproval: boolean;
  }[];
}

const BookingBrief = z.object({
  bookingId: z.string(),
  roomId: z.string(),
  roomName: z.string(),
  place: z.string(),
  startsAt: z.number(),
  endsAt: z.number(),
  /** 已占用 for who may not know. */
  subject: z.string(),
  state: z.enum(STATES),
  stateWords: z.string(),
  bookerName: z.string(),
  isMine: z.boolean(),
  inSeries: z.boolean(),
  checkedInAt: z.number().nullable(),
});
export type BookingBrief = z.infer<typeof BookingBrief>;

export const OwnQuery = z.strictObject({
  box: z.enum(['coming', 'past']).default('coming'),
  cursor: Cursor.optional(),
  limit: Limit,
});
export type OwnQuery = z.infer<typeof OwnQuery>;
export const BookingsAnswer = z.object({ items: z.array(BookingBrief), next: z.string().nullable() });
export type BookingsAnswer = z.infer<typeof BookingsAnswer>;

export const RoomBookingsQuery = z.strictObject({
  from: Day,
  until: Day,
  cursor: Cursor.optional(),
  limit: Limit,
});
export type RoomBookingsQuery = z.infer<typeof RoomBookingsQuery>;

export const BookingAnswer = BookingBrief.extend({
  version: z.number(),
  participants: z.array(z.object({ personId: z.string(), name: z.string() })),
  bookerUnitName: z.string(),
  reason: z.string(),
  releaseAt: z.number().nullable(),
  due: z.object({ words: z.string(), state: z.string() }).nullable(),
  /** Of the same request, when it is a series. */
  occurrences: z.array(Occurrence),
  history: z.array(z.object({ at: z.number(), byName: z.string(), words: z.string() })),
  can: z.object({
    decide: z.boolean(),
    cancel: z.boolean(),
    change: z.boolean(),
    checkIn: z.boolean(),
  }),
});
export type BookingAnswer = z.infer<typeof BookingAnswer>;

export const DecideRequest = z.strictObject({
  approve: z.boolean(),
  /** Needed to refuse. */
  reason: z.string().trim().max(200).default(''),
  /** Approval checks again: occurrences that cannot be had any more are refused, the others approved. */
  skipConflicts: z.boolean().default(false),
});
export type DecideRequest = z.infer<typeof DecideRequest>;

export const CancelRequest = z.strictObject({
  version: Version,
  /** And all later ones of the series. */
  following: z.boolean().default(false),
  reason: z.string().trim().max(200).default(''),
});
export type CancelRequest = z.infer<typeof CancelRequest>;
export const CancelAnswer = z.object({ cancelled: z.number() });
export type CancelAnswer = z.infer<typeof CancelAnswer>;

export const ChangeRequest = z.strictObject({ version: Version, ...Range });
export type ChangeRequest = z.infer<typeof ChangeRequest>;

export const CheckInRequest = z.strictObject({ door: z.string().min(1).max(64) });
export const CheckInAnswer = z.object({ bookingId: z.string(), checkedInAt: z.number() });

export const WaitRequest = z.strictObject({ ...Range });
export type WaitRequest = z.infer<typeof WaitRequest>;
export const WaitsAnswer = z.object({
  items: z.array(
    z.object({
      waitId: z.string(),
      roomId: z.string(),
      roomName: z.string(),
      startsAt: z.number(),
      endsAt: z.number(),
      toldAt: z.number().nullable(),
    }),
  ),
});
export type WaitsAnswer = z.infer<typeof WaitsAnswer>;
export const ByWait = z.strictObject({ waitId: Id });

/** What the code at the door opens. */
export const DoorAnswer = z.object({
  now: z.number(),
  room: RoomBrief,
  busy: z.array(Busy),
  /** The meeting of mine that runs or comes next here today. */
  mine: BookingBrief.nullable(),
  canCheckIn: z.boolean(),
  checkInFrom: z.number().nullable(),
});
export type DoorAnswer = z.infer<typeof DoorAnswer>;

/** Since when there is an address of an .ics feed; null: there is none. */
export const CalendarState = z.object({ since: z.number().nullable() });
export type CalendarState = z.infer<typeof CalendarState>;
/** Shown this once: only its hash is kept. */
export const CalendarMade = z.object({ address: z.string() });
export const ByKey = z.strictObject({ key: z.string().min(1).max(64) });

export const UsageQuery = z.strictObject({ month: Month });
export type UsageQuery = z.infer<typeof UsageQuery>;
const Usage = z.object({
  roomId: z.string(),
  name: z.string(),
  bookings: z.number(),
  bookedMinutes: z.number(),
  usedMinutes: z.number(),
  released: z.number(),
  cancelled: z.number(),
  openMinutes: z.number(),
});
export type Usage = z.infer<typeof Usage>;
export const UsageAnswer = z.object({ month: z.string(), until: z.number(), items: z.array(Usage) });
export type UsageAnswer = z.infer<typeof UsageAnswer>;
