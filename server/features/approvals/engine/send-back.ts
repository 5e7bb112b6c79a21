/** 退回 and 重新提交: the request goes back, a new round begins, and what was decided before stays on record (R12, R13). */
import { refused } from '../../../kernel/errors.ts';
import { canonicalJson } from '../../../kernel/canonical-json.ts';
import { fieldsOf } from '../condition.ts';
import type { Decision, InstanceState } from '../model.ts';
import type { ChangedField, Jump, ReturnCommand } from '../model-returns.ts';
import { conditionsOf, isOnPath, placeOf, planOf } from '../plan.ts';
import { returnRulesOf, type Template } from '../template.ts';
import { clean, mustBeApplicant, ownTask } from './acts.ts';
import { settle } from './advance.ts';
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

/** The applicant, then the steps of the path that were passed before this one, in order. */
export function returnTargets(template: Template, state: InstanceState, stepKey: string): ReturnTarget[] {
  const here = positionOf(template, stepKey);
  const passed = planOf(template).places.flatMap((place): ReturnTarget[] => {
    const { step, position } = place;
    if (position >= here || step.kind !== 'approve' || !isOnPath(place, state.values)) return [];
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
  const { taskIds, stepIds } = downstream(run, target.position);
  emit(run, {
    type: 'sentBack',
    returnId: ctx.newId(),
    taskId: command.taskId,
    fromTitle,
    toStepKey: target.stepKey,
    toTitle: target.title,
    position: Math.max(0, target.position),
    round: state.round + 1,
    reason,
    cancelled: taskIds.filter((taskId) => taskId !== command.taskId),
    stepIds,
    jumps: jumpsAfter(run, target.position, positionOf(ctx.template, stepKey)),
  });
  settle(run);
  return 'done';
}

/** R12: what is open after the target; what is open elsewhere stays. */
function downstream({ state, ctx }: Run, target: number): { taskIds: string[]; stepIds: string[] } {
  const steps = state.steps.filter(
    (step) => step.outcome === null && positionOf(ctx.template, step.stepKey) > target,
  );
  const stepIds = steps.map((step) => step.stepId);
  const tasks = state.tasks.filter((task) => isOpenTask(task) && stepIds.includes(task.stepId));
  return { taskIds: tasks.map((task) => task.taskId), stepIds };
}

/** R13: what is passed over between the target and whoever sent it back; ways back that still lie ahead stay. */
function jumpsAfter({ state, ctx }: Run, target: number, returner: number): Jump[] {
  if (returnRulesOf(ctx.template).onReturn === 'REDO_ALL') return [];
  const ahead = (state.jumps ?? []).filter((jump) => jump.from > returner);
  return [{ from: target + 1, to: returner }, ...ahead];
}

const positionOf = (template: Template, stepKey: string): number =>
  placeOf(template, stepKey)?.position ?? -1;

/** The applicant hands it in again; the request keeps its number, and the new round its own votes (R7). */
export function resubmit(run: Run, command: CommandOf<'resubmit'>): Outcome {
  mustBeApplicant(run);
  const { state, ctx } = run;
  const { returned } = state;
  if (state.status !== 'running' || !returned) return 'already';
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
    .filter(({ key }) => !same(before.form[key], after.form[key]))
    .map(({ key, label }) => ({ key, label }));
}

/** R13: a field used in any condition changed, or the applicant chose other approvers. */
function pathMayDiffer(template: Template, before: Content, after: Content): boolean {
  const used = new Set(conditionsOf(template).flatMap(fieldsOf));
  const differs = (key: string): boolean => !same(before.values[key], after.values[key]);
  return [...used].some(differs) || !same(before.chosen, after.chosen);
}
