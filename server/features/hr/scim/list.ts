import { badRequest } from '../../../kernel/errors.ts';
import { groupBy } from '../../../kernel/group-by.ts';
import type { Reads } from '../../../platform/db/unit-of-work.ts';
import { personColumns, scimReads, unitColumns } from '../../directory/index.ts';
import { conditionOf } from './filter-sql.ts';
import { parseAttributePath, parseFilter } from './filter.ts';
import { externalIdColumn, externalIdsOf } from './links.ts';
import { findRef, resolveFilter } from './resolve.ts';
import { groupOf, type Place, type Resource, userOf } from './resources.ts';
import { ENTERPRISE, type ResourceType, UNIT } from './schema.ts';
import type { Totals } from './totals.ts';

/** A request for a list as it was asked (RFC 7644, 3.4.2). */
export interface Listing {
  readonly filter?: string | undefined;
  readonly sortBy?: string | undefined;
  readonly sortOrder?: string | undefined;
  /** 1-based. */
  readonly startIndex: number;
  readonly count: number;
}

export interface ListOf {
  readonly totalResults: number;
  readonly startIndex: number;
  readonly resources: readonly Resource[];
}

export interface Asking extends Place {
  readonly source: string;
  /** Does the answer hold members? They may be many. */
  readonly withMembers: boolean;
}

export interface Searching extends Asking {
  readonly total: Totals;
}

export const MAX_PAGE = 200;
/** Members told in one answer; a list is complete or an error (rule H2). */
export const MAX_MEMBERS = 10_000;

const SORTS: Readonly<Record<string, scimReads.Page['orderBy']>> = {
  id: 'id',
  userName: 'userName',
  [`${ENTERPRISE}:employeeNumber`]: 'employeeNumber',
  [`${UNIT}:code`]: 'code',
};

/** One page of people or units that satisfy a filter. @throws badRequest `scim.invalid_filter`, `scim.unsortable` */
export async function list(
  reads: Reads,
  type: ResourceType,
  listing: Listing,
  asking: Searching,
): Promise<ListOf> {
  const of = type.name === 'User' ? 'person' : 'unit';
  const where = await conditionFor(reads, type, listing.filter, asking.source);
  const startIndex = Math.max(1, listing.startIndex);
  const limit = Math.min(MAX_PAGE, Math.max(0, listing.count));
  const sort = sortOf(type, listing);
  // How many there are tells which of two ways finds a page sooner.
  const counted = where.byRow && limit > 0 ? await asking.total(reads, of, where) : null;
  const page = {
    where: whereOf(where, startIndex - 1 + limit, counted),
    ...sort,
    offset: startIndex - 1,
    limit,
  };
  const ids = limit === 0 || counted === 0 ? [] : await scimReads.idsOfPage(reads, of, page);
  // A page that is not full is the last one: nothing left to count.
  const isLast = ids.length < limit && (ids.length > 0 || startIndex === 1);
  const [totalResults, resources] = await Promise.all([
    counted ?? (isLast ? startIndex - 1 + ids.length : asking.total(reads, of, where)),
    byIds(reads, type, ids, asking),
  ]);
  return { totalResults, startIndex, resources };
}

/** A page among the first tenth of those that fit is full after about a tenth of everybody. */
const whereOf = (where: scimReads.Condition, end: number, total: number | null): scimReads.Condition =>
  where.byRow && total !== null && end * 10 <= total ? where.byRow : where;

export async function conditionFor(
  reads: Reads,
  type: ResourceType,
  filter: string | undefined,
  source: string,
): Promise<scimReads.Condition> {
  if (filter === undefined || filter.trim() === '') return { sql: '1 = 1', params: [] };
  const [kind, columns] =
    type.name === 'User'
      ? (['user', personColumns(reads)] as const)
      : (['group', unitColumns(reads)] as const);
  const all = { ...columns, externalId: externalIdColumn(source, kind) };
  return conditionOf(reads, resolveFilter(type, parseFilter(filter)), all);
}

function sortOf(type: ResourceType, { sortBy, sortOrder = 'ascending' }: Listing) {
  const descending = sortOrder.toLowerCase() === 'descending';
  if (sortBy === undefined) return { orderBy: 'id', descending } as const;
  const ref = findRef(type, parseAttributePath(sortBy));
  const orderBy = ref ? SORTS[ref.key] : undefined;
  if (!orderBy) throw badRequest('scim.unsortable', { attribute: sortBy });
  return { orderBy, descending };
}

/** In the order of the ids, those that are there. @throws badRequest `scim.too_many_members` */
export async function byIds(
  reads: Reads,
  type: ResourceType,
  ids: readonly string[],
  { base, source, withMembers }: Asking,
): Promise<Resource[]> {
  if (type.name === 'User') {
    const people = await scimReads.peopleByIds(reads, ids);
    const names = await externalIdsOf(reads, source, 'user', ids);
    return people.map((person) => userOf(person, names.get(person.id), { base }));
  }
  const units = await scimReads.unitsByIds(reads, ids);
  const names = await externalIdsOf(reads, source, 'group', ids);
  const members = withMembers ? await membersIn(reads, ids) : null;
  return units.map((unit) =>
    groupOf(unit, members && (members.get(unit.id) ?? []), names.get(unit.id), { base }),
  );
}

async function membersIn(reads: Reads, unitIds: readonly string[]) {
  const rows = await scimReads.membersOf(reads, unitIds, MAX_MEMBERS + 1);
  if (rows.length > MAX_MEMBERS) throw badRequest('scim.too_many_members', { most: MAX_MEMBERS });
  return groupBy(rows, ({ unitId }) => unitId);
}
