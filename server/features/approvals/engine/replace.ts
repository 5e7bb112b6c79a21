/** People who cannot act any more (R22) and seats that wait for somebody (R18). */
import { conflict, notFound } from '../../../kernel/errors.ts';
import type { Decision } from '../model/events.ts';
import type { InstanceCommand } from '../model/commands.ts';
import type { PersonSnapshot } from '../model/people.ts';
import type { Seat, StepState } from '../model/steps.ts';
import { isActive, snapshot } from '../model/org.ts';
import { stepAt } from '../template/plan.ts';
import { resolveSeats } from '../people/resolve.ts';
import { moveTask, newHolder } from './acts.ts';
import { giveBack } from './agency.ts';
import { settle, type StandIn, vacate } from './advance.ts';
import { heldSeats } from './held.ts';
import { openSteps } from './lanes.ts';
import { emit, type Run } from './run.ts';
import { holderOfSeat, sitsAt } from './seats.ts';
import { agencyWords, agentOf, seatAt } from './stand-in.ts';
import { isOpenTask, taskOfSeat, voteOf, votingSeats } from './tally.ts';
import { yieldsTo } from './waiting.ts';

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
 * R22: every undecided seat of this person moves in a fixed order: valid agent → successor → the step's rule again → admin
 * queue. Repeating it changes nothing, because afterwards the person holds no undecided seat (R25).
 */
export function replacePerson(run: Run, command: CommandOf<'replacePerson'>): Decision['outcome'] {
  for (const step of openSteps(run.state)) replaceAt(run, step, command);
  if (command.leftBehind) fillLeftBehind(run, command);
  settle(run);
  return 'done';
}

/** Where the successor sits at the step already the seat goes on waiting: one person, one vote (R25). */
function fillLeftBehind(run: Run, command: Succession): void {
  const successor = ableSuccessor(run, command);
  if (successor === null) return;
  for (const { step, seat, abandoned } of heldSeats(run.state, command.personId)) {
    if (!abandoned || sitsAt(run.state, stepNow(run, step), successor.personId) !== null) continue;
    const why = `接替${nameOf(run, command.personId)}`;
    emit(run, { type: 'seatFilled', stepId: step.stepId, seat: seat.seat, person: successor, why });
  }
}

function replaceAt(run: Run, step: StepState, command: CommandOf<'replacePerson'>): void {
  for (const { seat: number } of votingSeats(step)) {
    const now = stepNow(run, step);
    const seat = votingSeats(now).find((one) => one.seat === number);
    if (seat === undefined) continue;
    const holds = holderOfSeat(run.state, now, seat) === command.personId;
    const task = taskOfSeat(run.state, step.stepId, seat.seat);
    const over = task?.status === 'not_needed';
    const meant = command.taskIds?.includes(task?.taskId ?? '') ?? true;
    if (holds && meant && !over && voteOf(run.state, now, seat) === 'open') reseat(run, now, seat, command);
  }
}

/** How the successor's task is explained, and whether an agent of theirs is asked. */
interface How {
  readonly why: string;
  readonly standIn: StandIn;
}

type Succession = Pick<CommandOf<'replacePerson'>, 'personId' | 'successorId' | 'viaAgents'>;

/** @param how unsaid: 接替 the one who left; a named successor acts themselves */
export function reseat(run: Run, step: StepState, seat: Seat, command: Succession, how?: How): void {
  if (command.viaAgents && byAgency(run, step, seat)) return;
  const successor = ableSuccessor(run, command);
  const found = successor === null ? null : seatAt(run.state, step, successor.personId);
  // Theirs already, and only stood in for: no seat merges into itself.
  const seated = found?.seat === seat.seat ? null : found;
  if (seated !== null && successor !== null && freed(run, step, seated, successor))
    return reseat(run, stepNow(run, step), seat, command, how);
  if (seated !== null && !yieldsTo(run.state, step, seated, seat)) return mergeSeat(run, step, seat, seated);
  if (seated !== null) mergeSeat(run, step, seated, seat);
  const next = successor ?? ruleAgain(run, step, seat, command.personId);
  if (next === null) {
    closeTask(run, step, seat);
    return vacate(run, step, seat);
  }
  const task = taskOfSeat(run.state, step.stepId, seat.seat);
  const { why, standIn }: How = how ?? {
    why: `接替${nameOf(run, command.personId)}`,
    standIn: successor === null ? 'ask' : 'none',
  };
  if (task !== undefined && isOpenTask(task)) return moveTask(run, step, task, next, null, why, standIn);
  emit(run, { type: 'seatFilled', stepId: step.stepId, seat: seat.seat, person: next, why });
}

/** R22: a valid agent comes before any successor; what was held for somebody else goes back to them. */
function byAgency(run: Run, step: StepState, seat: Seat): boolean {
  const task = taskOfSeat(run.state, step.stepId, seat.seat);
  // R5: its turn has not come; then its agent is asked.
  if (task === undefined) return seat.person !== null && agentOf(run, step, seat.person) !== null;
  if (!isOpenTask(task)) return false;
  const { person, onBehalfOf } = task;
  if (onBehalfOf !== undefined) return giveBack(run, step, task, onBehalfOf);
  const agent = agentOf(run, step, person);
  if (agent !== null)
    moveTask(run, step, task, agent, null, agencyWords(person, agent), { onBehalfOf: person });
  return agent !== null;
}

/** R4, R25: a seat in which the successor only stands in for another is not theirs; it goes back, and theirs is free. */
function freed(run: Run, step: StepState, seat: Seat, successor: PersonSnapshot): boolean {
  const task = taskOfSeat(run.state, step.stepId, seat.seat);
  if (task?.onBehalfOf === undefined || task.person.personId !== successor.personId) return false;
  return isOpenTask(task) && giveBack(run, step, task, task.onBehalfOf, 'none');
}

function ableSuccessor(run: Run, command: Succession): PersonSnapshot | null {
  const id = command.successorId;
  if (id === null || id === command.personId || id === run.state.applicant.personId) return null;
  return isActive(run.ctx.org, id) ? snapshot(run.ctx.org, id) : null;
}

/** Whom the rule names today for this seat's label, if that is somebody new at the step. */
function ruleAgain(run: Run, step: StepState, seat: Seat, leaving: string): PersonSnapshot | null {
  // Whoever was added was chosen by a person; no rule names another.
  if (seat.addition !== undefined) return null;
  const spec = stepAt(run.ctx.template, step.stepKey);
  const { applicant, chosen, values } = run.state;
  const seats = resolveSeats(spec?.assignees ?? [], {
    org: run.ctx.org,
    applicant,
    stepKey: step.stepKey,
    chosen,
    values,
  });
  const fits = seats.find(
    (s) =>
      s.label === seat.label &&
      s.person !== null &&
      s.person.personId !== leaving &&
      seatAt(run.state, step, s.person.personId) === null,
  );
  return fits?.person ?? null;
}

function mergeSeat(run: Run, step: StepState, seat: Seat, into: Seat): void {
  closeTask(run, step, seat);
  emit(run, { type: 'seatMerged', stepId: step.stepId, seat: seat.seat, into: into.seat });
}

function closeTask(run: Run, step: StepState, seat: Seat): void {
  const task = taskOfSeat(run.state, step.stepId, seat.seat);
  if (task === undefined || !isOpenTask(task)) return;
  const { taskId, stepId } = task;
  emit(run, { type: 'taskTransferred', taskId, stepId, toTaskId: null, toPerson: null, comment: null });
}

function stepNow(run: Run, step: StepState): StepState {
  return run.state.steps.find((s) => s.stepId === step.stepId) ?? step;
}

function nameOf(run: Run, personId: string): string {
  return run.ctx.org.person(personId)?.name ?? '';
}
