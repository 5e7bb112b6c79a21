/**
 * Who decided already is not asked again, where the template says so (R14 to R16). Each seat passed is written down
 * with the decision relied on. Closed on every doubt: another round, 会签, a forced comment, a changed form.
 */
import { dateOf } from '../../../kernel/dates.ts';
import type { InstanceState } from '../model/state.ts';
import type { Seat, StepState } from '../model/steps.ts';
import type { TaskState } from '../model/tasks.ts';
import type { Dedupe, ReliedOn } from '../model/returns.ts';
import { returnRulesOf } from '../template/template.ts';
import { formVersion, sawVersion } from './form-edits.ts';
import { branchesAround, type GoneBranch } from './lanes.ts';
import { emit, ENGINE, type Run } from './run.ts';
import { turnOf, taskOfSeat, votingSeats } from './tally.ts';

/** Which decision of the request the next one is. */
export const nextDecision = ({ tasks }: InstanceState): number => 1 + tasks.filter(isDecided).length;

/** What a person did to their task; 办理 is one too, though no approval that could be relied on. */
const isDecided = ({ status }: TaskState): boolean =>
  status === 'approved' || status === 'rejected' || status === 'done' || status === 'cannot';

/** Pass the seats of this step whose person decided already. */
export function passDecided(run: Run, step: StepState): void {
  const { dedupe } = returnRulesOf(run.ctx.template);
  if (dedupe === 'off' || !mayPass(step)) return;
  if (step.mode === 'any') {
    // One who agreed is enough; once others were asked, or an administrator named somebody, it is theirs to say.
    if (justOpened(run, step)) votingSeats(step).some((seat) => pass(run, step, seat, dedupe));
    return;
  }
  while (turnOf(run.state, step).some((seat) => pass(run, step, seat, dedupe)));
}

/** R15: never a seat of 会签 or of a vote that is counted, never where words or a signature of one's own are asked for. */
const mayPass = ({ mode, role, requiresComment, signature }: StepState): boolean =>
  (mode === 'any' || mode === 'sequential') && role !== 'handle' && !requiresComment && !signature;

const justOpened = ({ events, state }: Run, { stepId }: StepState): boolean =>
  events.some((event) => event.type === 'stepOpened' && event.stepId === stepId) &&
  !state.tasks.some((task) => task.stepId === stepId);

function pass(run: Run, step: StepState, seat: Seat, dedupe: Dedupe): boolean {
  // Somebody who was added is asked on purpose.
  if (seat.addition || taskOfSeat(run.state, step.stepId, seat.seat) !== undefined) return false;
  const reliedOn = relied(run.state, step, seat, dedupe);
  if (reliedOn === null) return false;
  const { stepId } = step;
  const { person, stepTitle, at } = reliedOn;
  const why = `${person.name}已于 ${dateOf(at)} 在“${stepTitle}”同意，不再重复审批`;
  emit(run, { type: 'seatPassed', stepId, seat: seat.seat, reliedOn, why }, ENGINE);
  return true;
}

/** The approval this seat's person gave, if it may be relied on. */
function relied(state: InstanceState, here: StepState, { person }: Seat, dedupe: Dedupe): ReliedOn | null {
  if (person === null) return null;
  const before = humanDecisions(state).filter((task) => isBefore(state, here, task));
  const last = before.slice(-1).filter((task) => !isOneOfMany(state, here, task));
  const candidates = dedupe === 'consecutive' ? last : before;
  const task = candidates.findLast((one) => isOwnApproval(one) && one.person.personId === person.personId);
  // R15: an approval of another form is none of this one.
  if (task === undefined || task.closedAt === null || sawVersion(state, task) < formVersion(state))
    return null;
  const step = state.steps.find(({ stepId }) => stepId === task.stepId);
  // Who was added said what they think; the step was not theirs to decide.
  if (step?.seats.find(({ seat }) => seat === task.seat)?.addition) return null;
  return {
    taskId: task.taskId,
    stepKey: step?.stepKey ?? '',
    stepTitle: step?.title ?? '',
    person: task.person,
    at: task.closedAt,
  };
}

/** On the path to this step: what is decided in a branch beside it is not, however early it was. */
const isBefore = (state: InstanceState, here: StepState, task: TaskState): boolean =>
  branchesLeft(state, here, task).every(({ group }) => group.outcome !== null);

/** R16: after branches that were gone at the same time no decision is the one made just before. */
const isOneOfMany = (state: InstanceState, here: StepState, task: TaskState): boolean =>
  branchesLeft(state, here, task).some(({ group }) => group.branches.length > 1);

/** The branches around a decision that are not around this step. */
function branchesLeft(state: InstanceState, here: StepState, task: TaskState): readonly GoneBranch[] {
  const step = state.steps.find(({ stepId }) => stepId === task.stepId);
  const around = new Set(branchesAround(state, here.branchId).map(({ branch }) => branch.branchId));
  return branchesAround(state, step?.branchId).filter(({ branch }) => !around.has(branch.branchId));
}

/** What somebody decided for another is neither's own word to rely on. */
const isOwnApproval = ({ status, onBehalfOf }: TaskState): boolean =>
  status === 'approved' && onBehalfOf === undefined;

/** R14: of this round alone. R16: in the order they were made, whatever the drawing says. */
function humanDecisions(state: InstanceState): TaskState[] {
  return state.tasks
    .filter((task) => task.round === state.round && isDecided(task))
    .sort((a, b) => (a.closedAt ?? 0) - (b.closedAt ?? 0) || (a.decidedAs ?? 0) - (b.decidedAs ?? 0));
}
