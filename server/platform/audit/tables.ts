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
  /** Masked: never a secret, an ID number or a mobile. */
  before: unknown;
  after: unknown;
  result: string;
  requestId: string | null;
  address: string | null;
  /** Place in the chain; null until the sealer comes by. */
  seq: number | null;
  prevHash: string | null;
  hash: string | null;
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
  },
  indices: [
    { name: 'audit_entry_seq', columns: ['seq'], unique: true },
    { name: 'audit_entry_target', columns: ['targetType', 'targetId', 'at'] },
    { name: 'audit_entry_actor', columns: ['actorId', 'at'] },
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
