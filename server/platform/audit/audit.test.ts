import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { In } from 'typeorm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openTestDb, type TestDb } from '../../../test/support/test-db.ts';
import { systemActor } from '../../kernel/actor.ts';
import { canonicalJson } from '../../kernel/canonical-json.ts';
import { newId } from '../../kernel/id.ts';
import { type Anchor, entryHash, GENESIS } from './chain.ts';
import { recordAct } from './record.ts';
import { sealAll } from './seal.ts';
import { AuditEntryTable, AuditHeadTable } from './tables.ts';
import { verifyAudit } from './verify.ts';

let t: TestDb;
let anchors: Anchor[];

beforeEach(async () => {
  t = await openTestDb([AuditEntryTable, AuditHeadTable]);
  for (let n = 1; n <= 12; n += 1) await act(n);
  await sealAll(t.db);
  const head = await t.db.read((r) => r.em.getRepository(AuditHeadTable).findOneByOrFail({ id: 'head' }));
  anchors = [{ at: t.clock.now(), seq: head.seq, hash: head.hash }];
});
afterEach(() => t.close());

const act = (n: number) =>
  t.db.write({ kind: 'person', personId: `p${n}`, name: '甲', roles: ['staff'], via: 'h5' }, async (tx) =>
    recordAct(tx, { action: 'test.act', targetType: 'thing', targetId: `t${n}`, after: { n, 说明: '改' } }),
  );
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const sql = (text: string) => t.db.write(systemActor('attacker'), (tx) => tx.em.query(text));
const faults = async (known: readonly Anchor[] = []) =>
  (await verifyAudit(t.db, known)).faults.map((fault) => fault.kind);

describe('audit chain', () => {
  it('H7 keeps who, what, target, time and result with the act', async () => {
    const entry = await t.db.read((r) =>
      r.em.getRepository(AuditEntryTable).findOneByOrFail({ targetId: 't3' }),
    );
    expect(entry).toMatchObject({
      actorId: 'p3',
      actorRoles: 'staff',
      via: 'h5',
      action: 'test.act',
      result: 'ok',
      at: t.clock.now(),
      seq: 3,
    });
  });

  it('R45 verifies a whole chain and counts what is not sealed yet', async () => {
    await act(13);
    expect(await verifyAudit(t.db, anchors)).toEqual({ sealed: 12, unsealed: 1, destroyed: 0, faults: [] });
  });

  it('R45 detects a change', async () => {
    await sql(`update audit_entry set actorId = 'somebody' where seq = 5`);
    expect(await faults()).toEqual(['changed']);
  });

  it('R45 what is no JSON any more is a change, and the rest is verified all the same', async () => {
    await sql(`update audit_entry set after = '{"n":' where seq = 5`);
    expect((await verifyAudit(t.db, anchors)).faults).toEqual([{ kind: 'changed', seq: 5 }]);
  });

  it('R45 H8 hashes the canonical JSON of the entry, whatever is in it', () => {
    const text = fc.string({ unit: 'binary' });
    const entries = fc.record({
      id: text,
      at: fc.nat(),
      actorKind: fc.constantFrom('person' as const, 'system' as const),
      actorId: text,
      actorRoles: text,
      via: text,
      action: text,
      targetType: text,
      targetId: text,
      before: fc.jsonValue(),
      after: fc.jsonValue(),
      result: text,
      requestId: fc.option(text),
      address: fc.option(text),
      format: fc.constantFrom(1, 2, 3),
      salt: fc.option(text),
      personalDigest: fc.option(text),
    });
    fc.assert(
      fc.property(entries, fc.nat(), (entry, seq) => {
        const { format, personalDigest, salt, address, ...plain } = entry;
        const addressDigest = address === null ? null : sha256(`${salt ?? ''}\n${address}`);
        const content = {
          1: { address },
          2: { address, format, personalDigest },
          3: { addressDigest, format, personalDigest },
        }[format];
        const hashed = canonicalJson({ ...plain, seq, ...content });
        const wanted = sha256(`${GENESIS}\n${format === 3 ? sha256(hashed) : hashed}`);
        expect(entryHash({ ...entry, seq: null, prevHash: null, hash: null }, seq, GENESIS)).toBe(wanted);
      }),
    );
  });

  it('R45 detects a removal in the middle', async () => {
    await sql(`delete from audit_entry where seq = 5`);
    expect(await faults()).toContain('missing');
  });

  it('R45 detects a reorder', async () => {
    await sql(`update audit_entry set seq = 100 where seq = 5`);
    await sql(`update audit_entry set seq = 5 where seq = 6`);
    await sql(`update audit_entry set seq = 6 where seq = 100`);
    expect(await faults()).toContain('changed');
  });

  it('R45 detects an insertion', async () => {
    await sql(`update audit_head set seq = 11 where id = 'head'`);
    expect(await faults()).toEqual(['inserted']);
  });

  it.each([0, -7, 4.5])('R45 detects an entry put at place %d, whatever hash it has', async (place) => {
    const [before, ...copied] = await t.db.read((r) =>
      r.em.getRepository(AuditEntryTable).find({ where: { seq: In([4, 5]) }, order: { seq: 'ASC' } }),
    );
    const [entry] = copied;
    if (!before || !entry) throw new Error('no such entries');
    // The counter of MariaDB holds whole numbers only.
    const seq = t.db.dialect === 'mysql' ? Math.floor(place) : place;
    if (seq === 4) return;
    const forged = { ...entry, id: newId(), seq, prevHash: before.hash };
    await t.db.insert(AuditEntryTable, { ...forged, hash: entryHash(forged, seq, before.hash ?? '') });
    expect((await verifyAudit(t.db, anchors)).faults).toEqual([{ kind: 'inserted', seq }]);
  });

  it('R45 what is sealed while it is verified is verified too, and no cut tail', async () => {
    const { read } = t.db;
    let reads = 0;
    const busy = {
      ...t.db,
      read: async <T>(work: Parameters<typeof read<T>>[0]) => {
        reads += 1;
        if (reads === 3) for (const n of [13, 14]) await act(n).then(() => sealAll(t.db));
        return read(work);
      },
    };
    expect(await verifyAudit(busy, anchors)).toMatchObject({ sealed: 14, unsealed: 0, faults: [] });
  });

  it('R45 detects a cut tail by the head, and by the anchor when the head was cut too', async () => {
    await sql(`delete from audit_entry where seq > 9`);
    expect(await faults()).toEqual(['tail_cut']);
    const [last] = await t.db.read((r) =>
      r.em.query<{ hash: string }[]>('select hash from audit_entry where seq = 9'),
    );
    await sql(`update audit_head set seq = 9, hash = '${last?.hash}' where id = 'head'`);
    expect(await faults()).toEqual([]);
    expect(await faults(anchors)).toEqual(['tail_cut']);
  });

  it('H8 two sealers at once never fork the chain', async () => {
    for (let n = 20; n < 60; n += 1) await act(n);
    await Promise.all([sealAll(t.db), sealAll(t.db), sealAll(t.db)]);
    expect(await verifyAudit(t.db, anchors)).toEqual({ sealed: 52, unsealed: 0, destroyed: 0, faults: [] });
  });
});
