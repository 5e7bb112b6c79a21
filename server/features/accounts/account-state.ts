import { refused } from '../../kernel/errors.ts';
import type { AccountState, Act } from './model.ts';

export type Phase = 'start' | 'done';

/**
 * What an act does to an account: `[from …] → to`, at its start or when it is proved. Left out: the state stays.
 * S2-14a: opening what is there already is the one thing the table never allows.
 */
const MOVES: Readonly<Record<Act, Partial<Record<Phase, Partial<Record<AccountState, AccountState>>>>>> = {
  open: { start: { none: 'opening', cancelled: 'opening' }, done: { opening: 'open' } },
  change: { done: { open: 'open' } },
  lock: { done: { open: 'locked', locked: 'locked' } },
  unlock: { done: { locked: 'open', open: 'open' } },
  disable: {
    done: { opening: 'cancelling', open: 'cancelling', locked: 'cancelling', cancelling: 'cancelling' },
  },
  restore: {},
  cancel: { done: { opening: 'cancelled', open: 'cancelled', locked: 'cancelled', cancelling: 'cancelled' } },
};

/** The state after an act. @throws `accounts.already_has`, `accounts.state_forbids` */
export function moveAccount(
  state: AccountState,
  act: Act,
  phase: Phase,
  target: AccountState | null = null,
): AccountState {
  if (act === 'restore') return restore(state, phase, target);
  const moves = MOVES[act][phase];
  if (!moves) return state;
  const next = moves[state];
  if (next === undefined) throw whyNot(state, act);
  return next;
}

export const canMove = (state: AccountState, act: Act): boolean => {
  if (act === 'restore') return state === 'cancelling';
  const moves = MOVES[act].start ?? MOVES[act].done;
  return moves?.[state] !== undefined;
};

function restore(state: AccountState, phase: Phase, target: AccountState | null): AccountState {
  if (phase === 'start') return state;
  if (state !== 'cancelling' || target === null) throw whyNot(state, 'restore');
  return target;
}

const whyNot = (state: AccountState, act: Act) =>
  act === 'open' ? refused('accounts.already_has') : refused('accounts.state_forbids', { state, act });
