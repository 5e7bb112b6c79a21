/** 退回 and 重新提交: the request goes back, a new round begins, and what was decided before stays on record (R12, R13). */
import { refused } from '../../../kernel/errors.ts';
import { canonicalJson } from '../../../kernel/canonical-json.ts';
import { fieldsOf } from '../model/condition.ts';
import type { Decision } from '../model/events.ts';
import type { InstanceState } from '../model/state.ts';
import type { StepState } from '../model/steps.ts';
import type { ChangedField, Jump, ReturnCommand } from '../model/returns.ts';
import {
  areBeside,
  conditionsOf,
  isOnPath,
  placeOf,
  planOf,
  type Place,
  type Within,
} from '../template/plan.ts';
import { returnRulesOf, type Template } from '../template/template.ts';
import { clean, mustBeApplicant, ownTask } from './acts.ts';
import { settle } from './advance.ts';
import { reopenBranches } from './branches.ts';
import { isChanged, mustSignHandIn } from './form-signatures.ts';
import { branchesAround, liesIn, openSteps } from './lanes.ts';
import { emit, type Run } from './run.ts';
import { isOpenTask, whoSaidYes } from './tally.ts';

type CommandOf<T extends ReturnCommand['type']> = Extract<ReturnCommand, { type: T }>;
type Outcome = Decision['outcome'];

export const TO_APPLICANT = '申请人';

/** Somewhere a request can be sent back to. `stepKey` null: the applicant. */
export interface ReturnTarget {
  readonly stepKey: string | null;
  readonly title: string;
  /** In the template's steps: where the request would go on; before the first for the applicant. */
  readonly position: number;
  /** Who agreed there last, or carried it out. */
  readonly names: readonly string[];
}

/**
 * The applicant, then the steps of the path that were passed before this one, in order. Steps of a branch beside this
 * one are not before it; those of branches that were joined are.
 */
export function returnTargets(template: Template, state: InstanceState, stepKey: string): ReturnTarget[] {
  const here = placeOf(template, stepKey);
  const passed = planOf(template).places.flatMap((place): ReturnTarget[] => {
    const { step, position } = place;
    if (here === undefined || position >= here.position || step.kind !== 'approve') return [];
    if (areBeside(place, here) || !isOnPath(place, state.values)) return [];
    const last = state.steps.findLast((s) => s.stepKey === step.key && s.outcome === 'approved');
    if (last === undefined) return [];
    const names = whoSaidYes(state, last.stepId).map(({ name }) => name);
    return [{ stepKey: step.key, title: step.title, position, names }];
  });
  const applicant = { stepKey: null, title: TO_APPLICANT, position: -1, names: [state.applicant.name] };
  return [applicant, ...passed];
}

export function sendBack(run: Run, command: CommandOf<'sendBack'>): Outcome {
  const held = ownTask(run, command.taskId);
  if (held === 'closed') return 'already';
  const reason = clean(command.reason);
  if (reason === null) throw refused('approvals.return_reason_required');
  const { state, ctx } = run;
  const { stepKey, title: fromTitle } = held.step;
  const target = returnTargets(ctx.template, state, stepKey).find((one) => one.stepKey === command.toStepKey);
  if (target === undefined) throw refused('approvals.return_target');
  const way = wayBack(run, held.step, target);
  const { taskIds, ...downstream } = downstreamOf(run, way.lane);
  emit(run, {
    type: 'sentBack',
    returnId: ctx.newId(),
    taskId: command.taskId,
    fromTitle,
    toStepKey: target.stepKey,
    toTitle: target.title,
    position: way.inside[0]?.group.from ?? Math.max(0, target.position),
    ...(way.lane === null ? {} : { branchId: way.lane }),
    round: state.round + 1,
    reason,
    cancelled: taskIds.filter((taskId) => taskId !== command.taskId),
    ...downstream,
    jumps: jumpsAfter(run, way),
  });
  reopenBranches(run, way.inside, target.position, way.lane);
  settle(run);
  return 'done';
}

/** From whoever sends it back to the target. */
interface WayBack {
  readonly target: number;
  readonly here: Place | undefined;
  /** How many of the branches around `here` the target lies in as well. */
  readonly shared: number;
  /** The innermost branch both lie in: there the request goes on. null: the main line. */
  readonly lane: string | null;
  /** Branches that were joined, from there to the target. */
  readonly inside: readonly Within[];
}

function wayBack({ state, ctx }: Run, step: StepState, target: ReturnTarget): WayBack {
  const here = placeOf(ctx.template, step.stepKey);
  const around = here?.within ?? [];
  const to = target.stepKey === null ? [] : (placeOf(ctx.template, target.stepKey)?.within ?? []);
  const parted = around.findIndex(({ branch }, depth) => to[depth]?.branch !== branch);
  const shared = parted === -1 ? around.length : parted;
  const lane = branchesAround(state, step.branchId)[shared - 1]?.branch.branchId ?? null;
  return { target: target.position, here, shared, lane, inside: to.slice(shared) };
}

/** R12: what is open in the lane where it goes on; branches beside that stay. */
function downstreamOf({ state }: Run, lane: string | null) {
  const stepIds = openSteps(state)
    .filter(({ branchId }) => liesIn(state, branchId, lane))
    .map(({ stepId }) => stepId);
  const tasks = state.tasks.filter((task) => isOpenTask(task) && stepIds.includes(task.stepId));
  const groupIds = (state.groups ?? [])
    .filter((group) => group.outcome === null && liesIn(state, group.inBranch ?? undefined, lane))
    .map(({ groupId }) => groupId);
  const taskIds = tasks.map((task) => task.taskId);
  return { taskIds, stepIds, ...(groupIds.length === 0 ? {} : { groupIds }) };
}

/**
 * R13: what is passed over between the target and whoever sent it back, and in the branches beside: who agreed there
 * is not asked again, who had not yet is. Ways back that still lie ahead, or in branches that stay, stay.
 */
function jumpsAfter({ state, ctx }: Run, { target, here, shared }: WayBack): Jump[] {
  if (returnRulesOf(ctx.template).onReturn === 'REDO_ALL' || here === undefined) return [];
  const back = here.position;
  const lane = here.within[shared - 1]?.branch ?? planOf(ctx.template).main;
  const kept = (state.jumps ?? []).filter(({ from, to }) => from > back || to <= lane.from);
  const beside = here.within
    .slice(shared)
    .flatMap(({ group, branch }) =>
      group.branches.filter((one) => one.from >= branch.to).map(({ from, to }) => ({ from, to, back })),
    );
  return [{ from: target + 1, to: back }, ...beside, ...kept];
}

/** The applicant hands it in again; the request keeps its number, and the new round its own votes (R7). */
export function resubmit(run: Run, command: CommandOf<'resubmit'>): Outcome {
  mustBeApplicant(run);
  const { state, ctx } = run;
  const { returned } = state;
  if (state.status !== 'running' || !returned) return 'already';
  mustSignHandIn(ctx.template, state, run.by, command.form);
  const changed = changedFields(ctx.template, state, command);
  const recomputed = pathMayDiffer(ctx.template, state, command);
  const { title, form, values, chosen, forecast } = command;
  emit(run, {
    type: 'resubmitted',
    returnId: returned.returnId,
    title,
    form,
    values,
    chosen,
    forecast,
    changed,
    recomputed,
    jumps: recomputed ? [] : (state.jumps ?? []),
  });
  settle(run);
  return 'done';
}

type Content = Pick<InstanceState, 'form' | 'values' | 'chosen'>;
const same = (a: unknown, b: unknown): boolean => canonicalJson(a ?? null) === canonicalJson(b ?? null);

function changedFields({ fields }: Template, before: Content, after: Content): ChangedField[] {
  return fields
    .filter((field) => isChanged(field, before.form, after.form))
    .map(({ key, label }) => ({ key, label }));
}

/** R13: a field used in any condition changed, or the applicant chose other approvers. */
function pathMayDiffer(template: Template, before: Content, after: Content): boolean {
  const used = new Set(conditionsOf(template).flatMap(fieldsOf));
  const differs = (key: string): boolean => !same(before.values[key], after.values[key]);
  return [...used].some(differs) || !same(before.chosen, after.chosen);
}
