import { EntitySchema } from 'typeorm';
import * as c from '../../platform/db/columns.ts';
import type { ChainFault } from '../../platform/audit/index.ts';

/** One walk through the whole record and what it found. */
export interface VerificationRow {
  id: string;
  startedAt: number;
  finishedAt: number;
  sealed: number;
  /** Heads outside the database. */
  anchors: number;
  destroyed: number;
  faultCount: number;
  /** The first ones. */
  faults: ChainFault[];
}

export const VerificationTable = new EntitySchema<VerificationRow>({
  name: 'audit_verification',
  tableName: 'audit_verification',
  columns: {
    id: c.id(),
    startedAt: c.instant(),
    finishedAt: c.instant(),
    sealed: c.counter(),
    anchors: c.integer(),
    destroyed: c.counter(),
    faultCount: c.integer(),
    faults: c.json(),
  },
  indices: [{ name: 'audit_verification_finished', columns: ['finishedAt'] }],
});

/** Somebody's key is proposed to go; at most one proposal a person. The record tells of what became of it. */
export interface ForgettingRow {
  /** The person's. */
  id: string;
  proposedAt: number;
  proposedBy: string;
  version: number;
}

export const ForgettingTable = new EntitySchema<ForgettingRow>({
  name: 'audit_forgetting',
  tableName: 'audit_forgetting',
  columns: {
    id: c.id(),
    proposedAt: c.instant(),
    proposedBy: c.ref(),
    version: c.version(),
  },
});

export const adminTables = [VerificationTable, ForgettingTable] as const;
