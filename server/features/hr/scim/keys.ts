import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { type Actor, actorId } from '../../../kernel/actor.ts';
import { badRequest, conflict, forbidden, notFound } from '../../../kernel/errors.ts';
import { newId } from '../../../kernel/id.ts';
import { recordAct } from '../../../platform/audit/index.ts';
import { insertRows } from '../../../platform/db/rows.ts';
import type { Db, Reads, Tx } from '../../../platform/db/unit-of-work.ts';
import { mustMaintain } from '../policy.ts';
import { ScimKeyTable, ScimSourceTable } from './tables.ts';

const HOUR_MS = 3_600_000;
const CODE = /^[a-z0-9][a-z0-9-]{0,30}$/;
const KEY = /^Bearer (scim_[\w-]{43})$/;
const AT_MOST = 200;

/** What a screen shows of an identity system and its keys; no key can be read back. */
export interface KnownSource {
  readonly source: string;
  readonly name: string;
  readonly acceptedAt: number | null;
  readonly keys: readonly {
    readonly keyId: string;
    readonly hint: string;
    readonly createdAt: number;
    readonly expiresAt: number | null;
    readonly revokedAt: number | null;
    readonly lastUsedAt: number | null;
  }[];
}

/** A key opens the whole directory: like every right it is given by super administrators, or on the machine itself. */
export const mayGiveKeys = (actor: Actor): boolean =>
  actor.kind === 'system' || actor.roles.includes('superAdmin');

function mustGiveKeys(actor: Actor): void {
  if (!mayGiveKeys(actor)) throw forbidden('scim.not_admin');
}

/** @throws badRequest `scim.malformed_source`, conflict `scim.source_known` */
export async function addSource(tx: Tx, source: string, name: string): Promise<void> {
  mustGiveKeys(tx.actor);
  if (!CODE.test(source) || name.trim() === '' || name.length > 64) throw badRequest('scim.malformed_source');
  if (await tx.em.getRepository(ScimSourceTable).existsBy({ id: source }))
    throw conflict('scim.source_known');
  const row = { id: source, name: name.trim(), createdAt: tx.now, createdBy: actorId(tx.actor).slice(0, 64) };
  await insertRows(tx, ScimSourceTable, [{ ...row, acceptedAt: null, acceptedBy: null }]);
  recordAct(tx, { action: 'scim.addSource', targetType: 'scimSource', targetId: source, after: { name } });
}

/** @returns the key, told this once */
export async function issueKey(
  tx: Tx,
  source: string,
  { expiresAt = null }: { readonly expiresAt?: number | null } = {},
): Promise<string> {
  mustGiveKeys(tx.actor);
  await mustBeSource(tx, source);
  const plain = `scim_${randomBytes(32).toString('base64url')}`;
  const id = newId();
  await insertRows(tx, ScimKeyTable, [
    {
      id,
      source,
      keyHash: hashOf(plain),
      hint: plain.slice(-4),
      createdAt: tx.now,
      createdBy: actorId(tx.actor).slice(0, 64),
      expiresAt,
      revokedAt: null,
      lastUsedAt: null,
    },
  ]);
  recordAct(tx, {
    action: 'scim.issueKey',
    targetType: 'scimKey',
    targetId: id,
    after: { source, expiresAt },
  });
  return plain;
}

export async function revokeKey(tx: Tx, keyId: string): Promise<void> {
  mustGiveKeys(tx.actor);
  const keys = tx.em.getRepository(ScimKeyTable);
  const row = await keys.findOneBy({ id: keyId });
  if (!row) throw notFound('scim.unknown_key');
  if (row.revokedAt !== null) return;
  await keys.update({ id: keyId }, { revokedAt: tx.now });
  recordAct(tx, {
    action: 'scim.revokeKey',
    targetType: 'scimKey',
    targetId: keyId,
    before: { source: row.source },
  });
}

/**
 * A7: HR has seen what the system pushed; from now on it may end and suspend, within the limits. Whoever set it up
 * is not who accepts it (D3): a second person looks.
 */
export async function acceptSource(tx: Tx, source: string): Promise<void> {
  mustMaintain(tx.actor);
  const { acceptedAt, createdBy } = await mustBeSource(tx, source);
  if (acceptedAt !== null) return;
  if (tx.actor.kind === 'person' && createdBy === actorId(tx.actor)) throw forbidden('scim.own_source');
  const acceptedBy = actorId(tx.actor).slice(0, 64);
  await tx.em.getRepository(ScimSourceTable).update({ id: source }, { acceptedAt: tx.now, acceptedBy });
  recordAct(tx, { action: 'scim.acceptSource', targetType: 'scimSource', targetId: source });
}

async function mustBeSource(reads: Reads, source: string) {
  const row = await reads.em.getRepository(ScimSourceTable).findOneBy({ id: source });
  if (!row) throw notFound('scim.unknown_source');
  return row;
}

export async function listSources(reads: Reads): Promise<KnownSource[]> {
  const sources = await reads.em.getRepository(ScimSourceTable).find({ order: { id: 'ASC' }, take: AT_MOST });
  const keys = await reads.em.getRepository(ScimKeyTable).find({ order: { id: 'DESC' }, take: AT_MOST });
  return sources.map(({ id, name, acceptedAt }) => ({
    source: id,
    name,
    acceptedAt,
    keys: keys
      .filter((key) => key.source === id)
      .map(({ id: keyId, hint, createdAt, expiresAt, revokedAt, lastUsedAt }) => ({
        keyId,
        hint,
        createdAt,
        expiresAt,
        revokedAt,
        lastUsedAt,
      })),
  }));
}

/** The identity system whose valid key stands in the header, or null. */
export async function systemBehind(db: Db, header: string): Promise<string | null> {
  const [, plain] = KEY.exec(header) ?? [];
  if (plain === undefined) return null;
  const keyHash = hashOf(plain);
  const found = await db.read(async (reads) => ({
    row: await reads.em.getRepository(ScimKeyTable).findOneBy({ keyHash }),
    now: reads.now,
  }));
  const { row, now } = found;
  // Looked up by hash, so time tells nothing of the key; the last word is a comparison in constant time all the same.
  if (!row || !timingSafeEqual(Buffer.from(row.keyHash), Buffer.from(keyHash))) return null;
  if (row.revokedAt !== null || (row.expiresAt !== null && row.expiresAt <= now)) return null;
  if ((row.lastUsedAt ?? 0) <= now - HOUR_MS)
    await db.run('update scim_key set lastUsedAt = ? where id = ?', [now, row.id]);
  return row.source;
}

const hashOf = (plain: string): string => createHash('sha256').update(plain).digest('hex');
