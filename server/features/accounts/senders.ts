import { refused } from '../../kernel/errors.ts';
import type { Filled, SenderRole } from './model.ts';

export interface SenderWish {
  readonly unitId: string;
  readonly role: SenderRole;
}

/**
 * Which units send, by kind of move (S3-2.1 the unit itself, 2.2 the receiving one, 2.3 and 2.4 both). A unit that is
 * not filled in yet does not send yet; the check of completeness asks for it.
 */
export function sendersOf({ kind, form }: Filled): readonly SenderWish[] {
  switch (kind) {
    case 'change':
      return form.move === 'between' ? one(form.toUnitId, 'receiving') : one(form.unitId, 'own');
    case 'concurrentPost':
      return one(form.toUnitId, 'receiving');
    case 'secondIn':
      return both(form.homeUnitId, form.hostUnitId);
    case 'secondOut':
    case 'attach':
      return both(form.homeUnitId, form.hostUnitId);
    case 'open':
    case 'lock':
    case 'unlock':
    case 'cancel':
      return one(form.unitId, 'own');
  }
}

/**
 * H1: the units whose people a form may be about: where the person is, and whoever sends. A unit that is named and
 * takes no part (a receiving one of a move inside the unit) makes nobody its person.
 */
export function unitsOf(filled: Filled): readonly string[] {
  const { form } = filled;
  const from = 'unitId' in form ? form.unitId : form.homeUnitId;
  return [...(from === null ? [] : [from]), ...sendersOf(filled).map(({ unitId }) => unitId)];
}

/** Somebody must owe the request. @throws `accounts.no_sender` when the form names no unit yet */
export function mustHaveSenders(filled: Filled): readonly SenderWish[] {
  const senders = sendersOf(filled);
  if (senders.length === 0) throw refused('accounts.no_sender');
  return senders;
}

const one = (unitId: string | null, role: SenderRole): SenderWish[] =>
  unitId === null ? [] : [{ unitId, role }];

function both(homeUnitId: string | null, hostUnitId: string | null): SenderWish[] {
  const home = one(homeUnitId, 'home');
  return hostUnitId === homeUnitId ? home : [...home, ...one(hostUnitId, 'host')];
}
