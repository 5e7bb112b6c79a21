import { EntitySchema } from 'typeorm';
import * as c from '../../../platform/db/columns.ts';
import type { Field, PolicyAction, SubjectType } from './fields.ts';
import type { DifferenceState } from './follow.ts';
import type { Value } from './values.ts';

/** One field of one subject that 企业微信 shows otherwise than we do. Settled rows are kept a year. */
export interface DifferenceRow {
  id: string;
  subjectType: SubjectType;
  /** Person or unit id; for what is in 企业微信 only, the userid in lower case or the department id. */
  subjectId: string;
  field: Field;
  /** `type:id:field` while it is not settled, so that there is one; null afterwards. */
  openKey: string | null;
  ours: Value;
  /** As last read; personal values as print and mask (H6). */
  theirs: Value;
  state: DifferenceState;
  foundBy: 'nightly' | 'event';
  /** When the event says it happened; null: between two comparisons. */
  happenedAt: number | null;
  firstSeenAt: number;
  /** When it became open the last time; what a day's mass is counted by. */
  openedAt: number;
  lastSeenAt: number;
  /** Userid of who did it by the administrators' log, and when; a hint, never proof. */
  byUserid: string | null;
  byAt: number | null;
  /** `named`: the log names the subject; `bulk`: an import that may have done it. */
  byHow: 'named' | 'bulk' | null;
  actedAt: number | null;
  actedBy: string | null;
  reason: string | null;
  linkedPersonId: string | null;
  /** How often it was put back before and came back, within 90 days. */
  returns: number;
  settledAt: number | null;
  version: number;
}

export const DifferenceTable = new EntitySchema<DifferenceRow>({
  name: 'directory_difference',
  tableName: 'directory_difference',
  columns: {
    id: c.id(),
    subjectType: c.code(16),
    subjectId: c.code(64),
    field: c.code(24),
    openKey: c.nullable(c.code(128)),
    ours: c.nullable(c.json()),
    theirs: c.nullable(c.json()),
    state: c.code(16),
    foundBy: c.code(16),
    happenedAt: c.nullable(c.instant()),
    firstSeenAt: c.instant(),
    openedAt: c.instant(),
    lastSeenAt: c.instant(),
    byUserid: c.nullable(c.code(64)),
    byAt: c.nullable(c.instant()),
    byHow: c.nullable(c.code(8)),
    actedAt: c.nullable(c.instant()),
    actedBy: c.nullable(c.code(64)),
    reason: c.nullable(c.label()),
    linkedPersonId: c.nullable(c.ref()),
    returns: c.integer(),
    settledAt: c.nullable(c.instant()),
    version: c.version(),
  },
  indices: [
    { name: 'directory_difference_open', columns: ['openKey'], unique: true },
    { name: 'directory_difference_state', columns: ['state', 'field'] },
    { name: 'directory_difference_subject', columns: ['subjectType', 'subjectId'] },
    { name: 'directory_difference_settled', columns: ['settledAt'] },
  ],
});

/** What is done about one field; no row: the default of `FIELD_RULES`. */
export interface DriftPolicyRow {
  /** The field. */
  id: string;
  action: PolicyAction;
  automatic: boolean;
  changedAt: number;
  changedBy: string;
  version: number;
}

export const DriftPolicyTable = new EntitySchema<DriftPolicyRow>({
  name: 'directory_drift_policy',
  tableName: 'directory_drift_policy',
  columns: {
    id: c.id(),
    action: c.code(16),
    automatic: c.flag(),
    changedAt: c.instant(),
    changedBy: c.code(64),
    version: c.version(),
  },
});

export type Phase = 'units' | 'members' | 'details' | 'finish';

/** One whole comparison. */
export interface DriftRunRow {
  id: string;
  state: 'running' | 'done' | 'partial' | 'abandoned';
  startedAt: number;
  startedBy: string;
  /** Sign of life. */
  touchedAt: number;
  finishedAt: number | null;
  phase: Phase;
  /** Last department whose members were read. */
  afterDepartment: number;
  units: number;
  /** Ours that are there. */
  members: number;
  /** Of them, those whose details were read. */
  detailed: number;
  /** errcode with which 企业微信 refused names or details; null: it did not. */
  refusedCode: number | null;
  /** Differences first seen by this comparison. */
  found: number;
  /** Too many at once: nothing was put back by itself. */
  mass: boolean;
}

export const DriftRunTable = new EntitySchema<DriftRunRow>({
  name: 'directory_drift_run',
  tableName: 'directory_drift_run',
  columns: {
    id: c.id(),
    state: c.code(16),
    startedAt: c.instant(),
    startedBy: c.code(64),
    touchedAt: c.instant(),
    finishedAt: c.nullable(c.instant()),
    phase: c.code(16),
    afterDepartment: c.integer(),
    units: c.integer(),
    members: c.integer(),
    detailed: c.integer(),
    refusedCode: c.nullable(c.integer()),
    found: c.integer(),
    mass: c.flag(),
  },
  indices: [{ name: 'directory_drift_run_started', columns: ['startedAt'] }],
});

export const driftTables = [DifferenceTable, DriftPolicyTable, DriftRunTable] as const;
