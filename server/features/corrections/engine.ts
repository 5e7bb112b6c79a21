/** What may happen to a correction, and what it then is. Pure: (state, command, now) → the next state and its event. */
import { assertNever, conflict, refused } from '../../kernel/errors.ts';
import type { Field, Owner, State } from './contract.ts';
import { otherOwner } from './owner.ts';

export interface Correction {
  readonly field: Field;
  readonly owner: Owner;
  readonly state: State;
  /** When it went to the other owner; it does so once. */
  readonly sentOnAt: number | null;
  readonly endedAt: number | null;
  readonly endedBy: string | null;
  /** Where it was corrected, or why not. */
  readonly answer: string | null;
}

export type Command =
  { readonly kind: 'withdraw' } | { readonly kind: 'correct' | 'refuse' | 'sendOn'; readonly note: string };

export type EventKind =
  'raised' | 'sentOn' | 'corrected' | 'refused' | 'withdrawn' | 'revealed' | 'proofRead';

export interface Outcome {
  readonly next: Correction;
  readonly event: EventKind;
  readonly note: string | null;
}

/**
 * @throws conflict `corrections.ended`: somebody was quicker; refused `corrections.sent_on_already`: it cannot be pushed
 * to and fro, so whoever gets it sent on answers
 */
export function decide(correction: Correction, command: Command, by: string, now: number): Outcome {
  if (correction.state !== 'open') throw conflict('corrections.ended');
  const end = (state: Exclude<State, 'open'>, answer: string | null): Outcome => ({
    next: { ...correction, state, endedAt: now, endedBy: by, answer },
    event: state,
    note: answer,
  });
  switch (command.kind) {
    case 'withdraw':
      return end('withdrawn', null);
    case 'correct':
      return end('corrected', command.note);
    case 'refuse':
      return end('refused', command.note);
    case 'sendOn': {
      if (correction.sentOnAt !== null) throw refused('corrections.sent_on_already');
      const next = { ...correction, owner: otherOwner(correction.owner), sentOnAt: now };
      return { next, event: 'sentOn', note: command.note };
    }
    default:
      return assertNever(command);
  }
}
