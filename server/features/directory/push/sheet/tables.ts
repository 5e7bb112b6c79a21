import { EntitySchema } from 'typeorm';
import * as c from '../../../../platform/db/columns.ts';

/**
 * `gathering` newcomers are still being made here · `collecting` who goes into the next sheet · `starting` 企业微信 is
 * asked to begin; whether it did is not known · `running` it has told the job's id · `closing` those who are left go to
 * the single calls · `done`.
 */
export type SheetState = 'gathering' | 'collecting' | 'starting' | 'running' | 'closing' | 'done';

/** An intake that goes to 企业微信 by sheets, one sheet after the other. Its id is the claim on its members (D12). */
export interface SheetRunRow {
  id: string;
  /** 1 while it is open: 企业微信 runs one import at a time (302008), so one intake at a time. */
  openSlot: number | null;
  state: SheetState;
  /** The push of everybody that waits for it; null: the intake of a personnel run. */
  run: string | null;
  /** 1, 2, 3 … */
  sheet: number;
  /** 企业微信's id of the import that runs. */
  jobId: string | null;
  /** How often the present sheet could not be started, and since when. */
  tries: number;
  triesSinceAt: number | null;
  /** How often its result was asked for. */
  looks: number;
  startedAt: number | null;
  /** Nothing is to be done before. */
  nextAt: number;
  /** 企业微信's errcode that ended it; the members went the single way. */
  errorCode: number | null;
  openedAt: number;
  closedAt: number | null;
  version: number;
}

export const SheetRunTable = new EntitySchema<SheetRunRow>({
  name: 'wecom_sheet_run',
  tableName: 'wecom_sheet_run',
  columns: {
    id: c.id(),
    openSlot: c.nullable(c.integer()),
    state: c.code(16),
    run: c.nullable(c.code(64)),
    sheet: c.integer(),
    jobId: c.nullable(c.code(64)),
    tries: c.integer(),
    triesSinceAt: c.nullable(c.instant()),
    looks: c.integer(),
    startedAt: c.nullable(c.instant()),
    nextAt: c.instant(),
    errorCode: c.nullable(c.integer()),
    openedAt: c.instant(),
    closedAt: c.nullable(c.instant()),
    version: c.version(),
  },
  indices: [
    { name: 'wecom_sheet_run_open', columns: ['openSlot'], unique: true },
    { name: 'wecom_sheet_run_of', columns: ['run'] },
  ],
});

/** Somebody in a sheet, until the intake is closed. */
export interface SheetMemberRow {
  id: string;
  sheetRunId: string;
  personId: string;
  sheet: number;
  /** As the sheet has it. */
  userid: string;
  /** What the mirror says once 企业微信 took the row; personal values as fingerprints (H6). */
  written: Record<string, unknown>;
}

export const SheetMemberTable = new EntitySchema<SheetMemberRow>({
  name: 'wecom_sheet_member',
  tableName: 'wecom_sheet_member',
  columns: {
    id: c.id(),
    sheetRunId: c.ref(),
    personId: c.ref(),
    sheet: c.integer(),
    userid: c.code(64),
    written: c.json(),
  },
  indices: [{ name: 'wecom_sheet_member_once', columns: ['sheetRunId', 'personId'], unique: true }],
});

export const sheetTables = [SheetRunTable, SheetMemberTable] as const;
