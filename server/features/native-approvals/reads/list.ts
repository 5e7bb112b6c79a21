import { addDays, DAY_MS, instantOf } from '../../../kernel/dates.ts';
import { badRequest } from '../../../kernel/errors.ts';
import { among } from '../../../platform/db/among.ts';
import type { Reads } from '../../../platform/db/unit-of-work.ts';
import type { OrgWithRoles } from '../../access/index.ts';
import { CASE, type NativeContext } from '../context.ts';
import type { ListAnswer, ListQuery, OwnAnswer, OwnQuery } from '../contract.ts';
import { mustOversee, reachOf, type Reach } from '../policy.ts';
import { AccessTable } from '../tables.ts';
import { briefsOf, casesByIds, unitName } from './briefs.ts';

interface Condition {
  readonly sql: string;
  readonly params: readonly (string | number)[];
}

const NINETY_DAYS_MS = 90 * DAY_MS;
const MOST_TITLES = 100;

/** Forms in my reach, newest first. @throws forbidden `native.not_yours` */
export async function listCases(
  ctx: NativeContext,
  reads: Reads,
  actorId: string,
  { cursor, limit, ...wanted }: ListQuery,
): Promise<ListAnswer> {
  const org = await ctx.orgOf(reads);
  const reach = reachOf(org, actorId);
  mustOversee(reach);
  const within = withinReach(reach);
  const conditions = [within, ...filters(org, wanted), ...(cursor === undefined ? [] : [before(cursor)])];
  const { ids, next } = await page(reads, conditions, limit);
  const access = await reads.em.getRepository(AccessTable).findOneBy({ id: 'access' });
  return {
    items: await briefsOf(ctx, reads, org, await casesByIds(reads, ids)),
    next,
    titles: await titlesOf(reads, within),
    units: await unitsOf(ctx, reads, org, reach),
    can: { import: reach.mayImport },
    access: { isOn: ctx.isOn, refusedAt: access?.refusedAt ?? null, errcode: access?.errcode ?? null },
  };
}

/** What somebody of these units handed in, holds or held. */
function withinReach({ seesAll, unitIds }: Reach): Condition {
  if (seesAll) return { sql: '1 = 1', params: [] };
  if (unitIds.size === 0) return { sql: '1 = 0', params: [] };
  const applied = among('n.unitId', [...unitIds]);
  const held = among('h.unitId', [...unitIds]);
  return {
    sql: `(${applied.sql} or exists (select 1 from native_holding h where h.caseId = n.id and ${held.sql}))`,
    params: [...applied.params, ...held.params],
  };
}

function filters(
  org: OrgWithRoles,
  { state, who, title, fromOn, untilOn, q }: Omit<ListQuery, 'cursor' | 'limit'>,
): Condition[] {
  const some = (sql: string, ...params: (string | number)[]): Condition => ({ sql, params });
  return [
    ...(state === undefined ? [] : [some('n.state = ?', state)]),
    ...(title === undefined ? [] : [some('n.title = ?', title)]),
    ...(fromOn === undefined ? [] : [some('n.appliedAt >= ?', instantOf(fromOn))]),
    ...(untilOn === undefined ? [] : [some('n.appliedAt < ?', instantOf(addDays(untilOn, 1)))]),
    // Digits only: nothing in it means anything to `like`.
    ...(q === undefined || q === '' ? [] : [some('n.number like ?', `${q}%`)]),
    ...(who === undefined || who === '' ? [] : [named(org, who)]),
  ];
}

/** Applied, or was asked or told. */
function named(org: OrgWithRoles, who: string): Condition {
  const ids = org
    .people()
    .filter(({ name }) => name.includes(who))
    .map(({ personId }) => personId);
  if (ids.length === 0) return { sql: '1 = 0', params: [] };
  const part = among('p.personId', ids);
  return {
    sql: `exists (select 1 from native_part p where p.caseId = n.id and ${part.sql})`,
    params: [...part.params],
  };
}

/** After the last one shown: its time and id. @throws badRequest `native.cursor` */
function before(cursor: string): Condition {
  const [, at, id] = /^(\d{1,15}):([\da-f]{32})$/.exec(cursor) ?? [];
  if (at === undefined || id === undefined) throw badRequest('native.cursor');
  return { sql: '(n.appliedAt < ? or (n.appliedAt = ? and n.id < ?))', params: [Number(at), Number(at), id] };
}

async function page(
  { em }: Reads,
  conditions: readonly Condition[],
  limit: number,
): Promise<{ ids: string[]; next: string | null }> {
  const found = await em.query<{ id: string; appliedAt: number | string }[]>(
    `select n.id as id, n.appliedAt as appliedAt from native_case n
     where ${conditions.map(({ sql }) => sql).join(' and ')}
     order by n.appliedAt desc, n.id desc limit ${limit + 1}`,
    conditions.flatMap(({ params }) => params),
  );
  const shown = found.slice(0, limit);
  const last = shown.at(-1);
  return {
    ids: shown.map(({ id }) => id),
    next: found.length > limit && last ? `${last.appliedAt}:${last.id}` : null,
  };
}

async function titlesOf({ em }: Reads, within: Condition): Promise<string[]> {
  const rows = await em.query<{ title: string }[]>(
    `select distinct n.title as title from native_case n where ${within.sql} order by title limit ${MOST_TITLES}`,
    [...within.params],
  );
  return rows.map(({ title }) => title);
}

/** S1-6.1b: what each department has open, and what ran out while it held it. */
async function unitsOf(
  { supervision }: NativeContext,
  reads: Reads,
  org: OrgWithRoles,
  { seesAll, unitIds }: Reach,
): Promise<ListAnswer['units']> {
  const figures = await supervision.figuresByUnit(reads, CASE, reads.now - NINETY_DAYS_MS);
  return figures
    .filter(({ unitId }) => seesAll || (unitId !== null && unitIds.has(unitId)))
    .map(({ unitId, open, overdue, late }) => ({ unitName: unitName(org, unitId), open, overdue, late }))
    .sort((a, b) => b.late - a.late || b.overdue - a.overdue || b.open - a.open);
}

const HELD =
  'exists (select 1 from native_holding h where h.caseId = n.id and h.untilAt is null and h.personId = ?)';
const PART = 'exists (select 1 from native_part p where p.caseId = n.id and p.personId = ?)';

/** What waits for me in 企业微信, or where I took part. */
export async function listOwn(
  ctx: NativeContext,
  reads: Reads,
  actorId: string,
  { box, cursor, limit }: OwnQuery,
): Promise<OwnAnswer> {
  const mine = { sql: box === 'todo' ? HELD : PART, params: [actorId] };
  const conditions = [mine, ...(cursor === undefined ? [] : [before(cursor)])];
  const { ids, next } = await page(reads, conditions, limit);
  const [count] = await reads.em.query<{ n: number | string }[]>(
    `select count(*) as n from native_case n where ${HELD}`,
    [actorId],
  );
  const org = await ctx.orgOf(reads);
  return {
    items: await briefsOf(ctx, reads, org, await casesByIds(reads, ids)),
    next,
    todo: Number(count?.n ?? 0),
  };
}
