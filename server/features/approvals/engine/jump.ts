/** R13, BACK_TO_RETURNER: after the target of a return, straight to whoever sent it back. */
import { stepsOf } from '../template/plan.ts';
import type { TemplateStep } from '../template/template.ts';
import { emit, ENGINE, type InBranch, type Run } from './run.ts';
import { changedUnderSignature } from './signed-anew.ts';
import { whoSaidYes } from './tally.ts';

/**
 * Only what somebody agreed to or carried out in an earlier round is passed over; anything else is asked (R18), and so is
 * who signed another form than this one (R15).
 */
export function jumpsOver(run: Run, step: TemplateStep, position: number): boolean {
  return isOnWayBack(run, step, position) && changedWhereSigned(run, step).length === 0;
}

function isOnWayBack(run: Run, step: TemplateStep, position: number): boolean {
  const { jumps = [] } = run.state;
  if (step.kind !== 'approve' || !jumps.some(({ from, to }) => from <= position && position < to))
    return false;
  return lastApproved(run, step.key) !== undefined;
}

function changedWhereSigned(run: Run, step: TemplateStep): string[] {
  const before = lastApproved(run, step.key);
  return before === undefined ? [] : changedUnderSignature(run.ctx.template, run.state, before);
}

/** Why a step that would have been passed over is done again; empty for any other. */
export function signsAnewWhy(run: Run, step: TemplateStep, position: number): string {
  const labels = isOnWayBack(run, step, position) ? changedWhereSigned(run, step) : [];
  return labels.length === 0 ? '' : `签名之后${labels.join('、')}有改动，需重新签名`;
}

/** Those whose word stands without being asked again are named, because they are told (R13). */
export function jumpOver(run: Run, step: TemplateStep, position: number, branch: InBranch): void {
  const { state, ctx } = run;
  const jump = (state.jumps ?? []).find(({ from, to }) => from <= position && position < to);
  const toTitle = stepsOf(ctx.template)[jump?.back ?? jump?.to ?? position]?.title ?? '';
  const before = lastApproved(run, step.key);
  const people = before === undefined ? [] : whoSaidYes(state, before.stepId);
  const names = people.map(({ name }) => name).join('、');
  const [did, again] = before?.role === 'handle' ? ['已办理', '办理'] : ['已同意', '审批'];
  const why = `退回后直接回到“${toTitle}”，${names === '' ? '这一步' : `${names}此前${did}，`}不再重复${again}`;
  const { key: stepKey, title } = step;
  emit(
    run,
    {
      type: 'stepSkipped',
      position,
      round: state.round,
      stepKey,
      title,
      why,
      jumpedOver: { toTitle, people },
      ...branch,
    },
    ENGINE,
  );
}

/** What only time let pass nobody agreed to; nor does an earlier yes count beside a later no. */
const lastApproved = ({ state }: Run, stepKey: string) => {
  const step = state.steps.findLast(
    (one) => one.stepKey === stepKey && (one.outcome === 'approved' || one.outcome === 'rejected'),
  );
  if (step?.outcome !== 'approved') return undefined;
  const byTime = state.tasks.some((task) => task.stepId === step.stepId && task.status === 'timed_out');
  return byTime && whoSaidYes(state, step.stepId).length === 0 ? undefined : step;
};
