/** Faults of groups of branches: each can be gone through to its end, and whoever hands something in is decided about. */
import type { Condition } from '../model/condition.ts';
import { duplicates } from './field.ts';
import { groupsOf, stepsOf, type PlanGroup } from '../template/plan.ts';
import type { BranchGroup, Template, TemplateNode } from '../template/template.ts';

/** All together, in whatever branches. */
const STEPS_PER_TEMPLATE = 40;

export function branchFaults(
  template: Template,
  conditionFaults: (where: string, condition: Condition) => string[],
): string[] {
  const groups = groupsOf(template);
  const faults = groups.flatMap((one) => groupFaults(one, conditionFaults));
  const nodes = [...stepsOf(template).map(({ key }) => key), ...groups.map(({ group }) => group.key)];
  for (const key of duplicates(nodes)) faults.push(`步骤 ${key} 出现了两次`);
  if (stepsOf(template).length > STEPS_PER_TEMPLATE)
    faults.push(`步骤太多，连同分支里的最多 ${String(STEPS_PER_TEMPLATE)} 个`);
  if (!decides(template.steps)) faults.push('至少要有一个不带条件的审批步骤，否则有的申请会没有人审批');
  return faults;
}

function groupFaults(
  { group, from, to }: PlanGroup,
  conditionFaults: (where: string, condition: Condition) => string[],
): string[] {
  const where = `分支“${group.title}”`;
  const { branches } = group;
  const faults = branches.flatMap(({ title, when }) =>
    when === undefined ? [] : conditionFaults(`${where}的“${title}”的条件`, when),
  );
  for (const key of duplicates(branches.map((branch) => branch.key)))
    faults.push(`${where}里 ${key} 出现了两次`);
  for (const title of duplicates(branches.map((branch) => branch.title)))
    faults.push(`${where}里有两个“${title}”`);
  if (from === to) faults.push(`${where}里一个步骤也没有`);
  if (group.mode === 'first' && group.refusal === 'COLLECT_ALL')
    faults.push(`${where}只走一条，没有别的分支可听，“有人拒绝时”只能是一人拒绝即拒绝`);
  return [...faults, ...(group.mode === 'first' ? firstFaults : allFaults)(where, branches)];
}

/** 条件分支: every request goes exactly one of them, so the last takes what the others leave. */
function firstFaults(where: string, branches: BranchGroup['branches']): string[] {
  const faults: string[] = [];
  const early = branches.slice(0, -1).filter(({ when }) => when === undefined);
  for (const { title } of early) faults.push(`${where}的“${title}”没有条件，排在它后面的走不到`);
  if (branches.at(-1)?.when !== undefined)
    faults.push(`${where}的最后一个要不带条件（其余），否则有的申请没有路可走`);
  return faults;
}

/** 并行分支: one without a step would be joined before anybody was asked. */
const allFaults = (where: string, branches: BranchGroup['branches']): string[] =>
  branches
    .filter(({ steps }) => steps.length === 0)
    .map(({ title }) => `${where}的“${title}”里没有步骤，并行的分支每个都要有`);

/** R18: whatever the form says, somebody decides. */
function decides(nodes: readonly TemplateNode[]): boolean {
  return nodes.some((node) => {
    if (node.kind === 'cc') return false;
    if (node.kind === 'approve') return node.when === undefined;
    return node.mode === 'first'
      ? node.branches.every(({ steps }) => decides(steps))
      : node.branches.some(({ when, steps }) => when === undefined && decides(steps));
  });
}
