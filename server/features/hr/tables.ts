import { EntitySchema } from 'typeorm';
import * as c from '../../platform/db/columns.ts';
import type { ColumnMatch } from './contract.ts';
import { unitActTables } from './unit-acts/tables.ts';
import type { Change, ChangeKind, Doubt, FaultCode, GuardResult, SheetKind, Stage } from './model.ts';

export type SourceKind = 'file' | 'cli' | 'sql' | 'http' | 'push' | 'hand';
export type BatchState = 'reading' | 'ready' | 'unreadable' | 'planned' | 'replaced';

/** One statement of a source: its file, what was recognised in it, how far it got. Raw rows are in `hr_row`. */
export interface BatchRow {
  id: string;
  /** `2026-11-20-1` */
  batchNumber: string;
  state: BatchState;
  sourceKind: SourceKind;
  sourceKey: string;
  sourceName: string;
  fileName: string | null;
  /** SHA-256 of the file as it came. */
  fileHash: string | null;
  /** Where its sealed bytes lie in the file store. */
  fileKey: string | null;
  encoding: string | null;
  cutOffAt: number;
  columns: readonly ColumnMatch[];
  missingColumns: readonly string[];
  unitRows: number;
  peopleRows: number;
  faultCount: number;
  figures: BatchFigures;
  warnings: readonly string[];
  /** 0 … 1000 while it is read. */
  progressMille: number;
  /** Why the file cannot be read: an error code and what its words need. */
  trouble: Trouble | null;
  planId: string | null;
  createdAt: number;
  createdBy: string;
  version: number;
}

export interface Trouble {
  readonly code: string;
  readonly data: Readonly<Record<string, unknown>>;
}

export interface BatchFigures {
  readonly unchanged: number;
  readonly changed: number;
  readonly added: number;
  readonly absent: number | null;
  readonly faultRows: number;
}

export const BatchTable = new EntitySchema<BatchRow>({
  name: 'hr_batch',
  tableName: 'hr_batch',
  columns: {
    id: c.id(),
    batchNumber: c.code(32),
    state: c.code(16),
    sourceKind: c.code(16),
    sourceKey: c.code(),
    sourceName: c.label(),
    fileName: c.nullable(c.label(255)),
    fileHash: c.nullable(c.code(64)),
    fileKey: c.nullable(c.code(64)),
    encoding: c.nullable(c.code(16)),
    cutOffAt: c.instant(),
    columns: c.json(),
    missingColumns: c.json(),
    unitRows: c.integer(),
    peopleRows: c.integer(),
    faultCount: c.integer(),
    figures: c.json(),
    warnings: c.json(),
    progressMille: c.integer(),
    trouble: c.nullable(c.json()),
    planId: c.nullable(c.ref()),
    createdAt: c.instant(),
    createdBy: c.code(64),
    version: c.version(),
  },
  indices: [
    { name: 'hr_batch_number', columns: ['batchNumber'], unique: true },
    { name: 'hr_batch_source', columns: ['sourceKey', 'createdAt'] },
  ],
});

/** One row as it was read, cells by column key, sealed: rows hold ID numbers and mobiles. Never changed. */
export interface SourceRow {
  id: string;
  batchId: string;
  kind: SheetKind;
  line: number;
  cellsSealed: string;
}

export const SourceRowTable = new EntitySchema<SourceRow>({
  name: 'hr_row',
  tableName: 'hr_row',
  columns: {
    id: c.id(),
    batchId: c.ref(),
    kind: c.code(8),
    line: c.integer(),
    cellsSealed: c.sealed(c.longText(), 'hr.row'),
  },
  indices: [{ name: 'hr_row_line', columns: ['batchId', 'kind', 'line'], unique: true }],
});

/** A cell corrected by a person: belongs to the batch, never to the file. The latest of a cell counts. */
export interface EditRow {
  id: string;
  batchId: string;
  kind: SheetKind;
  line: number;
  columnKey: string;
  valueSealed: string;
  editedAt: number;
  editedBy: string;
}

export const EditTable = new EntitySchema<EditRow>({
  name: 'hr_edit',
  tableName: 'hr_edit',
  columns: {
    id: c.id(),
    batchId: c.ref(),
    kind: c.code(8),
    line: c.integer(),
    columnKey: c.code(40),
    valueSealed: c.sealed(c.longText(), 'hr.row'),
    editedAt: c.instant(),
    editedBy: c.code(64),
  },
  indices: [{ name: 'hr_edit_batch', columns: ['batchId', 'id'] }],
});

/** What is wrong with a batch now; written anew after every correction. */
export interface FaultRow {
  id: string;
  batchId: string;
  /** Place in the list: sheet, line, column. */
  seq: number;
  kind: SheetKind;
  line: number;
  columnKey: string;
  code: FaultCode;
  hint: string | null;
  otherLine: number | null;
  /** Equal faults of equal values have equal prints. */
  valuePrint: string;
}

export const FaultTable = new EntitySchema<FaultRow>({
  name: 'hr_fault',
  tableName: 'hr_fault',
  columns: {
    id: c.id(),
    batchId: c.ref(),
    seq: c.integer(),
    kind: c.code(8),
    line: c.integer(),
    columnKey: c.code(40),
    code: c.code(24),
    hint: c.nullable(c.label(255)),
    otherLine: c.nullable(c.integer()),
    valuePrint: c.code(64),
  },
  indices: [{ name: 'hr_fault_seq', columns: ['batchId', 'seq'], unique: true }],
});

export type PlanState =
  'empty' | 'stopped' | 'waiting' | 'confirmed' | 'running' | 'paused' | 'done' | 'expired' | 'outdated';
export type RunState = 'running' | 'paused' | 'stopped' | 'success' | 'partial' | 'failed';

/** A plan is complete before the first write (D1) and never changed; a decision makes another one. */
export interface PlanRow {
  id: string;
  batchId: string;
  state: PlanState;
  hash: string;
  complete: boolean;
  cutOffAt: number;
  sourceKey: string;
  /** The directory's revision it was made against: another one means that the plan is outdated (D3). */
  directoryStamp: string;
  counts: Readonly<Partial<Record<ChangeKind, number>>>;
  guard: GuardResult;
  decisions: Readonly<Record<string, StoredDecision>>;
  changeCount: number;
  doubtCount: number;
  destructiveCount: number;
  createdAt: number;
  createdBy: string;
  confirmedAt: number | null;
  confirmedBy: string | null;
  expiresAt: number | null;
  runState: RunState | null;
  /** 1 while it is carried out: the unique key lets one plan be, on any instance (D12). */
  runSlot: number | null;
  startedAt: number | null;
  startedBy: string | null;
  lastSignAt: number | null;
  finishedAt: number | null;
  version: number;
}

export interface StoredDecision {
  readonly decision: 'same' | 'different' | 'left' | 'stays' | 'leaveOut';
  readonly personId?: string;
}

export const PlanTable = new EntitySchema<PlanRow>({
  name: 'hr_plan',
  tableName: 'hr_plan',
  columns: {
    id: c.id(),
    batchId: c.ref(),
    state: c.code(16),
    hash: c.code(64),
    complete: c.flag(),
    cutOffAt: c.instant(),
    sourceKey: c.code(),
    directoryStamp: c.code(32),
    counts: c.json(),
    guard: c.json(),
    decisions: c.json(),
    changeCount: c.integer(),
    doubtCount: c.integer(),
    destructiveCount: c.integer(),
    createdAt: c.instant(),
    createdBy: c.code(64),
    confirmedAt: c.nullable(c.instant()),
    confirmedBy: c.nullable(c.code(64)),
    expiresAt: c.nullable(c.instant()),
    runState: c.nullable(c.code(16)),
    runSlot: c.nullable(c.integer()),
    startedAt: c.nullable(c.instant()),
    startedBy: c.nullable(c.code(64)),
    lastSignAt: c.nullable(c.instant()),
    finishedAt: c.nullable(c.instant()),
    version: c.version(),
  },
  indices: [
    { name: 'hr_plan_batch', columns: ['batchId', 'createdAt'] },
    { name: 'hr_plan_started', columns: ['startedAt'] },
    { name: 'hr_plan_run_slot', columns: ['runSlot'], unique: true },
  ],
});

export type StepResult = 'waiting' | 'done' | 'unchanged' | 'failed' | 'retrying' | 'planned' | 'skipped';

/** One change of a plan and what became of it: the step's key is (plan, changeKey), so doing it twice is recognised (D5). */
export interface ChangeRow {
  id: string;
  planId: string;
  seq: number;
  changeKey: string;
  stage: Stage;
  kind: ChangeKind;
  destructive: boolean;
  targetId: string | null;
  targetRef: string;
  targetName: string;
  topUnitCode: string;
  effectiveOn: string;
  content: Change;
  result: StepResult;
  attempts: number;
  retryAt: number | null;
  errorCode: string | null;
  doneAt: number | null;
}

export const ChangeTable = new EntitySchema<ChangeRow>({
  name: 'hr_change',
  tableName: 'hr_change',
  columns: {
    id: c.id(),
    planId: c.ref(),
    seq: c.integer(),
    changeKey: c.code(120),
    stage: c.code(16),
    kind: c.code(16),
    destructive: c.flag(),
    targetId: c.nullable(c.ref()),
    targetRef: c.code(64),
    targetName: c.label(128),
    topUnitCode: c.code(64),
    effectiveOn: c.day(),
    content: c.json(),
    result: c.code(16),
    attempts: c.integer(),
    retryAt: c.nullable(c.instant()),
    errorCode: c.nullable(c.code(64)),
    doneAt: c.nullable(c.instant()),
  },
  indices: [
    { name: 'hr_change_seq', columns: ['planId', 'seq'], unique: true },
    { name: 'hr_change_key', columns: ['planId', 'changeKey'], unique: true },
    { name: 'hr_change_result', columns: ['planId', 'result', 'seq'] },
    { name: 'hr_change_due', columns: ['result', 'effectiveOn'] },
  ],
});

export interface DoubtRow {
  id: string;
  planId: string;
  seq: number;
  doubtKey: string;
  content: Doubt;
}

export const DoubtTable = new EntitySchema<DoubtRow>({
  name: 'hr_doubt',
  tableName: 'hr_doubt',
  columns: { id: c.id(), planId: c.ref(), seq: c.integer(), doubtKey: c.code(120), content: c.json() },
  indices: [{ name: 'hr_doubt_seq', columns: ['planId', 'seq'], unique: true }],
});

/** What is remembered of a source between batches. */
export interface SourceStateRow {
  /** The source's key. */
  id: string;
  /** People in the last statement that was carried out whole; floors compare with it (A2). */
  lastGoodPeople: number | null;
  /** Moves only on success (D6). */
  lastSuccessAt: number | null;
  lastCutOffAt: number | null;
  /** Somebody has seen the first correlation and accepted it: nothing destructive before (A7). */
  acceptedAt: number | null;
  acceptedBy: string | null;
}

export const SourceStateTable = new EntitySchema<SourceStateRow>({
  name: 'hr_source',
  tableName: 'hr_source',
  columns: {
    id: c.id(),
    lastGoodPeople: c.nullable(c.integer()),
    lastSuccessAt: c.nullable(c.instant()),
    lastCutOffAt: c.nullable(c.instant()),
    acceptedAt: c.nullable(c.instant()),
    acceptedBy: c.nullable(c.code(64)),
  },
});

export const hrTables = [
  BatchTable,
  SourceRowTable,
  EditTable,
  FaultTable,
  PlanTable,
  ChangeTable,
  DoubtTable,
  SourceStateTable,
  ...unitActTables,
] as const;
