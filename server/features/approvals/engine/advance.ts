/**
 * Moving on: closing a step when its result is certain and opening what comes next. Every running request ends
 * up with an open task or with a seat in the admin queue.
 */
import { refused } from '../../../kernel/errors.ts';
import { stepWhy } from './explain.ts';
import { holds } from '../model/condition.ts';
import type { GroupRun } from '../model/branches.ts';
import type { PlanStep } from '../template/plan.ts';
import type { Seat, StepState } from '../model/steps.ts';
import type { TaskState } from '../model/tasks.ts';
import { isActive } from '../model/org.ts';
import { resolveSeats } from '../people/resolve.ts';
import type { ApproveStep, CcStep, TemplateStep } from '../template/template.ts';
import { announceWaiting } from './announce-waiting.ts';
import { openBranches } from './branches.ts';
import { closeIfDecided, refuseGroup } from './closing.ts';
import { passDecided } from './dedupe.ts';
import { jumpOver, jumpsOver, signsAnewWhy } from './jump.ts';
import { branchLane, mainLane, openGroupIn, openStepIn, openSteps, type LaneRun } from './lanes.ts';
import { lackOf } from './quorum.ts';
import { emit, ENGINE, type InBranch, type Run } from './run.ts';
import { agencyWords, agentOf } from './stand-in.ts';
import { dueSeats, taskOfSeat } from './tally.ts';
import { alignWaiting, closeOverVote } from './waiting.ts';

/** Bring the request to rest: give seats their tasks, close what is decided, open the next step, or finish. */
export function settle(run: Run): void {
  // While it lies with the applicant there is nothing to bring to rest.
  while (run.state.status === 'running' && !run.state.returned) {
    if (!moveLane(run, mainLane(run.ctx.template, run.state))) return;
  }
}

/** One thing that happens next in this lane, or in a branch of it; false when it is at rest. */
function moveLane(run: Run, lane: LaneRun): boolean {
  const step = openStepIn(run.state, lane.branchId);
  if (step !== undefined) return moveStep(run, step);
  const group = openGroupIn(run.state, lane.branchId);
  if (group !== undefined) return moveGroup(run, group);
  openNext(run, lane);
  return true;
}

function moveStep(run: Run, step: StepState): boolean {
  passDecided(run, step);
  if (closeIfDecided(run, step)) return true;
  closeOverVote(run, step);
  openDueTasks(run, step);
  alignWaiting(run, step);
  // Opening tasks may have left seats without anybody.
  announceWaiting(run, openSteps(run.state).find(({ stepId }) => stepId === step.stepId) ?? step);
  return false;
}

/** The path goes on when all branches that are gone have ended; not when one of them was refused. */
function moveGroup(run: Run, group: GroupRun): boolean {
  const going = group.branches.filter(({ endedAt }) => endedAt === null);
  if (going.some((branch) => moveLane(run, branchLane(run.ctx.template, group, branch)))) return true;
  if (going.length > 0) return false;
  if (group.branches.some(({ refused }) => refused)) refuseGroup(run, group);
  else emit(run, { type: 'branchesJoined', groupId: group.groupId }, ENGINE);
  return true;
}

/* ---------- opening ---------- */

/** Of a step: its place in the plan's row, and the branch it lies in. */
interface Where extends InBranch {
  readonly position: number;
}

function openNext(run: Run, lane: LaneRun): void {
  const node = lane.lane.nodes.find(({ from }) => from === lane.position);
  if (node === undefined) endLane(run, lane);
  else if ('group' in node) openBranches(run, node, lane.branchId);
  else openPlace(run, node, lane.branchId === null ? {} : { branchId: lane.branchId });
}

function endLane(run: Run, { branchId }: LaneRun): void {
  if (branchId === null) finish(run);
  else emit(run, { type: 'branchEnded', branchId }, ENGINE);
}

function openPlace(run: Run, { step, from: position }: PlanStep, branch: InBranch): void {
  if (!holds(step.when, run.state.values)) {
    skip(run, step, { position, ...branch }, stepWhy(run.ctx.template, step, run.state.values, 'skipped'));
  } else if (jumpsOver(run, step, position)) {
    jumpOver(run, step, position, branch);
  } else if (step.kind === 'cc') {
    sendCopies(run, step, { position, ...branch });
  } else {
    openStep(run, step, { position, ...branch });
  }
}

/** R18: a flow without any human decision never passes by itself. */
function finish(run: Run): void {
  const { steps, round } = run.state;
  if (!steps.some((step) => step.round === round)) throw refused('approvals.no_approver');
  emit(run, { type: 'approved' }, ENGINE);
}

function skip(run: Run, step: TemplateStep, where: Where, why: string): void {
  const { round } = run.state;
  const { key: stepKey, title } = step;
  emit(run, { type: 'stepSkipped', ...where, round, stepKey, title, why, ...lost(run, stepKey) }, ENGINE);
}

/** R24: an edit took it out of the path that was foretold. */
function lost({ state }: Run, stepKey: string): { foretold?: readonly string[] } {
  const foretold = state.forecast.find((step) => step.stepKey === stepKey)?.personIds ?? [];
  return state.edits === undefined || foretold.length === 0 ? {} : { foretold };
}

function openStep(run: Run, step: ApproveStep, where: Where): void {
  const seats = seatsFor(run, step);
  emit(
    run,
    {
      type: 'stepOpened',
      ...where,
      round: run.state.round,
      stepId: run.ctx.newId(),
      stepKey: step.key,
      title: step.title,
      mode: step.mode,
      refusal: step.refusal,
      seats,
      why: openedWhy(run, step, where),
      allowWorkdays: step.allowWorkdays,
      requiresComment: step.requiresComment,
      ...(step.mode === 'quorum' ? { needed: step.needed } : {}),
      ...(step.role === undefined ? {} : { role: step.role }),
      ...(step.signature === undefined ? {} : { signature: step.signature }),
      differs: differs(run, step, seats),
    },
    ENGINE,
  );
}

const openedWhy = (run: Run, step: ApproveStep, { position }: Where): string =>
  [stepWhy(run.ctx.template, step, run.state.values, 'opened'), signsAnewWhy(run, step, position)]
    .filter((part) => part !== '')
    .join('；');

/** R29: one copy per person per request; who has none to send to is written down, never a reason to stop. */
function sendCopies(run: Run, step: CcStep, where: Where): void {
  const known = new Set(run.state.copies.map((copy) => copy.person.personId));
  const people = seatsOf(run, step).flatMap((seat) =>
    seat.person === null || known.has(seat.person.personId) ? [] : [{ person: seat.person, why: seat.why }],
  );
  if (people.length === 0) {
    skip(run, step, where, `${step.title}没有可抄送的人`);
    return;
  }
  emit(run, { type: 'ccSent', ...where, stepKey: step.key, title: step.title, people }, ENGINE);
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
    if (seat.person === null || !needsTask) continue;
    if (canAsk(run, step, seat.person)) openTask(run, step, seat, seat.person, null);
    else vacate(run, step, seat);
  }
}

/** Between the opening of the step and one's turn one may be locked, or one's agency end (R22). */
const canAsk = (run: Run, step: StepState, person: TaskState['person']): boolean =>
  isActive(run.ctx.org, person.personId) || agentOf(run, step, person) !== null;

/** R18: nobody is left to ask for this seat; it waits for somebody to be named. */
export function vacate(run: Run, { stepId }: StepState, { seat, label }: Seat): void {
  emit(run, { type: 'seatVacated', stepId, seat, missing: `${label}已不能审批，且没有接替的人` });
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
