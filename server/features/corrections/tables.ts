import { EntitySchema } from 'typeorm';
import * as c from '../../platform/db/columns.ts';
import type { Field, Owner, State } from './contract.ts';
import type { EventKind } from './engine.ts';
import { PhotoEventTable, PhotoTable } from './photos/tables.ts';

/** Somebody says that their record is wrong in one field. */
export interface CorrectionRow {
  id: string;
  personId: string;
  field: Field;
  /** Who has to answer now. */
  owner: Owner;
  state: State;
  /** `<person>:<field>` while it is open: one at a time. */
  openKey: string | null;
  /** What it should be and why; sealed, and erased some time after the end. */
  wantedSealed: string | null;
  reasonSealed: string | null;
  raisedAt: number;
  sentOnAt: number | null;
  endedAt: number | null;
  endedBy: string | null;
  /** Where it was corrected, or why not. */
  answer: string | null;
  version: number;
}

/** What the vault seals the two for. */
export const WANTED = 'correction.wanted';
export const REASON = 'correction.reason';

export const CorrectionTable = new EntitySchema<CorrectionRow>({
  name: 'correction',
  tableName: 'correction',
  columns: {
    id: c.id(),
    personId: c.ref(),
    field: c.code(32),
    owner: c.code(16),
    state: c.code(16),
    openKey: c.nullable(c.code(80)),
    wantedSealed: c.nullable(c.sealed(c.longText(), WANTED)),
    reasonSealed: c.nullable(c.sealed(c.longText(), REASON)),
    raisedAt: c.instant(),
    sentOnAt: c.nullable(c.instant()),
    endedAt: c.nullable(c.instant()),
    endedBy: c.nullable(c.ref()),
    answer: c.nullable(c.label(300)),
    version: c.version(),
  },
  indices: [
    { name: 'correction_one_open', columns: ['openKey'], unique: true },
    { name: 'correction_person', columns: ['personId', 'id'] },
    { name: 'correction_owner', columns: ['owner', 'state', 'id'] },
    { name: 'correction_ended', columns: ['endedAt'] },
  ],
});

/** What happened to a correction. Never changed; holds no value. */
export interface CorrectionEventRow {
  id: string;
  correctionId: string;
  kind: EventKind;
  happenedAt: number;
  byPersonId: string;
  byName: string;
  /** Whose it was from then on. */
  owner: Owner;
  /** Where, why, or what for. */
  note: string | null;
}

export const CorrectionEventTable = new EntitySchema<CorrectionEventRow>({
  name: 'correction_event',
  tableName: 'correction_event',
  columns: {
    id: c.id(),
    correctionId: c.ref(),
    kind: c.code(16),
    happenedAt: c.instant(),
    byPersonId: c.ref(),
    byName: c.label(64),
    owner: c.code(16),
    note: c.nullable(c.label(300)),
  },
  indices: [{ name: 'correction_event_of', columns: ['correctionId', 'id'] }],
});

export const correctionsTables = [
  CorrectionTable,
  CorrectionEventTable,
  PhotoTable,
  PhotoEventTable,
] as const;
