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
  /** Values that some other row holds: `open`, a condition on `columns`, `close`: true when one does. */
  | {
      readonly kind: 'among';
      readonly open: string;
      readonly close: string;
      readonly params: readonly unknown[];
      readonly columns: SqlColumns;
    };

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
  const mainPost = `(p.id in (select m.personId from assignment m where m.kind = 'main' and ${heldToday('m')} and `;
  return {
    schemas: fixed('urn:ietf:params:scim:schemas:core:2.0:User', ENTERPRISE),
    id: exact('p.id'),
    'meta.resourceType': fixed('User'),
    'meta.created': { kind: 'instant', sql: 'p.createdAt' },
    'meta.lastModified': { kind: 'instant', sql: 'p.updatedAt' },
    userName: { kind: 'text', sql: 'p.useridKey', fold: 'stored' },
    'name.formatted': label('p.name', dialect),
    displayName: label('p.name', dialect),
    title: {
      kind: 'among',
      open: `${mainPost}(`,
      close: ')))',
      params: [today, today],
      columns: { '': label('m.title', dialect) },
    },
    userType: { kind: 'text', sql: 'p.category', fold: 'stored' },
    active: { kind: 'flag', sql: "p.state = 'active'" },
    emails: {
      kind: 'among',
      open: '(p.email is not null and ((',
      close: ')))',
      params: [],
      columns: {
        value: { kind: 'text', sql: 'p.email', fold: 'lower' },
        type: fixed('work'),
        primary: fixed(true),
      },
    },
    groups: {
      kind: 'among',
      open: `(p.id in (select g.personId from assignment g join unit gu on gu.id = g.unitId
        where ${heldToday('g')} and (`,
      close: ')))',
      params: [today, today],
      columns: { value: exact('g.unitId'), display: label('gu.name', dialect), type: fixed('direct') },
    },
    [`${ENTERPRISE}:employeeNumber`]: exact('p.staffNo'),
    [`${ENTERPRISE}:department`]: {
      kind: 'among',
      open: `${mainPost} m.unitId in (select mu.id from unit mu where (`,
      close: '))))',
      params: [today, today],
      columns: { '': label('mu.name', dialect) },
    },
    [`${ENTERPRISE}:manager.value`]: exact('p.managerId'),
    [`${ENTERPRISE}:manager.displayName`]: {
      kind: 'among',
      open: "(coalesce(p.managerId, '') in (select b.id from person b where (",
      close: ')))',
      params: [],
      columns: { '': label('b.name', dialect) },
    },
  };
}

export function unitColumns({ now, dialect }: Reads): SqlColumns {
  const today = dateOf(now);
  return {
    schemas: fixed('urn:ietf:params:scim:schemas:core:2.0:Group', UNIT),
    id: exact('u.id'),
    'meta.resourceType': fixed('Group'),
    displayName: label('u.name', dialect),
    members: {
      kind: 'among',
      open: `(u.id in (select g.unitId from assignment g join person mp on mp.id = g.personId
        where mp.state <> 'left' and ${heldToday('g')} and (`,
      close: ')))',
      params: [today, today],
      columns: { value: exact('g.personId'), display: label('mp.name', dialect), type: fixed('User') },
    },
    [`${UNIT}:code`]: exact('u.code'),
    [`${UNIT}:parent.value`]: exact('u.parentId'),
    [`${UNIT}:parent.display`]: {
      kind: 'among',
      open: "(coalesce(u.parentId, '') in (select q.id from unit q where (",
      close: ')))',
      params: [],
      columns: { '': label('q.name', dialect) },
    },
  };
}
