/**
 * 征求意见 (R30): the holder of a task asks somebody for an opinion. The one asked answers with words and that is
 * all; the task, its clock and the decision stay with whoever asked, who need not wait for the answer.
 */
import { conflict, forbidden, notFound, refused } from '../../../kernel/errors.ts';
import type { ConsultState } from '../model/tasks.ts';
import type { Decision } from '../model/events.ts';
import type { InstanceCommand } from '../model/commands.ts';
import type { InstanceState } from '../model/state.ts';
import type { PersonSnapshot } from '../model/people.ts';
import type { StepState } from '../model/steps.ts';
import { isActive, snapshot } from '../model/org.ts';
import { clean, ownTask } from './acts.ts';
import { emit, type Run } from './run.ts';
import { sitsAt } from './seats.ts';
import { taskOfSeat, voteOf, votingSeats } from './tally.ts';

type CommandOf<T extends InstanceCommand['type']> = Extract<InstanceCommand, { type: T }>;

/** All together, so that a request's document stays of a size one can read. */
export const CONSULTS_PER_REQUEST = 50;

export function consult(run: Run, command: CommandOf<'consult'>): Decision['outcome'] {
  const held = ownTask(run, command.taskId);
  if (held === 'closed') return 'already';
  const question = clean(command.question);
  if (question === null) throw refused('approvals.question_required');
  const people = [...new Set(command.personIds)];
  if (people.length + (run.state.consults?.length ?? 0) > CONSULTS_PER_REQUEST)
    throw refused('approvals.too_many_asked', { max: CONSULTS_PER_REQUEST });
  const { stepId, seat } = held.task;
  for (const personId of people) {
    const person = adviser(run, held.step, personId);
    emit(run, { type: 'consulted', consultId: run.ctx.newId(), stepId, seat, person, question });
  }
  return 'done';
}

/** Active, not the applicant, not deciding in this step anyway, not asked already. */
function adviser(run: Run, step: StepState, personId: string): PersonSnapshot {
  if (personId === run.by.personId) throw refused('approvals.consult_self');
  const person = snapshot(run.ctx.org, personId);
  if (person === null || !isActive(run.ctx.org, personId)) throw refused('approvals.person_inactive');
  const data = { name: person.name };
  if (personId === run.state.applicant.personId) throw refused('approvals.consult_applicant', data);
  if (sitsAt(run.state, step, personId) !== null) throw refused('approvals.person_on_step', data);
  if (openConsults(run.state).some((one) => one.person.personId === personId))
    throw conflict('approvals.asked_already', data);
  return person;
}

/** A late or repeated answer is told that nothing is asked any more (R1). */
export function answerConsult(run: Run, command: CommandOf<'answerConsult'>): Decision['outcome'] {
  const asked = run.state.consults?.find((one) => one.consultId === command.consultId);
  if (asked === undefined) throw notFound('approvals.not_visible');
  if (asked.person.personId !== run.by.personId) throw forbidden('approvals.not_asked');
  if (!isOpenConsult(run.state, asked)) return 'already';
  const text = clean(command.text);
  if (text === null) throw refused('approvals.comment_empty');
  emit(run, { type: 'consultAnswered', consultId: asked.consultId, text });
  return 'done';
}

/** R22: who can act no more answers nothing; the holder sees that and may ask somebody else. */
export function dropConsults(run: Run, personId: string): void {
  for (const { consultId, person } of openConsults(run.state)) {
    if (person.personId === personId) emit(run, { type: 'consultDropped', consultId });
  }
}

export function openConsults(state: InstanceState): readonly ConsultState[] {
  return (state.consults ?? []).filter((one) => isOpenConsult(state, one));
}

/** Asked for as long as the seat it was asked from is undecided, whoever holds that seat by now. */
export function isOpenConsult(state: InstanceState, asked: ConsultState): boolean {
  if (state.status !== 'running' || asked.answeredAt !== null || asked.droppedAt !== null) return false;
  const step = state.steps.find((one) => one.stepId === asked.stepId);
  if (step === undefined || step.outcome !== null) return false;
  const seat = votingSeats(step).find((one) => one.seat === asked.seat);
  if (seat === undefined || voteOf(state, step, seat) !== 'open') return false;
  return taskOfSeat(state, step.stepId, seat.seat)?.status !== 'not_needed';
}
