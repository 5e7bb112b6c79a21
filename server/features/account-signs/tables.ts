import { EntitySchema } from 'typeorm';
import * as c from '../../platform/db/columns.ts';
import type { Sign } from './assess.ts';
import type { CheckState, Outcome, SignKind, SignSource } from './contract.ts';
import type { EventKind } from './engine.ts';

/** A kind of device somebody signed in with: a print salted with the person, from which nothing can be read. */
export interface DeviceRow {
  id: string;
  personId: string;
  devicePrint: string;
  keyMark: string;
  /** Beginnings of days. */
  firstAt: number;
  lastAt: number;
}

export const DeviceTable = new EntitySchema<DeviceRow>({
  name: 'account_device',
  tableName: 'account_device',
  columns: {
    id: c.id(),
    personId: c.ref(),
    devicePrint: c.code(64),
    keyMark: c.code(16),
    firstAt: c.instant(),
    lastAt: c.instant(),
  },
  indices: [
    { name: 'account_device_once', columns: ['personId', 'devicePrint'], unique: true },
    { name: 'account_device_time', columns: ['lastAt'] },
  ],
});

/** One a day of each kind and source. */
export interface SignRow {
  id: string;
  personId: string;
  kind: SignKind;
  source: SignSource;
  seenAt: number;
}

export const SignTable = new EntitySchema<SignRow>({
  name: 'account_sign',
  tableName: 'account_sign',
  columns: {
    id: c.id(),
    personId: c.ref(),
    kind: c.code(16),
    source: c.code(16),
    seenAt: c.instant(),
  },
  indices: [
    { name: 'account_sign_once', columns: ['personId', 'kind', 'source', 'seenAt'], unique: true },
    { name: 'account_sign_time', columns: ['seenAt'] },
  ],
});

export interface CheckRow {
  id: string;
  personId: string;
  state: CheckState;
  round: number;
  /** The person's id while it is not ended: one at a time. */
  openKey: string | null;
  /** What it was raised by. */
  signs: Sign[];
  raisedAt: number;
  endedAt: number | null;
  outcome: Outcome | null;
  version: number;
}

export const CheckTable = new EntitySchema<CheckRow>({
  name: 'account_check',
  tableName: 'account_check',
  columns: {
    id: c.id(),
    personId: c.ref(),
    state: c.code(16),
    round: c.integer(),
    openKey: c.nullable(c.ref()),
    signs: c.json(),
    raisedAt: c.instant(),
    endedAt: c.nullable(c.instant()),
    outcome: c.nullable(c.code(16)),
    version: c.version(),
  },
  indices: [
    { name: 'account_check_one_open', columns: ['openKey'], unique: true },
    { name: 'account_check_state', columns: ['state', 'id'] },
    { name: 'account_check_person', columns: ['personId', 'endedAt'] },
    { name: 'account_check_ended', columns: ['endedAt'] },
  ],
});

/** What the vault seals what people wrote for. */
export const WORDS = 'account_check.words';

/** What happened to a check. Never changed. */
export interface CheckEventRow {
  id: string;
  checkId: string;
  kind: EventKind;
  happenedAt: number;
  /** Null: a mechanism. */
  byPersonId: string | null;
  byName: string;
  wordsSealed: string | null;
}

export const CheckEventTable = new EntitySchema<CheckEventRow>({
  name: 'account_check_event',
  tableName: 'account_check_event',
  columns: {
    id: c.id(),
    checkId: c.ref(),
    kind: c.code(16),
    happenedAt: c.instant(),
    byPersonId: c.nullable(c.ref()),
    byName: c.label(64),
    wordsSealed: c.nullable(c.sealed(c.longText(), WORDS)),
  },
  indices: [{ name: 'account_check_event_of', columns: ['checkId', 'id'] }],
});

/** How far 企业微信's log of members' acts was read. */
export interface SignLogRow {
  id: string;
  readUntil: number | null;
  /** The errcode with which it was refused last. */
  refused: number | null;
  version: number;
}

export const SignLogTable = new EntitySchema<SignLogRow>({
  name: 'account_sign_log',
  tableName: 'account_sign_log',
  columns: {
    id: c.id(),
    readUntil: c.nullable(c.instant()),
    refused: c.nullable(c.integer()),
    version: c.version(),
  },
});

export const accountSignsTables = [
  DeviceTable,
  SignTable,
  CheckTable,
  CheckEventTable,
  SignLogTable,
] as const;
