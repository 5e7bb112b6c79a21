import { LessThan } from 'typeorm';
import { actorId, type Actor } from '../../../kernel/actor.ts';
import { dateOf, instantOf } from '../../../kernel/dates.ts';
import { badRequest, notFound } from '../../../kernel/errors.ts';
import { AuditEntryTable } from '../../../platform/audit/index.ts';
import type { Reads } from '../../../platform/db/unit-of-work.ts';
import type { Org } from '../../directory/index.ts';
import { mayMaintain, mustMaintain } from '../policy.ts';
import { mustSee } from '../sources/policy.ts';
import { actorNameOf, ROOT } from './context.ts';
import type { ActsQuery, ScimActs, ScimKey, ScimSource, ScimSources } from './contract.ts';
import { mayGiveKeys } from './keys.ts';
import { ScimKeyTable, ScimSourceTable, type ScimKeyRow } from './tables.ts';

const AT_MOST = 200;

type Counts = ReadonlyMap<string, number>;

/** Identity systems with their keys, of which none can be read back. */
export async function readSources(
  reads: Reads,
  { org, publicUrl }: { readonly org: Org; readonly publicUrl: string },
  actor: Actor,
): Promise<ScimSources> {
  mustSee(actor);
  const rows = await reads.em.getRepository(ScimSourceTable).find({ order: { id: 'ASC' }, take: AT_MOST });
  const keys = await reads.em.getRepository(ScimKeyTable).find({ order: { id: 'DESC' }, take: AT_MOST });
  const links = await countsBy(
    reads,
    'select source, kind, count(*) as n from scim_link group by source, kind',
  );
  const acts = await countsBy(
    reads,
    `select source, case when kind = 'refused' then 'refused' else 'taken' end as kind, count(*) as n
     from scim_act where doneAt >= ? group by source, case when kind = 'refused' then 'refused' else 'taken' end`,
    [instantOf(dateOf(reads.now))],
  );
  const nameOf = (by: string | null): string | null => (by === null ? null : (org.person(by)?.name ?? null));
  const items = rows.map((row): ScimSource => {
    const isOwn = actor.kind === 'person' && row.createdBy === actorId(actor);
    const isOpen = row.acceptedAt === null && mayMaintain(actor);
    return {
      source: row.id,
      name: row.name,
      createdAt: row.createdAt,
      createdBy: nameOf(row.createdBy),
      acceptedAt: row.acceptedAt,
      acceptedBy: nameOf(row.acceptedBy),
      linked: { people: links.get(`${row.id} user`) ?? 0, units: links.get(`${row.id} group`) ?? 0 },
      today: { taken: acts.get(`${row.id} taken`) ?? 0, refused: acts.get(`${row.id} refused`) ?? 0 },
      keys: keys.filter((key) => key.source === row.id).map((key) => keyOf(key, reads.now, nameOf)),
      can: { accept: isOpen && !isOwn, why: isOpen && isOwn ? 'own' : null },
    };
  });
  return {
    items,
    baseUrl: `${publicUrl}${ROOT}`,
    can: { keys: mayGiveKeys(actor), acts: mayMaintain(actor) },
  };
}

async function countsBy(reads: Reads, sql: string, params: unknown[] = []): Promise<Counts> {
  const rows: { source: string; kind: string; n: number | string }[] = await reads.em.query(sql, params);
  return new Map(rows.map(({ source, kind, n }) => [`${source} ${kind}`, Number(n)]));
}

function keyOf(
  { id: keyId, hint, createdAt, createdBy, expiresAt, revokedAt, lastUsedAt }: ScimKeyRow,
  now: number,
  nameOf: (by: string) => string | null,
): ScimKey {
  const isOver = expiresAt !== null && expiresAt <= now;
  const state = revokedAt !== null ? 'revoked' : isOver ? 'expired' : 'valid';
  return { keyId, hint, state, createdAt, createdBy: nameOf(createdBy), expiresAt, revokedAt, lastUsedAt };
}

/**
 * What the system did and what it was not let do, newest first. A request that could not be read is told to the system
 * at once and kept nowhere.
 */
export async function readActs(
  reads: Reads,
  org: Org,
  actor: Actor,
  source: string,
  { cursor, limit }: ActsQuery,
): Promise<ScimActs> {
  mustMaintain(actor);
  if (!(await reads.em.getRepository(ScimSourceTable).existsBy({ id: source })))
    throw notFound('scim.unknown_source');
  if (cursor !== undefined && !/^[0-9a-f]{32}$/.test(cursor))
    throw badRequest('scim.invalid_value', { attribute: 'cursor' });
  const rows = await reads.em.getRepository(AuditEntryTable).find({
    where: { actorId: actorNameOf(source).slice(0, 64), ...(cursor && { id: LessThan(cursor) }) },
    order: { id: 'DESC' },
    take: limit + 1,
  });
  const page = rows.slice(0, limit);
  return {
    items: page.map(({ id, at, action, targetType, targetId, result }) => ({
      id,
      at,
      action,
      target: { type: targetType, id: targetId, ...namedIn(org, targetType, targetId) },
      result,
    })),
    next: rows.length > limit ? (page.at(-1)?.id ?? null) : null,
  };
}

function namedIn(org: Org, type: string, id: string): { name: string; ref: string } {
  const person = type === 'person' ? org.person(id) : null;
  if (person) return { name: person.name, ref: person.staffNo };
  const unit = type === 'unit' ? org.unit(id) : null;
  return unit ? { name: unit.name, ref: unit.code } : { name: '', ref: '' };
}
