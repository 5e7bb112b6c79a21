import { type Actor, actorId } from '../../../kernel/actor.ts';
import { badRequest } from '../../../kernel/errors.ts';
import type { Reads } from '../../../platform/db/unit-of-work.ts';
import type { Org } from '../org.ts';
import { marks } from '../push/mirror-store.ts';
import { actsOn } from './acts.ts';
import type { Difference, DifferencesPage, DifferencesQuery } from './contract.ts';
import type { DriftContext, DriftScope } from './deps.ts';
import { policiesOf, type PolicyInForce } from './policies.ts';
import { isWhole, recent, scopeFor, within, type Condition } from './rights.ts';
import { DifferenceTable, type DifferenceRow } from './tables.ts';
import { subjectName, valueWords } from './words.ts';

/** Newest first. The total is of the same filter and scope (H1). */
export async function listDifferences(
  ctx: DriftContext,
  reads: Reads,
  actor: Actor,
  query: DifferencesQuery,
): Promise<DifferencesPage> {
  const scope = await scopeFor(ctx, reads, actor, 'view');
  const where = filterOf(query, within(scope, 'view', reads.now), reads.now);
  const after = placeOf(query.cursor);
  const rows: { id: string; openedAt: number | string }[] = await reads.em.query(
    `select d.id as id, d.openedAt as openedAt from directory_difference d where ${where.sql}
     ${after ? 'and (d.openedAt < ? or (d.openedAt = ? and d.id < ?))' : ''}
     order by d.openedAt desc, d.id desc limit ${query.limit + 1}`,
    [...where.params, ...(after ? [after.at, after.at, after.id] : [])],
  );
  const page = rows.slice(0, query.limit);
  const last = page.at(-1);
  return {
    items: await describe(
      ctx,
      reads,
      actor,
      scope,
      page.map(({ id }) => id),
    ),
    next: rows.length > query.limit && last ? `${Number(last.openedAt)}:${last.id}` : null,
    total: await count(reads, where),
  };
}

function placeOf(cursor: string | undefined): { at: number; id: string } | null {
  if (cursor === undefined) return null;
  const [, at, id] = /^(\d{1,15}):([0-9a-f]{32})$/.exec(cursor) ?? [];
  if (at === undefined || id === undefined) throw badRequest('directory.bad_cursor');
  return { at: Number(at), id };
}

function filterOf({ state, field, q }: DifferencesQuery, scope: Condition, now: number): Condition {
  const parts: Condition[] = [
    scope,
    ...(state === undefined
      ? [{ sql: 'd.openKey is not null', params: [] }]
      : [{ sql: 'd.state = ?', params: [state] }, recent(now)]),
    ...(field === undefined ? [] : [{ sql: 'd.field = ?', params: [field] }]),
    ...(q === undefined || q.trim() === '' ? [] : [named(q.trim())]),
  ];
  return {
    sql: parts.map((part) => part.sql).join(' and '),
    params: parts.flatMap((part) => part.params),
  };
}

/** Plain containment; `%` and `_` of the question stand for themselves. */
function named(q: string): Condition {
  const like = `%${q.toLowerCase().replace(/[!%_]/g, '!$&')}%`;
  return {
    sql: `((d.subjectType = 'person' and exists (select 1 from person w where w.id = d.subjectId and (
        lower(w.name) like ? escape '!' or lower(w.initials) like ? escape '!' or lower(w.staffNo) like ? escape '!')))
      or (d.subjectType = 'unit' and exists (select 1 from unit w where w.id = d.subjectId
        and lower(w.name) like ? escape '!'))
      or (d.subjectType in ('member', 'department') and d.subjectId like ? escape '!'))`,
    params: [like, like, like, like, like],
  };
}

async function count(reads: Reads, { sql, params }: Condition): Promise<number> {
  const rows: { n: number | string }[] = await reads.em.query(
    `select count(*) as n from directory_difference d where ${sql}`,
    [...params],
  );
  return Number(rows[0]?.n ?? 0);
}

async function describe(
  ctx: DriftContext,
  reads: Reads,
  actor: Actor,
  scope: DriftScope,
  ids: readonly string[],
): Promise<Difference[]> {
  if (ids.length === 0) return [];
  const rows = await reads.em
    .getRepository(DifferenceTable)
    .createQueryBuilder('d')
    .where(`d.id in (:...ids)`, { ids: [...ids] })
    .getMany();
  const byId = new Map(rows.map((row) => [row.id, row]));
  const managed = await manageable(reads, scope, ids);
  const org = await ctx.directory.orgOf(reads);
  const policies = await policiesOf(reads);
  const mayLink = isWhole(scope, 'manage');
  return ids.flatMap((id) => {
    const row = byId.get(id);
    if (!row) return [];
    const isOwn = row.subjectType === 'person' && row.subjectId === actorId(actor);
    const acts: Difference['can'] = managed.has(id) && !isOwn ? actsOn(row) : [];
    const links = mayLink && row.subjectType === 'member' && (row.state === 'open' || row.state === 'taken');
    return [difference(row, org, policies.get(row.field), links ? [...acts, 'link'] : acts)];
  });
}

async function manageable(reads: Reads, scope: DriftScope, ids: readonly string[]): Promise<Set<string>> {
  const { sql, params } = within(scope, 'manage', reads.now);
  const rows: { id: string }[] = await reads.em.query(
    `select d.id as id from directory_difference d where d.id in (${marks(ids)}) and ${sql}`,
    [...ids, ...params],
  );
  return new Set(rows.map((row) => row.id));
}

function difference(
  row: DifferenceRow,
  org: Org,
  policy: PolicyInForce | undefined,
  can: Difference['can'],
): Difference {
  const { field, byUserid, byAt, actedAt, actedBy } = row;
  const person = row.subjectType === 'person' ? org.person(row.subjectId) : null;
  const unit = row.subjectType === 'unit' ? org.unit(row.subjectId) : null;
  const brief = person && org.briefOf(person.personId);
  return {
    differenceId: row.id,
    subject: {
      type: row.subjectType,
      id: row.subjectId,
      name: subjectName(row, org),
      ref: person?.staffNo ?? unit?.code ?? null,
      unitName: brief?.unitName ?? null,
    },
    field,
    ours: valueWords(field, row.ours, 'ours', org),
    theirs: valueWords(field, row.theirs, 'theirs', org),
    state: row.state,
    foundBy: row.foundBy,
    happenedAt: row.happenedAt,
    firstSeenAt: row.firstSeenAt,
    lastSeenAt: row.lastSeenAt,
    by:
      byUserid === null
        ? null
        : {
            userid: byUserid,
            name: org.personByUserid(byUserid)?.name ?? null,
            at: byAt ?? 0,
            sure: row.byHow === 'named',
          },
    acted:
      actedAt === null
        ? null
        : { at: actedAt, by: (actedBy && org.person(actedBy)?.name) || MACHINE, reason: row.reason },
    settledAt: row.settledAt,
    returns: row.returns,
    proposed: policy?.action ?? 'ask',
    can,
  };
}

/** Not a person: by the rule of the field. */
const MACHINE = '系统按规则';
