import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openTestDb, type TestDb } from '../../test/support/test-db.ts';
import { createVault } from '../platform/vault/index.ts';
import { type LeaseRequest, memoryQuotaStore, memoryTokenStore } from '../wecom/index.ts';
import { createQuotaStore, keepingOfQuotas } from './quota-store.ts';
import { QuotaTable, TokenTable } from './tables.ts';
import { createTokenStore } from './token-store.ts';

const vault = createVault({ secrets: ['v'.repeat(32)], fingerprintSecret: 'f'.repeat(32) });
const MINUTE = 60_000;
let t: TestDb;
beforeEach(async () => {
  t = await openTestDb([TokenTable, QuotaTable]);
});
afterEach(() => t.close());

const request = (more: Partial<LeaseRequest> = {}): LeaseRequest => ({
  key: 'send.member.m:ada',
  bucketStart: 0,
  lifeMs: MINUTE,
  need: 1,
  want: 1,
  limit: 30,
  ...more,
});

describe('budgets in the database', () => {
  it('a hundred instances asking at once get thirty, never one more', async () => {
    const stores = [createQuotaStore(t.db), createQuotaStore(t.db)];
    const leases = await Promise.all(
      Array.from({ length: 100 }, (_, n) => stores[n % 2]?.lease([request()]) ?? Promise.resolve([])),
    );
    expect(leases.flat().reduce((sum, lease) => sum + lease.granted, 0)).toBe(30);
  });

  it('answers in the order asked, each key by itself, also when there are many', async () => {
    const store = createQuotaStore(t.db);
    const keys = Array.from({ length: 450 }, (_, n) => `key${(n * 7919) % 450}`);
    await store.lease([request({ key: 'key3', limit: 1 })]);
    const leases = await store.lease(keys.map((key) => request({ key, limit: 1 })));
    expect(leases.map((lease) => lease.granted)).toEqual(keys.map((key) => (key === 'key3' ? 0 : 1)));
  });

  it('grants the same as the rule in memory, whatever is asked', async () => {
    const ask = fc.record({
      key: fc.constantFrom('a', 'b'),
      bucketStart: fc.integer({ min: 0, max: 20 }).map((n) => n * 10_000),
      need: fc.integer({ min: 1, max: 3 }),
      extra: fc.integer({ min: 0, max: 5 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(ask, { maxLength: 8 }), fc.uuid(), async (asks, run) => {
        const [real, model] = [createQuotaStore(t.db), memoryQuotaStore()];
        for (const { key, bucketStart, need, extra } of asks.sort((x, y) => x.bucketStart - y.bucketStart)) {
          const wanted = request({ key: `${run}${key}`, bucketStart, need, want: need + extra, limit: 10 });
          expect(await real.lease([wanted])).toEqual(await model.lease([wanted]));
        }
      }),
      { numRuns: 25 },
    );
  });

  it('windows long over are cleaned away, running ones stay', async () => {
    const now = t.clock.now();
    const store = createQuotaStore(t.db);
    await store.lease([
      request({ key: 'old', bucketStart: now - 3 * 86_400_000 }),
      request({ key: 'new', bucketStart: now }),
    ]);
    expect(await keepingOfQuotas(t.db).ending?.remove(now, 100)).toBe(1);
    const rows = await t.db.read((r) => r.em.getRepository(QuotaTable).find());
    expect(rows.map((row) => row.quotaKey)).toEqual(['new']);
  });
});

describe.each([
  ['the database', () => createTokenStore(t.db, vault)],
  ['memory', () => memoryTokenStore()],
])('tokens in %s', (_where, open) => {
  const token = (version: number) => ({ token: `token-${version}`, expiresAt: 1000 + version, version });

  it('are read back; a lower or equal version does not overwrite', async () => {
    const store = open();
    expect(await store.load('k')).toBeUndefined();
    expect(await store.save('k', token(2))).toBe(true);
    expect(await store.save('k', token(1))).toBe(false);
    expect(await store.save('k', token(2))).toBe(false);
    expect(await store.load('k')).toEqual(token(2));
    expect(await store.load('other')).toBeUndefined();
  });

  it('ten instances at once: one may refresh; the next one when the lease ends or is given back', async () => {
    const store = open();
    const got = await Promise.all(
      Array.from({ length: 10 }, (_, n) => store.lease('k', `holder${n}`, 0, 100)),
    );
    expect(got.filter(Boolean)).toHaveLength(1);
    const holder = `holder${got.indexOf(true)}`;
    expect(await store.lease('k', holder, 50, 150)).toBe(true);
    expect(await store.lease('k', 'late', 149, 300)).toBe(false);
    expect(await store.lease('k', 'late', 150, 300)).toBe(true);
    await store.release('k', holder);
    expect(await store.lease('k', 'third', 200, 300)).toBe(false);
    await store.release('k', 'late');
    expect(await store.lease('k', 'third', 200, 300)).toBe(true);
  });

  it('a lease is no token, and saving does not end it', async () => {
    const store = open();
    await store.lease('k', 'a', 0, 100);
    expect(await store.load('k')).toBeUndefined();
    await store.save('k', token(1));
    expect(await store.lease('k', 'b', 50, 100)).toBe(false);
  });
});

it('a token never lies in the database as it is', async () => {
  const store = createTokenStore(t.db, vault);
  await store.save('k', { token: 'very-secret-token', expiresAt: 1, version: 1 });
  const rows = await t.db.read((r) => r.em.query<object[]>('select * from wecom_token'));
  expect(JSON.stringify(rows)).not.toContain('very-secret-token');
});
