import { EntitySchema } from 'typeorm';
import * as c from '../../platform/db/columns.ts';
import type { EntryKind } from './ledger.ts';

/** One line of an account. Never changed. */
export interface EntryRow {
  id: string;
  personId: string;
  leaveType: string;
  leaveYear: number;
  kind: EntryKind;
  /** Half days, signed. */
  halves: number;
  /** The request it belongs to; null for what HR or a rule booked. */
  requestId: string | null;
  /** Sealed by the vault, purpose `leave.note`: HR's words may say why somebody was ill. */
  noteSealed: string | null;
  bookedAt: number;
  byId: string;
  byName: string;
}

export const EntryTable = new EntitySchema<EntryRow>({
  name: 'leave_entry',
  tableName: 'leave_entry',
  columns: {
    id: c.id(),
    personId: c.ref(),
    leaveType: c.code(40),
    leaveYear: c.integer(),
    kind: c.code(16),
    halves: c.integer(),
    requestId: c.nullable(c.ref()),
    noteSealed: c.nullable(c.sealed(c.longText(), 'leave.note')),
    bookedAt: c.instant(),
    byId: c.code(),
    byName: c.label(64),
  },
  indices: [
    // The sums of a person, and of a year, are read from the index alone.
    { name: 'leave_entry_person', columns: ['personId', 'leaveYear', 'leaveType', 'kind', 'halves'] },
    { name: 'leave_entry_year', columns: ['leaveYear', 'personId', 'leaveType', 'kind', 'halves'] },
    { name: 'leave_entry_request', columns: ['requestId'] },
  ],
});

/** What HR said of a person's right to leave by service, where the directory does not know better. */
export interface ServiceRow {
  /** The person. */
  id: string;
  /** 参加工作日期; null: the day they were employed here. */
  workSinceOn: string | null;
  /** False: no days by service, e.g. whose holidays are longer (《职工带薪年休假条例》 第四条). */
  isEntitled: boolean;
  changedAt: number;
  changedById: string;
  /** When they left; null while they are here. */
  leftAt: number | null;
  version: number;
}

export const ServiceTable = new EntitySchema<ServiceRow>({
  name: 'leave_service',
  tableName: 'leave_service',
  columns: {
    id: c.id(),
    workSinceOn: c.nullable(c.day()),
    isEntitled: c.flag(),
    changedAt: c.instant(),
    changedById: c.ref(),
    leftAt: c.nullable(c.instant()),
    version: c.version(),
  },
  indices: [{ name: 'leave_service_left', columns: ['leftAt'] }],
});

/**
 * open: approved, not back yet. extended: another leave goes on where it ends. returned: back. cancelled: never went.
 * ended: left the institution.
 */
export type AbsenceState = 'open' | 'extended' | 'returned' | 'cancelled' | 'ended';

/** An approved leave: when somebody is away, and that they came back. */
export interface AbsenceRow {
  /** The request. */
  id: string;
  personId: string;
  /** Department they applied from. */
  unitId: string;
  leaveType: string;
  typeLabel: string;
  counting: 'workday' | 'calendar';
  /** As taken; the request keeps what was asked for. */
  fromOn: string;
  fromHalf: 'am' | 'pm';
  toOn: string;
  toHalf: 'am' | 'pm';
  /** Half days as the type counts them. */
  halves: number;
  handoverId: string | null;
  state: AbsenceState;
  /** The leave this one goes on from. */
  extendsId: string | null;
  /** Other days than the request asked for. */
  isCut: boolean;
  approvedAt: number;
  /** When they were asked to report back. */
  askedAt: number | null;
  backOn: string | null;
  backHalf: string | null;
  reportedAt: number | null;
  reportedById: string | null;
  version: number;
}

export const AbsenceTable = new EntitySchema<AbsenceRow>({
  name: 'leave_absence',
  tableName: 'leave_absence',
  columns: {
    id: c.id(),
    personId: c.ref(),
    unitId: c.ref(),
    leaveType: c.code(40),
    typeLabel: c.label(40),
    counting: c.code(16),
    fromOn: c.day(),
    fromHalf: c.code(8),
    toOn: c.day(),
    toHalf: c.code(8),
    halves: c.integer(),
    handoverId: c.nullable(c.ref()),
    state: c.code(16),
    extendsId: c.nullable(c.ref()),
    isCut: c.flag(),
    approvedAt: c.instant(),
    askedAt: c.nullable(c.instant()),
    backOn: c.nullable(c.day()),
    backHalf: c.nullable(c.code(8)),
    reportedAt: c.nullable(c.instant()),
    reportedById: c.nullable(c.ref()),
    version: c.version(),
  },
  indices: [
    { name: 'leave_absence_person', columns: ['personId', 'fromOn'] },
    { name: 'leave_absence_state', columns: ['state', 'toOn', 'id'] },
    { name: 'leave_absence_from', columns: ['fromOn', 'id'] },
    { name: 'leave_absence_extends', columns: ['extendsId'] },
    { name: 'leave_absence_approved', columns: ['approvedAt'] },
  ],
});

export const leaveTables = [EntryTable, ServiceTable, AbsenceTable] as const;
