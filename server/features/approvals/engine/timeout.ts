/**
 * A holder did not act in time, and the step says what happens then. When that is, supervision's clocks say; here it
 * happens once per rung and principal of a seat (R37), to a task that is still open, by no person (R46).
 */
import { agencyChain } from '../people/agency-chain.ts';
import type { Decision } from '../model/events.ts';
import type { InstanceState } from '../model/state.ts';
import type { PersonSnapshot } from '../model/people.ts';
import type { Seat, StepState } from '../model/steps.ts';
import type { TaskState } from '../model/tasks.ts';
import type { TimeOutCommand } from '../model/timeouts.ts';
import { stepAt } from '../template/plan.ts';
import { headsBeside, superiorsOf } from '../people/superiors.ts';
import type { Template, TimeoutRung } from '../template/template.ts';
import { settle } from './advance.ts';
import { openSteps } from './lanes.ts';
import { reseat } from './replace.ts';
import { emit, type Run } from './run.ts';

/** R46: what no person did carries no person's name. */
export const SYSTEM = { personId: null, name: 'SYSTEM' } as const;

interface Late {
  readonly task: TaskState;
  readonly step: StepState;
  readonly seat: Seat;
  readonly rung: TimeoutRung;
}

/** Late sweeps, closed tasks and old rounds do nothing. */
export function timeOut(run: Run, command: TimeOutCommand): Decision['outcome'] {
  const late = lateOf(run, command);
  if (late === null) return 'already';
  const { task, step, seat, rung } = late;
  const people = concerned(run, late);
  const { taskId } = task;
  const timeoutId = run.ctx.newId();
  emit(run, { type: 'timedOut', timeoutId, taskId, rung: command.rung, act: rung.do, people });
  const [to] = people;
  if (rung.do === 'handToSuperior' && to !== undefined) handUp(run, { step, seat, task, to });
  settle(run);
  return 'done';
}

function lateOf(run: Run, { taskId, rung: index }: TimeOutCommand): Late | null {
  const { state, ctx } = run;
  const task = state.tasks.find((one) => one.taskId === taskId);
  const step = openSteps(state).find(({ stepId }) => stepId === task?.stepId);
  if (task?.status !== 'pending' || step === undefined) return null;
  const seat = step.seats.find((one) => one.seat === task.seat);
  const rung = rungsAt(ctx.template, step.stepKey)[index];
  if (seat === undefined || rung === undefined || index <= lastRung(state, taskId)) return null;
  const barred = ctx.template.sensitive || step.role === 'handle' || step.requiresComment || step.signature;
  return rung.do === 'pass' && barred ? null : { task, step, seat, rung };
}

/** What a step says of being late, in rising order. */
export function rungsAt(template: Template, stepKey: string): readonly TimeoutRung[] {
  const step = stepAt(template, stepKey);
  return step?.kind === 'approve' ? (step.timeout ?? []) : [];
}

/** Of this task and of those before it that the same principal answered for: an agency begins nothing anew (R36). */
function lastRung(state: InstanceState, taskId: string): number {
  const chain = agencyChain(state, taskId).map((task) => task.taskId);
  const { timeouts = [] } = state;
  return Math.max(-1, ...timeouts.filter((one) => chain.includes(one.taskId)).map(({ rung }) => rung));
}

/** Whose responsibility it is: while an agent acts for somebody, that somebody's superior is asked. */
function concerned(run: Run, { task, rung }: Late): PersonSnapshot[] {
  const { org } = run.ctx;
  const responsible = task.onBehalfOf ?? task.person;
  // R17: never the applicant; whoever holds it already hears of it anyway.
  const others = (people: readonly PersonSnapshot[]) =>
    people.filter(
      ({ personId }) => personId !== run.state.applicant.personId && personId !== task.person.personId,
    );
  const above = others(superiorsOf(org, responsible)).slice(0, 1);
  switch (rung.do) {
    case 'remind':
    case 'pass':
      return [task.person];
    case 'handToSuperior':
      return above;
    case 'escalate': {
      const told = new Map(
        [...above, ...others(headsBeside(org, responsible))].map((one) => [one.personId, one]),
      );
      return [...told.values()];
    }
  }
}

/** R25: where the superior sits at the step already the two become one task and one vote. */
function handUp(
  run: Run,
  { step, seat, task, to }: { step: StepState; seat: Seat; task: TaskState; to: PersonSnapshot },
): void {
  const { personId, name } = task.person;
  // An agent who was late is not asked again in the name of the superior.
  const standIn = run.ctx.agentOf?.(to.personId) === personId ? 'none' : 'ask';
  const why = `${name}超时未处理，转由上级${to.name}`;
  reseat(run, step, seat, { personId, successorId: to.personId, viaAgents: false }, { why, standIn });
}
