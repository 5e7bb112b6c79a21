import type { Seat, StepState } from '../model/steps.ts';
import { emit, ENGINE, type Run } from './run.ts';
import { waitingKeys, waitingSeats } from './tally.ts';

/** R18: tell once that a seat waits for somebody to be named; seats announced earlier are not told again. */
export function announceWaiting(run: Run, step: StepState): void {
  const waiting = newlyWaiting(run, step);
  if (waiting.length === 0) return;
  emit(
    run,
    {
      type: 'waitingForAdmin',
      stepId: step.stepId,
      seats: waiting.map((seat) => seat.seat),
      reasons: waiting.map((seat) => seat.missing ?? ''),
    },
    ENGINE,
  );
}

function newlyWaiting(run: Run, step: StepState): readonly Seat[] {
  const now = waitingSeats(run.state, step);
  if (now.length === 0) return now;
  const before = new Set(waitingKeys(run.before));
  // In branches settling comes by more than once.
  const told = run.events.flatMap((event) =>
    event.type === 'waitingForAdmin' && event.stepId === step.stepId ? event.seats : [],
  );
  return now.filter(({ seat }) => !told.includes(seat) && !before.has(`${step.stepId}/${String(seat)}`));
}
