import { EntitySchema } from 'typeorm';
import * as c from '../../platform/db/columns.ts';

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
  indices: [{ name: 'role_grant_person', columns: ['personId'] }],
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

export const accessTables = [RoleGrantTable, PersonSessionTable] as const;
