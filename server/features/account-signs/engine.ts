/** What may happen to a check, and what it then is. Pure: (state, command, now) → the next state and its event. */
import { assertNever, conflict } from '../../kernel/errors.ts';
import type { Answer, CheckState, Outcome } from './contract.ts';

export interface Check {
  readonly state: CheckState;
  /** 1; 2 after a first 不清楚: whoever asked the owner answers once more. */
  readonly round: number;
  readonly endedAt: number | null;
  readonly outcome: Outcome | null;
}

export type Command =
  | { readonly kind: 'answer'; readonly answer: Answer }
  | { readonly kind: 'settle' }
  | { readonly kind: 'void'; readonly reason: 'locked' | 'left' };

export type EventKind = 'raised' | 'self' | 'handedOn' | 'unclear' | 'settled' | 'locked' | 'left';

export interface Decided {
  readonly next: Check;
  readonly event: EventKind;
  /** Whose clock begins now. */
  readonly asks: 'unit' | 'security' | null;
}

const LAST_ROUND = 2;

/** @throws conflict `signs.ended`, `signs.reported`, `signs.not_reported`: somebody was quicker, or it is not its turn */
export function decide(check: Check, command: Command, now: number): Decided {
  if (check.state === 'ended') throw conflict('signs.ended');
  const end = (outcome: Outcome, event: EventKind): Decided => ({
    next: { ...check, state: 'ended', endedAt: now, outcome },
    event,
    asks: null,
  });
  switch (command.kind) {
    case 'answer': {
      const { answer } = command;
      if (check.state !== 'open') throw conflict('signs.reported');
      if (answer === 'self') return end('self', 'self');
      if (answer === 'unclear' && check.round < LAST_ROUND)
        return { next: { ...check, round: check.round + 1 }, event: answer, asks: 'unit' };
      return { next: { ...check, state: 'reported' }, event: answer, asks: 'security' };
    }
    case 'settle':
      if (check.state !== 'reported') throw conflict('signs.not_reported');
      return end('settled', 'settled');
    case 'void':
      return end('void', command.reason);
    default:
      return assertNever(command);
  }
}
