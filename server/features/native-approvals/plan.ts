/** Whose turn it is in a native form, since when, and what changes between what we hold and what the API says. Pure. */
import { GAVE_ON, PENDING, SENT_BACK, STEP_OVER, type Form, type Seat, type Step } from './form.ts';

/** One person's turn at one step. */
export interface Turn {
  readonly userid: string;
  readonly personId: string | null;
  readonly step: number;
  /** Epoch ms: when it came to them. */
  readonly since: number;
  /** Epoch ms: when the step itself was reached. A turn that began before is of an earlier round. */
  readonly stepSince: number;
}

/** A turn we noted before. */
export interface HeldTurn extends Pick<Turn, 'userid' | 'personId' | 'step' | 'since'> {
  readonly id: string;
}

export interface TurnChanges {
  readonly ended: readonly HeldTurn[];
  readonly begun: readonly Turn[];
  /** Still theirs, and the directory knows them only now. */
  readonly recognised: readonly { readonly held: HeldTurn; readonly personId: string }[];
}

/**
 * All and any: every pending seat; one after the other: the first of them. Only the first step that is not over counts,
 * those behind it wait; a copy asks nobody for anything. Where a step was sent back and nobody of it is pending, the pages
 * do not say who is asked next: nobody is, by us, until the form says so.
 */
export function turnsOf({ state, appliedAt, steps }: Pick<Form, 'state' | 'appliedAt' | 'steps'>): Turn[] {
  if (state !== 'running') return [];
  const place = steps.findIndex(isOpen);
  const step = steps[place];
  if (step === undefined) return [];
  const stepSince = lastAct(steps.slice(0, place)) ?? appliedAt;
  const waiting = step.seats.flatMap((seat, at) => (seat.status === PENDING ? [{ seat, at }] : []));
  const now = step.mode === 'sequential' ? waiting.slice(0, 1) : waiting;
  return unique(
    now.map(({ seat, at }) => ({
      userid: seat.userid,
      personId: seat.personId,
      step: place,
      since: Math.max(stepSince, reachedAt(step, at) ?? 0),
      stepSince,
    })),
  );
}

const isOpen = ({ kind, status, seats }: Step): boolean =>
  kind !== 'copy' &&
  !STEP_OVER.has(status) &&
  (status === SENT_BACK || seats.some((seat) => seat.status === PENDING || seat.status === SENT_BACK));

/** The seats it came to, copies among them: nobody behind the step it is at, or ended at, has seen it. */
export function askedIn({ state, steps }: Pick<Form, 'state' | 'steps'>): Seat[] {
  const isThrough = state === 'approved' || state === 'revoked';
  const place = isThrough ? -1 : steps.findIndex((step) => isOpen(step) || isRefused(step));
  const reached = place === -1 ? steps : steps.slice(0, place);
  const at = steps[place];
  return [...reached.flatMap(({ seats }) => seats), ...(at === undefined ? [] : calledAt(at))];
}

const REJECTED = 3;
const isRefused = ({ kind, status }: Step): boolean => kind !== 'copy' && status === REJECTED;

/** One after the other: up to the first who has not decided. */
function calledAt({ mode, seats }: Step): readonly Seat[] {
  const place = mode === 'sequential' ? seats.findIndex(({ status }) => status === PENDING) : -1;
  return place === -1 ? seats : seats.slice(0, place + 1);
}

/** The newest decision of these steps. */
function lastAct(steps: readonly Step[]): number | null {
  const times = steps.filter(({ kind }) => kind !== 'copy').flatMap(({ seats }) => seats.flatMap(actedAt));
  return times.length === 0 ? null : Math.max(...times);
}
const actedAt = ({ at }: Seat): number[] => (at === null ? [] : [at]);

/** Within the step: one after the other, when the one in front was done; else when it was handed on by the seat in front. */
function reachedAt({ mode, seats }: Step, place: number): number | null {
  if (mode === 'sequential') {
    const before = seats.slice(0, place).flatMap(actedAt);
    return before.length === 0 ? null : Math.max(...before);
  }
  const front = seats[place - 1];
  return front && GAVE_ON.has(front.status) ? front.at : null;
}

/** Userids are compared without case. */
export const sameUser = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/** Who sits twice at a step holds it once, since the first time. */
const unique = (turns: readonly Turn[]): Turn[] =>
  turns.filter((turn, at) => turns.findIndex(({ userid }) => sameUser(userid, turn.userid)) === at);

/**
 * A turn goes on while the same person is at the same step of the same round, and keeps its beginning: somebody else's
 * act beside gives nobody new time.
 */
export function planTurns(held: readonly HeldTurn[], wanted: readonly Turn[]): TurnChanges {
  const goesOn = (one: HeldTurn, turn: Turn): boolean =>
    one.step === turn.step && sameUser(one.userid, turn.userid) && one.since >= turn.stepSince;
  return {
    ended: held.filter((one) => !wanted.some((turn) => goesOn(one, turn))),
    begun: wanted.filter((turn) => !held.some((one) => goesOn(one, turn))),
    recognised: held.flatMap((one) => {
      const personId = wanted.find((turn) => goesOn(one, turn))?.personId ?? null;
      return one.personId === null && personId !== null ? [{ held: one, personId }] : [];
    }),
  };
}

/** When a form that is over came to its end; null while it runs. The API tells no time of it: the last act counts. */
export function endedAt({
  state,
  appliedAt,
  steps,
}: Pick<Form, 'state' | 'appliedAt' | 'steps'>): number | null {
  return state === 'running' ? null : (lastAct(steps) ?? appliedAt);
}

/** A span of whole days as windows of at most `most` days, oldest first; half-open, together exactly the span. */
export function windowsOf(from: number, until: number, mostMs: number): { from: number; until: number }[] {
  const windows: { from: number; until: number }[] = [];
  for (let at = from; at < until; at += mostMs)
    windows.push({ from: at, until: Math.min(at + mostMs, until) });
  return windows;
}
