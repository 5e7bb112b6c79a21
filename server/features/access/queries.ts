/** Lists of rights. Each is complete, page by page, or an error (H2); its total comes from the same condition. */
import type { Actor } from '../../kernel/actor.ts';
import { dateOf } from '../../kernel/dates.ts';
import { badRequest, notFound } from '../../kernel/errors.ts';
import { idList } from '../../platform/db/among.ts';
import type { Reads } from '../../platform/db/unit-of-work.ts';
import { affiliationsOf } from './category.ts';
import { namedPosts } from './commands/grants.ts';
import type {
  DelegationsAnswer,
  DelegationsQuery,
  HoldersAnswer,
  HoldersQuery,
  ModulesAnswer,
  RightsAnswer,
  VacanciesAnswer,
  VacanciesQuery,
} from './contract.ts';
import {
  briefOf,
  describeDelegation,
  describeDerived,
  describeGrant,
  namedCategories,
  roleName,
  unitOf,
  type Words,
} from './describe.ts';
import { holdsListedPost, mustReadRights, mustReadRightsOf } from './policy.ts';
import { subtreeOf } from './scope.ts';
import { DelegationTable, RoleGrantTable, type RoleGrantRow } from './tables.ts';
import { visibleModules } from './visibility.ts';

const IN_FORCE = 'g.sinceAt <= :now and (g.untilAt is null or g.untilAt > :now)';

export async function rightsOf(
  reads: Reads,
  words: Words,
  actor: Actor,
  personId: string,
): Promise<RightsAnswer> {
  mustReadRightsOf(actor, personId);
  const person = words.org.person(personId);
  if (!person) throw notFound('access.unknown_person');
  const grants = await reads.em
    .getRepository(RoleGrantTable)
    .createQueryBuilder('g')
    .where(`g.personId = :personId and ${IN_FORCE}`, { personId, now: reads.now })
    .orderBy('g.sinceAt')
    .addOrderBy('g.id')
    .getMany();
  const delegations = await reads.em
    .getRepository(DelegationTable)
    .createQueryBuilder('d')
    .where('d.personId = :personId and d.endedAt is null and d.untilAt > :now', { personId, now: reads.now })
    .orderBy('d.sinceAt')
    .addOrderBy('d.id')
    .getMany();
  return {
    person: briefOf(words.org, personId),
    active: person.active,
    roles: [...describeDerived(words, personId), ...grants.map((row) => describeGrant(words, actor, row))],
    delegations: delegations.map((row) => describeDelegation(words, actor, row)),
  };
}

export async function holdersOf(
  reads: Reads,
  words: Words,
  actor: Actor,
  role: string,
  { cursor, limit, unitId }: HoldersQuery,
): Promise<HoldersAnswer> {
  mustReadRights(actor);
  if (!words.roles.has(role)) throw notFound('access.unknown_role', { role });
  const matching = () => {
    const query = reads.em
      .getRepository(RoleGrantTable)
      .createQueryBuilder('g')
      .where(`g.role = :role and ${IN_FORCE}`, { role, now: reads.now });
    return unitId === undefined ? query : query.andWhere('g.scopeUnitId = :unitId', { unitId });
  };
  const { rows, next } = await pageOf(matching(), 'g', cursor, limit);
  return {
    role,
    roleName: roleName(words.roles, role),
    items: rows.map((row) => ({
      ...describeGrant(words, actor, row),
      person: briefOf(words.org, row.personId),
      active: words.org.person(row.personId)?.active ?? false,
      warning: warningOf(words, row),
    })),
    next,
    total: await matching().getCount(),
  };
}

/** S2-9a, S2-9b: the post that the role was given for is not held any more. */
function warningOf({ org, roles }: Words, row: RoleGrantRow): string | null {
  const role = roles.get(row.role);
  if (role && !holdsListedPost(role, namedPosts(org, row.personId))) return '现任职务不在可任范围内';
  const main = org.mainAssignmentOf(row.personId);
  return row.role === 'creator' && (!main || main.since > dateOf(row.sinceAt)) ? '职务已变动' : null;
}

export async function listDelegations(
  reads: Reads,
  words: Words,
  actor: Actor,
  { cursor, limit, personId, unitId, state }: DelegationsQuery,
): Promise<DelegationsAnswer> {
  mustReadRights(actor);
  if (unitId !== undefined && !words.org.unit(unitId)) throw notFound('access.unknown_unit');
  const units = unitId === undefined ? null : [...subtreeOf(words.org, unitId)];
  const matching = () => {
    const query = reads.em
      .getRepository(DelegationTable)
      .createQueryBuilder('d')
      .where(
        state === 'current'
          ? 'd.endedAt is null and d.untilAt > :now'
          : '(d.endedAt is not null or d.untilAt <= :now)',
        { now: reads.now },
      );
    if (personId !== undefined) query.andWhere('d.personId = :personId', { personId });
    // A unit that is gone has no subtree; what was given for exactly this one is found all the same.
    if (unitId !== undefined) query.andWhere(`d.unitId in ${idList([...(units ?? []), unitId])}`);
    return query;
  };
  const { rows, next } = await pageOf(matching(), 'd', cursor, limit);
  return {
    items: rows.map((row) => describeDelegation(words, actor, row)),
    next,
    total: await matching().getCount(),
  };
}

interface Pageable<Row> {
  andWhere(condition: string, values: object): Pageable<Row>;
  orderBy(column: string): Pageable<Row>;
  addOrderBy(column: string): Pageable<Row>;
  take(count: number): Pageable<Row>;
  getMany(): Promise<Row[]>;
}

/** Oldest first, the next page after the last row given out: rows that end in between move nothing. */
async function pageOf<Row extends { id: string; sinceAt: number }>(
  query: Pageable<Row>,
  alias: string,
  cursor: string | undefined,
  limit: number,
): Promise<{ rows: Row[]; next: string | null }> {
  if (cursor !== undefined) {
    const { at, id } = decodeCursor(cursor);
    query.andWhere(`(${alias}.sinceAt > :at or (${alias}.sinceAt = :at and ${alias}.id > :id))`, { at, id });
  }
  const found = await query
    .orderBy(`${alias}.sinceAt`)
    .addOrderBy(`${alias}.id`)
    .take(limit + 1)
    .getMany();
  const rows = found.slice(0, limit);
  const last = rows.at(-1);
  return { rows, next: last && found.length > limit ? `${last.sinceAt}.${last.id}` : null };
}

function decodeCursor(cursor: string): { at: number; id: string } {
  const [, at, id] = /^(\d{1,16})\.([0-9a-f]{32})$/.exec(cursor) ?? [];
  if (at === undefined || id === undefined) throw badRequest('access.bad_cursor');
  return { at: Number(at), id };
}

/** What this person may see, because of which affiliation, and who answers for it. */
export function modulesFor({ org, modules }: Words, personId: string): ModulesAnswer {
  const person = org.person(personId);
  const unitByCode = new Map(org.units().map((unit) => [unit.code, unit.unitId]));
  const unitsOf = (codes: readonly string[]) =>
    codes.flatMap((code) => {
      const unitId = unitByCode.get(code);
      return unitId === undefined ? [] : [unitOf(org, unitId)];
    });
  const managers = org.delegations().filter((one) => one.duty === 'manage');
  return {
    items: visibleModules(person ? affiliationsOf(person) : [], modules).map(({ module, by }) => ({
      key: module.key,
      name: module.name,
      by: namedCategories(by),
      owner: unitsOf([module.owner])[0] ?? null,
      jointOwners: unitsOf(module.jointOwners),
      managers: [
        ...new Set(managers.filter((one) => one.modules.includes(module.key)).map((one) => one.personId)),
      ].map((id) => briefOf(org, id)),
    })),
  };
}

/** S2-3: every department names a liaison. In showing order of the departments. */
export function unitsWithoutLiaison(
  { org }: Words,
  actor: Actor,
  { cursor, limit }: VacanciesQuery,
): VacanciesAnswer {
  mustReadRights(actor);
  const vacant = org
    .units()
    .filter((unit) => unit.kind === 'department')
    .filter(
      (unit) => !org.roleHolders('liaison', unit.unitId).some((one) => org.person(one.personId)?.active),
    )
    .map((unit) => ({ unitId: unit.unitId, name: unit.name }));
  const from = cursor === undefined ? 0 : vacant.findIndex((unit) => unit.unitId === cursor) + 1;
  if (cursor !== undefined && from === 0) throw badRequest('access.bad_cursor');
  const items = vacant.slice(from, from + limit);
  const last = items.at(-1);
  return {
    items,
    next: last && from + limit < vacant.length ? last.unitId : null,
    total: vacant.length,
  };
}
