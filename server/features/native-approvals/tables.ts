import { EntitySchema } from 'typeorm';
import * as c from '../../platform/db/columns.ts';
import type { CaseState, ImportState } from './contract.ts';

/** A form of 企业微信's own 审批, as it was when it was read last. */
export interface CaseRow {
  id: string;
  /** sp_no. */
  number: string;
  /** The template's name. */
  title: string;
  templateId: string;
  state: CaseState;
  applicantUserid: string;
  /** Null: nobody the directory knew. */
  applicantId: string | null;
  /** The applicant's department when it was read first. */
  unitId: string | null;
  appliedAt: number;
  endedAt: number | null;
  /** Steps with who decided what in which words, and what was filled in (`Form`). */
  formSealed: string;
  readAt: number;
  version: number;
}

export const CaseTable = new EntitySchema<CaseRow>({
  name: 'native_case',
  tableName: 'native_case',
  columns: {
    id: c.id(),
    number: c.code(32),
    title: c.label(),
    templateId: c.code(128),
    state: c.code(16),
    applicantUserid: c.code(),
    applicantId: c.nullable(c.ref()),
    unitId: c.nullable(c.ref()),
    appliedAt: c.instant(),
    endedAt: c.nullable(c.instant()),
    formSealed: c.sealed(c.longText(), 'native.form'),
    readAt: c.instant(),
    version: c.version(),
  },
  indices: [
    { name: 'native_case_number', columns: ['number'], unique: true },
    { name: 'native_case_state', columns: ['state', 'readAt'] },
    { name: 'native_case_applied', columns: ['appliedAt', 'id'] },
    { name: 'native_case_applicant', columns: ['applicantId', 'id'] },
    { name: 'native_case_unit', columns: ['unitId', 'id'] },
    { name: 'native_case_ended', columns: ['endedAt'] },
  ],
});

/** Whose turn it was at a step, and from when until we learned that it was over. */
export interface HoldingRow {
  id: string;
  caseId: string;
  step: number;
  userid: string;
  personId: string | null;
  /** The holder's department when it came to them. */
  unitId: string | null;
  sinceAt: number;
  /** Null: it still is. */
  untilAt: number | null;
}

export const HoldingTable = new EntitySchema<HoldingRow>({
  name: 'native_holding',
  tableName: 'native_holding',
  columns: {
    id: c.id(),
    caseId: c.ref(),
    step: c.integer(),
    userid: c.code(),
    personId: c.nullable(c.ref()),
    unitId: c.nullable(c.ref()),
    sinceAt: c.instant(),
    untilAt: c.nullable(c.instant()),
  },
  indices: [
    { name: 'native_holding_case', columns: ['caseId', 'untilAt'] },
    { name: 'native_holding_person', columns: ['personId', 'untilAt', 'id'] },
    { name: 'native_holding_unit', columns: ['unitId', 'untilAt'] },
  ],
});

/** Who took part in a form: applicant, whoever was asked or told. For one's own list and who may read what was written. */
export interface PartRow {
  id: string;
  caseId: string;
  personId: string;
}

export const PartTable = new EntitySchema<PartRow>({
  name: 'native_part',
  tableName: 'native_part',
  columns: { id: c.id(), caseId: c.ref(), personId: c.ref() },
  indices: [
    { name: 'native_part_once', columns: ['caseId', 'personId'], unique: true },
    { name: 'native_part_person', columns: ['personId', 'caseId'] },
  ],
});

/** Reading a span of days again, somebody's wish. */
export interface ImportRow {
  id: string;
  fromOn: string;
  /** The last day of it. */
  untilOn: string;
  byId: string;
  byName: string;
  state: ImportState;
  /** Unique: one at a time. Null once it is over. */
  runningKey: string | null;
  startedAt: number;
  endedAt: number | null;
  version: number;
}

export const ImportTable = new EntitySchema<ImportRow>({
  name: 'native_import',
  tableName: 'native_import',
  columns: {
    id: c.id(),
    fromOn: c.day(),
    untilOn: c.day(),
    byId: c.code(),
    byName: c.label(64),
    state: c.code(16),
    runningKey: c.nullable(c.code(16)),
    startedAt: c.instant(),
    endedAt: c.nullable(c.instant()),
    version: c.version(),
  },
  indices: [{ name: 'native_import_running', columns: ['runningKey'], unique: true }],
});

/** A part of the span: where an import goes on after it was cut off. */
export interface WindowRow {
  id: string;
  importId: string;
  place: number;
  fromAt: number;
  untilAt: number;
  isDone: boolean;
  found: number;
  readCount: number;
  unreadable: number;
}

export const WindowTable = new EntitySchema<WindowRow>({
  name: 'native_window',
  tableName: 'native_window',
  columns: {
    id: c.id(),
    importId: c.ref(),
    place: c.integer(),
    fromAt: c.instant(),
    untilAt: c.instant(),
    isDone: c.flag(),
    found: c.integer(),
    readCount: c.integer(),
    unreadable: c.integer(),
  },
  indices: [{ name: 'native_window_of', columns: ['importId', 'place'], unique: true }],
});

/** One row: does 企业微信 let us read. */
export interface AccessRow {
  id: string;
  refusedAt: number | null;
  errcode: number | null;
}

export const AccessTable = new EntitySchema<AccessRow>({
  name: 'native_access',
  tableName: 'native_access',
  columns: { id: c.id(), refusedAt: c.nullable(c.instant()), errcode: c.nullable(c.integer()) },
});

export const nativeApprovalTables = [
  CaseTable,
  HoldingTable,
  PartTable,
  ImportTable,
  WindowTable,
  AccessTable,
] as const;
