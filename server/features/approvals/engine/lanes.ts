/** Where a request is: on the main line, or in several branches at once. */
import type { InstanceState } from '../model/state.ts';
import type { StepState } from '../model/steps.ts';
import type { BranchRun, GroupRun } from '../model/branches.ts';
import { groupsOf, planOf, type Lane } from '../template/plan.ts';
import type { Template } from '../template/template.ts';

/** The main line, or one branch that is gone. */
export interface LaneRun {
  readonly lane: Lane;
  /** null: the main line */
  readonly branchId: string | null;
  /** The next step of it to look at. */
  readonly position: number;
}

/** A branch that is gone, and the group it belongs to. */
export interface GoneBranch {
  readonly group: GroupRun;
  readonly branch: BranchRun;
}

export const mainLane = (template: Template, { position }: InstanceState): LaneRun => ({
  lane: planOf(template).main,
  branchId: null,
  position,
});

export function branchLane(template: Template, { groupKey }: GroupRun, branch: BranchRun): LaneRun {
  const group = groupsOf(template).find((one) => one.group.key === groupKey);
  const lane = group?.branches.find((one) => one.branch.key === branch.key);
  if (lane === undefined) throw new Error(`no branch ${groupKey}/${branch.key} in the template`);
  return { lane, branchId: branch.branchId, position: branch.position };
}

/** The steps somebody may decide now; more than one only in branches. */
export const openSteps = ({ steps, status }: InstanceState): readonly StepState[] =>
  status === 'running' ? steps.filter(({ outcome }) => outcome === null) : [];

export const openStepIn = ({ steps }: InstanceState, branchId: string | null): StepState | undefined =>
  steps.findLast((step) => step.outcome === null && (step.branchId ?? null) === branchId);

export const openGroupIn = ({ groups = [] }: InstanceState, branchId: string | null): GroupRun | undefined =>
  groups.findLast((group) => group.outcome === null && group.inBranch === branchId);

/** The branches around something in this branch, outermost first; none on the main line. */
export function branchesAround({ groups = [] }: InstanceState, branchId: string | undefined): GoneBranch[] {
  const around: GoneBranch[] = [];
  let inner = branchId ?? null;
  while (inner !== null) {
    const id: string = inner;
    const group = groups.find(({ branches }) => branches.some((branch) => branch.branchId === id));
    const branch = group?.branches.find((one) => one.branchId === id);
    if (group === undefined || branch === undefined) break;
    around.unshift({ group, branch });
    inner = group.inBranch;
  }
  return around;
}

/** Whether something in a branch lies in this lane: everything lies on the main line. */
export const liesIn = (state: InstanceState, branchId: string | undefined, lane: string | null): boolean =>
  lane === null || branchesAround(state, branchId).some(({ branch }) => branch.branchId === lane);

/** Keys of steps that were not looked at yet, in the branches that are gone and after them; none after a refusal. */
export function stepsAhead(template: Template, state: InstanceState): ReadonlySet<string> {
  const keys = new Set<string>();
  const after = (from: number, to: number): void => {
    for (const { step, position } of planOf(template).places)
      if (position >= from && position < to) keys.add(step.key);
  };
  /** @returns whether it ends by a refusal, however the rest of it is decided */
  const walk = ({ lane, branchId, position }: LaneRun): boolean => {
    const group = openGroupIn(state, branchId);
    const refused = (group?.branches ?? []).map((branch) =>
      branch.endedAt === null && group !== undefined
        ? walk(branchLane(template, group, branch))
        : branch.refused === true,
    );
    const ends = refused.includes(true);
    if (!ends) after(position, lane.to);
    return ends;
  };
  const main = mainLane(template, state);
  walk(state.returned ? { ...main, position: 0 } : main);
  return keys;
}
