import { EntitySchema } from 'typeorm';
import * as c from '../../platform/db/columns.ts';
import type { Budget } from './due.ts';
import type { Rung, RungPlan } from './rungs.ts';

/** Somebody owes something by a time. The common coin of all clocks. */
export interface ObligationRow {
  id: string;
  /** Who understands it: `approvals.task`. Rung handlers are registered by kind. */
  kind: string;
  subjectType: string;
  subjectId: string;
  /** The step within the subject (a task id); obligations are closed by it. */
  stepRef: string;
  title: string;
  /** Link in the H5. */
  path: string;
  holderPersonId: string | null;
  /** The unit that answers for the holder, as it was when they got it. */
  holderUnitId: string | null;
  budget: Budget;
  /** Null: nobody is reminded. */
  rungPlan: RungPlan | null;
  openedAt: number;
  runningSinceAt: number | null;
  consumedMs: number;
  consumedDays: number;
  pausedReason: string | null;
  dueAt: number | null;
  /** The due time told when it was opened; differs from `dueAt` after a pause or a change of calendar (G5). */
  firstDueAt: number | null;
  provisional: boolean;
  state: 'open' | 'closed';
  closedAt: number | null;
  outcome: string | null;
  /** The due time that was missed, and who held it then (G9). */
  breachedAt: number | null;
  breachPersonId: string | null;
  breachUnitId: string | null;
  rungLevel: number;
  nextCheckAt: number | null;
  version: number;
}

export const ObligationTable = new EntitySchema<ObligationRow>({
  name: 'obligation',
  tableName: 'obligation',
  columns: {
    id: c.id(),
    kind: c.code(),
    subjectType: c.code(32),
    subjectId: c.code(),
    stepRef: c.code(),
    title: c.label(),
    path: c.code(255),
    holderPersonId: c.nullable(c.ref()),
    holderUnitId: c.nullable(c.ref()),
    budget: c.json(),
    rungPlan: c.nullable(c.json()),
    openedAt: c.instant(),
    runningSinceAt: c.nullable(c.instant()),
    consumedMs: c.counter(),
    consumedDays: c.integer(),
    pausedReason: c.nullable(c.code()),
    dueAt: c.nullable(c.instant()),
    firstDueAt: c.nullable(c.instant()),
    provisional: c.flag(),
    state: c.code(8),
    closedAt: c.nullable(c.instant()),
    outcome: c.nullable(c.code()),
    breachedAt: c.nullable(c.instant()),
    breachPersonId: c.nullable(c.ref()),
    breachUnitId: c.nullable(c.ref()),
    rungLevel: c.integer(),
    nextCheckAt: c.nullable(c.instant()),
    version: c.version(),
  },
  indices: [
    { name: 'obligation_subject', columns: ['subjectType', 'subjectId', 'state'] },
    { name: 'obligation_holder', columns: ['holderPersonId', 'state', 'dueAt'] },
    { name: 'obligation_holder_unit', columns: ['holderUnitId', 'state'] },
    { name: 'obligation_check', columns: ['state', 'nextCheckAt'] },
  ],
});

/** R37: each rung of an obligation once, for good. */
export interface ObligationRungRow {
  id: string;
  obligationId: string;
  rung: Rung;
  /** When it was passed; fired at the next office daytime after that. */
  passedAt: number;
  firedAt: number;
}

export const ObligationRungTable = new EntitySchema<ObligationRungRow>({
  name: 'obligation_rung',
  tableName: 'obligation_rung',
  columns: {
    id: c.id(),
    obligationId: c.ref(),
    rung: c.code(16),
    passedAt: c.instant(),
    firedAt: c.instant(),
  },
  indices: [{ name: 'obligation_rung_once', columns: ['obligationId', 'rung'], unique: true }],
});

/** What happened to an open obligation. Never changed; the obligation itself holds only the present. */
export interface ObligationEventRow {
  id: string;
  obligationId: string;
  kind: 'transferred' | 'paused' | 'resumed' | 'moved';
  happenedAt: number;
  /** Person id or mechanism. */
  actorId: string;
  reason: string | null;
  fromPersonId: string | null;
  fromUnitId: string | null;
  toPersonId: string | null;
  toUnitId: string | null;
  /** Both dates are kept (G5). */
  fromDueAt: number | null;
  toDueAt: number | null;
}

export const ObligationEventTable = new EntitySchema<ObligationEventRow>({
  name: 'obligation_event',
  tableName: 'obligation_event',
  columns: {
    id: c.id(),
    obligationId: c.ref(),
    kind: c.code(16),
    happenedAt: c.instant(),
    actorId: c.code(),
    reason: c.nullable(c.label()),
    fromPersonId: c.nullable(c.ref()),
    fromUnitId: c.nullable(c.ref()),
    toPersonId: c.nullable(c.ref()),
    toUnitId: c.nullable(c.ref()),
    fromDueAt: c.nullable(c.instant()),
    toDueAt: c.nullable(c.instant()),
  },
  indices: [{ name: 'obligation_event_of', columns: ['obligationId', 'happenedAt'] }],
});

/** Which calendar open clocks were last reckoned by. */
export interface CalendarAdoptionRow {
  id: string;
  /** Hash of the notices, the own days and the office hours. */
  calendarTag: string;
  adoptedAt: number;
  /** How many open clocks moved. */
  movedCount: number;
}

export const CalendarAdoptionTable = new EntitySchema<CalendarAdoptionRow>({
  name: 'calendar_adoption',
  tableName: 'calendar_adoption',
  columns: {
    id: c.id(),
    calendarTag: c.code(),
    adoptedAt: c.instant(),
    movedCount: c.integer(),
  },
  indices: [{ name: 'calendar_adoption_at', columns: ['adoptedAt'] }],
});

export const supervisionTables = [
  ObligationTable,
  ObligationRungTable,
  ObligationEventTable,
  CalendarAdoptionTable,
] as const;
