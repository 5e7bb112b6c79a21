import { EntitySchema } from 'typeorm';
import * as c from '../../platform/db/columns.ts';
import { circularTables } from './circular/tables.ts';
import type { CancellationState } from './cancellation.ts';
import { handoverTables } from './handover/tables.ts';
import { inspectionTables } from './inspection/tables.ts';
import type { LockHold } from './lock.ts';
import { newcomerTables } from './newcomers/tables.ts';
import { systemTables } from './systems/tables.ts';
import type {
  AccountState,
  Act,
  Category,
  Instruction,
  ItemStatus,
  Origin,
  Proof,
  RequestEvent,
  RequestKind,
  RequestState,
  RequestStatus,
} from './model.ts';

/** One person, one system, one row for good (S2-14a); history says what it was before. */
export interface AccountRow {
  id: string;
  personId: string;
  systemCode: string;
  state: AccountState;
  /** Since when it is in this state. */
  sinceAt: number;
  /** How often it was opened: a new attendance account after a secondment is another one (C14). */
  generation: number;
  category: Category | null;
  /** S3-1.3 */
  originUnit: string | null;
  untilOn: string | null;
  version: number;
}

export const AccountTable = new EntitySchema<AccountRow>({
  name: 'account',
  tableName: 'account',
  columns: {
    id: c.id(),
    personId: c.ref(),
    systemCode: c.code(32),
    state: c.code(16),
    sinceAt: c.instant(),
    generation: c.integer(),
    category: c.nullable(c.code(16)),
    originUnit: c.nullable(c.label(128)),
    untilOn: c.nullable(c.day()),
    version: c.version(),
  },
  indices: [
    { name: 'account_once', columns: ['personId', 'systemCode'], unique: true },
    { name: 'account_state', columns: ['systemCode', 'state'] },
    { name: 'account_system_of', columns: ['systemCode', 'id'] },
  ],
});

/** Every change of an account, with its proof. Only grows. */
export interface AccountHistoryRow {
  id: string;
  accountId: string;
  personId: string;
  systemCode: string;
  requestId: string;
  act: Act;
  fromState: AccountState;
  toState: AccountState;
  happenedAt: number;
  byName: string;
  proof: Proof | null;
}

export const AccountHistoryTable = new EntitySchema<AccountHistoryRow>({
  name: 'account_history',
  tableName: 'account_history',
  columns: {
    id: c.id(),
    accountId: c.ref(),
    personId: c.ref(),
    systemCode: c.code(32),
    requestId: c.ref(),
    act: c.code(16),
    fromState: c.code(16),
    toState: c.code(16),
    happenedAt: c.instant(),
    byName: c.label(64),
    proof: c.nullable(c.json()),
  },
  indices: [
    { name: 'account_history_person', columns: ['personId', 'id'] },
    { name: 'account_history_account', columns: ['accountId', 'happenedAt'] },
  ],
});

export interface RequestRow {
  id: string;
  requestNumber: string;
  kind: RequestKind;
  personId: string;
  personName: string;
  status: RequestStatus;
  eventOn: string;
  originType: Origin['type'];
  originRef: string | null;
  /** Present state; equals the replay of its events. */
  state: RequestState;
  /** What only named roles may read, sealed by the vault (H5). */
  secretSealed: string | null;
  eventCount: number;
  createdAt: number;
  /** Null: HR's news or a letter began it. */
  createdById: string | null;
  version: number;
}

export const RequestTable = new EntitySchema<RequestRow>({
  name: 'account_request',
  tableName: 'account_request',
  columns: {
    id: c.id(),
    requestNumber: c.code(32),
    kind: c.code(16),
    personId: c.ref(),
    personName: c.label(64),
    status: c.code(16),
    eventOn: c.day(),
    originType: c.code(16),
    originRef: c.nullable(c.ref()),
    state: c.json(),
    secretSealed: c.nullable(c.sealed(c.longText(), 'accounts.lockReason')),
    eventCount: c.integer(),
    createdAt: c.instant(),
    createdById: c.nullable(c.ref()),
    version: c.version(),
  },
  indices: [
    { name: 'account_request_number', columns: ['requestNumber'], unique: true },
    { name: 'account_request_person', columns: ['personId', 'id'] },
    { name: 'account_request_status', columns: ['status', 'id'] },
    { name: 'account_request_creator', columns: ['createdById', 'id'] },
  ],
});

/** Which units send a request, and who did: for lists. The request's state leads. */
export interface SenderRow {
  id: string;
  requestId: string;
  unitId: string;
  sentAt: number | null;
  sentBy: string | null;
}

export const SenderTable = new EntitySchema<SenderRow>({
  name: 'account_sender',
  tableName: 'account_sender',
  columns: {
    id: c.id(),
    requestId: c.ref(),
    unitId: c.ref(),
    sentAt: c.nullable(c.instant()),
    sentBy: c.nullable(c.ref()),
  },
  indices: [
    { name: 'account_sender_once', columns: ['requestId', 'unitId'], unique: true },
    { name: 'account_sender_unit', columns: ['unitId', 'requestId'] },
    { name: 'account_sender_by', columns: ['sentBy', 'requestId'] },
  ],
});

/** The history of a request. Never changed. */
export interface RequestEventRow {
  id: string;
  requestId: string;
  seq: number;
  type: string;
  happenedAt: number;
  byPersonId: string | null;
  content: RequestEvent;
}

export const RequestEventTable = new EntitySchema<RequestEventRow>({
  name: 'account_request_event',
  tableName: 'account_request_event',
  columns: {
    id: c.id(),
    requestId: c.ref(),
    seq: c.integer(),
    type: c.code(32),
    happenedAt: c.instant(),
    byPersonId: c.nullable(c.ref()),
    content: c.json(),
  },
  indices: [{ name: 'account_request_event_of', columns: ['requestId', 'seq'], unique: true }],
});

/** What is to be done in which system: work lists and exchange files. The request's state leads. */
export interface ItemRow {
  id: string;
  requestId: string;
  personId: string;
  systemCode: string;
  act: Act;
  status: ItemStatus;
  startedAt: number | null;
}

export const ItemTable = new EntitySchema<ItemRow>({
  name: 'account_item',
  tableName: 'account_item',
  columns: {
    id: c.id(),
    requestId: c.ref(),
    personId: c.ref(),
    systemCode: c.code(32),
    act: c.code(16),
    status: c.code(16),
    startedAt: c.nullable(c.instant()),
  },
  indices: [
    { name: 'account_item_work', columns: ['systemCode', 'status', 'id'] },
    { name: 'account_item_request', columns: ['requestId'] },
  ],
});

/** A lock stands until somebody decides (S3-2.5b). Why is sealed in its request. */
export interface LockRow {
  id: string;
  personId: string;
  requestId: string;
  /** The unit that owes the decision. */
  unitId: string;
  sinceAt: number;
  untilOn: string | null;
  /** When the review had its result. */
  resultOn: string | null;
  hold: LockHold;
  state: 'on' | 'ended';
  decision: 'unlock' | 'change' | 'cancel' | null;
  decisionRequestId: string | null;
  endedAt: number | null;
  version: number;
}

export const LockTable = new EntitySchema<LockRow>({
  name: 'account_lock',
  tableName: 'account_lock',
  columns: {
    id: c.id(),
    personId: c.ref(),
    requestId: c.ref(),
    unitId: c.ref(),
    sinceAt: c.instant(),
    untilOn: c.nullable(c.day()),
    resultOn: c.nullable(c.day()),
    hold: c.json(),
    state: c.code(8),
    decision: c.nullable(c.code(16)),
    decisionRequestId: c.nullable(c.ref()),
    endedAt: c.nullable(c.instant()),
    version: c.version(),
  },
  indices: [
    { name: 'account_lock_request', columns: ['requestId'], unique: true },
    { name: 'account_lock_person', columns: ['personId', 'state'] },
    { name: 'account_lock_state', columns: ['state', 'id'] },
  ],
});

export interface CancellationRow {
  /** The request's id. */
  id: string;
  personId: string;
  state: CancellationState;
  sheetId: string | null;
  version: number;
}

export const CancellationTable = new EntitySchema<CancellationRow>({
  name: 'account_cancellation',
  tableName: 'account_cancellation',
  columns: {
    id: c.id(),
    personId: c.ref(),
    state: c.json(),
    sheetId: c.nullable(c.ref()),
    version: c.version(),
  },
  indices: [{ name: 'account_cancellation_person', columns: ['personId'] }],
});

/** S3-5: which unit was late, by how many working days. A circular needs an instruction (S3-4g). */
export interface LateCaseRow {
  id: string;
  requestId: string;
  unitId: string;
  kind: RequestKind;
  eventOn: string;
  dueOn: string;
  submittedOn: string;
  lateWorkdays: number;
  originType: Origin['type'];
  state: 'noted' | 'instructed';
  instruction: Instruction | null;
  /** The circular it is in; null: none. */
  circularId: string | null;
  notedAt: number;
  version: number;
}

export const LateCaseTable = new EntitySchema<LateCaseRow>({
  name: 'account_late_case',
  tableName: 'account_late_case',
  columns: {
    id: c.id(),
    requestId: c.ref(),
    unitId: c.ref(),
    kind: c.code(16),
    eventOn: c.day(),
    dueOn: c.day(),
    submittedOn: c.day(),
    lateWorkdays: c.integer(),
    originType: c.code(16),
    state: c.code(16),
    instruction: c.nullable(c.json()),
    circularId: c.nullable(c.ref()),
    notedAt: c.instant(),
    version: c.version(),
  },
  indices: [
    { name: 'account_late_case_once', columns: ['requestId', 'unitId'], unique: true },
    { name: 'account_late_case_unit', columns: ['unitId', 'id'] },
    { name: 'account_late_case_circular', columns: ['circularId'] },
  ],
});

/** Running numbers per year. */
export interface RequestNumberRow {
  id: string;
  lastNumber: number;
}

export const RequestNumberTable = new EntitySchema<RequestNumberRow>({
  name: 'account_number',
  tableName: 'account_number',
  columns: { id: c.id(), lastNumber: c.integer() },
});

export const accountsTables = [
  AccountTable,
  AccountHistoryTable,
  RequestTable,
  SenderTable,
  RequestEventTable,
  ItemTable,
  LockTable,
  CancellationTable,
  LateCaseTable,
  RequestNumberTable,
  ...circularTables,
  ...handoverTables,
  ...inspectionTables,
  ...newcomerTables,
  ...systemTables,
] as const;
