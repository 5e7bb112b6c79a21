import { EntitySchema } from 'typeorm';
import * as c from '../../platform/db/columns.ts';
import { designTables } from './design/tables.ts';
import { DryRunTable } from './dry-run/tables.ts';
import { packageTables } from './package/period/tables.ts';
import type { InstanceEvent } from './model/events.ts';
import type { InstanceState } from './model/state.ts';
import type { TaskStatus } from './model/tasks.ts';
import type { Template } from './template/template.ts';

/** A published version; never changed. Running requests keep theirs (R41). */
export interface TemplateRow {
  id: string;
  templateKey: string;
  templateVersion: number;
  /** SHA-256 of the content without its version: the same content is not published twice. */
  contentHash: string;
  content: Template;
  publishedAt: number;
  publishedBy: string;
}

export const TemplateTable = new EntitySchema<TemplateRow>({
  name: 'approval_template',
  tableName: 'approval_template',
  columns: {
    id: c.id(),
    templateKey: c.code(40),
    templateVersion: c.integer(),
    contentHash: c.code(64),
    content: c.json(),
    publishedAt: c.instant(),
    publishedBy: c.code(64),
  },
  indices: [{ name: 'approval_template_version', columns: ['templateKey', 'templateVersion'], unique: true }],
});

/** One request. `state` is the whole document; the other columns are what lists and searches ask for. */
export interface InstanceRow {
  id: string;
  requestNumber: string;
  templateKey: string;
  templateVersion: number;
  applicantId: string;
  applicantUnitId: string;
  applicantName: string;
  applicantUnitName: string;
  /** First day the request is about, for lists; null where there is none. */
  startsOn: string | null;
  /** Who has the ball, ready to show; when finished, how, if `status` says it wrong, else empty. */
  holderNames: string;
  /** Made by the page once per filled form: the same form twice is one request. */
  clientKey: string;
  title: string;
  status: string;
  /** Lower-case title, names and number, for the search box. */
  searchText: string;
  state: InstanceState;
  /** How many events the history has: the next one's number, safe under the row's lock or version. */
  eventCount: number;
  submittedAt: number;
  finishedAt: number | null;
  version: number;
}

export const InstanceTable = new EntitySchema<InstanceRow>({
  name: 'approval_instance',
  tableName: 'approval_instance',
  columns: {
    id: c.id(),
    requestNumber: c.code(32),
    templateKey: c.code(40),
    templateVersion: c.integer(),
    applicantId: c.ref(),
    applicantUnitId: c.ref(),
    applicantName: c.label(64),
    applicantUnitName: c.label(128),
    startsOn: c.nullable(c.day()),
    holderNames: c.label(255),
    clientKey: c.code(36),
    title: c.label(),
    status: c.code(16),
    searchText: c.label(255),
    state: c.json(),
    eventCount: c.integer(),
    submittedAt: c.instant(),
    finishedAt: c.nullable(c.instant()),
    version: c.version(),
  },
  indices: [
    { name: 'approval_instance_number', columns: ['requestNumber'], unique: true },
    { name: 'approval_instance_client', columns: ['applicantId', 'clientKey'], unique: true },
    { name: 'approval_instance_applicant', columns: ['applicantId', 'submittedAt'] },
    { name: 'approval_instance_status', columns: ['status', 'submittedAt'] },
  ],
});

/** answered: an opinion somebody was asked for (R30) and gave. */
export type TaskRowStatus = TaskStatus | 'answered';

/**
 * Each task of a request as a row of its own, for to-do lists; derived from `state` in the same unit of work.
 * An opinion asked for is a row too, whose step is the row itself: a to-do without a seat and without a clock.
 */
export interface TaskRow {
  id: string;
  instanceId: string;
  stepId: string;
  personId: string;
  status: TaskRowStatus;
  /** 代理审批: whose task it is, while `personId` stands in for them (R30). */
  behalfOfId: string | null;
  behalfOfName: string | null;
  openedAt: number;
  closedAt: number | null;
  /** Null without a clock. The clock itself is supervision's; it tells us when it moves. */
  dueAt: number | null;
  /** What to-do lists are sorted by: see `sortAtOf`. */
  sortAt: number;
  provisional: boolean;
}

/** Without a clock a task comes after all that have one. */
const NEVER = 9_000_000_000_000_000;
export const sortAtOf = (dueAt: number | null): number => dueAt ?? NEVER;

export const TaskTable = new EntitySchema<TaskRow>({
  name: 'approval_task',
  tableName: 'approval_task',
  columns: {
    id: c.id(),
    instanceId: c.ref(),
    stepId: c.ref(),
    personId: c.ref(),
    status: c.code(16),
    behalfOfId: c.nullable(c.ref()),
    behalfOfName: c.nullable(c.label(64)),
    openedAt: c.instant(),
    closedAt: c.nullable(c.instant()),
    dueAt: c.nullable(c.instant()),
    sortAt: c.withDefault(c.instant(), NEVER),
    provisional: c.flag(),
  },
  indices: [
    // A page is read in its order, and its counts from here alone.
    { name: 'approval_task_todo', columns: ['personId', 'status', 'sortAt', 'id', 'provisional'] },
    { name: 'approval_task_done', columns: ['personId', 'closedAt'] },
    { name: 'approval_task_instance', columns: ['instanceId'] },
    { name: 'approval_task_behalf', columns: ['behalfOfId', 'status'] },
  ],
});

export interface CopyRow {
  id: string;
  instanceId: string;
  personId: string;
  sentAt: number;
  readAt: number | null;
}

/** Rule R29: one copy per person per request. */
export const CopyTable = new EntitySchema<CopyRow>({
  name: 'approval_copy',
  tableName: 'approval_copy',
  columns: {
    id: c.id(),
    instanceId: c.ref(),
    personId: c.ref(),
    sentAt: c.instant(),
    readAt: c.nullable(c.instant()),
  },
  indices: [
    { name: 'approval_copy_person', columns: ['personId', 'sentAt'] },
    { name: 'approval_copy_unread', columns: ['personId', 'readAt'] },
    { name: 'approval_copy_once', columns: ['instanceId', 'personId'], unique: true },
  ],
});

/** The history: events in order, never changed. `state` can be rebuilt from them at any time. */
export interface EventRow {
  id: string;
  instanceId: string;
  /** 1, 2, 3 … within the request. */
  seq: number;
  type: string;
  happenedAt: number;
  byPersonId: string | null;
  content: InstanceEvent;
}

export const EventTable = new EntitySchema<EventRow>({
  name: 'approval_event',
  tableName: 'approval_event',
  columns: {
    id: c.id(),
    instanceId: c.ref(),
    seq: c.integer(),
    type: c.code(32),
    happenedAt: c.instant(),
    byPersonId: c.nullable(c.ref()),
    content: c.json(),
  },
  indices: [
    { name: 'approval_event_seq', columns: ['instanceId', 'seq'], unique: true },
    // What one wrote, for the copy of one's data.
    { name: 'approval_event_by', columns: ['byPersonId', 'type', 'id'] },
  ],
});

export const FORM_SECRET = 'approvals.secret';

/** A number that does not stay in its form (form/set-aside.ts). */
export interface SecretRow {
  id: string;
  instanceId: string;
  fieldKey: string;
  valueSealed: string;
}

export const SecretTable = new EntitySchema<SecretRow>({
  name: 'approval_secret',
  tableName: 'approval_secret',
  columns: {
    id: c.id(),
    instanceId: c.ref(),
    fieldKey: c.code(40),
    valueSealed: c.sealed(c.longText(), FORM_SECRET),
  },
  indices: [{ name: 'approval_secret_field', columns: ['instanceId', 'fieldKey'], unique: true }],
});

/** Last number given per prefix and year: QJ-2026 → 1183. */
export interface NumberRow {
  id: string;
  lastNumber: number;
}

export const NumberTable = new EntitySchema<NumberRow>({
  name: 'approval_number',
  tableName: 'approval_number',
  columns: { id: c.id(), lastNumber: c.integer() },
});

export const approvalsTables = [
  TemplateTable,
  InstanceTable,
  TaskTable,
  CopyTable,
  EventTable,
  SecretTable,
  NumberTable,
  DryRunTable,
  ...packageTables,
  ...designTables,
] as const;
