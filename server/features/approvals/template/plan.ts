/**
 * A template's steps in one row, with the branches they lie in. A step's position is its place in that row; a branch
 * and a group of branches take up the positions `[from, to)` of the steps inside. Without branches a position is the
 * index in the template's steps, as it was before there were any.
 */
import { holds, type Condition, type Values } from '../model/condition.ts';
import type { Branch, BranchGroup, Template, TemplateNode, TemplateStep } from './template.ts';

interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** What is gone one after the other: the main line, or one branch. */
export interface Lane extends Stretch {
  readonly nodes: readonly PlanNode[];
}
export interface PlanBranch extends Lane {
  readonly branch: Branch;
}
export interface PlanGroup extends Stretch {
  readonly group: BranchGroup;
  readonly branches: readonly PlanBranch[];
}
export interface PlanStep extends Stretch {
  readonly step: TemplateStep;
}
export type PlanNode = PlanStep | PlanGroup;

/** The branches a step lies in, outermost first. */
export interface Within {
  readonly group: PlanGroup;
  readonly branch: PlanBranch;
}
export interface Place {
  readonly step: TemplateStep;
  readonly position: number;
  readonly within: readonly Within[];
}

export interface Plan {
  readonly main: Lane;
  readonly places: readonly Place[];
}

type Stepped = Pick<Template, 'steps'>;

const plans = new WeakMap<Template['steps'], Plan>();

export function planOf({ steps }: Stepped): Plan {
  const known = plans.get(steps);
  if (known !== undefined) return known;
  const main = laneFrom(0, steps);
  const plan = { main, places: placesIn(main, []) };
  plans.set(steps, plan);
  return plan;
}

function laneFrom(from: number, steps: readonly TemplateNode[]): Lane {
  const nodes: PlanNode[] = [];
  let to = from;
  for (const one of steps) {
    const node: PlanNode = one.kind === 'branches' ? groupFrom(to, one) : { step: one, from: to, to: to + 1 };
    nodes.push(node);
    to = node.to;
  }
  return { nodes, from, to };
}

function groupFrom(from: number, group: BranchGroup): PlanGroup {
  const branches: PlanBranch[] = [];
  let to = from;
  for (const branch of group.branches) {
    const lane = laneFrom(to, branch.steps);
    branches.push({ ...lane, branch });
    to = lane.to;
  }
  return { group, branches, from, to };
}

const placesIn = ({ nodes }: Lane, within: readonly Within[]): Place[] =>
  nodes.flatMap((node) =>
    'step' in node
      ? [{ step: node.step, position: node.from, within }]
      : node.branches.flatMap((branch) => placesIn(branch, [...within, { group: node, branch }])),
  );

/** Every step, in the order they are written down. */
export const stepsOf = (template: Stepped): TemplateStep[] => planOf(template).places.map(({ step }) => step);

export const stepAt = (template: Stepped, stepKey: string): TemplateStep | undefined =>
  placeOf(template, stepKey)?.step;

export const placeOf = (template: Stepped, stepKey: string): Place | undefined =>
  planOf(template).places.find(({ step }) => step.key === stepKey);

export function groupsOf(template: Stepped): PlanGroup[] {
  const inside = (lane: Lane): PlanGroup[] =>
    lane.nodes.flatMap((node) => ('step' in node ? [] : [node, ...node.branches.flatMap(inside)]));
  return inside(planOf(template).main);
}

/** Every condition that decides which steps take part, of steps and of branches. */
export const conditionsOf = (template: Stepped): Condition[] =>
  [
    ...stepsOf(template).map(({ when }) => when),
    ...groupsOf(template).flatMap(({ group }) => group.branches.map(({ when }) => when)),
  ].filter((when) => when !== undefined);

/** The branches these values lead into: one of `first`, any number of `all`. */
export function goingOf<T extends { readonly branch: Branch }>(
  mode: BranchGroup['mode'],
  branches: readonly T[],
  values: Values,
): T[] {
  const going = branches.filter(({ branch }) => holds(branch.when, values));
  return mode === 'first' ? going.slice(0, 1) : going;
}

/** Whether a step takes part with these values: its own condition and those of the branches around it. */
export const isOnPath = ({ step, within }: Place, values: Values): boolean =>
  holds(step.when, values) &&
  within.every(({ group, branch }) => goingOf(group.group.mode, group.branches, values).includes(branch));

/** In different branches of one group: neither comes before the other. */
export function areBeside({ within: one }: Place, { within: other }: Place): boolean {
  const parted = one.findIndex(({ branch }, depth) => other[depth]?.branch !== branch);
  return parted !== -1 && one[parted]?.group === other[parted]?.group;
}

/** The steps these values lead through, in the order they are written down. */
export const pathFor = (template: Stepped, values: Values): Place[] =>
  planOf(template).places.filter((place) => isOnPath(place, values));

/** The same steps and branches, with every step changed. */
export const everyStep = (
  nodes: readonly TemplateNode[],
  change: (step: TemplateStep) => TemplateStep,
): TemplateNode[] =>
  nodes.map((node) =>
    node.kind === 'branches'
      ? {
          ...node,
          branches: node.branches.map((branch) => ({ ...branch, steps: everyStep(branch.steps, change) })),
        }
      : change(node),
  );
