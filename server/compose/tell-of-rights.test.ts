import { expect, it } from 'vitest';
import type { Access, DelegationEnding } from '../features/access/index.ts';
import type { Tx } from '../platform/db/unit-of-work.ts';
import { tellOfRights } from './tell-of-rights.ts';

it('S2-9d a delegation that was given a new end is told of again when that comes near', async () => {
  const effects: ((tx: Tx, fact: DelegationEnding) => Promise<void>)[] = [];
  const org = { unit: () => ({ name: '信息学院' }), person: () => ({ name: '张雨桐', active: true }) };
  const access = {
    orgOf: async () => org,
    onDelegationEnding: (effect: (typeof effects)[number]) => void effects.push(effect),
    onHolderChanged: () => undefined,
    onConsoleFound: () => undefined,
  } as unknown as Access;
  const rows: { ref?: string; personId?: string }[] = [];
  const tx = {
    now: 0,
    signal: () => undefined,
    append: (_table: unknown, row: object) => void rows.push(row),
  } as unknown as Tx;
  tellOfRights({ access, publicUrl: 'https://oa.example.edu.cn', adminIds: async () => [] });
  const ending = {
    kind: 'ending',
    delegationId: 'd1',
    personId: 'p1',
    grantedBy: 'p2',
    unitId: 'u1',
  } as const;
  for (const lastOn of ['2026-12-31', '2027-01-31'])
    for (const effect of effects) await effect(tx, { ...ending, lastOn });
  // The outbox says what has the same ref to the same person once.
  const said = rows.filter(({ personId }) => personId === 'p1').map(({ ref }) => ref);
  expect(new Set(said).size).toBe(2);
});
