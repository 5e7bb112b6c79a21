import { EntitySchema } from 'typeorm';
import * as c from '../../platform/db/columns.ts';
import type { State } from './contract.ts';
import { ScheduleCalendarTable, ScheduleTable } from './mirror/tables.ts';

export interface RoomRow {
  id: string;
  name: string;
  place: string;
  capacity: number;
  equipment: string[];
  unitId: string;
  managerId: string;
  opensMinute: number;
  closesMinute: number;
  weekdays: number[];
  bookerUnitIds: string[] | null;
  needsApproval: boolean;
  bufferMinutes: number;
  checkInMinutes: number | null;
  state: 'open' | 'closed';
  /** Its number among 企业微信's own 会议室; null: it is not one of them. */
  wecomRoomId: number | null;
  /** Printed at the door; whoever checks in has seen it. */
  doorCode: string;
  createdAt: number;
  version: number;
}

export const RoomTable = new EntitySchema<RoomRow>({
  name: 'meeting_room',
  tableName: 'meeting_room',
  columns: {
    id: c.id(),
    name: c.label(40),
    place: c.label(80),
    capacity: c.integer(),
    equipment: c.json(),
    unitId: c.ref(),
    managerId: c.ref(),
    opensMinute: c.integer(),
    closesMinute: c.integer(),
    weekdays: c.json(),
    bookerUnitIds: c.nullable(c.json()),
    needsApproval: c.flag(),
    bufferMinutes: c.integer(),
    checkInMinutes: c.nullable(c.integer()),
    state: c.code(16),
    wecomRoomId: c.nullable(c.integer()),
    doorCode: c.code(32),
    createdAt: c.instant(),
    version: c.version(),
  },
  indices: [{ name: 'meeting_room_manager', columns: ['managerId'] }],
});

/** Nobody meets in it then: cleaning, exams. */
export interface BlackoutRow {
  id: string;
  roomId: string;
  startsAt: number;
  endsAt: number;
  reason: string;
  madeById: string;
}

export const BlackoutTable = new EntitySchema<BlackoutRow>({
  name: 'meeting_blackout',
  tableName: 'meeting_blackout',
  columns: {
    id: c.id(),
    roomId: c.ref(),
    startsAt: c.instant(),
    endsAt: c.instant(),
    reason: c.label(60),
    madeById: c.ref(),
  },
  indices: [{ name: 'meeting_blackout_room', columns: ['roomId', 'endsAt'] }],
});

export const MEETING_SUBJECT = 'meeting.subject';
export const MEETING_REASON = 'meeting.reason';

export interface BookingRow {
  id: string;
  roomId: string;
  /** What was asked for at once and is decided at once: a series, or this one. */
  askId: string;
  inSeries: boolean;
  bookerId: string;
  /** Department of the booker then. */
  unitId: string | null;
  clientKey: string;
  /** Which occurrence of the request, from 0. */
  nth: number;
  subjectSealed: string;
  reasonSealed: string | null;
  startsAt: number;
  endsAt: number;
  state: State;
  checkedInAt: number | null;
  /** When it is released unless somebody checks in; null: not any more, or never. */
  releaseAt: number | null;
  /** When whoever booked was told that one can check in. */
  remindedAt: number | null;
  createdAt: number;
  version: number;
}

export const BookingTable = new EntitySchema<BookingRow>({
  name: 'meeting_booking',
  tableName: 'meeting_booking',
  columns: {
    id: c.id(),
    roomId: c.ref(),
    askId: c.ref(),
    inSeries: c.flag(),
    bookerId: c.ref(),
    unitId: c.nullable(c.ref()),
    clientKey: c.code(36),
    nth: c.integer(),
    subjectSealed: c.sealed(c.longText(), MEETING_SUBJECT),
    reasonSealed: c.sealed(c.nullable(c.longText()), MEETING_REASON),
    startsAt: c.instant(),
    endsAt: c.instant(),
    state: c.code(16),
    checkedInAt: c.nullable(c.instant()),
    releaseAt: c.nullable(c.instant()),
    remindedAt: c.nullable(c.instant()),
    createdAt: c.instant(),
    version: c.version(),
  },
  indices: [
    { name: 'meeting_booking_room', columns: ['roomId', 'endsAt'] },
    { name: 'meeting_booking_booker', columns: ['bookerId', 'endsAt'] },
    { name: 'meeting_booking_ask', columns: ['askId', 'startsAt'] },
    { name: 'meeting_booking_once', columns: ['bookerId', 'clientKey', 'nth'], unique: true },
    { name: 'meeting_booking_release', columns: ['state', 'releaseAt'] },
    { name: 'meeting_booking_start', columns: ['state', 'startsAt'] },
    { name: 'meeting_booking_ends', columns: ['endsAt'] },
  ],
});

/** Who comes. */
export interface ParticipantRow {
  id: string;
  bookingId: string;
  personId: string;
}

export const ParticipantTable = new EntitySchema<ParticipantRow>({
  name: 'meeting_participant',
  tableName: 'meeting_participant',
  columns: { id: c.id(), bookingId: c.ref(), personId: c.ref() },
  indices: [
    { name: 'meeting_participant_once', columns: ['bookingId', 'personId'], unique: true },
    { name: 'meeting_participant_person', columns: ['personId'] },
  ],
});

export const EVENTS = [
  'asked',
  'booked',
  'approved',
  'refused',
  'moved',
  'shortened',
  'cancelled',
  'checkedIn',
  'released',
  'lapsed',
] as const;
export type EventKind = (typeof EVENTS)[number];

/** What happened to a booking. Only grows. */
export interface BookingEventRow {
  id: string;
  bookingId: string;
  kind: EventKind;
  happenedAt: number;
  byId: string;
  byName: string;
  startsAt: number;
  endsAt: number;
}

export const BookingEventTable = new EntitySchema<BookingEventRow>({
  name: 'meeting_booking_event',
  tableName: 'meeting_booking_event',
  columns: {
    id: c.id(),
    bookingId: c.ref(),
    kind: c.code(16),
    happenedAt: c.instant(),
    byId: c.code(64),
    byName: c.label(64),
    startsAt: c.instant(),
    endsAt: c.instant(),
  },
  indices: [{ name: 'meeting_booking_event_of', columns: ['bookingId'] }],
});

/** Somebody is to be told when this time is free. */
export interface WaitRow {
  id: string;
  roomId: string;
  personId: string;
  startsAt: number;
  endsAt: number;
  toldAt: number | null;
}

export const WaitTable = new EntitySchema<WaitRow>({
  name: 'meeting_wait',
  tableName: 'meeting_wait',
  columns: {
    id: c.id(),
    roomId: c.ref(),
    personId: c.ref(),
    startsAt: c.instant(),
    endsAt: c.instant(),
    toldAt: c.nullable(c.instant()),
  },
  indices: [
    { name: 'meeting_wait_room', columns: ['roomId', 'endsAt'] },
    { name: 'meeting_wait_person', columns: ['personId', 'endsAt'] },
    { name: 'meeting_wait_ends', columns: ['endsAt'] },
  ],
});

/** A secret address calendars read from; only its hash is kept. */
export interface CalendarRow {
  id: string;
  kind: 'person' | 'room';
  /** A person or a room: one address each. */
  ownerId: string;
  keyHash: string;
  madeAt: number;
}

export const CalendarTable = new EntitySchema<CalendarRow>({
  name: 'meeting_calendar',
  tableName: 'meeting_calendar',
  columns: {
    id: c.id(),
    kind: c.code(16),
    ownerId: c.ref(),
    keyHash: c.code(64),
    madeAt: c.instant(),
  },
  indices: [
    { name: 'meeting_calendar_owner', columns: ['ownerId'], unique: true },
    { name: 'meeting_calendar_key', columns: ['keyHash'], unique: true },
  ],
});

export const meetingRoomsTables = [
  RoomTable,
  BlackoutTable,
  BookingTable,
  ParticipantTable,
  BookingEventTable,
  WaitTable,
  CalendarTable,
  ScheduleTable,
  ScheduleCalendarTable,
] as const;
