import { EntitySchema } from 'typeorm';
import * as c from '../../../platform/db/columns.ts';
import type { Group } from './dry-run.ts';

export type UnitActKind = 'merge' | 'dissolve';
/** `outdated`: the unit was over before anybody confirmed. */
export type UnitActState = 'waiting' | 'done' | 'withdrawn' | 'expired' | 'outdated';

/** A unit shall go into another one, or be dissolved: proposed by one person, confirmed by another (D3). */
export interface UnitActRow {
  id: string;
  kind: UnitActKind;
  unitId: string;
  successorId: string | null;
  /** Code and names as they were when it was proposed. */
  unitCode: string;
  unitName: string;
  successorName: string | null;
  topUnitCode: string;
  effectiveOn: string;
  reason: string;
  state: UnitActState;
  /** Of the dry run that is shown; a confirmation is for exactly this. */
  hash: string;
  /** Who moves. */
  people: number;
  groups: readonly Group[];
  /** The unit while it waits: one proposal a unit at a time. */
  openKey: string | null;
  createdAt: number;
  createdBy: string;
  /** When a confirmation found it changed and it was shown anew. */
  refreshedAt: number | null;
  expiresAt: number;
  endedAt: number | null;
  endedBy: string | null;
  version: number;
}

export const UnitActTable = new EntitySchema<UnitActRow>({
  name: 'unit_act',
  tableName: 'unit_act',
  columns: {
    id: c.id(),
    kind: c.code(16),
    unitId: c.ref(),
    successorId: c.nullable(c.ref()),
    unitCode: c.code(32),
    unitName: c.label(64),
    successorName: c.nullable(c.label(64)),
    topUnitCode: c.code(64),
    effectiveOn: c.day(),
    reason: c.label(400),
    state: c.code(16),
    hash: c.code(64),
    people: c.integer(),
    groups: c.json(),
    openKey: c.nullable(c.ref()),
    createdAt: c.instant(),
    createdBy: c.ref(),
    refreshedAt: c.nullable(c.instant()),
    expiresAt: c.instant(),
    endedAt: c.nullable(c.instant()),
    endedBy: c.nullable(c.code()),
    version: c.version(),
  },
  indices: [
    { name: 'unit_act_open', columns: ['openKey'], unique: true },
    { name: 'unit_act_state', columns: ['state', 'endedAt'] },
    { name: 'unit_act_unit', columns: ['unitId'] },
  ],
});

/** One line of its dry run: ids and posts, no names. */
export interface UnitActItemRow {
  id: string;
  actId: string;
  seq: number;
  kind: string;
  targetId: string;
  note: string;
}

export const UnitActItemTable = new EntitySchema<UnitActItemRow>({
  name: 'unit_act_item',
  tableName: 'unit_act_item',
  columns: {
    id: c.id(),
    actId: c.ref(),
    seq: c.integer(),
    kind: c.code(32),
    targetId: c.code(),
    note: c.label(255),
  },
  indices: [
    { name: 'unit_act_item_seq', columns: ['actId', 'seq'], unique: true },
    { name: 'unit_act_item_kind', columns: ['actId', 'kind', 'seq'] },
  ],
});

export const unitActTables = [UnitActTable, UnitActItemTable] as const;
