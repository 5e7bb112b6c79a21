import { EntitySchema } from 'typeorm';
import * as c from '../../../platform/db/columns.ts';
import type { EvidenceCell, SourceState, Verdict } from './verdict.ts';

/** How far a run is: every step is done slice by slice, `after` the id the last slice ended with. */
export interface Progress {
  readonly step: 'findings' | 'letters' | 'sending';
  readonly after: string;
}

/** One run for one month of one system; a repetition is another version (G8). */
export interface InspectionRow {
  id: string;
  systemCode: string;
  inspectedMonth: string;
  versionNumber: number;
  fromOn: string;
  untilOn: string;
  ranAt: number;
  ranBy: string;
  /** `running` until every finding and every letter is there. */
  state: 'running' | 'decided' | 'undecided';
  /** Null: it is finished. */
  progress: Progress | null;
  figures: Record<Verdict | 'total', number>;
  sources: SourceState[];
}

export const InspectionTable = new EntitySchema<InspectionRow>({
  name: 'account_inspection',
  tableName: 'account_inspection',
  columns: {
    id: c.id(),
    systemCode: c.code(32),
    inspectedMonth: c.code(8),
    versionNumber: c.integer(),
    fromOn: c.day(),
    untilOn: c.day(),
    ranAt: c.instant(),
    ranBy: c.code(),
    state: c.code(16),
    progress: c.nullable(c.json()),
    figures: c.json(),
    sources: c.json(),
  },
  indices: [
    {
      name: 'account_inspection_once',
      columns: ['systemCode', 'inspectedMonth', 'versionNumber'],
      unique: true,
    },
  ],
});

export interface FindingRow {
  id: string;
  inspectionId: string;
  personId: string;
  unitId: string | null;
  verdict: Verdict;
  /** Which rule gave it. */
  ruleCode: string;
  ruleWords: string;
  evidence: EvidenceCell[];
}

export const FindingTable = new EntitySchema<FindingRow>({
  name: 'account_finding',
  tableName: 'account_finding',
  columns: {
    id: c.id(),
    inspectionId: c.ref(),
    personId: c.ref(),
    unitId: c.nullable(c.ref()),
    verdict: c.code(16),
    ruleCode: c.code(),
    ruleWords: c.label(),
    evidence: c.json(),
  },
  indices: [
    { name: 'account_finding_of', columns: ['inspectionId', 'verdict', 'id'] },
    { name: 'account_finding_person', columns: ['inspectionId', 'personId'], unique: true },
  ],
});

export interface LetterRow {
  id: string;
  inspectionId: string;
  systemCode: string;
  inspectedMonth: string;
  unitId: string;
  forLeaders: boolean;
  /** `draft`: its accounts are being gathered; nobody sees it, no clock runs. */
  state: 'draft' | 'sent';
  sentAt: number;
  repliedAt: number | null;
  version: number;
}

export const LetterTable = new EntitySchema<LetterRow>({
  name: 'account_letter',
  tableName: 'account_letter',
  columns: {
    id: c.id(),
    inspectionId: c.ref(),
    systemCode: c.code(32),
    inspectedMonth: c.code(8),
    unitId: c.ref(),
    forLeaders: c.flag(),
    state: c.withDefault(c.code(8), 'sent'),
    sentAt: c.instant(),
    repliedAt: c.nullable(c.instant()),
    version: c.version(),
  },
  indices: [
    { name: 'account_letter_month', columns: ['systemCode', 'inspectedMonth', 'state', 'id'] },
    { name: 'account_letter_once', columns: ['inspectionId', 'unitId', 'forLeaders'], unique: true },
  ],
});

/** One account in one letter; once per month for good, whatever version found it (G8). */
export interface LetterItemRow {
  id: string;
  letterId: string;
  systemCode: string;
  inspectedMonth: string;
  personId: string;
  replyKind: 'left' | 'keep' | 'lock' | 'other' | null;
  replyReason: string | null;
  repliedBy: string | null;
  repliedAt: number | null;
  /** The request the reply opened. */
  requestId: string | null;
  version: number;
}

export const LetterItemTable = new EntitySchema<LetterItemRow>({
  name: 'account_letter_item',
  tableName: 'account_letter_item',
  columns: {
    id: c.id(),
    letterId: c.ref(),
    systemCode: c.code(32),
    inspectedMonth: c.code(8),
    personId: c.ref(),
    replyKind: c.nullable(c.code(16)),
    replyReason: c.nullable(c.label(500)),
    repliedBy: c.nullable(c.ref()),
    repliedAt: c.nullable(c.instant()),
    requestId: c.nullable(c.ref()),
    version: c.version(),
  },
  indices: [
    {
      name: 'account_letter_item_once',
      columns: ['systemCode', 'inspectedMonth', 'personId'],
      unique: true,
    },
    { name: 'account_letter_item_of', columns: ['letterId', 'repliedAt', 'id'] },
  ],
});

/** A source somebody imported (console export) for a month; imported again, it replaces the former. */
export interface ImportedSourceRow {
  id: string;
  systemCode: string;
  inspectedMonth: string;
  source: string;
  cutOffAt: number;
  importedAt: number;
  importedBy: string;
  /** By person id the act that tells most: the last inside the month's window, else the last at all. */
  lastByPerson: Record<string, number>;
  version: number;
}

export const ImportedSourceTable = new EntitySchema<ImportedSourceRow>({
  name: 'account_evidence',
  tableName: 'account_evidence',
  columns: {
    id: c.id(),
    systemCode: c.code(32),
    inspectedMonth: c.code(8),
    source: c.code(32),
    cutOffAt: c.instant(),
    importedAt: c.instant(),
    importedBy: c.code(),
    lastByPerson: c.json(),
    version: c.version(),
  },
  indices: [
    { name: 'account_evidence_once', columns: ['systemCode', 'inspectedMonth', 'source'], unique: true },
  ],
});

/** The last time somebody opened a system on a day. */
export interface AppEntryRow {
  id: string;
  systemCode: string;
  personId: string;
  enteredOn: string;
  lastAt: number;
}

export const AppEntryTable = new EntitySchema<AppEntryRow>({
  name: 'account_app_entry',
  tableName: 'account_app_entry',
  columns: {
    id: c.id(),
    systemCode: c.code(32),
    personId: c.ref(),
    enteredOn: c.day(),
    lastAt: c.instant(),
  },
  indices: [
    { name: 'account_app_entry_once', columns: ['personId', 'systemCode', 'enteredOn'], unique: true },
    { name: 'account_app_entry_time', columns: ['systemCode', 'lastAt'] },
  ],
});

/** How far the entries of a system are folded. */
export interface EntryLogRow {
  /** The system's code. */
  id: string;
  /** Until when every entry is counted, epoch ms. */
  reachesTo: number;
  version: number;
}

export const EntryLogTable = new EntitySchema<EntryLogRow>({
  name: 'account_entry_log',
  tableName: 'account_entry_log',
  columns: { id: c.id(), reachesTo: c.instant(), version: c.version() },
});

export const inspectionTables = [
  InspectionTable,
  FindingTable,
  LetterTable,
  LetterItemTable,
  ImportedSourceTable,
  AppEntryTable,
  EntryLogTable,
] as const;
