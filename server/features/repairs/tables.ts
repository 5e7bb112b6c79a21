import { EntitySchema } from 'typeorm';
import * as c from '../../platform/db/columns.ts';
import type { EventKind, Figures, HoldReason, PeriodKind, TicketState } from './contract.ts';

export interface TicketRow {
  id: string;
  number: string;
  /** Unique: whoever made it and their own key, so that a repetition is no second ticket. */
  clientKey: string;
  category: string;
  placeId: string | null;
  /** As it was called when it was reported. */
  placeName: string;
  area: string;
  words: string;
  convenient: string;
  reporterId: string;
  /** The reporter's department. */
  unitId: string | null;
  state: TicketState;
  holderId: string | null;
  clock: 'take' | 'resolve' | null;
  round: number;
  holdReason: HoldReason | null;
  holdWords: string;
  holdUntilOn: string | null;
  contractor: string;
  result: string;
  rating: number | null;
  ratingWords: string;
  reportedAt: number;
  acceptedAt: number | null;
  doneAt: number | null;
  closedAt: number | null;
  /** Nobody said so: the time was over. */
  isAutoConfirmed: boolean;
  /** Working time of all rounds from acceptance to done, holds left out. */
  workedMs: number;
  /** Whose clock ran out, when that happened. */
  takeLateId: string | null;
  resolveLateId: string | null;
  isTakeLate: boolean;
  isResolveLate: boolean;
  recurringId: string | null;
  version: number;
}

export const TicketTable = new EntitySchema<TicketRow>({
  name: 'repair_ticket',
  tableName: 'repair_ticket',
  columns: {
    id: c.id(),
    number: c.code(32),
    clientKey: c.code(100),
    category: c.code(32),
    placeId: c.nullable(c.ref()),
    placeName: c.label(100),
    area: c.label(64),
    words: c.longText(),
    convenient: c.label(64),
    reporterId: c.ref(),
    unitId: c.nullable(c.ref()),
    state: c.code(16),
    holderId: c.nullable(c.ref()),
    clock: c.nullable(c.code(8)),
    round: c.integer(),
    holdReason: c.nullable(c.code(16)),
    holdWords: c.longText(),
    holdUntilOn: c.nullable(c.day()),
    contractor: c.label(64),
    result: c.longText(),
    rating: c.nullable(c.integer()),
    ratingWords: c.longText(),
    reportedAt: c.instant(),
    acceptedAt: c.nullable(c.instant()),
    doneAt: c.nullable(c.instant()),
    closedAt: c.nullable(c.instant()),
    isAutoConfirmed: c.flag(),
    workedMs: c.counter(),
    takeLateId: c.nullable(c.ref()),
    resolveLateId: c.nullable(c.ref()),
    isTakeLate: c.flag(),
    isResolveLate: c.flag(),
    recurringId: c.nullable(c.ref()),
    version: c.version(),
  },
  indices: [
    { name: 'repair_ticket_once', columns: ['clientKey'], unique: true },
    { name: 'repair_ticket_number', columns: ['number'], unique: true },
    { name: 'repair_ticket_state', columns: ['state', 'id'] },
    { name: 'repair_ticket_holder', columns: ['holderId', 'state', 'id'] },
    { name: 'repair_ticket_reporter', columns: ['reporterId', 'id'] },
    { name: 'repair_ticket_unit', columns: ['unitId', 'id'] },
    { name: 'repair_ticket_place', columns: ['placeId', 'state'] },
    { name: 'repair_ticket_reported', columns: ['reportedAt'] },
    { name: 'repair_ticket_closed', columns: ['closedAt'] },
    { name: 'repair_ticket_recurring', columns: ['recurringId', 'id'] },
  ],
});

/** What happened to a ticket. Never changed. */
export interface TicketEventRow {
  id: string;
  ticketId: string;
  kind: EventKind;
  happenedAt: number;
  /** Person or mechanism. */
  byId: string;
  byName: string;
  /** Whom it was given to. */
  toId: string | null;
  words: string;
  fileIds: string[];
}

export const TicketEventTable = new EntitySchema<TicketEventRow>({
  name: 'repair_event',
  tableName: 'repair_event',
  columns: {
    id: c.id(),
    ticketId: c.ref(),
    kind: c.code(16),
    happenedAt: c.instant(),
    byId: c.code(),
    byName: c.label(64),
    toId: c.nullable(c.ref()),
    words: c.longText(),
    fileIds: c.json(),
  },
  indices: [
    { name: 'repair_event_of', columns: ['ticketId', 'id'] },
    { name: 'repair_event_by', columns: ['byId', 'kind'] },
  ],
});

/** The last number of a year. */
export interface TicketNumberRow {
  id: string;
  lastNumber: number;
}
export const TicketNumberTable = new EntitySchema<TicketNumberRow>({
  name: 'repair_number',
  tableName: 'repair_number',
  columns: { id: c.id(), lastNumber: c.integer() },
});

export interface WorkerRow {
  /** The person. */
  id: string;
  categories: string[];
  areas: string[];
  sinceAt: number;
}
export const WorkerTable = new EntitySchema<WorkerRow>({
  name: 'repair_worker',
  tableName: 'repair_worker',
  columns: { id: c.id(), categories: c.json(), areas: c.json(), sinceAt: c.instant() },
});

/** A room or a thing with a code on it. */
export interface PlaceRow {
  id: string;
  /** In the address the code holds; says nothing and is never used again. */
  code: string;
  name: string;
  area: string;
  kind: 'room' | 'asset';
  assetNo: string;
  state: 'active' | 'closed';
  version: number;
}
export const PlaceTable = new EntitySchema<PlaceRow>({
  name: 'repair_place',
  tableName: 'repair_place',
  columns: {
    id: c.id(),
    code: c.code(16),
    name: c.label(64),
    area: c.label(64),
    kind: c.code(8),
    assetNo: c.label(64),
    state: c.code(8),
    version: c.version(),
  },
  indices: [
    { name: 'repair_place_code', columns: ['code'], unique: true },
    { name: 'repair_place_state', columns: ['state', 'id'] },
  ],
});

/** An order that comes again and again: a check of the fire extinguishers. */
export interface RecurringRow {
  id: string;
  title: string;
  category: string;
  placeId: string;
  every: 'week' | 'month' | 'quarter' | 'year';
  startsOn: string;
  nextOn: string;
  /** Who set it up: accepts what is done. */
  makerId: string;
  state: 'active' | 'ended';
  version: number;
}
export const RecurringTable = new EntitySchema<RecurringRow>({
  name: 'repair_recurring',
  tableName: 'repair_recurring',
  columns: {
    id: c.id(),
    title: c.label(64),
    category: c.code(32),
    placeId: c.ref(),
    every: c.code(8),
    startsOn: c.day(),
    nextOn: c.day(),
    makerId: c.ref(),
    state: c.code(8),
    version: c.version(),
  },
  indices: [{ name: 'repair_recurring_next', columns: ['state', 'nextOn'] }],
});

/** S1-10.1c: the figures of a week, month or term as they were when it was over. Never changed. */
export interface ReportRow {
  id: string;
  period: PeriodKind;
  fromOn: string;
  untilOn: string;
  title: string;
  madeAt: number;
  figures: Figures;
}
export const ReportTable = new EntitySchema<ReportRow>({
  name: 'repair_report',
  tableName: 'repair_report',
  columns: {
    id: c.id(),
    period: c.code(8),
    fromOn: c.day(),
    untilOn: c.day(),
    title: c.label(),
    madeAt: c.instant(),
    figures: c.json(),
  },
  indices: [{ name: 'repair_report_of', columns: ['period', 'fromOn'], unique: true }],
});

export const repairTables = [
  TicketTable,
  TicketEventTable,
  TicketNumberTable,
  WorkerTable,
  PlaceTable,
  RecurringTable,
  ReportTable,
] as const;
