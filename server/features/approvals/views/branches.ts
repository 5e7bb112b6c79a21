/** How branches are told on pages: where each stands, who holds it, and which are not gone and why. */
import { fieldsOf } from '../model/condition.ts';
import type { BranchesView, PathStep } from '../contract.ts';
import { holderName } from './holders.ts';
import { branchesAround, liesIn, openSteps } from '../engine/lanes.ts';
import type { InstanceState } from '../model/state.ts';
import type { BranchRun, GroupRun } from '../model/branches.ts';
import { groupsOf, type Place } from '../template/plan.ts';
import type { Template } from '../template/template.ts';

/** The branch a step lies in: "法务", in a branch of a branch "法务 › 外聘律师"; undefined on the main line. */
export function branchTitle(state: InstanceState, branchId: string | undefined): string | undefined {
  const titles = branchesAround(state, branchId).map(({ branch }) => branch.title);
  return titles.length === 0 ? undefined : titles.join(' › ');
}

export function branchOfPlace({ within }: Place): PathStep['branch'] {
  const [outer] = within;
  if (outer === undefined) return undefined;
  return {
    group: outer.group.group.title,
    title: within.map(({ branch }) => branch.branch.title).join(' › '),
    parallel: within.some(({ group }) => group.group.mode === 'all'),
  };
}

/**
 * Groups that are open or were joined, each as it was gone last.
 * @param secret fields whose values this viewer does not read: why a branch is gone is not told by them
 */
export function branchViews(
  template: Template,
  state: InstanceState,
  secret: ReadonlySet<string>,
): BranchesView[] {
  const last = new Map<string, GroupRun>();
  for (const group of state.groups ?? [])
    if (group.outcome === null || group.outcome === 'joined' || group.outcome === 'rejected')
      last.set(group.groupKey, group);
  return [...last.values()].map((group) => {
    const hides = tellsSecret(template, group.groupKey, secret);
    return {
      groupId: group.groupId,
      title: group.title,
      parallel: group.mode === 'all',
      hearsAll: group.refusal === 'COLLECT_ALL',
      open: group.outcome === null,
      branches: group.branches.map((branch) => branchView(state, group, branch, hides)),
      notTaken: group.notTaken.map(({ title, why }) => ({ title, why: hides ? '' : why })),
    };
  });
}

function branchView(
  state: InstanceState,
  group: GroupRun,
  { branchId, title, why, endedAt }: BranchRun,
  hides: boolean,
): BranchesView['branches'][number] {
  const inside = state.steps.filter((step) => liesIn(state, step.branchId, branchId));
  const refused = inside.some(({ outcome }) => outcome === 'rejected');
  const open = openSteps(state).filter((step) => inside.includes(step));
  const held = state.tasks.filter(
    ({ stepId, status }) => status === 'pending' && open.some((step) => step.stepId === stepId),
  );
  const names = [...new Set(held.map(holderName))];
  const base = { branchId, title, why: hides ? '' : why };
  if (refused) return { ...base, state: 'refused', words: '已拒绝', names: [] };
  if (endedAt !== null)
    return { ...base, state: 'done', words: inside.length === 0 ? '不需要' : '已完成', names: [] };
  if (group.outcome !== null) return { ...base, state: 'skipped', words: '不用处理', names: [] };
  if (names.length === 0) return { ...base, state: 'current', words: '待指定审批人', names: ['管理员'] };
  return { ...base, state: 'current', words: open.map((step) => step.title).join('、'), names };
}

function tellsSecret(template: Template, groupKey: string, secret: ReadonlySet<string>): boolean {
  const group = groupsOf(template).find((one) => one.group.key === groupKey);
  const whens = (group?.branches ?? []).flatMap(({ branch }) => (branch.when ? fieldsOf(branch.when) : []));
  return whens.some((key) => secret.has(key));
}
