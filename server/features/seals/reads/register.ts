import { In, IsNull } from 'typeorm';
import type { Reads } from '../../../platform/db/unit-of-work.ts';
import { among } from '../../../platform/db/among.ts';
import type { OrgWithRoles } from '../../access/index.ts';
import { sealDesk, type SealsContext } from '../context.ts';
import { SEAL_KINDS, type SealsAnswer, type SealsQuery, type SealView } from '../contract.ts';
import { reachOf, type Reach } from '../policy.ts';
import { CheckoutTable, KeeperTable, SealTable, type SealRow } from '../tables.ts';
import { KIND_WORDS } from '../words.ts';
import { forbidden } from '../../../kernel/errors.ts';
import { likeOf } from './briefs.ts';

/** Seals I register, with who keeps them; by code. @throws forbidden `seals.managers_only` */
export async function listSeals(
  ctx: SealsContext,
  reads: Reads,
  actorId: string,
  { q, cursor, limit }: SealsQuery,
): Promise<SealsAnswer> {
  const org = await ctx.orgOf(reads);
  const reach = reachOf(org, sealDesk(ctx), actorId);
  if (!reach.managesSome) throw forbidden('seals.managers_only');
  const units = manageable(org, reach);
  const within = among('unitId', [
    ...units.map(({ id }) => id),
    ...org
      .formerUnits()
      .map(({ unitId }) => unitId)
      .filter(reach.manages),
  ]);
  const parts = [within.sql];
  const params: string[] = [...within.params];
  if (q) {
    parts.push(`(name like ? escape '!' or code like ? escape '!')`);
    params.push(likeOf(q), likeOf(q));
  }
  if (cursor !== undefined) {
    parts.push('code > ?');
    params.push(cursor);
  }
  const found = await reads.em.query<{ id: string }[]>(
    `select id from seal where ${parts.join(' and ')} order by code limit ${limit + 1}`,
    params,
  );
  const rows = await reads.em.getRepository(SealTable).find({
    where: { id: In(found.slice(0, limit).map(({ id }) => id)) },
    order: { code: 'asc' },
  });
  return {
    items: await viewsOf(reads, org, rows),
    next: found.length > limit ? (rows.at(-1)?.code ?? null) : null,
    kinds: SEAL_KINDS.map((key) => ({ key, name: KIND_WORDS[key] })),
    units,
  };
}

export const manageable = (org: OrgWithRoles, reach: Reach): { id: string; name: string }[] =>
  org
    .units()
    .filter(({ unitId }) => reach.manages(unitId))
    .map(({ unitId, name }) => ({ id: unitId, name }));

async function viewsOf(reads: Reads, org: OrgWithRoles, rows: readonly SealRow[]): Promise<SealView[]> {
  if (rows.length === 0) return [];
  const ids = rows.map(({ id }) => id);
  const keepers = await reads.em
    .getRepository(KeeperTable)
    .find({ where: { sealId: In(ids), untilAt: IsNull() }, order: { id: 'asc' } });
  const out = await reads.em.getRepository(CheckoutTable).findBy({ outKey: In(ids) });
  const counted = await reads.em.query<{ sealId: string; n: number | string }[]>(
    `select sealId, count(*) as n from seal_use where state in ('approved', 'partly') group by sealId`,
  );
  const nameOf = (id: string): string => org.person(id)?.name ?? '';
  return rows.map((row) => ({
    sealId: row.id,
    name: row.name,
    code: row.code,
    kind: row.kind,
    kindWords: KIND_WORDS[row.kind],
    unit: { id: row.unitId, name: org.placeOf(row.unitId)?.name ?? '' },
    keepers: keepers
      .filter(({ sealId }) => sealId === row.id)
      .map(({ personId, sinceAt }) => ({
        id: personId,
        name: nameOf(personId),
        active: org.person(personId)?.active ?? false,
        sinceAt,
      })),
    mayGoOut: Boolean(row.mayGoOut),
    place: row.place,
    state: row.state,
    version: row.version,
    openUses: Number(counted.find(({ sealId }) => sealId === row.id)?.n ?? 0),
    outWith: nameOf(out.find(({ outKey }) => outKey === row.id)?.personId ?? ''),
  }));
}
