import { EntitySchema } from 'typeorm';
import * as c from '../../platform/db/columns.ts';
import type { EventKind, SealKind, UseState } from './contract.ts';

export interface SealRow {
  id: string;
  name: string;
  /** Begins every number of its ledger; never used again. */
  code: string;
  kind: SealKind;
  /** The unit that manages it: its head decides on requests (S2-A11i: several owners). */
  unitId: string;
  mayGoOut: boolean;
  place: string;
  state: 'active' | 'retired';
  version: number;
}
export const SealTable = new EntitySchema<SealRow>({
  name: 'seal',
  tableName: 'seal',
  columns: {
    id: c.id(),
    name: c.label(64),
    code: c.code(16),
    kind: c.code(16),
    unitId: c.ref(),
    mayGoOut: c.flag(),
    place: c.label(64),
    state: c.code(8),
    version: c.version(),
  },
  indices: [
    { name: 'seal_code', columns: ['code'], unique: true },
    { name: 'seal_unit', columns: ['unitId', 'id'] },
  ],
});

/** Who keeps a seal, and who did: rows are ended, never taken away. */
export interface KeeperRow {
  id: string;
  sealId: string;
  personId: string;
  sinceAt: number;
  untilAt: number | null;
}
export const KeeperTable = new EntitySchema<KeeperRow>({
  name: 'seal_keeper',
  tableName: 'seal_keeper',
  columns: {
    id: c.id(),
    sealId: c.ref(),
    personId: c.ref(),
    sinceAt: c.instant(),
    untilAt: c.nullable(c.instant()),
  },
  indices: [
    { name: 'seal_keeper_seal', columns: ['sealId', 'id'] },
    { name: 'seal_keeper_person', columns: ['personId', 'untilAt'] },
  ],
});

/** One line of the ledger: one approved request. */
export interface UseRow {
  id: string;
  number: string;
  requestId: string;
  requestNumber: string;
  sealId: string;
  applicantId: string;
  /** The applicant's department. */
  unitId: string | null;
  document: string;
  purpose: string;
  approvedCopies: number;
  stampedCopies: number;
  outWorkdays: number | null;
  contractId: string | null;
  state: UseState;
  openedAt: number;
  closedAt: number | null;
  endWords: string;
  version: number;
}
export const UseTable = new EntitySchema<UseRow>({
  name: 'seal_use',
  tableName: 'seal_use',
  columns: {
    id: c.id(),
    number: c.code(32),
    requestId: c.ref(),
    requestNumber: c.code(32),
    sealId: c.ref(),
    applicantId: c.ref(),
    unitId: c.nullable(c.ref()),
    document: c.label(100),
    purpose: c.longText(),
    approvedCopies: c.integer(),
    stampedCopies: c.integer(),
    outWorkdays: c.nullable(c.integer()),
    contractId: c.nullable(c.ref()),
    state: c.code(16),
    openedAt: c.instant(),
    closedAt: c.nullable(c.instant()),
    endWords: c.longText(),
    version: c.version(),
  },
  indices: [
    { name: 'seal_use_number', columns: ['number'], unique: true },
    { name: 'seal_use_request', columns: ['requestId'], unique: true },
    { name: 'seal_use_seal', columns: ['sealId', 'state', 'id'] },
    { name: 'seal_use_applicant', columns: ['applicantId', 'id'] },
    { name: 'seal_use_unit', columns: ['unitId', 'id'] },
    { name: 'seal_use_opened', columns: ['openedAt'] },
    { name: 'seal_use_closed', columns: ['closedAt'] },
    { name: 'seal_use_contract', columns: ['contractId'] },
  ],
});

/** What happened to a use. Never changed. */
export interface UseEventRow {
  id: string;
  useId: string;
  kind: EventKind;
  /** The server's clock; `happenedOn` is what was said (R44). */
  recordedAt: number;
  happenedOn: string | null;
  byId: string;
  byName: string;
  copies: number | null;
  words: string;
  fileIds: string[];
}
export const UseEventTable = new EntitySchema<UseEventRow>({
  name: 'seal_event',
  tableName: 'seal_event',
  columns: {
    id: c.id(),
    useId: c.ref(),
    kind: c.code(16),
    recordedAt: c.instant(),
    happenedOn: c.nullable(c.day()),
    byId: c.code(),
    byName: c.label(64),
    copies: c.nullable(c.integer()),
    words: c.longText(),
    fileIds: c.json(),
  },
  indices: [
    { name: 'seal_event_of', columns: ['useId', 'id'] },
    { name: 'seal_event_by', columns: ['byId', 'kind'] },
  ],
});

/** A seal out of the office. */
export interface CheckoutRow {
  id: string;
  sealId: string;
  useId: string;
  /** Who took it: the applicant. */
  personId: string;
  outAt: number;
  backAt: number | null;
  /** The seal while it is out, null afterwards: a seal is out once. */
  outKey: string | null;
  /** Brought back after its time. */
  isLate: boolean;
  version: number;
}
export const CheckoutTable = new EntitySchema<CheckoutRow>({
  name: 'seal_checkout',
  tableName: 'seal_checkout',
  columns: {
    id: c.id(),
    sealId: c.ref(),
    useId: c.ref(),
    personId: c.ref(),
    outAt: c.instant(),
    backAt: c.nullable(c.instant()),
    outKey: c.nullable(c.ref()),
    isLate: c.flag(),
    version: c.version(),
  },
  indices: [
    { name: 'seal_checkout_once', columns: ['outKey'], unique: true },
    { name: 'seal_checkout_use', columns: ['useId'] },
    { name: 'seal_checkout_person', columns: ['personId', 'id'] },
  ],
});

export interface RuleRow {
  id: string;
  name: string;
  pattern: string;
  /** The pattern without the width of the running number: no two rules give the same numbers. */
  patternKey: string;
  unitId: string;
  state: 'active' | 'ended';
  version: number;
}
export const RuleTable = new EntitySchema<RuleRow>({
  name: 'contract_number_rule',
  tableName: 'contract_number_rule',
  columns: {
    id: c.id(),
    name: c.label(64),
    pattern: c.label(64),
    patternKey: c.code(64),
    unitId: c.ref(),
    state: c.code(8),
    version: c.version(),
  },
  indices: [{ name: 'contract_number_rule_pattern', columns: ['patternKey'], unique: true }],
});

/** A number that was drawn. Never taken away, never given again. */
export interface NumberRow {
  id: string;
  number: string;
  ruleId: string;
  /** The applicant's department: numbers run by unit and year. */
  unitId: string;
  year: number;
  seq: number;
  requestId: string;
  requestNumber: string;
  applicantId: string;
  title: string;
  counterparty: string;
  drawnAt: number;
  state: 'active' | 'void';
  endedAt: number | null;
  endWords: string;
  version: number;
}
export const NumberTable = new EntitySchema<NumberRow>({
  name: 'contract_number',
  tableName: 'contract_number',
  columns: {
    id: c.id(),
    number: c.code(100),
    ruleId: c.ref(),
    unitId: c.ref(),
    year: c.integer(),
    seq: c.integer(),
    requestId: c.ref(),
    requestNumber: c.code(32),
    applicantId: c.ref(),
    title: c.label(100),
    counterparty: c.label(100),
    drawnAt: c.instant(),
    state: c.code(8),
    endedAt: c.nullable(c.instant()),
    endWords: c.longText(),
    version: c.version(),
  },
  indices: [
    { name: 'contract_number_number', columns: ['number'], unique: true },
    { name: 'contract_number_place', columns: ['ruleId', 'unitId', 'year', 'seq'], unique: true },
    { name: 'contract_number_request', columns: ['requestId'], unique: true },
    { name: 'contract_number_applicant', columns: ['applicantId', 'id'] },
    { name: 'contract_number_unit', columns: ['unitId', 'id'] },
  ],
});

/** The last number of a count: of a seal's ledger, or of a rule and unit, in a year. */
export interface CounterRow {
  id: string;
  lastNumber: number;
}
export const CounterTable = new EntitySchema<CounterRow>({
  name: 'seal_counter',
  tableName: 'seal_counter',
  columns: { id: { ...c.code(100), primary: true }, lastNumber: c.integer() },
});

export const sealTables = [
  SealTable,
  KeeperTable,
  UseTable,
  UseEventTable,
  CheckoutTable,
  RuleTable,
  NumberTable,
  CounterTable,
] as const;
