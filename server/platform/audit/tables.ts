import { EntitySchema } from 'typeorm';
import * as c from '../db/columns.ts';

export interface AuditEntryRow {
  id: string;
  at: number;
  actorKind: 'person' | 'system';
  actorId: string;
  /** Roles held at the moment of the act, comma separated. */
  actorRoles: string;
  /** h5, card, chat, console, cli or system. */
  via: string;
  action: string;
  targetType: string;
  targetId: string;
  /** Ids, states and masked values: what is somebody's own (names, reasons …) is in the personal part (H9). */
  before: unknown;
  after: unknown;
  result: string;
  requestId: string | null;
  address: string | null;
  /** Place in the chain; null until the sealer comes by. */
  seq: number | null;
  prevHash: string | null;
  hash: string | null;
  /**
   * What the hash covers: 1 as ever; 2 also the digest of the personal part; 3 the digest of the content, so that a
   * link of the chain can be shown without what it links, and the address only as a salted digest.
   */
  format: number;
  /** Of format 3: what the address is salted with, 32 hex digits; null without an address. */
  salt: string | null;
  /** Of the row of `audit_personal` with this entry's id; null when there is none. */
  personalDigest: string | null;
}

export const AuditEntryTable = new EntitySchema<AuditEntryRow>({
  name: 'audit_entry',
  tableName: 'audit_entry',
  columns: {
    id: c.id(),
    at: c.instant(),
    actorKind: c.code(16),
    actorId: c.code(64),
    actorRoles: c.code(191),
    via: c.code(16),
    action: c.code(64),
    targetType: c.code(32),
    targetId: c.code(64),
    before: c.nullable(c.json()),
    after: c.nullable(c.json()),
    result: c.code(64),
    requestId: c.nullable(c.code(64)),
    address: c.nullable(c.code(64)),
    seq: c.nullable(c.counter()),
    prevHash: c.nullable(c.code(64)),
    hash: c.nullable(c.code(64)),
    format: c.withDefault(c.integer(), 1),
    salt: c.nullable(c.code(32)),
    personalDigest: c.nullable(c.code(64)),
  },
  indices: [
    { name: 'audit_entry_at', columns: ['at', 'id'] },
    { name: 'audit_entry_seq', columns: ['seq'], unique: true },
    { name: 'audit_entry_target', columns: ['targetType', 'targetId', 'at'] },
    { name: 'audit_entry_actor', columns: ['actorId', 'at'] },
  ],
});

/**
 * H9: what is somebody's own in an entry, sealed with that person's key. It outlives the key: the chain holds its
 * digest, so verifying needs no key and goes on when the key is destroyed.
 */
export interface AuditPersonalRow {
  /** The entry's id. */
  id: string;
  personId: string;
  keyId: string;
  sealed: string;
}

export const AuditPersonalTable = new EntitySchema<AuditPersonalRow>({
  name: 'audit_personal',
  tableName: 'audit_personal',
  columns: { id: c.id(), personId: c.ref(), keyId: c.ref(), sealed: c.longText() },
  indices: [{ name: 'audit_personal_key', columns: ['keyId'] }],
});

/** What the vault seals `audit_person_key.keySealed` for; a rotation seals it anew like any other column. */
export const PERSON_KEY_PURPOSE = 'audit.personKey';

/** A person's key. At most one lives; the row of a destroyed one stays as proof that there was one. */
export interface AuditPersonKeyRow {
  id: string;
  personId: string;
  /** The person while the key lives, then null: two writers cannot make two living keys. */
  livingFor: string | null;
  /** Sealed by the vault, purpose `audit.personKey`; null: destroyed. */
  keySealed: string | null;
  createdAt: number;
  destroyedAt: number | null;
}

export const AuditPersonKeyTable = new EntitySchema<AuditPersonKeyRow>({
  name: 'audit_person_key',
  tableName: 'audit_person_key',
  columns: {
    id: c.id(),
    personId: c.ref(),
    livingFor: c.nullable(c.ref()),
    keySealed: c.nullable(c.sealed(c.code(255), PERSON_KEY_PURPOSE)),
    createdAt: c.instant(),
    destroyedAt: c.nullable(c.instant()),
  },
  indices: [
    { name: 'audit_person_key_living', columns: ['livingFor'], unique: true },
    { name: 'audit_person_key_person', columns: ['personId'] },
  ],
});

/** One row: the end of the chain. Its version makes two sealers impossible. */
export interface AuditHeadRow {
  id: string;
  seq: number;
  hash: string;
  version: number;
}

export const AuditHeadTable = new EntitySchema<AuditHeadRow>({
  name: 'audit_head',
  tableName: 'audit_head',
  columns: { id: c.id(), seq: c.counter(), hash: c.code(64), version: c.version() },
});

export const auditTables = [
  AuditEntryTable,
  AuditHeadTable,
  AuditPersonalTable,
  AuditPersonKeyTable,
] as const;
