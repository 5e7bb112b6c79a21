import { In } from 'typeorm';
import { systemActor } from '../kernel/actor.ts';
import { DAY_MS } from '../kernel/dates.ts';
import { againOnClash } from '../platform/db/again-on-clash.ts';
import { insertRows } from '../platform/db/rows.ts';
import type { Db, Tx } from '../platform/db/unit-of-work.ts';
import { deleteRows, type Keeping } from '../platform/keeping/index.ts';
import { type Buckets, grant, type Lease, type LeaseRequest, type QuotaStore } from '../wecom/index.ts';
import { QuotaTable, type QuotaRow } from './tables.ts';

const actor = systemActor('connector.quota');
const CHUNK = 200;

/** 企业微信's budgets in the database: instances take small leases and spend them locally. */
export function createQuotaStore(db: Db): QuotaStore {
  return {
    async lease(requests) {
      const granted = new Map<string, Lease>();
      const ordered = [...requests].sort((a, b) => (a.key < b.key ? -1 : 1));
      for (let at = 0; at < ordered.length; at += CHUNK) {
        const chunk = ordered.slice(at, at + CHUNK);
        for (const [key, lease] of await leaseChunk(db, chunk)) granted.set(key, lease);
      }
      return requests.map(({ key, bucketStart }) => granted.get(key) ?? { granted: 0, freeAt: bucketStart });
    },
  };
}

const leaseChunk = (db: Db, requests: readonly LeaseRequest[]): Promise<Map<string, Lease>> =>
  againOnClash(() => db.write(actor, (tx) => grantAll(tx, requests)));

async function grantAll(tx: Tx, requests: readonly LeaseRequest[]): Promise<Map<string, Lease>> {
  const known = await lockRows(
    tx,
    requests.map((request) => request.key),
  );
  const leases = new Map<string, Lease>();
  const fresh: QuotaRow[] = [];
  for (const request of requests) {
    const before = known.get(request.key);
    const { buckets, lease } = grant(before ?? [], request);
    leases.set(request.key, lease);
    const deleteAfter = request.bucketStart + request.lifeMs + DAY_MS;
    if (!before) fresh.push({ quotaKey: request.key, buckets, deleteAfter });
    else if (lease.granted > 0) await save(tx, request.key, buckets, deleteAfter);
  }
  await insertRows(tx, QuotaTable, fresh);
  return leases;
}

/** In key order, so that two instances never wait for each other in a circle. */
async function lockRows(tx: Tx, keys: string[]): Promise<Map<string, Buckets>> {
  const query = tx.em
    .getRepository(QuotaTable)
    .createQueryBuilder('q')
    .where({ quotaKey: In(keys) })
    .orderBy('q.quotaKey');
  const rows = await (tx.dialect === 'mysql' ? query.setLock('pessimistic_write') : query).getMany();
  return new Map(rows.map((row) => [row.quotaKey, row.buckets]));
}

async function save(tx: Tx, key: string, buckets: Buckets, deleteAfter: number): Promise<void> {
  await tx.em.query('update wecom_quota set buckets = ?, deleteAfter = ? where quotaKey = ?', [
    JSON.stringify(buckets),
    deleteAfter,
    key,
  ]);
}

/** Budgets of windows long over; a window's end is in the row already. */
export const keepingOfQuotas = (db: Db): Keeping =>
  deleteRows(db, {
    kind: 'connector.quotas',
    table: 'wecom_quota',
    idColumn: 'quotaKey',
    since: 'deleteAfter',
  });
