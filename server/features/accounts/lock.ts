/**
 * A lock ends by a decision and by nothing else (S3-2.5b, H5): not by its date, not by another lock, not by a sync.
 * Pure.
 */
import type { AccountState, AccountStates, Act } from './model.ts';

/** What one lock holds, and the states it found. */
export interface LockHold {
  readonly lockId: string;
  readonly before: AccountStates;
  /** What it did, by system. */
  readonly did: Readonly<Record<string, 'lock' | 'cancel'>>;
}

export interface LockUndo {
  readonly items: readonly { readonly systemCode: string; readonly act: Act }[];
  /** Other locks whose memory changes: what this one found is what they must give back now. */
  readonly inherit: readonly { readonly lockId: string; readonly before: AccountStates }[];
}

/** The holds a lock takes: of all it wants to act on, those that were alive. */
export function holdOf(
  lockId: string,
  before: AccountStates,
  items: readonly { readonly systemCode: string; readonly act: Act }[],
): LockHold {
  const did = Object.fromEntries(
    items.flatMap(({ systemCode, act }) => (act === 'lock' || act === 'cancel' ? [[systemCode, act]] : [])),
  ) as LockHold['did'];
  return { lockId, before, did };
}

/**
 * Give back exactly what the lock took: open accounts open, locked ones stay locked. What another lock holds as well
 * stays locked and the other lock inherits the memory. An account it cancelled is opened anew only for who is back
 * (C14, S3-2.4b).
 */
export function undoLock(
  lock: LockHold,
  others: readonly LockHold[],
  now: AccountStates,
  returned: boolean,
): LockUndo {
  const items: { systemCode: string; act: Act }[] = [];
  const inherit = new Map<string, AccountStates>();
  for (const [systemCode, act] of Object.entries(lock.did)) {
    const found = lock.before[systemCode] ?? 'none';
    const heir = act === 'lock' ? others.find(({ did }) => did[systemCode] === 'lock') : undefined;
    if (heir) {
      if (heir.before[systemCode] === 'locked')
        inherit.set(heir.lockId, { ...(inherit.get(heir.lockId) ?? heir.before), [systemCode]: found });
      continue;
    }
    const undo = undoOf(act, found, now[systemCode] ?? 'none', returned);
    if (undo) items.push({ systemCode, act: undo });
  }
  return { items, inherit: [...inherit].map(([lockId, before]) => ({ lockId, before })) };
}

function undoOf(
  did: 'lock' | 'cancel',
  found: AccountState,
  now: AccountState,
  returned: boolean,
): Act | null {
  if (found !== 'open') return null;
  if (did === 'lock') return now === 'locked' ? 'unlock' : null;
  return now === 'cancelled' && returned ? 'open' : null;
}
