/** What may happen to one approved use of a seal. Pure. More is never stamped than was approved, whatever the order of acts. */
import type { CalendarDate } from '../../kernel/dates.ts';
import { badRequest, conflict, refused } from '../../kernel/errors.ts';
import type { ActName, EventKind, UseState } from './contract.ts';

export interface Use {
  readonly state: UseState;
  readonly approvedCopies: number;
  readonly stampedCopies: number;
  /** Working days the seal may be out for it; null: it stays in the office. */
  readonly outWorkdays: number | null;
  readonly approvedOn: CalendarDate;
  /** Since when the seal is out for this use; null: it is not. */
  readonly outOn: CalendarDate | null;
  /** It was out for this use and came back. */
  readonly cameBack: boolean;
  /** Since when the seal is out for another use; null: it is not. */
  readonly elsewhereOn: CalendarDate | null;
}

export type Command =
  | {
      readonly kind: 'stamp';
      readonly copies: number;
      readonly happenedOn: CalendarDate;
      readonly today: CalendarDate;
      readonly photos: number;
      readonly needsPhoto: boolean;
    }
  | { readonly kind: 'close' }
  | { readonly kind: 'void' }
  | { readonly kind: 'checkOut' }
  | { readonly kind: 'giveBack' };

export interface Outcome {
  readonly state: UseState;
  readonly stampedCopies: number;
  readonly event: EventKind;
}

const isOpen = ({ state }: Use): boolean => state === 'approved' || state === 'partly';

const POSSIBLE: Readonly<Record<ActName, (use: Use) => boolean>> = {
  stamp: (use) => isOpen(use),
  close: (use) => use.state === 'partly' && use.outOn === null,
  void: (use) => use.state === 'approved' && use.outOn === null,
  checkOut: (use) => isOpen(use) && use.outWorkdays !== null && use.outOn === null && !use.cameBack,
  giveBack: (use) => use.outOn !== null,
};

/** For the buttons: possible now, whoever does it. */
export const isPossible = (use: Use, act: ActName): boolean => POSSIBLE[act](use);

/**
 * @throws conflict `seals.moved_on` when it is no longer where that can be done; refused `seals.too_many_copies`,
 * `seals.photo_needed`, `seals.seal_is_out`; badRequest `seals.not_yet`, `seals.before_approval`
 */
export function decide(use: Use, command: Command): Outcome {
  if (!isPossible(use, command.kind)) throw conflict('seals.moved_on');
  const same = { state: use.state, stampedCopies: use.stampedCopies };
  switch (command.kind) {
    case 'stamp':
      return stamp(use, command);
    case 'close':
      return { ...same, state: 'closed', event: 'closed' };
    case 'void':
      return { ...same, state: 'void', event: 'voided' };
    case 'checkOut':
      if (use.elsewhereOn !== null) throw refused('seals.seal_is_out');
      return { ...same, event: 'checkedOut' };
    case 'giveBack': {
      // Stamped to the last copy while it was out: nothing is left to do.
      const isFull = use.stampedCopies === use.approvedCopies;
      return { ...same, state: isFull ? 'closed' : use.state, event: 'givenBack' };
    }
  }
}

function stamp(use: Use, command: Extract<Command, { kind: 'stamp' }>): Outcome {
  const left = use.approvedCopies - use.stampedCopies;
  if (command.copies > left) throw refused('seals.too_many_copies', { left });
  if (command.needsPhoto && command.photos === 0) throw refused('seals.photo_needed');
  // R44: what happened may be past, but nobody stamps before it was approved, or what is yet to come.
  if (command.happenedOn > command.today) throw badRequest('seals.not_yet');
  if (command.happenedOn < use.approvedOn) throw badRequest('seals.before_approval', { on: use.approvedOn });
  if (use.elsewhereOn !== null && command.happenedOn > use.elsewhereOn) throw refused('seals.seal_is_out');
  const stampedCopies = use.stampedCopies + command.copies;
  const isFull = stampedCopies === use.approvedCopies;
  return { state: isFull && use.outOn === null ? 'closed' : 'partly', stampedCopies, event: 'stamped' };
}

/** What a revocation of the request takes back: copies not yet stamped; a stamp cannot be taken back. */
export interface Release {
  readonly state: UseState;
  readonly released: readonly string[];
  readonly kept: readonly string[];
}

/** Null: it was over already and nothing is left to say. */
export function release(use: Use): Release | null {
  const { state, stampedCopies, approvedCopies, outOn } = use;
  if (state === 'void') return null;
  if (outOn !== null)
    return { state, released: [], kept: ['印章正在外借，归还后请保管人登记，再撤销没有盖的份数'] };
  const kept = stampedCopies > 0 ? [`已盖章 ${stampedCopies} 份，不能收回`] : [];
  if (state === 'closed') return { state, released: [], kept };
  const left = approvedCopies - stampedCopies;
  const released = stampedCopies > 0 ? [`其余 ${left} 份不再盖章`] : [`没有盖章，${left} 份用印取消`];
  return { state: stampedCopies > 0 ? 'closed' : 'void', released, kept };
}
