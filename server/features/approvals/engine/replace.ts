/** People who cannot act any more (R22) and seats that wait for somebody (R18). */
import { conflict, notFound } from '../../../kernel/errors.ts';
import type { Decision, InstanceCommand, PersonSnapshot, Seat, StepState } from '../model.ts';
import { isActive, snapshot } from '../org.ts';
import { resolveSeats } from '../resolve.ts';
import { moveTask, newHolder } from './acts.ts';
import { openStepOf, settle } from './advance.ts';
import { emit, type Run } from './run.ts';
import { holderOfSeat, sitsAt } from './seats.ts';
import { taskOfSeat, voteOf, votingSeats } from './tally.ts';

type CommandOf<T extends InstanceCommand['type']> = Extract<InstanceCommand, { type: T }>;

/** An administrator names somebody for empty seats; filling some now and others later is fine. */
export function assignSeats(run: Run, command: CommandOf<'assignSeats'>): Decision['outcome'] {
  const step = run.state.steps.find((s) => s.stepId === command.stepId);
  if (step === undefined) throw notFound('approvals.not_visible');
  if (step.outcome !== null) return 'already';
  for (const wanted of command.seats) {
    const current = stepNow(run, step);
    const seat = current.seats.find((s) => s.seat === wanted.seat);
    if (seat === undefined || seat.person !== null) throw conflict('approvals.seat_taken');
    const person = newHolder(run, current, wanted.personId);
    const { stepId } = step;
    emit(run, { type: 'seatFilled', stepId, seat: seat.seat, person, why: `由${run.by.name}指定` });
  }
  settle(run);
  return 'done';
}

/**
 * R22: every undecided seat of this person moves in a fixed order: successor → the step's rule again → admin
 * queue. Repeating it changes nothing, because afterwards the person holds no undecided seat (R25).
 */
export function replacePerson(run: Run, command: CommandOf<'replacePerson'>): Decision['outcome'] {
  const step = openStepOf(run);
  if (run.state.status !== 'running' || step === undefined) return 'done';
  for (const seat of votingSeats(step)) {
    const now = stepNow(run, step);
    const holds = holderOfSeat(run.state, now, seat) === command.personId;
    if (holds && voteOf(run.state, now, seat) === 'open') reseat(run, now, seat, command);
  }
  settle(run);
  return 'done';
}

function reseat(run: Run, step: StepState, seat: Seat, command: CommandOf<'replacePerson'>): void {
  const successor = ableSuccessor(run, command);
  const seated = successor === null ? null : sitsAt(run.state, step, successor.personId);
  if (seated !== null) return mergeSeat(run, step, seat, seated);
  const next = successor ?? ruleAgain(run, step, seat, command.personId);
  if (next === null) return vacate(run, step, seat);
  const task = taskOfSeat(run.state, step.stepId, seat.seat);
  const why = `接替${nameOf(run, command.personId)}`;
  if (task?.status === 'pending') return moveTask(run, step, task, next, null, why);
  emit(run, { type: 'seatFilled', stepId: step.stepId, seat: seat.seat, person: next, why });
}

function ableSuccessor(run: Run, command: CommandOf<'replacePerson'>): PersonSnapshot | null {
  const id = command.successorId;
  if (id === null || id === command.personId || id === run.state.applicant.personId) return null;
  return isActive(run.ctx.org, id) ? snapshot(run.ctx.org, id) : null;
}

/** Whom the rule names today for this seat's label, if that is somebody new at the step. */
function ruleAgain(run: Run, step: StepState, seat: Seat, leaving: string): PersonSnapshot | null {
  const spec = run.ctx.template.steps.find((s) => s.key === step.stepKey);
  const { applicant, chosen } = run.state;
  const seats = resolveSeats(spec?.assignees ?? [], {
    org: run.ctx.org,
    applicant,
    stepKey: step.stepKey,
    chosen,
  });
  const fits = seats.find(
    (s) =>
      s.label === seat.label &&
      s.person !== null &&
      s.person.personId !== leaving &&
      sitsAt(run.state, step, s.person.personId) === null,
  );
  return fits?.person ?? null;
}

function mergeSeat(run: Run, step: StepState, seat: Seat, into: Seat): void {
  closeTask(run, step, seat);
  emit(run, { type: 'seatMerged', stepId: step.stepId, seat: seat.seat, into: into.seat });
}

function vacate(run: Run, step: StepState, seat: Seat): void {
  closeTask(run, step, seat);
  emit(run, {
    type: 'seatVacated',
    stepId: step.stepId,
    seat: seat.seat,
    missing: `${seat.label}已不能审批，且没有接替的人`,
  });
}

function closeTask(run: Run, step: StepState, seat: Seat): void {
  const task = taskOfSeat(run.state, step.stepId, seat.seat);
  if (task?.status !== 'pending') return;
  const { taskId, stepId } = task;
  emit(run, { type: 'taskTransferred', taskId, stepId, toTaskId: null, toPerson: null, comment: null });
}

function stepNow(run: Run, step: StepState): StepState {
  return run.state.steps.find((s) => s.stepId === step.stepId) ?? step;
}

function nameOf(run: Run, personId: string): string {
  return run.ctx.org.person(personId)?.name ?? '';
}
