import { EntitySchema } from 'typeorm';
import * as c from '../../platform/db/columns.ts';
import type { Field, PlanState, Scope, Stage, Step, Verdict } from './contract.ts';
import type { EventKind } from './engine.ts';

/** How far the start or the end is: slice by slice, `after` the id the last slice ended with. */
export interface Progress {
  readonly after: string;
}

/** S1-7.1a: who is checked, what of them, by whom, in which steps, when. */
export interface PlanRow {
  id: string;
  state: PlanState;
  title: string;
  basis: string;
  guidance: string;
  scope: Scope;
  fields: Field[];
  steps: Step[];
  fromOn: string;
  untilOn: string;
  reviewerIds: string[];
  makerId: string;
  makerName: string;
  /** Who wrote it last: another person starts it. */
  editedById: string;
  startedById: string | null;
  startedByName: string | null;
  startedAt: number | null;
  endedById: string | null;
  endedAt: number | null;
  progress: Progress | null;
  /** People the scope was frozen to. */
  people: number;
  version: number;
}

export const PlanTable = new EntitySchema<PlanRow>({
  name: 'file_audit_plan',
  tableName: 'file_audit_plan',
  columns: {
    id: c.id(),
    state: c.code(16),
    title: c.label(64),
    basis: c.label(),
    guidance: c.longText(),
    scope: c.json(),
    fields: c.json(),
    steps: c.json(),
    fromOn: c.day(),
    untilOn: c.day(),
    reviewerIds: c.json(),
    makerId: c.ref(),
    makerName: c.label(64),
    editedById: c.ref(),
    startedById: c.nullable(c.ref()),
    startedByName: c.nullable(c.label(64)),
    startedAt: c.nullable(c.instant()),
    endedById: c.nullable(c.ref()),
    endedAt: c.nullable(c.instant()),
    progress: c.nullable(c.json()),
    people: c.integer(),
    version: c.version(),
  },
  indices: [{ name: 'file_audit_plan_state', columns: ['state', 'id'] }],
});

/** Words about a person's record, by field; sealed together. */
export interface Notes {
  readonly doubts: Readonly<Partial<Record<Field, string>>>;
  readonly verdicts: Readonly<Partial<Record<Field, string>>>;
}
/** What the vault seals them for. */
export const NOTES = 'fileAudit.notes';
export const REASON = 'fileAudit.reason';

/** One person's file in one plan. */
export interface FileRow {
  id: string;
  planId: string;
  personId: string;
  /** The department that answers for it; goes with the person. */
  unitId: string | null;
  stage: Stage;
  round: number;
  /** Whose turn it is. */
  holderId: string | null;
  /** When the present step is over; null while that rests on a year without a notice. */
  dueAt: number | null;
  /** A step was past its time when it ended. */
  isLate: boolean;
  saidWrong: Field[] | null;
  doubts: Field[];
  verdicts: Partial<Record<Field, Verdict>>;
  notesSealed: string | null;
  okCount: number;
  missingCount: number;
  wrongCount: number;
  judgedById: string | null;
  judgedAt: number | null;
  openedAt: number;
  version: number;
}

export const FileTable = new EntitySchema<FileRow>({
  name: 'file_audit_file',
  tableName: 'file_audit_file',
  columns: {
    id: c.id(),
    planId: c.ref(),
    personId: c.ref(),
    unitId: c.nullable(c.ref()),
    stage: c.code(16),
    round: c.integer(),
    holderId: c.nullable(c.ref()),
    dueAt: c.nullable(c.instant()),
    isLate: c.flag(),
    saidWrong: c.nullable(c.json()),
    doubts: c.json(),
    verdicts: c.json(),
    notesSealed: c.nullable(c.sealed(c.longText(), NOTES)),
    okCount: c.integer(),
    missingCount: c.integer(),
    wrongCount: c.integer(),
    judgedById: c.nullable(c.ref()),
    judgedAt: c.nullable(c.instant()),
    openedAt: c.instant(),
    version: c.version(),
  },
  indices: [
    { name: 'file_audit_file_once', columns: ['planId', 'personId'], unique: true },
    { name: 'file_audit_file_unit', columns: ['planId', 'unitId', 'stage'] },
    { name: 'file_audit_file_stage', columns: ['planId', 'stage', 'id'] },
    { name: 'file_audit_file_person', columns: ['personId', 'id'] },
    { name: 'file_audit_file_holder', columns: ['holderId', 'stage', 'id'] },
  ],
});

/** What happened to a file. Never changed. */
export interface FileEventRow {
  id: string;
  fileId: string;
  kind: EventKind;
  /** The step it was about. */
  stage: Stage;
  happenedAt: number;
  /** Person or mechanism. */
  byId: string;
  byName: string;
  reasonSealed: string | null;
}

export const FileEventTable = new EntitySchema<FileEventRow>({
  name: 'file_audit_event',
  tableName: 'file_audit_event',
  columns: {
    id: c.id(),
    fileId: c.ref(),
    kind: c.code(16),
    stage: c.code(16),
    happenedAt: c.instant(),
    byId: c.code(),
    byName: c.label(64),
    reasonSealed: c.nullable(c.sealed(c.longText(), REASON)),
  },
  indices: [{ name: 'file_audit_event_of', columns: ['fileId', 'id'] }],
});

/** S1-1c: the result of a plan for one unit, frozen at its end; no person is in it, so it stays. */
export interface ScoreRow {
  id: string;
  planId: string;
  unitId: string | null;
  unitName: string;
  scoredAt: number;
  people: number;
  doneCount: number;
  droppedCount: number;
  unfinishedCount: number;
  lateCount: number;
  okCount: number;
  missingCount: number;
  wrongCount: number;
}

export const ScoreTable = new EntitySchema<ScoreRow>({
  name: 'file_audit_score',
  tableName: 'file_audit_score',
  columns: {
    id: c.id(),
    planId: c.ref(),
    unitId: c.nullable(c.ref()),
    unitName: c.label(),
    scoredAt: c.instant(),
    people: c.integer(),
    doneCount: c.integer(),
    droppedCount: c.integer(),
    unfinishedCount: c.integer(),
    lateCount: c.integer(),
    okCount: c.integer(),
    missingCount: c.integer(),
    wrongCount: c.integer(),
  },
  indices: [{ name: 'file_audit_score_of', columns: ['planId', 'id'] }],
});

export const fileAuditTables = [PlanTable, FileTable, FileEventTable, ScoreTable] as const;
