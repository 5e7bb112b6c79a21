/** What a complete request does to which account. Pure: states in, items out. */
import { refused } from '../../kernel/errors.ts';
import { canMove } from './account-state.ts';
import type { LockHold } from './lock.ts';
import type { AccountState, AccountStates, Act, Filled, PlannedItem, SystemSettings } from './model.ts';
import { undoLock } from './lock.ts';

export interface PlanInput {
  readonly filled: Filled;
  readonly accounts: AccountStates;
  readonly systems: readonly SystemSettings[];
  /** For `unlock`: the lock and the others that still hold the person. */
  readonly lock: LockHold | null;
  readonly otherLocks: readonly LockHold[];
}

export interface ItemPlan {
  readonly items: readonly PlannedItem[];
  /** States before anything is done: what an undo gives back. */
  readonly before: AccountStates;
  /** This stage waits for a release. */
  readonly heldStage: number | null;
}

/** @throws `accounts.already_has` (S2-14a), `accounts.unknown_system`, `accounts.nothing_to_do` */
export function planItems(input: PlanInput): ItemPlan {
  const items = itemsFor(input);
  // A lock that another one covers ends without touching an account.
  if (items.length === 0 && input.filled.kind !== 'unlock') throw refused('accounts.nothing_to_do');
  const heldStage = input.filled.kind === 'cancel' ? CANCEL_STAGE : null;
  return { items, before: statesOf(input), heldStage };
}

/** S2-16: first everything is disabled; deletion is the last act, after hand-over and grace. */
const CANCEL_STAGE = 2;

function itemsFor(input: PlanInput): readonly PlannedItem[] {
  const { filled } = input;
  switch (filled.kind) {
    case 'open':
      return openItems(input, filled.form.systems);
    case 'change':
      return changeItems(input, filled.form.systems);
    case 'concurrentPost':
    case 'secondIn':
      return changeItems(input, null);
    case 'attach':
      return filled.form.where === 'inside' ? changeItems(input, null) : ruleItems(input, 'onSecondOut');
    case 'secondOut':
      return ruleItems(input, 'onSecondOut');
    case 'lock':
      return ruleItems(input, 'onLock');
    case 'unlock':
      return unlockItems(input, filled.form.returned);
    case 'cancel':
      return cancelItems(input);
  }
}

const item = (systemCode: string, act: Act, stage = 1, target: AccountState | null = null): PlannedItem => ({
  systemCode,
  act,
  stage,
  target,
});

const stateOf = ({ accounts }: PlanInput, code: string): AccountState => accounts[code] ?? 'none';

const statesOf = (input: PlanInput): AccountStates =>
  Object.fromEntries(input.systems.map(({ code }) => [code, stateOf(input, code)]));

function chosen({ systems }: PlanInput, codes: readonly string[] | null): readonly SystemSettings[] {
  if (codes === null) return systems;
  const known = new Set(systems.map(({ code }) => code));
  const unknown = codes.find((code) => !known.has(code));
  if (unknown !== undefined) throw refused('accounts.unknown_system', { system: unknown });
  return systems.filter(({ code }) => codes.includes(code));
}

/** S3-1.2: outside the establishment only what is asked for; else what newcomers get. */
function openItems(input: PlanInput, codes: readonly string[] | null): PlannedItem[] {
  const wanted = chosen(input, codes).filter(({ byDefault }) => codes !== null || byDefault);
  const taken = wanted.find(({ code }) => !canMove(stateOf(input, code), 'open'));
  if (taken) throw refused('accounts.already_has', { system: taken.name });
  return wanted.map(({ code }) => item(code, 'open'));
}

function changeItems(input: PlanInput, codes: readonly string[] | null): PlannedItem[] {
  return chosen(input, codes)
    .filter(({ code }) => canMove(stateOf(input, code), 'change'))
    .map(({ code }) => item(code, 'change'));
}

/** S3-2.4a, 2.5a: OA and 企业微信 locked, attendance cancelled or left alone, as the policy set says. */
function ruleItems(input: PlanInput, which: 'onLock' | 'onSecondOut'): PlannedItem[] {
  return input.systems.flatMap((system) => {
    const act = system[which];
    const state = stateOf(input, system.code);
    if (act === 'keep' || !canMove(state, act)) return [];
    return [item(system.code, act)];
  });
}

function unlockItems(input: PlanInput, returned: boolean): PlannedItem[] {
  if (!input.lock) throw refused('accounts.no_lock');
  return undoLock(input.lock, input.otherLocks, input.accounts, returned).items.map(({ systemCode, act }) =>
    item(systemCode, act),
  );
}

function cancelItems(input: PlanInput): PlannedItem[] {
  const alive = input.systems.filter(({ code }) => canMove(stateOf(input, code), 'disable'));
  return [
    ...alive.map(({ code }) => item(code, 'disable')),
    ...alive.map(({ code }) => item(code, 'cancel', CANCEL_STAGE)),
  ];
}
