import { EntitySchema } from 'typeorm';
import * as c from '../../../platform/db/columns.ts';
import type { Trouble } from '../tables.ts';
import type { SourceSettings } from './contract.ts';

/** How a source is read, without where it is: that is sealed. */
export type FeedRules = Readonly<Record<string, unknown>>;

/** A source that was set up; its id is the `sourceKey` of its batches. What they left behind is in `hr_source`. */
export interface FeedRow {
  id: string;
  kind: SourceSettings['kind'];
  name: string;
  /** Lists, mapping, meaning of empty values. */
  rules: FeedRules;
  /** Connection and secret; null for a source that pushes. */
  connectionSealed: string | null;
  /** SHA-256 of the key of a source that pushes. */
  keyHash: string | null;
  hour: number | null;
  enabled: boolean;
  /** The latest scheduled moment that was seen to; at first, when it was set up. */
  seenToAt: number;
  createdAt: number;
  createdBy: string;
  changedAt: number;
  changedBy: string;
  version: number;
}

export const FeedTable = new EntitySchema<FeedRow>({
  name: 'hr_feed',
  tableName: 'hr_feed',
  columns: {
    id: c.id(),
    kind: c.code(8),
    name: c.label(),
    rules: c.json(),
    connectionSealed: c.nullable(c.sealed(c.longText(), 'hr.source')),
    keyHash: c.nullable(c.code(64)),
    hour: c.nullable(c.integer()),
    enabled: c.flag(),
    seenToAt: c.instant(),
    createdAt: c.instant(),
    createdBy: c.code(64),
    changedAt: c.instant(),
    changedBy: c.code(64),
    version: c.version(),
  },
  indices: [{ name: 'hr_feed_key', columns: ['keyHash'], unique: true }],
});

export type FetchState = 'waiting' | 'running' | 'done' | 'unchanged' | 'suspicious' | 'failed';

/** One attempt to get a statement of a source, and what became of it. */
export interface FetchRow {
  id: string;
  feedId: string;
  /** The feed's id while it waits or runs: one at a time, on any instance (D12). */
  activeFeedId: string | null;
  startedBy: 'hand' | 'schedule' | 'push';
  state: FetchState;
  tries: number;
  createdAt: number;
  createdBy: string;
  finishedAt: number | null;
  cutOffAt: number | null;
  /** Every page was read, the count agrees, and the source lists everybody (A1). */
  complete: boolean;
  unitRows: number;
  peopleRows: number;
  contentHash: string | null;
  batchId: string | null;
  /** Why it failed, or why the next run would be stopped. */
  trouble: Trouble | null;
  version: number;
}

export const FetchTable = new EntitySchema<FetchRow>({
  name: 'hr_fetch',
  tableName: 'hr_fetch',
  columns: {
    id: c.id(),
    feedId: c.ref(),
    activeFeedId: c.nullable(c.ref()),
    startedBy: c.code(8),
    state: c.code(16),
    tries: c.integer(),
    createdAt: c.instant(),
    createdBy: c.code(64),
    finishedAt: c.nullable(c.instant()),
    cutOffAt: c.nullable(c.instant()),
    complete: c.flag(),
    unitRows: c.integer(),
    peopleRows: c.integer(),
    contentHash: c.nullable(c.code(64)),
    batchId: c.nullable(c.ref()),
    trouble: c.nullable(c.json()),
    version: c.version(),
  },
  indices: [
    { name: 'hr_fetch_active', columns: ['activeFeedId'], unique: true },
    { name: 'hr_fetch_feed', columns: ['feedId', 'id'] },
    { name: 'hr_fetch_batch', columns: ['batchId'] },
  ],
});

/** A statement that is being pushed: idempotent by the caller's id. */
export interface PushRow {
  id: string;
  feedId: string;
  callerBatchId: string;
  state: 'open' | 'finished' | 'taken' | 'failed';
  partCount: number;
  unitRows: number;
  peopleRows: number;
  complete: boolean;
  cutOffAt: number | null;
  finishHash: string | null;
  fetchId: string | null;
  createdAt: number;
  finishedAt: number | null;
  version: number;
}

export const PushTable = new EntitySchema<PushRow>({
  name: 'hr_push',
  tableName: 'hr_push',
  columns: {
    id: c.id(),
    feedId: c.ref(),
    callerBatchId: c.code(64),
    state: c.code(16),
    partCount: c.integer(),
    unitRows: c.integer(),
    peopleRows: c.integer(),
    complete: c.flag(),
    cutOffAt: c.nullable(c.instant()),
    finishHash: c.nullable(c.code(64)),
    fetchId: c.nullable(c.ref()),
    createdAt: c.instant(),
    finishedAt: c.nullable(c.instant()),
    version: c.version(),
  },
  indices: [
    { name: 'hr_push_caller', columns: ['feedId', 'callerBatchId'], unique: true },
    { name: 'hr_push_state', columns: ['state', 'createdAt'] },
  ],
});

/** A part of it, sealed until the statement is taken; its hash stays, so that a repeat is still known. */
export interface PushPartRow {
  id: string;
  pushId: string;
  partNumber: number;
  contentHash: string;
  rowsSealed: string | null;
}

export const PushPartTable = new EntitySchema<PushPartRow>({
  name: 'hr_push_part',
  tableName: 'hr_push_part',
  columns: {
    id: c.id(),
    pushId: c.ref(),
    partNumber: c.integer(),
    contentHash: c.code(64),
    rowsSealed: c.nullable(c.sealed(c.longText(), 'hr.push')),
  },
  indices: [{ name: 'hr_push_part_number', columns: ['pushId', 'partNumber'], unique: true }],
});

export const hrSourceTables = [FeedTable, FetchTable, PushTable, PushPartTable] as const;
