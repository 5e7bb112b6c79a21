import { dateOf } from '../../kernel/dates.ts';
import type { Reads } from '../../platform/db/unit-of-work.ts';
import type { Category, HrStatus } from './known.ts';
import type { PersonState } from './org.ts';
import type { LockCause } from './tables.ts';

/** What an identity system is told of people and units. Reads only; no sealed value leaves. */

export interface Condition {
  /** On `p` (person) or `u` (unit). */
  readonly sql: string;
  readonly params: readonly unknown[];
  /** The same set found from rows elsewhere that an index has in its order. */
  readonly through?: Through;
  /**
   * The same, with rows elsewhere looked up for one person after another instead of gathered into a set beforehand: a
   * page that is soon full is there at once, but MariaDB takes twice as long to go through everybody.
   */
  readonly byRow?: Pick<Condition, 'sql' | 'params'>;
}

export interface Through {
  readonly from: string;
  /** Of these rows, the id of whom they tell. */
  readonly by: string;
  /** On these rows. */
  readonly sql: string;
  readonly params: readonly unknown[];
}

export interface Page {
  readonly where: Condition;
  readonly orderBy: 'id' | 'userName' | 'employeeNumber' | 'code';
  readonly descending: boolean;
  readonly offset: number;
  readonly limit: number;
}

export interface PostRead {
  readonly unitId: string;
  readonly unitName: string;
  readonly unitCode: string;
  readonly kind: 'main' | 'concurrent';
  readonly title: string;
}

export interface PersonRead {
  readonly id: string;
  readonly staffNo: string;
  readonly userid: string;
  readonly name: string;
  readonly email: string | null;
  readonly hasMobile: boolean;
  readonly category: Category;
  readonly state: PersonState;
  readonly status: HrStatus;
  readonly lockCause: LockCause | null;
  readonly managerId: string | null;
  readonly managerName: string | null;
  readonly createdAt: number;
  readonly updatedAt: number;
  /** Held today, the main one first. */
  readonly posts: readonly PostRead[];
}

export interface UnitRead {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly parentId: string | null;
  readonly parentName: string | null;
}

export interface MemberRead {
  readonly unitId: string;
  readonly personId: string;
  readonly name: string;
  readonly kind: 'main' | 'concurrent';
}

const ORDER = { id: 'id', userName: 'useridKey', employeeNumber: 'staffNo', code: 'code' } as const;
const marks = (values: readonly unknown[]) => values.map(() => '?').join(', ');
const countIn = async (reads: Reads, sql: string, params: readonly unknown[]): Promise<number> => {
  const rows: { n: number | string }[] = await reads.em.query(sql, [...params]);
  return Number(rows[0]?.n ?? 0);
};

/** Ids of a page in order. People who left and removed units are not there. */
export async function idsOfPage(reads: Reads, of: 'person' | 'unit', page: Page): Promise<string[]> {
  const direction = page.descending ? 'desc' : 'asc';
  const { where, orderBy } = page;
  const alias = ALIAS[of];
  const { sql, params } =
    where.through && orderBy === 'id'
      ? {
          sql: `select ${where.through.by} as id from ${rowsThrough(of, where.through)}
            group by ${where.through.by} order by ${where.through.by} ${direction}`,
          params: where.through.params,
        }
      : {
          sql: `select ${alias}.id as id from ${of} ${alias} where ${present(of)} and (${where.sql})
            order by ${alias}.${ORDER[orderBy]} ${direction}`,
          params: where.params,
        };
  const rows: { id: string }[] = await reads.em.query(`${sql} limit ? offset ?`, [
    ...params,
    page.limit,
    page.offset,
  ]);
  return rows.map(({ id }) => id);
}

export function countOf(reads: Reads, of: 'person' | 'unit', where: Condition): Promise<number> {
  const { through } = where;
  if (through) {
    const all = `select count(distinct ${through.by}) as n from ${rowsThrough(of, through)}`;
    return countIn(reads, all, through.params);
  }
  const isMysql = reads.dialect === 'mysql';
  const { sql, params } = isMysql ? where : (where.byRow ?? where);
  const hint = isMysql && of === 'person' && BEYOND_NAMES.test(sql) ? ' ignore index (person_called)' : '';
  return countIn(
    reads,
    `select count(*) as n from ${of} ${ALIAS[of]}${hint} where (${sql}) and ${AFTERWARDS[of]}`,
    params,
  );
}

/**
 * Who is there at all, asked last and so that no index is chosen for it: nearly everybody is, and a range of states
 * costs MariaDB a comparison with its end for every row (100,000 names: 24 ms, so 20).
 */
const AFTERWARDS = { person: "coalesce(p.state, '') <> 'left'", unit: "u.state = 'active'" } as const;

/**
 * A column that the index of states and names does not hold. Asked who is active as well, MariaDB would begin with it
 * and fetch nearly everybody's row one by one (270 ms); without it, it reads `person_listing` (26 ms).
 */
const BEYOND_NAMES = /\bp\.(?!name\b|state\b)/;

const ALIAS = { person: 'p', unit: 'u' } as const;

/**
 * The left join, and an order by the id as it stands in the other rows, keep MariaDB from beginning with everybody:
 * it takes that for cheaper because it does not know how soon a page is full.
 */
const rowsThrough = (of: 'person' | 'unit', { from, by, sql }: Through): string =>
  `${from} left join ${of} ${ALIAS[of]} on ${ALIAS[of]}.id = ${by}
   where coalesce(${present(of)}, 1 = 0) and (${sql})`;

const present = (of: 'person' | 'unit'): string =>
  of === 'person' ? "p.state <> 'left'" : "u.state = 'active'";

/** In the order of the ids; former people only when asked for. */
export async function peopleByIds(
  reads: Reads,
  ids: readonly string[],
  { former = false }: { readonly former?: boolean } = {},
): Promise<PersonRead[]> {
  if (ids.length === 0) return [];
  const rows: (Omit<PersonRead, 'posts' | 'hasMobile'> & { hasMobile: number | boolean })[] =
    await reads.em.query(
      `select p.id, p.staffNo, p.userid, p.name, p.email, p.mobilePrint is not null as hasMobile, p.category,
         p.state, p.status, p.lockCause, p.managerId, m.name as managerName, p.createdAt, p.updatedAt
       from person p left join person m on m.id = p.managerId
       where p.id in (${marks(ids)})${former ? '' : " and p.state <> 'left'"}`,
      [...ids],
    );
  const posts = await postsOf(reads, ids);
  const byId = new Map(
    rows.map((row) => [
      row.id,
      {
        ...row,
        hasMobile: Boolean(row.hasMobile),
        createdAt: Number(row.createdAt),
        updatedAt: Number(row.updatedAt),
        posts: posts.filter(({ personId }) => personId === row.id).map(({ personId: _of, ...post }) => post),
      },
    ]),
  );
  return ids.flatMap((id) => byId.get(id) ?? []);
}

function postsOf(reads: Reads, ids: readonly string[]): Promise<(PostRead & { personId: string })[]> {
  const today = dateOf(reads.now);
  return reads.em.query(
    `select a.personId, a.unitId, u.name as unitName, u.code as unitCode, a.kind, a.title
     from assignment a join unit u on u.id = a.unitId
     where a.personId in (${marks(ids)}) and a.sinceOn <= ? and (a.untilOn is null or a.untilOn > ?)
     order by a.kind desc, a.sinceOn, a.id`,
    [...ids, today, today],
  );
}

export async function unitsByIds(reads: Reads, ids: readonly string[]): Promise<UnitRead[]> {
  if (ids.length === 0) return [];
  const rows: UnitRead[] = await reads.em.query(
    `select u.id, u.code, u.name, u.parentId, q.name as parentName from unit u left join unit q on q.id = u.parentId
     where u.state = 'active' and u.id in (${marks(ids)})`,
    [...ids],
  );
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

/** Those with a post there today; at most `limit`, so that one more than the limit tells that there are too many. */
export function membersOf(reads: Reads, unitIds: readonly string[], limit: number): Promise<MemberRead[]> {
  if (unitIds.length === 0) return Promise.resolve([]);
  const today = dateOf(reads.now);
  return reads.em.query(
    `select a.unitId, a.personId, p.name, a.kind from assignment a join person p on p.id = a.personId
     where a.unitId in (${marks(unitIds)}) and p.state <> 'left'
       and a.sinceOn <= ? and (a.untilOn is null or a.untilOn > ?)
     order by a.unitId, a.personId limit ?`,
    [...unitIds, today, today, limit],
  );
}

/** Active units of this code, else of this very name. */
export async function unitsCalled(reads: Reads, text: string): Promise<{ id: string; name: string }[]> {
  const rows: { id: string; code: string; name: string }[] = await reads.em.query(
    `select id, code, name from unit where state = 'active' and (code = ? or name = ?) limit 100`,
    [text, text],
  );
  const byCode = rows.filter(({ code }) => code === text);
  return byCode.length > 0 ? byCode : rows.filter(({ name }) => name === text);
}

/* ---------- figures for limits ---------- */

export const employedCount = (reads: Reads): Promise<number> =>
  countIn(reads, "select count(*) as n from person where state <> 'left'", []);

export const unitCount = (reads: Reads): Promise<number> =>
  countIn(reads, "select count(*) as n from unit where state = 'active' and parentId is not null", []);

/** The unit just below the institution that this one belongs to; the institution itself for itself. */
export async function topUnitOf(reads: Reads, unitId: string): Promise<{ id: string; code: string } | null> {
  const rows: { id: string; code: string }[] = await reads.em.query(
    `with recursive above (id, code, parentId, depth) as (
       select u.id, u.code, u.parentId, 0 from unit u where u.id = ?
       union all
       select q.id, q.code, q.parentId, above.depth + 1 from unit q join above on q.id = above.parentId
       where above.depth < 20)
     select id, code from above order by depth desc`,
    [unitId],
  );
  return rows[1] ?? rows[0] ?? null;
}

/** People employed whose main post lies in the unit or below it, and the units below it with itself. */
export async function figuresBelow(reads: Reads, unitId: string): Promise<{ people: number; units: number }> {
  const today = dateOf(reads.now);
  const below = `with recursive below (id, depth) as (
      select u.id, 0 from unit u where u.id = ?
      union all
      select q.id, below.depth + 1 from unit q join below on q.parentId = below.id
      where q.state = 'active' and below.depth < 20)`;
  const people = await countIn(
    reads,
    `${below} select count(distinct a.personId) as n from assignment a join below on below.id = a.unitId
       join person p on p.id = a.personId
     where a.kind = 'main' and p.state <> 'left' and a.sinceOn <= ? and (a.untilOn is null or a.untilOn > ?)`,
    [unitId, today, today],
  );
  return { people, units: await countIn(reads, `${below} select count(*) as n from below`, [unitId]) };
}
