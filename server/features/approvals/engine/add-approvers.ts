/**
 * 加签: the holder of a task has more people asked at the same step, before, after or alongside (R8, R9, R10), and
 * may take back whom they added while that one is undecided. Every change of the table is an event (R4).
 */
import { forbidden, refused } from '../../../kernel/errors.ts';
import type { Decision } from '../model/events.ts';
import type { InstanceCommand } from '../model/commands.ts';
import type { InstanceState } from '../model/state.ts';
import type { PersonSnapshot } from '../model/people.ts';
import type { Placement, Seat, StepState } from '../model/steps.ts';
import { clean, findTask, type HeldTask, newHolder, ownTask } from './acts.ts';
import { hostOf } from './additions.ts';
import { settle } from './advance.ts';
import { nextDecision } from './dedupe.ts';
import { seenForm } from './form-edits.ts';
import { emit, type Run } from './run.ts';
import { holderOfSeat } from './seats.ts';
import { isOpenTask, votingSeats } from './tally.ts';

type CommandOf<T extends InstanceCommand['type']> = Extract<InstanceCommand, { type: T }>;
type Outcome = Decision['outcome'];

/** Of one step, all together. */
export const ADDED_PER_STEP = 30;

export function addApprovers(run: Run, command: CommandOf<'addApprovers'>): Outcome {
  const known = findTask(run.state, command.taskId);
  // The same act again: those people are asked already.
  if (known.status === 'waiting' && known.person.personId === run.by.personId) return 'already';
  const held = ownTask(run, command.taskId);
  if (held === 'closed') return 'already';
  const { placement } = command;
  mustBeAddable(held, placement);
  const people = newPeople(run, held.step, command.personIds);
  const comment = clean(command.comment);
  if (placement === 'after') decideFirst(run, held, comment);
  const { taskId, stepId } = held.task;
  const seats = addedSeats(run, held, people, placement, placement === 'after' ? null : comment);
  emit(run, { type: 'approversAdded', stepId, taskId, placement, seats });
  settle(run);
  return 'done';
}

/** Which ways of adding this task still allows (R11). */
export function placementsOf(step: StepState, seatNumber: number): readonly Placement[] {
  const seat = step.seats.find((one) => one.seat === seatNumber);
  if (seat === undefined || seat.addition !== undefined) return [];
  return (['before', 'after', 'parallel'] as const).filter(
    (placement) => !mixes(step, seat, placement) && !skipsSignature(step, placement),
  );
}

/** R11: no adding by those who were added; before and after not both on one task. */
function mustBeAddable({ step, task }: HeldTask, placement: Placement): void {
  const seat = step.seats.find((one) => one.seat === task.seat);
  if (seat === undefined || seat.addition !== undefined) throw refused('approvals.added_cannot_add');
  if (mixes(step, seat, placement)) throw refused('approvals.additions_mixed');
  if (skipsSignature(step, placement)) throw refused('approvals.added_after_signature');
}

/** R15: adding after decides the own task at once, and that takes a signature. */
const skipsSignature = (step: StepState, placement: Placement): boolean =>
  placement === 'after' && step.signature === true;

function mixes(step: StepState, host: Seat, placement: Placement): boolean {
  const other = { before: 'after', after: 'before', parallel: null }[placement];
  return votingSeats(step).some(
    ({ addition }) => addition?.bySeat === host.seat && addition.placement === other,
  );
}

/** R11: nobody twice, nobody who is at the step already, not the applicant (R17). */
function newPeople(run: Run, step: StepState, personIds: readonly string[]): PersonSnapshot[] {
  const unique = [...new Set(personIds)];
  const added = step.seats.filter((seat) => seat.addition !== undefined).length;
  if (unique.length === 0) throw refused('approvals.nobody_added');
  if (added + unique.length > ADDED_PER_STEP)
    throw refused('approvals.too_many_added', { max: ADDED_PER_STEP });
  return unique.map((personId) => newHolder(run, step, personId));
}

/** R9: the own decision and its time are recorded at once, whatever the added say later. */
function decideFirst(run: Run, { step, task }: HeldTask, comment: string | null): void {
  const { taskId, stepId } = task;
  const seen = { decidedAs: nextDecision(run.state), ...seenForm(run.state) };
  if (step.role === 'handle') {
    if (comment === null) throw refused('approvals.result_required');
    emit(run, { type: 'taskHandled', taskId, stepId, result: 'done', comment, ...seen });
    return;
  }
  if (step.requiresComment && comment === null) throw refused('approvals.comment_required');
  emit(run, { type: 'taskDecided', taskId, stepId, decision: 'approved', comment, ...seen });
}

function addedSeats(
  run: Run,
  { step, task }: HeldTask,
  people: readonly PersonSnapshot[],
  placement: Placement,
  note: string | null,
): Seat[] {
  const byName = task.person.name;
  const addition = {
    additionId: run.ctx.newId(),
    placement,
    bySeat: task.seat,
    byName,
    at: run.ctx.now,
    note,
    removed: false,
  };
  return people.map((person, index) => ({
    seat: step.seats.length + index,
    label: LABELS[placement],
    person,
    why: WHY[placement](byName, person.name),
    missing: null,
    mergedInto: null,
    addition,
  }));
}

const LABELS: Readonly<Record<Placement, string>> = { before: '前加签', after: '后加签', parallel: '并加签' };
const WHY: Readonly<Record<Placement, (by: string, who: string) => string>> = {
  before: (by, who) => `${by}请${who}先提出意见，再由${by}决定`,
  after: (by, who) => `${by}同意后，请${who}接着处理`,
  parallel: (by, who) => `${by}请${who}一同处理`,
};

/** By whoever holds the seat it was added from. Once decided, or taken back, there is nothing to take back. */
export function removeApprover(run: Run, command: CommandOf<'removeApprover'>): Outcome {
  const task = findTask(run.state, command.taskId);
  const step = run.state.steps.find((one) => one.stepId === task.stepId);
  const seat = step?.seats.find((one) => one.seat === task.seat);
  if (step === undefined || seat?.addition === undefined || !isOwnAddition(run.state, step, seat, run.by))
    throw forbidden('approvals.not_own_addition');
  if (step.outcome !== null || !isOpenTask(task)) return 'already';
  emit(run, { type: 'approverRemoved', stepId: step.stepId, seat: seat.seat, taskId: task.taskId });
  settle(run);
  return 'done';
}

export function isOwnAddition(
  state: InstanceState,
  step: StepState,
  seat: Seat,
  { personId }: { readonly personId: string | null },
): boolean {
  const host = step.seats.find((one) => one.seat === hostOf(step, seat));
  return seat.addition !== undefined && host !== undefined && holderOfSeat(state, step, host) === personId;
}
