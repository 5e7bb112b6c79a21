import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import fc from 'fast-check';
import { openTestDb, recordVault, type TestDb } from '../../../test/support/test-db.ts';
import { systemActor } from '../../kernel/actor.ts';
import type { Tx } from '../db/unit-of-work.ts';
import { createVault } from '../vault/index.ts';
import type { ChainFault } from './chain.ts';
import { entryHash } from './chain.ts';
import { forgetPerson } from './forget-person.ts';
import { createOpenPersonal } from './personal-parts.ts';
import { recordAct } from './record.ts';
import { sealAll } from './seal.ts';
import {
  AuditEntryTable,
  type AuditEntryRow,
  AuditHeadTable,
  AuditPersonalTable,
  AuditPersonKeyTable,
  PERSON_KEY_PURPOSE,
} from './tables.ts';
import { verifyAudit } from './verify.ts';

let t: TestDb;
beforeEach(async () => {
  t = await openTestDb([AuditEntryTable, AuditHeadTable]);
});
afterEach(() => t.close());

const actor = systemActor('test');
const open = createOpenPersonal(recordVault);

/** Renamed: who, and in which words. */
const act = (personId: string, name: string) =>
  t.db.write(actor, async (tx) =>
    recordAct(tx, {
      action: 'test.rename',
      targetType: 'person',
      targetId: personId,
      after: { mobile: '199****0731' },
      personal: { personId, before: { name: '旧名' }, after: { name } },
    }),
  );
const plainAct = () =>
  t.db.write(actor, async (tx) =>
    recordAct(tx, { action: 'test.act', targetType: 'thing', targetId: 't', after: { state: 'done' } }),
  );
/** What a unit of work sends from its first act to its COMMIT, each statement, however many go in one trip. */
async function statementsOf(act: (tx: Tx) => void): Promise<string[]> {
  const asked: string[] = [];
  await t.db.write(actor, async (tx) => {
    const runner = tx.em.queryRunner;
    if (!runner) throw new Error('no unit of work');
    const { query } = runner;
    vi.spyOn(runner, 'query').mockImplementation((sql: string, ...rest: unknown[]) => {
      asked.push(...sql.replace('/* several */ ', '').split('; '));
      return (query as (...all: unknown[]) => Promise<never>).call(runner, sql, ...rest);
    });
    act(tx);
  });
  vi.restoreAllMocks();
  return asked;
}
const forget = (personId: string) => t.db.write(actor, (tx) => forgetPerson(tx, personId));
const entriesOf = (personId: string): Promise<AuditEntryRow[]> =>
  t.db.read((r) =>
    r.em.getRepository(AuditEntryTable).find({ where: { targetId: personId }, order: { id: 'ASC' } }),
  );
const partsOf = async (personId: string) => {
  const entries = await entriesOf(personId);
  const parts = await t.db.read((reads) =>
    open(
      reads,
      entries.map(({ id }) => id),
    ),
  );
  return entries.map(({ id }) => parts.get(id) ?? null);
};
const keys = () => t.db.read((r) => r.em.getRepository(AuditPersonKeyTable).find({ order: { id: 'ASC' } }));
const verify = (vault = recordVault) => verifyAudit(t.db, [], vault);
const sql = (text: string, params: unknown[] = []) =>
  t.db.write(systemActor('attacker'), (tx) => tx.em.query<unknown>(text, params));

describe('H9 personal part', () => {
  it('H9 H7 is sealed outside the entry; masked values stay in it', async () => {
    await act('p1', '陈新名');
    const [entry] = await entriesOf('p1');
    expect(entry).toMatchObject({ format: 3, before: null, after: { mobile: '199****0731' } });
    const stored = await t.db.read((r) =>
      Promise.all([
        r.em.query<unknown>('select * from audit_entry'),
        r.em.query<unknown>('select * from audit_personal'),
        r.em.query<unknown>('select * from audit_person_key'),
      ]),
    );
    expect(JSON.stringify(stored)).not.toMatch(/陈新名|旧名/);
    expect(await partsOf('p1')).toEqual([
      { state: 'open', personId: 'p1', before: { name: '旧名' }, after: { name: '陈新名' } },
    ]);
  });

  it('H9 an act without one is stored as before, and asks the database nothing more', async () => {
    await plainAct();
    const [entry] = await entriesOf('t');
    expect(entry).toMatchObject({ format: 3, personalDigest: null });
    await t.db.write(actor, async (tx) =>
      recordAct(tx, {
        action: 'test.act',
        targetType: 'thing',
        targetId: 'u',
        personal: { personId: 'p', after: {} },
      }),
    );
    expect((await entriesOf('u'))[0]).toMatchObject({ format: 3 });
    expect(await keys()).toEqual([]);
    const asked = await statementsOf((tx) =>
      recordAct(tx, { action: 'test.act', targetType: 'thing', targetId: 'v' }),
    );
    expect(asked).toEqual([expect.stringMatching(/^insert into .audit_entry./), 'COMMIT']);
  });

  it('H9 H8 what was sealed before there were personal parts keeps its hash', () => {
    const entry: AuditEntryRow = {
      id: '0'.repeat(32),
      at: 1,
      actorKind: 'system',
      actorId: 'a',
      actorRoles: '',
      via: 'system',
      action: 'x.y',
      targetType: 't',
      targetId: 'i',
      before: null,
      after: { n: 1 },
      result: 'ok',
      requestId: null,
      address: null,
      seq: 1,
      prevHash: null,
      hash: null,
      format: 1,
      salt: null,
      personalDigest: null,
    };
    // Computed by the program of before (commit 02f593d).
    expect(entryHash(entry, 1, '0'.repeat(64))).toBe(
      'a652b463ea9a7bdf4251a6b011035076d4b82854b95c8cc5e332efe8c34f6685',
    );
    expect(entryHash({ ...entry, format: 2 }, 1, '0'.repeat(64))).not.toBe(
      'a652b463ea9a7bdf4251a6b011035076d4b82854b95c8cc5e332efe8c34f6685',
    );
  });

  it('H9 one person has one key; acts of several people in one unit of work have theirs', async () => {
    await t.db.write(actor, async (tx) => {
      for (const [personId, name] of [
        ['p2', '乙'],
        ['p1', '甲'],
        ['p2', '乙二'],
      ] as const)
        recordAct(tx, {
          action: 'test.rename',
          targetType: 'person',
          targetId: personId,
          personal: { personId, after: { name } },
        });
    });
    await act('p1', '甲二');
    expect((await keys()).map(({ personId }) => personId).sort()).toEqual(['p1', 'p2']);
    expect((await partsOf('p2')).map((part) => part?.state === 'open' && part.after)).toEqual([
      { name: '乙' },
      { name: '乙二' },
    ]);
  });

  it('H9 parallel writers do not fork a person’s key', async () => {
    await Promise.all(Array.from({ length: 12 }, (_, n) => act('p1', `名${n}`)));
    expect(await keys()).toHaveLength(1);
    expect((await partsOf('p1')).map((part) => part?.state)).toEqual(Array(12).fill('open'));
  });

  it('H9 without a vault a unit of work with a personal part fails as a whole', async () => {
    const kind = { name: 'nobody.takes' };
    await expect(
      t.db.write(actor, async (tx) => {
        recordAct(tx, { action: 'test.act', targetType: 'thing', targetId: 'lost' });
        tx.gather(kind, 1);
      }),
    ).rejects.toThrow('nobody takes nobody.takes');
    expect(await entriesOf('lost')).toEqual([]);
  });
});

describe('H9 forgetting', () => {
  it('H9 destroys the key: nobody reads the part again, the chain stays whole, others keep theirs', async () => {
    await act('p1', '甲');
    await act('p1', '甲二');
    await act('p2', '乙');
    await sealAll(t.db);
    expect(await forget('p1')).toBe(2);
    expect((await partsOf('p1')).slice(0, 2)).toEqual([
      { state: 'destroyed', personId: 'p1', at: t.clock.now() },
      { state: 'destroyed', personId: 'p1', at: t.clock.now() },
    ]);
    expect((await partsOf('p2'))[0]).toMatchObject({ state: 'open' });
    const [p1] = await keys();
    expect(p1).toMatchObject({
      personId: 'p1',
      livingFor: null,
      keySealed: null,
      destroyedAt: t.clock.now(),
    });
    expect(await verify()).toEqual({ sealed: 3, unsealed: 1, destroyed: 2, faults: [] });
    await sealAll(t.db);
    expect(await verify()).toEqual({ sealed: 4, unsealed: 0, destroyed: 2, faults: [] });
    // An operator without the vault's keys can verify as well.
    expect(await verifyAudit(t.db, [])).toEqual({ sealed: 4, unsealed: 0, destroyed: 2, faults: [] });
  });

  it('H9 is on the record itself, with how many entries it took', async () => {
    await act('p1', '甲');
    await forget('p1');
    const entry = (await entriesOf('p1'))[1];
    expect(entry).toMatchObject({
      action: 'audit.forgetPerson',
      targetType: 'person',
      after: { keyIds: [(await keys())[0]?.id], entries: 1 },
    });
    expect(await forget('p1')).toBe(0);
    expect(await forget('nobody')).toBe(0);
    expect(await entriesOf('p1')).toHaveLength(2);
  });

  it('H9 what happens to the person afterwards has a new key', async () => {
    await act('p1', '甲');
    await forget('p1');
    await act('p1', '甲回来');
    expect((await partsOf('p1')).map((part) => part?.state ?? null)).toEqual(['destroyed', null, 'open']);
    expect(await forget('p1')).toBe(1);
    await sealAll(t.db);
    expect(await verify()).toMatchObject({ destroyed: 2, faults: [] });
  });

  it('H9 acts and forgetting at the same moment leave a whole record', async () => {
    await act('p1', '甲');
    await Promise.all([
      forget('p1'),
      ...Array.from({ length: 6 }, (_, n) => act('p1', `名${n}`)),
      forget('p1'),
    ]);
    await sealAll(t.db);
    expect((await verify()).faults).toEqual([]);
    const states = (await partsOf('p1')).map((part) => part?.state);
    expect(states).not.toContain('unreadable');
  });
});

describe('H9 verifying', () => {
  const kinds = async (vault?: typeof recordVault) => [
    ...new Set((await verify(vault)).faults.map((fault: ChainFault) => fault.kind)),
  ];
  let ids: string[];
  beforeEach(async () => {
    await act('p1', '甲');
    await act('p2', '乙');
    await act('p1', '甲二');
    await plainAct();
    await sealAll(t.db);
    ids = (await t.db.read((r) => r.em.getRepository(AuditPersonalTable).find({ order: { id: 'ASC' } }))).map(
      ({ id }) => id,
    );
    expect((await verify()).faults).toEqual([]);
  });

  it.each<[string, (id: string) => Promise<unknown>, string]>([
    [
      'a change of the entry',
      (id) => sql(`update audit_entry set actorId = 'x' where id = ?`, [id]),
      'changed',
    ],
    [
      'a change of its digest',
      (id) => sql(`update audit_entry set personalDigest = ? where id = ?`, ['0'.repeat(64), id]),
      'changed',
    ],
    [
      'a digest taken away',
      (id) => sql(`update audit_entry set format = 1, personalDigest = null where id = ?`, [id]),
      'changed',
    ],
    ['another format', (id) => sql(`update audit_entry set format = 1 where id = ?`, [id]), 'changed'],
    [
      'other sealed bytes',
      (id) => sql(`update audit_personal set sealed = 'p1.AAAA.AAAA' where id = ?`, [id]),
      'personal_changed',
    ],
    [
      'another person',
      (id) => sql(`update audit_personal set personId = 'p9' where id = ?`, [id]),
      'personal_changed',
    ],
    [
      'another key',
      (id) => sql(`update audit_personal set keyId = 'k' where id = ?`, [id]),
      'personal_changed',
    ],
    ['a removed part', (id) => sql(`delete from audit_personal where id = ?`, [id]), 'personal_missing'],
  ])('H9 finds %s', async (_what, tamper, kind) => {
    await tamper(ids[0] ?? '');
    expect(await kinds()).toContain(kind);
  });

  it('H9 finds two parts that changed places', async () => {
    await sql(`update audit_personal set id = 'x' where id = ?`, [ids[0]]);
    await sql(`update audit_personal set id = ? where id = ?`, [ids[0], ids[2]]);
    await sql(`update audit_personal set id = ? where id = 'x'`, [ids[2]]);
    expect((await verify()).faults).toEqual([
      { kind: 'personal_changed', seq: 1 },
      { kind: 'personal_changed', seq: 3 },
    ]);
  });

  it('H9 finds a part of an entry that had none, and one of no entry', async () => {
    const [plain] = await entriesOf('t');
    const insert = (id: string) =>
      sql(`insert into audit_personal (id, personId, keyId, sealed) values (?, 'p1', 'k', 'x')`, [id]);
    await insert(plain?.id ?? '');
    expect((await verify()).faults).toEqual([{ kind: 'personal_inserted', seq: 4 }]);
    await insert('of-nothing');
    expect((await verify()).faults.map(({ seq }) => seq).sort()).toEqual([0, 4]);
  });

  it('H9 finds a key that is gone, was exchanged, or was destroyed behind the record’s back', async () => {
    const [first, second] = await keys();
    await sql('update audit_person_key set keySealed = ? where id = ?', [second?.keySealed, first?.id]);
    expect(await kinds()).toEqual(['key_changed']);
    await sql('update audit_person_key set keySealed = ? where id = ?', [first?.keySealed, first?.id]);
    expect(await kinds()).toEqual([]);
    await sql('update audit_person_key set destroyedAt = 1 where id = ?', [first?.id]);
    expect(await kinds()).toEqual(['key_changed']);
    await sql('update audit_person_key set keySealed = null where id = ?', [first?.id]);
    expect(await kinds()).toEqual(['key_destroyed']);
    await sql('delete from audit_person_key where id = ?', [first?.id]);
    expect((await verify()).faults).toEqual([{ kind: 'key_missing', seq: 1 }]);
  });

  it.each(['null', '{}', '{"keyIds":7}', '{'])(
    'R45 H9 finds a destroyed key whose entry was changed to %s, and goes on',
    async (after) => {
      await forget('p1');
      await sealAll(t.db);
      await sql(`update audit_entry set after = ? where action = 'audit.forgetPerson'`, [after]);
      expect(await kinds()).toEqual(['changed', 'key_destroyed']);
    },
  );

  it('H9 keys are the vault’s: sealed anew by a rotation they still open, with an unknown vault none does', async () => {
    const [old, fresh] = ['a-secret-of-the-record-in-tests', 'a-newer-secret-of-the-record'];
    const both = createVault({ secrets: [fresh, old], fingerprintSecret: 'a-fingerprint-secret-for-tests' });
    for (const key of await keys())
      await sql('update audit_person_key set keySealed = ? where id = ?', [
        both.seal(PERSON_KEY_PURPOSE, both.open(PERSON_KEY_PURPOSE, key.keySealed ?? '')),
        key.id,
      ]);
    const after = createVault({ secrets: [fresh], fingerprintSecret: 'a-fingerprint-secret-for-tests' });
    expect(await kinds(after)).toEqual([]);
    const parts = await t.db.read((reads) => createOpenPersonal(after)(reads, ids));
    expect([...parts.values()].map(({ state }) => state)).toEqual(['open', 'open', 'open']);
    expect(await kinds()).toEqual(['key_changed']);
    expect((await partsOf('p1')).map((part) => part?.state)).toEqual(['unreadable', 'unreadable']);
  });
});

describe('H9 property', () => {
  const person = fc.constantFrom('p1', 'p2', 'p3');
  const step = fc.oneof(
    { weight: 4, arbitrary: fc.record({ kind: fc.constant('act' as const), person, name: fc.string() }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('plain' as const) }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('forget' as const), person }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('seal' as const) }) },
  );

  it('H9 any sequence of acts and forgetting verifies; what was forgotten and only that is unreadable', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
        for (const table of ['audit_entry', 'audit_head', 'audit_personal', 'audit_person_key'])
          await sql(`delete from ${table}`);
        /** Per person the names, null when forgotten. */
        const model = new Map<string, (string | null)[]>();
        for (const one of steps) {
          if (one.kind === 'act') {
            await act(one.person, one.name);
            model.set(one.person, [...(model.get(one.person) ?? []), one.name]);
          } else if (one.kind === 'plain') await plainAct();
          else if (one.kind === 'seal') await sealAll(t.db);
          else {
            const known = model.get(one.person) ?? [];
            expect(await forget(one.person)).toBe(known.filter((name) => name !== null).length);
            model.set(
              one.person,
              known.map(() => null),
            );
          }
        }
        await sealAll(t.db);
        const forgotten = [...model.values()].flat().filter((name) => name === null).length;
        expect(await verify()).toMatchObject({ unsealed: 0, destroyed: forgotten, faults: [] });
        for (const [personId, names] of model) {
          const parts = (await partsOf(personId)).filter((part) => part !== null);
          expect(parts.map((part) => (part.state === 'open' ? part.after?.name : null))).toEqual(names);
        }
      }),
      { numRuns: 25 },
    );
  });
});
