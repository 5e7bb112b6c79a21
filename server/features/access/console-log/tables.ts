import { EntitySchema } from 'typeorm';
import * as c from '../../../platform/db/columns.ts';
import type { FindingKind } from './judge.ts';

/** Something in the administrators' log that our list of administrators does not explain. Settled by a person. */
export interface ConsoleFindingRow {
  id: string;
  kind: FindingKind;
  /** As 企业微信 writes it. */
  userid: string;
  personId: string | null;
  firstAt: number;
  lastAt: number;
  times: number;
  /** Of `rightsChanged`: detail_type (page 100179) and 企业微信's own words. */
  detailType: number | null;
  info: string;
  /** Gathers the acts of one operator until somebody has settled them; null afterwards and for single acts. */
  openKey: string | null;
  settledAt: number | null;
  settledBy: string | null;
  note: string;
}

export const ConsoleFindingTable = new EntitySchema<ConsoleFindingRow>({
  name: 'console_finding',
  tableName: 'console_finding',
  columns: {
    id: c.id(),
    kind: c.code(16),
    userid: c.code(64),
    personId: c.nullable(c.ref()),
    firstAt: c.instant(),
    lastAt: c.instant(),
    times: c.integer(),
    detailType: c.nullable(c.integer()),
    info: c.longText(),
    openKey: c.nullable(c.code(80)),
    settledAt: c.nullable(c.instant()),
    settledBy: c.nullable(c.ref()),
    note: c.label(400),
  },
  indices: [
    { name: 'console_finding_open', columns: ['openKey'], unique: true },
    { name: 'console_finding_settled', columns: ['settledAt'] },
  ],
});

/** How far the log has been read; one row. */
export interface ConsoleLogMarkRow {
  id: string;
  /** First instant that has not been read. */
  readUntil: number;
  checkedAt: number;
  /** errcode with which 企业微信 does not let us read it. */
  refused: number | null;
}

export const ConsoleLogMarkTable = new EntitySchema<ConsoleLogMarkRow>({
  name: 'console_log_mark',
  tableName: 'console_log_mark',
  columns: {
    id: c.id(),
    readUntil: c.instant(),
    checkedAt: c.instant(),
    refused: c.nullable(c.integer()),
  },
});
