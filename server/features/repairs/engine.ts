/**
 * What may happen to a ticket, and what that does to its clocks. Pure. A clock is never rewritten: it goes along with
 * who holds the ticket, stops while that waits, and goes on with what was left (R36).
 */
import { conflict, refused } from '../../kernel/errors.ts';
import type { ActName, EventKind, HoldReason, TicketState } from './contract.ts';

export interface Ticket {
  readonly state: TicketState;
  readonly holderId: string | null;
  /** Which clock is open: taking it over, or mending it. */
  readonly clock: 'take' | 'resolve' | null;
  /** Rises with each rework. */
  readonly round: number;
}

export type Command =
  | { readonly kind: 'dispatch'; readonly toId: string }
  | { readonly kind: 'giveBack' }
  | { readonly kind: 'accept' }
  | { readonly kind: 'hold'; readonly reason: HoldReason; readonly contractor: string }
  | { readonly kind: 'resume' }
  | { readonly kind: 'finish'; readonly photos: number; readonly needsPhoto: boolean }
  | { readonly kind: 'confirm' }
  | { readonly kind: 'autoConfirm' }
  | { readonly kind: 'rework' }
  | { readonly kind: 'cancel' };

export type Effect =
  /** Take-over is over, mending begins. */
  'takenOver' | 'handOn' | 'pause' | 'resume' | 'stop' | 'startAgain';

export interface Outcome {
  readonly next: Ticket;
  readonly event: EventKind;
  readonly effects: readonly Effect[];
}

const FROM: Readonly<Record<Command['kind'], readonly TicketState[]>> = {
  dispatch: ['reported', 'dispatched', 'accepted'],
  giveBack: ['dispatched', 'accepted'],
  accept: ['dispatched'],
  hold: ['accepted'],
  resume: ['held'],
  finish: ['accepted'],
  confirm: ['done'],
  autoConfirm: ['done'],
  rework: ['done'],
  cancel: ['reported', 'dispatched'],
};

/** Is this possible now, whoever does it? Withdrawn only while nobody has taken it over. */
export const isPossible = (ticket: Ticket, kind: Command['kind']): boolean =>
  FROM[kind].includes(ticket.state) && (kind !== 'cancel' || ticket.clock === 'take');

/**
 * @throws conflict `repairs.moved_on` when it is no longer where that can be done; refused `repairs.same_person`,
 * `repairs.contractor_needed`, `repairs.photo_needed`
 */
export function decide(ticket: Ticket, command: Command): Outcome {
  if (!isPossible(ticket, command.kind)) throw conflict('repairs.moved_on');
  switch (command.kind) {
    case 'dispatch': {
      if (command.toId === ticket.holderId) throw refused('repairs.same_person');
      return to(ticket, { state: 'dispatched', holderId: command.toId }, 'dispatched', ['handOn']);
    }
    case 'giveBack':
      return to(ticket, { state: 'reported', holderId: null }, 'gaveBack', ['handOn']);
    case 'accept': {
      const isFirst = ticket.clock === 'take';
      return to(ticket, { state: 'accepted', clock: 'resolve' }, 'accepted', isFirst ? ['takenOver'] : []);
    }
    case 'hold': {
      if (command.reason === 'contractor' && command.contractor === '')
        throw refused('repairs.contractor_needed');
      return to(ticket, { state: 'held' }, 'held', ['pause']);
    }
    case 'resume':
      return to(ticket, { state: 'accepted' }, 'resumed', ['resume']);
    case 'finish': {
      if (command.needsPhoto && command.photos === 0) throw refused('repairs.photo_needed');
      return to(ticket, { state: 'done', clock: null }, 'done', ['stop']);
    }
    case 'confirm':
      return to(ticket, { state: 'closed' }, 'confirmed');
    case 'autoConfirm':
      return to(ticket, { state: 'closed' }, 'autoConfirmed');
    case 'rework': {
      const round = ticket.round + 1;
      return to(ticket, { state: 'accepted', clock: 'resolve', round }, 'rework', ['startAgain']);
    }
    case 'cancel':
      return to(ticket, { state: 'cancelled', clock: null }, 'cancelled', ['stop']);
  }
}

const to = (
  ticket: Ticket,
  changes: Partial<Ticket>,
  event: EventKind,
  effects: readonly Effect[] = [],
): Outcome => ({ next: { ...ticket, ...changes }, event, effects });

/** Who somebody is to a ticket. */
export interface Part {
  readonly isReporter: boolean;
  readonly isHolder: boolean;
  readonly isDispatcher: boolean;
}

const WHOSE: Readonly<Record<ActName, (part: Part) => boolean>> = {
  dispatch: ({ isDispatcher, isHolder }) => isDispatcher || isHolder,
  giveBack: ({ isHolder }) => isHolder,
  accept: ({ isHolder }) => isHolder,
  hold: ({ isHolder }) => isHolder,
  resume: ({ isHolder, isDispatcher }) => isHolder || isDispatcher,
  finish: ({ isHolder }) => isHolder,
  confirm: ({ isReporter }) => isReporter,
  rework: ({ isReporter }) => isReporter,
  cancel: ({ isReporter }) => isReporter,
};

export const isTheirs = (part: Part, act: ActName): boolean => WHOSE[act](part);

/** For the buttons: theirs, and possible now. */
export const actsOf = (ticket: Ticket, part: Part): ActName[] =>
  (Object.keys(WHOSE) as ActName[]).filter((act) => isTheirs(part, act) && isPossible(ticket, act));

/** Who mends what where, and how much each has in hand. */
export interface Worker {
  readonly personId: string;
  readonly categories: readonly string[];
  /** None: everywhere. */
  readonly areas: readonly string[];
  readonly inHand: number;
}

export const fits = (worker: Worker, category: string, area: string): boolean =>
  worker.categories.includes(category) && (worker.areas.length === 0 || worker.areas.includes(area));

/**
 * The rule of dispatch, category × place: who is there for this place before who is there for all, then who has least
 * in hand, then who comes first. Null: somebody dispatches by hand.
 */
export function pickWorker(workers: readonly Worker[], category: string, area: string): string | null {
  const able = workers.filter((one) => fits(one, category, area));
  const near = able.filter(({ areas }) => areas.length > 0);
  const [first, ...rest] = near.length > 0 ? near : able;
  if (!first) return null;
  return rest.reduce((best, one) => (one.inHand < best.inHand ? one : best), first).personId;
}
