import type { PersonActor } from '../../../kernel/actor.ts';
import { badRequest, notFound } from '../../../kernel/errors.ts';
import type { Reads } from '../../../platform/db/unit-of-work.ts';
import type { OrgWithRoles, Scope } from '../../access/index.ts';
import { mustMaintain } from '../policy.ts';
import { objectionOf } from './commands.ts';
import type {
  UnitActAnswer,
  UnitActBrief,
  UnitActItemsAnswer,
  UnitActItemsQuery,
  UnitActsAnswer,
  UnitActsQuery,
} from './contract.ts';
import type { UnitActContext } from './deps.ts';
import { phraseOf } from './dry-run.ts';
import { unitLimits } from './limits.ts';
import { loadAct } from './store.ts';
import { UnitActItemTable, UnitActTable, type UnitActRow } from './tables.ts';

const HASH_SHOWN = 12;
const RIGHT = { moduleKey: 'directory', duty: 'manage' } as const;

/** Newest first: what waits, or what is over. */
export async function listUnitActs(
  ctx: UnitActContext,
  reads: Reads,
  actor: PersonActor,
  { box, unitId, cursor, limit }: UnitActsQuery,
): Promise<UnitActsAnswer> {
  mustMaintain(actor);
  const scope = await ctx.unitActs.scopeOf(reads, actor);
  const org = await ctx.unitActs.orgOf(reads);
  if (cursor !== undefined && !/^[0-9a-f]{32}$/.test(cursor)) throw badRequest('hr.bad_cursor');
  const [here, there] = (['a.unitId', 'a.successorId'] as const).map((unit) =>
    scope.toFilter(RIGHT, { unit, category: null }),
  );
  // Who reaches the unit or its successor sees it: as `mustSee` has it.
  const seen = `(${here?.sql ?? '1 = 0'} or ${there?.sql ?? '1 = 0'})`;
  const open =
    box === 'open' ? `a.state = 'waiting' and a.expiresAt > ?` : `(a.state <> 'waiting' or a.expiresAt <= ?)`;
  const where = [seen, open, ...(unitId === undefined ? [] : ['(a.unitId = ? or a.successorId = ?)'])].join(
    ' and ',
  );
  const params = [
    ...(here?.params ?? []),
    ...(there?.params ?? []),
    reads.now,
    ...(unitId === undefined ? [] : [unitId, unitId]),
  ];
  const [count] = await reads.em.query<{ n: number | string }[]>(
    `select count(*) as n from unit_act a where ${where}`,
    params,
  );
  const ids = await reads.em.query<{ id: string }[]>(
    `select a.id as id from unit_act a where ${where}${cursor === undefined ? '' : ' and a.id < ?'}
     order by a.id desc limit ${limit + 1}`,
    cursor === undefined ? params : [...params, cursor],
  );
  const page = ids.slice(0, limit);
  const items: UnitActBrief[] = [];
  for (const { id } of page) {
    const row = await reads.em.getRepository(UnitActTable).findOneBy({ id });
    if (row) items.push(briefOf(row, org, reads.now));
  }
  return {
    items,
    next: ids.length > limit ? (page.at(-1)?.id ?? null) : null,
    total: Number(count?.n ?? 0),
  };
}

export async function readUnitAct(
  ctx: UnitActContext,
  reads: Reads,
  actor: PersonActor,
  actId: string,
): Promise<UnitActAnswer> {
  const { act, org, scope } = await mustSee(ctx, reads, actor, actId);
  const brief = briefOf(act, org, reads.now);
  const waits = brief.state === 'waiting';
  const { lines, exceeded } = waits
    ? await unitLimits(ctx, reads, org, act.topUnitCode)
    : { lines: [], exceeded: [] };
  const both = [act.unitId, ...(act.successorId === null ? [] : [act.successorId])];
  const reaches = both.every((id) => covers(scope, [id]));
  const why = waits ? objectionOf(org, actor.personId, act) : null;
  return {
    ...brief,
    reason: act.reason,
    refreshedAt: act.refreshedAt,
    hash: act.hash,
    shortHash: act.hash.slice(0, HASH_SHOWN),
    groups: act.groups.map((group) => ({ ...group })),
    limits: lines,
    phrase: phraseOf(act.people),
    can: {
      confirm: waits && why === null && exceeded.length === 0 && reaches,
      withdraw: waits && act.createdBy === actor.personId,
      why,
    },
  };
}

/** The lines of one group of its dry run. Names are those of today. */
export async function listUnitActItems(
  ctx: UnitActContext,
  reads: Reads,
  actor: PersonActor,
  actId: string,
  { kind, cursor, limit }: UnitActItemsQuery,
): Promise<UnitActItemsAnswer> {
  const { org } = await mustSee(ctx, reads, actor, actId);
  const after = cursor === undefined ? -1 : Number(cursor);
  if (!Number.isSafeInteger(after)) throw badRequest('hr.bad_cursor');
  const items = reads.em.getRepository(UnitActItemTable);
  const total = await items.countBy({ actId, kind });
  const rows = await items
    .createQueryBuilder('i')
    .where('i.actId = :actId and i.kind = :kind and i.seq > :after', { actId, kind, after })
    .orderBy('i.seq')
    .limit(limit + 1)
    .getMany();
  const page = rows.slice(0, limit);
  return {
    items: page.map(({ id, targetId, note }) => {
      const [person, unit] = [org.person(targetId), org.unit(targetId)];
      return {
        key: id,
        name: person?.name ?? unit?.name ?? '',
        ref: person?.staffNo ?? unit?.code ?? '',
        note,
      };
    }),
    next: rows.length > limit ? String(page.at(-1)?.seq ?? '') : null,
    total,
  };
}

async function mustSee(ctx: UnitActContext, reads: Reads, actor: PersonActor, actId: string) {
  mustMaintain(actor);
  const act = await loadAct(reads, actId);
  const scope = await ctx.unitActs.scopeOf(reads, actor);
  const units = [act.unitId, ...(act.successorId === null ? [] : [act.successorId])];
  if (!covers(scope, units)) throw notFound('hr.unknown_unit_act');
  return { act, scope, org: await ctx.unitActs.orgOf(reads) };
}

const covers = (scope: Scope, unitIds: readonly string[]): boolean =>
  scope.covers({ ...RIGHT, unitIds, category: null });

function briefOf(row: UnitActRow, org: OrgWithRoles, now: number): UnitActBrief {
  const nameOf = (id: string | null) => (id === null ? null : (org.person(id)?.name ?? null));
  return {
    actId: row.id,
    kind: row.kind,
    state: row.state === 'waiting' && now >= row.expiresAt ? 'expired' : row.state,
    unit: { unitId: row.unitId, code: row.unitCode, name: row.unitName },
    successor: row.successorId === null ? null : { unitId: row.successorId, name: row.successorName ?? '' },
    effectiveOn: row.effectiveOn,
    people: row.people,
    createdAt: row.createdAt,
    createdBy: nameOf(row.createdBy) ?? '',
    expiresAt: row.expiresAt,
    endedAt: row.endedAt,
    endedBy: nameOf(row.endedBy),
  };
}
