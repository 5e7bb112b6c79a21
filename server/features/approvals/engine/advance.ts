/**
 * Moving on: closing a step when its result is certain and opening what comes next. Every running request ends
 * up with an open task or with a seat in the admin queue.
 */
import { refused } from '../../../kernel/errors.ts';
import { stepWhy } from '../explain.ts';
import { isOnPath, planOf } from '../plan.ts';
import type { Seat, StepState, TaskState } from '../model.ts';
import { resolveSeats } from '../resolve.ts';
import type { ApproveStep, CcStep, TemplateStep } from '../template.ts';
import { passDecided } from './dedupe.ts';
import { jumpOver, jumpsOver } from './jump.ts';
import { lackOf } from './quorum.ts';
import { emit, ENGINE, type Run } from './run.ts';
import { agencyWords, agentOf } from './stand-in.ts';
import { dueSeats, isOpenTask, resultOf, taskOfSeat, waitingKeys, waitingSeats } from './tally.ts';
import { alignWaiting, closeOverVote } from './waiting.ts';

export function openStepOf(run: Run): StepState | undefined {
  return run.state.steps.findLast((step) => step.outcome === null);
}

/** Bring the request to rest: give seats their tasks, close what is decided, open the next step, or finish. */
export function settle(run: Run): void {
  // While it lies with the applicant there is nothing to bring to rest.
  while (run.state.status === 'running' && !run.state.returned) {
    const step = openStepOf(run);
    if (step !== undefined) passDecided(run, step);
    if (step === undefined) {
      openNext(run);
    } else if (!closeIfDecided(run, step)) {
      closeOverVote(run, step);
      openDueTasks(run, step);
      alignWaiting(run, step);
      announceWaiting(run, step);
      return;
    }
  }
}

/* ---------- closing ---------- */

function closeIfDecided(run: Run, step: StepState): boolean {
  const outcome = resultOf(run.state, step);
  if (outcome === null) return false;
  for (const task of run.state.tasks) {
    if (task.stepId === step.stepId && isOpenTask(task)) {
      emit(run, { type: 'taskNotNeeded', taskId: task.taskId, stepId: step.stepId });
    }
  }
  emit(run, { type: 'stepFinished', stepId: step.stepId, outcome });
  if (outcome === 'rejected') {
    emit(run, { type: 'rejected', stepId: step.stepId, comment: refusalComment(run, step) });
  }
  return true;
}

function refusalComment(run: Run, step: StepState): string | null {
  const refusals = run.state.tasks.filter(
    (t) => t.stepId === step.stepId && (t.status === 'rejected' || t.status === 'cannot'),
  );
  return refusals.length === 1
    ? (refusals[0]?.comment ?? null)
    : refusals.map((t) => `${t.person.name}：${t.comment ?? ''}`).join('\n') || null;
}

/* ---------- opening ---------- */

function openNext(run: Run): void {
  const { position } = run.state;
  const place = planOf(run.ctx.template).places[position];
  const step = place?.step;
  if (place === undefined || step === undefined) {
    finish(run);
  } else if (!isOnPath(place, run.state.values)) {
    skip(run, step, position, stepWhy(run.ctx.template, step, run.state.values, 'skipped'));
  } else if (jumpsOver(run, step, position)) {
    jumpOver(run, step, position);
  } else if (step.kind === 'cc') {
    sendCopies(run, step, position);
  } else {
    openStep(run, step, position);
  }
}

/** R18: a flow without any human decision never passes by itself. */
function finish(run: Run): void {
  const { steps, round } = run.state;
  if (!steps.some((step) => step.round === round)) throw refused('approvals.no_approver');
  emit(run, { type: 'approved' }, ENGINE);
}

function skip(run: Run, step: TemplateStep, position: number, why: string): void {
  const { round } = run.state;
  const { key: stepKey, title } = step;
  emit(run, { type: 'stepSkipped', position, round, stepKey, title, why, ...lost(run, stepKey) }, ENGINE);
}

/** R24: an edit took it out of the path that was foretold. */
function lost({ state }: Run, stepKey: string): { foretold?: readonly string[] } {
  const foretold = state.forecast.find((step) => step.stepKey === stepKey)?.personIds ?? [];
  return state.edits === undefined || foretold.length === 0 ? {} : { foretold };
}

function openStep(run: Run, step: ApproveStep, position: number): void {
  const seats = seatsFor(run, step);
  emit(
    run,
    {
      type: 'stepOpened',
      position,
      round: run.state.round,
      stepId: run.ctx.newId(),
      stepKey: step.key,
      title: step.title,
      mode: step.mode,
      refusal: step.refusal,
      seats,
      why: stepWhy(run.ctx.template, step, run.state.values, 'opened'),
      allowWorkdays: step.allowWorkdays,
      requiresComment: step.requiresComment,
      ...(step.mode === 'quorum' ? { needed: step.needed } : {}),
      ...(step.role === undefined ? {} : { role: step.role }),
      differs: differs(run, step, seats),
    },
    ENGINE,
  );
}

/** R29: one copy per person per request; who has none to send to is written down, never a reason to stop. */
function sendCopies(run: Run, step: CcStep, position: number): void {
  const known = new Set(run.state.copies.map((copy) => copy.person.personId));
  const people = seatsOf(run, step).flatMap((seat) =>
    seat.person === null || known.has(seat.person.personId) ? [] : [{ person: seat.person, why: seat.why }],
  );
  if (people.length === 0) {
    skip(run, step, position, `${step.title}没有可抄送的人`);
    return;
  }
  emit(run, { type: 'ccSent', position, stepKey: step.key, title: step.title, people }, ENGINE);
}

/** R4, R24: resolved now, on today's directory, and frozen from here on. */
function seatsFor(run: Run, step: ApproveStep): Seat[] {
  const seats = seatsOf(run, step);
  if (step.mode === 'quorum') return withMissingSeats(seats, step);
  // 或签 needs one who can act; a rule that found nobody beside others who can is no reason to wait.
  const able = seats.filter((seat) => seat.person !== null);
  if (step.mode !== 'any' || able.length === 0 || able.length === seats.length) return seats;
  return able.map((seat, index) => ({ ...seat, seat: index }));
}

/** R18: with fewer people than must agree somebody is to be named; never refused by lack of people. */
function withMissingSeats(seats: readonly Seat[], step: ApproveStep & { mode: 'quorum' }): Seat[] {
  const lacking = lackOf(step.needed, seats.length);
  const missing = `需 ${String(seats.length + lacking)} 人同意，只找到 ${String(seats.length)} 人`;
  const empty = Array.from({ length: lacking }, (_, n) => ({
    seat: seats.length + n,
    label: step.title,
    person: null,
    why: '',
    missing,
    mergedInto: null,
  }));
  return [...seats, ...empty];
}

function seatsOf(run: Run, step: TemplateStep): Seat[] {
  const { applicant, chosen, values } = run.state;
  return resolveSeats(step.assignees, { org: run.ctx.org, applicant, stepKey: step.key, chosen, values });
}

function differs(
  run: Run,
  step: ApproveStep,
  seats: readonly Seat[],
): { foretold: string[]; actual: string[] } | null {
  const foretold = run.state.forecast.find((f) => f.stepKey === step.key)?.personIds ?? [];
  const actual = seats.map(({ person }) => person?.personId ?? null).filter((id) => id !== null);
  const same = foretold.length === actual.length && foretold.every((id) => actual.includes(id));
  return same ? null : { foretold: [...foretold], actual };
}

/** R5: in 依次 only the one whose turn it is gets a task; elsewhere every seat with a person does, once. */
function openDueTasks(run: Run, step: StepState): void {
  for (const seat of dueSeats(run.state, step)) {
    const last = taskOfSeat(run.state, step.stepId, seat.seat);
    const needsTask = last === undefined || last.status === 'transferred';
    if (seat.person !== null && needsTask) openTask(run, step, seat, seat.person, null);
  }
}

/** Who takes a task: an agent of the person it is for, if they have one; they themselves; or this one, for another. */
export type StandIn = 'ask' | 'none' | { readonly onBehalfOf: TaskState['person'] };

/** Where a task comes from. */
interface From {
  readonly taskId: string;
  readonly newTaskId: string;
  readonly why: string;
  readonly standIn: StandIn;
}

export function openTask(
  run: Run,
  step: StepState,
  seat: Seat,
  to: TaskState['person'],
  from: From | null,
): void {
  const standIn = from?.standIn ?? 'ask';
  const agent = standIn === 'ask' ? agentOf(run, step, to) : null;
  const onBehalfOf = typeof standIn === 'object' ? standIn.onBehalfOf : agent && to;
  const why = from?.why ?? seat.why;
  emit(
    run,
    {
      type: 'taskOpened',
      taskId: from?.newTaskId ?? run.ctx.newId(),
      stepId: step.stepId,
      seat: seat.seat,
      round: step.round,
      person: agent ?? to,
      ...(onBehalfOf ? { onBehalfOf } : {}),
      why: agent === null ? why : `${why}；${agencyWords(to, agent)}`,
      fromTaskId: from?.taskId ?? null,
    },
    from === null ? ENGINE : run.by,
  );
}

/* ---------- admin queue ---------- */

/** R18: tell once that a seat waits for somebody to be named; seats announced earlier are not told again. */
function announceWaiting(run: Run, step: StepState): void {
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
  return now.filter((seat) => !before.has(`${step.stepId}/${String(seat.seat)}`));
}
