import { EntitySchema } from 'typeorm';
import * as c from '../../../platform/db/columns.ts';

/** An identity system that pushes. Its code stands in the actor's name: `scim:<code>`. */
export interface ScimSourceRow {
  /** Chosen by us, `[a-z0-9-]`. */
  id: string;
  name: string;
  createdAt: number;
  createdBy: string;
  /** Somebody has looked at what it pushed and lets it take something from people from now on (rule A7). */
  acceptedAt: number | null;
  acceptedBy: string | null;
}

export const ScimSourceTable = new EntitySchema<ScimSourceRow>({
  name: 'scim_source',
  tableName: 'scim_source',
  columns: {
    id: c.id(),
    name: c.label(64),
    createdAt: c.instant(),
    createdBy: c.code(64),
    acceptedAt: c.nullable(c.instant()),
    acceptedBy: c.nullable(c.code(64)),
  },
});

/** A bearer key, known by its hash only. Two may be valid at once, so that one can be replaced without a gap. */
export interface ScimKeyRow {
  id: string;
  source: string;
  /** SHA-256 of the key, hex: 256 random bits need no salt and no slow hash. */
  keyHash: string;
  /** Its last four characters, to be told apart on a screen. */
  hint: string;
  createdAt: number;
  createdBy: string;
  expiresAt: number | null;
  revokedAt: number | null;
  /** To the hour. */
  lastUsedAt: number | null;
}

export const ScimKeyTable = new EntitySchema<ScimKeyRow>({
  name: 'scim_key',
  tableName: 'scim_key',
  columns: {
    id: c.id(),
    source: c.ref(),
    keyHash: c.code(64),
    hint: c.code(8),
    createdAt: c.instant(),
    createdBy: c.code(64),
    expiresAt: c.nullable(c.instant()),
    revokedAt: c.nullable(c.instant()),
    lastUsedAt: c.nullable(c.instant()),
  },
  indices: [
    { name: 'scim_key_hash', columns: ['keyHash'], unique: true },
    { name: 'scim_key_source', columns: ['source'] },
  ],
});

export type LinkKind = 'user' | 'group';

/** `externalId`: what the identity system calls a person or a unit. Never a key of ours (rule B1). */
export interface ScimLinkRow {
  id: string;
  source: string;
  kind: LinkKind;
  targetId: string;
  externalId: string;
}

export const ScimLinkTable = new EntitySchema<ScimLinkRow>({
  name: 'scim_link',
  tableName: 'scim_link',
  columns: { id: c.id(), source: c.ref(), kind: c.code(8), targetId: c.ref(), externalId: c.code(191) },
  indices: [
    { name: 'scim_link_external', columns: ['source', 'kind', 'externalId'], unique: true },
    { name: 'scim_link_target', columns: ['source', 'kind', 'targetId'], unique: true },
  ],
});

/** `refused`: what was not let happen, kept because HR is told of it. */
export type ScimActKind = 'suspend' | 'end' | 'dissolve' | 'refused';

/** What took something from somebody, and when: the limits count it (rule D2). One for each of them a day. */
export interface ScimActRow {
  id: string;
  source: string;
  kind: ScimActKind;
  targetId: string;
  topUnitCode: string;
  doneAt: number;
}

export const ScimActTable = new EntitySchema<ScimActRow>({
  name: 'scim_act',
  tableName: 'scim_act',
  columns: {
    id: c.id(),
    source: c.ref(),
    kind: c.code(16),
    targetId: c.ref(),
    topUnitCode: c.code(64),
    doneAt: c.instant(),
  },
  indices: [{ name: 'scim_act_done', columns: ['doneAt'] }],
});

export const scimTables = [ScimSourceTable, ScimKeyTable, ScimLinkTable, ScimActTable] as const;
