import type { Dialect } from '../../platform/db/dialect.ts';
import { dateOf } from '../../kernel/dates.ts';
import type { Reads } from '../../platform/db/unit-of-work.ts';

/** How a value of a person (`p`) or a unit (`u`) is asked for in SQL; what a filter of SCIM is translated to. */
export type SqlColumn =
  /** `exact` by bytes; `stored`: kept in lower case; `lower`: lowered when asked. Null and '' are no value. */
  | { readonly kind: 'text'; readonly sql: string; readonly fold: 'exact' | 'stored' | 'lower' }
  /** Epoch ms. */
  | { readonly kind: 'instant'; readonly sql: string }
  /** A condition that is true or false of every row. */
  | { readonly kind: 'flag'; readonly sql: string }
  /** The same values for every row. */
  | { readonly kind: 'fixed'; readonly values: readonly (string | boolean)[] }
  /** Several values of the row itself, kept only `when` a condition holds. */
  | { readonly kind: 'inside'; readonly when: string; readonly columns: SqlColumns }
  /** Values that rows elsewhere hold. */
  | {
      readonly kind: 'among';
      /** Of those rows, what they are joined by. */
      readonly by: string;
      /** Of this row, what they are joined to. */
      readonly to: string;
      readonly rows: SqlRows;
      /** `few`: mostly few rows fit. `inOrder`: an index has the rows in the order of the people they tell of. */
      readonly hint?: 'few' | 'inOrder';
      readonly columns: SqlColumns;
    };

/** Tables and which of their rows count. */
export interface SqlRows {
  readonly from: string;
  readonly where: string;
  readonly params: readonly unknown[];
}

export type SqlColumns = Readonly<Record<string, SqlColumn>>;

const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const UNIT = 'urn:wecom-steward:params:scim:schemas:extension:unit:2.0:Group';

/** Label columns compare without case and accents on MySQL: a collation by bytes makes all databases agree. */
const label = (sql: string, dialect: Dialect): SqlColumn => ({
  kind: 'text',
  sql: dialect === 'mysql' ? `(${sql} collate utf8mb4_bin)` : sql,
  fold: 'lower',
});
const exact = (sql: string): SqlColumn => ({ kind: 'text', sql, fold: 'exact' });
const fixed = (...values: (string | boolean)[]): SqlColumn => ({ kind: 'fixed', values });
const heldToday = (alias: string) =>
  `${alias}.sinceOn <= ? and (${alias}.untilOn is null or ${alias}.untilOn > ?)`;

/** By canonical attribute; several values and parts of complex ones lie below the attribute's name. */
export function personColumns({ now, dialect }: Reads): SqlColumns {
  const today = dateOf(now);
  const posts = { kind: 'among', to: 'p.id' } as const;
  const mainPosts = {
    ...posts,
    by: 'm.personId',
    rows: {
      from: 'assignment m',
      where: `m.kind = 'main' and ${heldToday('m')}`,
      params: [today, today],
    },
  } as const;
  return {
    schemas: fixed('urn:ietf:params:scim:schemas:core:2.0:User', ENTERPRISE),
    id: exact('p.id'),
    'meta.resourceType': fixed('User'),
    'meta.created': { kind: 'instant', sql: 'p.createdAt' },
    'meta.lastModified': { kind: 'instant', sql: 'p.updatedAt' },
    userName: { kind: 'text', sql: 'p.useridKey', fold: 'stored' },
    'name.formatted': label('p.name', dialect),
    displayName: label('p.name', dialect),
    title: { ...mainPosts, hint: 'inOrder', columns: { '': label('m.title', dialect) } },
    userType: { kind: 'text', sql: 'p.category', fold: 'stored' },
    active: { kind: 'flag', sql: "p.state = 'active'" },
    emails: {
      kind: 'inside',
      when: 'p.emailKey is not null',
      columns: {
        value: { kind: 'text', sql: 'p.emailKey', fold: 'stored' },
        type: fixed('work'),
        primary: fixed(true),
      },
    },
    groups: {
      ...posts,
      by: 'g.personId',
      rows: {
        from: 'assignment g join unit gu on gu.id = g.unitId',
        where: heldToday('g'),
        params: [today, today],
      },
      columns: {
        value: exact('g.unitId'),
        display: unitName('g.unitId', dialect),
        type: fixed('direct'),
      },
    },
    [`${ENTERPRISE}:employeeNumber`]: exact('p.staffNo'),
    [`${ENTERPRISE}:department`]: { ...mainPosts, columns: { '': unitName('m.unitId', dialect) } },
    [`${ENTERPRISE}:manager.value`]: exact('p.managerId'),
    [`${ENTERPRISE}:manager.displayName`]: otherName('person', 'p.managerId', dialect),
  };
}

const unitName = (to: string, dialect: Dialect): SqlColumn => ({
  kind: 'among',
  by: 'held.id',
  to,
  rows: { from: 'unit held', where: '1 = 1', params: [] },
  hint: 'few',
  columns: { '': label('held.name', dialect) },
});

/** The name of another row of its kind; null for none would make a condition neither true nor false. */
const otherName = (table: 'person' | 'unit', ref: string, dialect: Dialect): SqlColumn => ({
  kind: 'among',
  by: 'other.id',
  to: `coalesce(${ref}, '')`,
  rows: { from: `${table} other`, where: '1 = 1', params: [] },
  columns: { '': label('other.name', dialect) },
});

export function unitColumns({ now, dialect }: Reads): SqlColumns {
  const today = dateOf(now);
  return {
    schemas: fixed('urn:ietf:params:scim:schemas:core:2.0:Group', UNIT),
    id: exact('u.id'),
    'meta.resourceType': fixed('Group'),
    displayName: label('u.name', dialect),
    members: {
      kind: 'among',
      by: 'g.unitId',
      to: 'u.id',
      rows: {
        from: 'assignment g join person mp on mp.id = g.personId',
        where: `mp.state <> 'left' and ${heldToday('g')}`,
        params: [today, today],
      },
      columns: { value: exact('g.personId'), display: label('mp.name', dialect), type: fixed('User') },
    },
    [`${UNIT}:code`]: exact('u.code'),
    [`${UNIT}:parent.value`]: exact('u.parentId'),
    [`${UNIT}:parent.display`]: otherName('unit', 'u.parentId', dialect),
  };
}
