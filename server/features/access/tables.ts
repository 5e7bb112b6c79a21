import { EntitySchema } from 'typeorm';
import * as c from '../../platform/db/columns.ts';
import type { Category } from './category.ts';
import { ConsoleFindingTable, ConsoleLogMarkTable } from './console-log/tables.ts';
import type { Duty } from './held-rights.ts';

/** A role given to a person for one unit, or for the whole institution (`scopeUnitId` null). Never deleted. */
export interface RoleGrantRow {
  id: string;
  personId: string;
  role: string;
  scopeUnitId: string | null;
  /** A person's id or the name of a mechanism. */
  grantedBy: string;
  sinceAt: number;
  untilAt: number | null;
  revokedBy: string | null;
}

export const RoleGrantTable = new EntitySchema<RoleGrantRow>({
  name: 'role_grant',
  tableName: 'role_grant',
  columns: {
    id: c.id(),
    personId: c.ref(),
    role: c.code(),
    scopeUnitId: c.nullable(c.ref()),
    grantedBy: c.code(),
    sinceAt: c.instant(),
    untilAt: c.nullable(c.instant()),
    revokedBy: c.nullable(c.code()),
  },
  indices: [
    { name: 'role_grant_person', columns: ['personId'] },
    { name: 'role_grant_role', columns: ['role', 'scopeUnitId'] },
  ],
});

/**
 * A part of the institution given to a person to administer (S2-9d): unit subtree ∩ modules ∩ categories, until a
 * day. Never deleted.
 */
export interface DelegationRow {
  id: string;
  personId: string;
  unitId: string;
  duty: Duty;
  modules: string[];
  categories: Category[];
  /** What it is for, in words. */
  note: string;
  /** The creator or super administrator who gave it, or last changed it. */
  grantedBy: string;
  sinceAt: number;
  /** First instant it no longer holds. */
  untilAt: number;
  endedAt: number | null;
  /** A person's id or the name of a mechanism. */
  endedBy: string | null;
  endReason: EndReason | null;
  /** When the person and the granter were told that it ends soon. */
  warnedAt: number | null;
  version: number;
}

/** Taken back, its day passed, the person left, or its unit is over. */
export type EndReason = 'revoked' | 'expired' | 'left' | 'unit';

export const DelegationTable = new EntitySchema<DelegationRow>({
  name: 'delegation',
  tableName: 'delegation',
  columns: {
    id: c.id(),
    personId: c.ref(),
    unitId: c.ref(),
    duty: c.code(16),
    modules: c.json(),
    categories: c.json(),
    note: c.label(),
    grantedBy: c.ref(),
    sinceAt: c.instant(),
    untilAt: c.instant(),
    endedAt: c.nullable(c.instant()),
    endedBy: c.nullable(c.code()),
    endReason: c.nullable(c.code(16)),
    warnedAt: c.nullable(c.instant()),
    version: c.version(),
  },
  indices: [
    { name: 'delegation_person', columns: ['personId'] },
    { name: 'delegation_end', columns: ['endedAt', 'untilAt'] },
  ],
});

/** One row per person whose sessions were ever revoked; without a row the epoch is 0. */
export interface PersonSessionRow {
  /** The person's id. */
  id: string;
  epoch: number;
  raisedAt: number;
}

export const PersonSessionTable = new EntitySchema<PersonSessionRow>({
  name: 'person_session',
  tableName: 'person_session',
  columns: { id: c.id(), epoch: c.integer(), raisedAt: c.instant() },
});

export const accessTables = [
  RoleGrantTable,
  DelegationTable,
  PersonSessionTable,
  ConsoleFindingTable,
  ConsoleLogMarkTable,
] as const;
