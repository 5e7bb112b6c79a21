import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { moveAccount } from './account-state.ts';
import { holdOf, undoLock, type LockHold } from './lock.ts';
import type { AccountState, AccountStates, Act } from './model.ts';
import { planItems } from './plan-items.ts';
import { stateWords } from './words.ts';
import { at, forms, settings } from './testing/stage.ts';

const { systems } = settings;

/** Accounts and the locks on them, moved by the same rules the commands use. */
interface World {
  accounts: AccountStates;
  locks: LockHold[];
}

function run(accounts: AccountStates, items: readonly { systemCode: string; act: Act }[]): AccountStates {
  const next: Record<string, AccountState> = { ...accounts };
  for (const { systemCode, act } of items) {
    const started = moveAccount(next[systemCode] ?? 'none', act, 'start');
    next[systemCode] = moveAccount(started, act, 'done');
  }
  return next;
}

function lock(world: World, id: string, kind: 'lock' | 'secondOut'): World {
  const form = kind === 'lock' ? forms.lock() : forms.secondOut();
  try {
    const plan = planItems({
      filled: form,
      accounts: world.accounts,
      systems,
      lock: null,
      otherLocks: world.locks,
    });
    return {
      accounts: run(world.accounts, plan.items),
      locks: [...world.locks, holdOf(id, plan.before, plan.items)],
    };
  } catch {
    return world;
  }
}

function decideUnlock(world: World, id: string, returned = true): World {
  const hold = world.locks.find(({ lockId }) => lockId === id);
  if (!hold) return world;
  const others = world.locks.filter(({ lockId }) => lockId !== id);
  const { items, inherit } = undoLock(hold, others, world.accounts, returned);
  return {
    accounts: run(world.accounts, items),
    locks: others.map((one) => {
      const heir = inherit.find(({ lockId }) => lockId === one.lockId);
      return heir ? { ...one, before: heir.before } : one;
    }),
  };
}

const anyAccounts = fc.record(
  Object.fromEntries(
    systems.map(({ code }) => [code, fc.constantFrom<AccountState>('none', 'open', 'cancelled')]),
  ),
) as fc.Arbitrary<AccountStates>;
const anyKind = fc.constantFrom('lock' as const, 'secondOut' as const);

describe('a lock', () => {
  it('C13 undo after a lock gives back the same states', () => {
    fc.assert(
      fc.property(anyAccounts, anyKind, (accounts, kind) => {
        const locked = lock({ accounts, locks: [] }, 'a', kind);
        const undone = decideUnlock(locked, 'a');
        expect(undone.accounts).toEqual(accounts);
        expect(undone.locks).toEqual([]);
      }),
    );
  });

  it('C13 several locks, ended in any order, give back the states before the first', () => {
    fc.assert(
      fc.property(
        anyAccounts,
        fc.array(anyKind, { minLength: 1, maxLength: 4 }),
        fc.infiniteStream(fc.nat()),
        (accounts, kinds, order) => {
          let world: World = { accounts, locks: [] };
          for (const [n, kind] of kinds.entries()) world = lock(world, `lock${n}`, kind);
          while (world.locks.length > 0) {
            const pick = world.locks[(order.next().value ?? 0) % world.locks.length];
            if (pick) world = decideUnlock(world, pick.lockId);
          }
          expect(world.accounts).toEqual(accounts);
        },
      ),
    );
  });

  it('S3-2.5b H5 no account leaves "locked" while a lock on it is undecided, whatever else ends', () => {
    fc.assert(
      fc.property(fc.array(anyKind, { minLength: 2, maxLength: 4 }), fc.nat(), (kinds, last) => {
        let world: World = { accounts: { wecom: 'open', oa: 'open', attendance: 'open' }, locks: [] };
        for (const [n, kind] of kinds.entries()) world = lock(world, `lock${n}`, kind);
        const keep = world.locks[last % world.locks.length]?.lockId;
        for (const { lockId } of world.locks) {
          if (lockId !== keep) world = decideUnlock(world, lockId);
          expect([world.accounts.wecom, world.accounts.oa]).toEqual(['locked', 'locked']);
        }
        expect(world.locks.map(({ lockId }) => lockId)).toEqual([keep]);
      }),
    );
  });

  it('C14 S3-2.4b attendance is opened anew only for who is back', () => {
    const world = lock(
      { accounts: { wecom: 'open', oa: 'open', attendance: 'open' }, locks: [] },
      'a',
      'secondOut',
    );
    expect(world.accounts).toEqual({ wecom: 'locked', oa: 'locked', attendance: 'cancelled' });
    expect(decideUnlock(world, 'a', false).accounts.attendance).toBe('cancelled');
    expect(decideUnlock(world, 'a', true).accounts.attendance).toBe('open');
  });

  it('H5 reads the same for everybody: since when, never why', () => {
    expect(stateWords('locked', at('2026-11-03 09:00'))).toBe('锁定，11-03 起');
  });
});
