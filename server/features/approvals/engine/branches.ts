/** Opening branches: as the path comes to them, or one of them again because the request was sent back into it. */
import { conditionWords } from '../model/condition.ts';
import { vocabulary } from './explain.ts';
import type { BranchNotTaken, BranchRun } from '../model/branches.ts';
import { goingOf, type PlanBranch, type PlanGroup, type Within } from '../template/plan.ts';
import { emit, ENGINE, type Run } from './run.ts';

type Gone = Omit<BranchRun, 'endedAt' | 'refused'>;

/** Which branches are gone is settled here, whatever changes of the form follow while they are. */
export function openBranches(run: Run, group: PlanGroup, inBranch: string | null): void {
  const going = goingOf(group.group.mode, group.branches, run.state.values);
  const left = group.branches.filter((branch) => !going.includes(branch));
  open(
    run,
    group,
    inBranch,
    going.map((branch) => gone(run, branch, branch.from)),
    left.map(({ branch }) => ({ key: branch.key, title: branch.title, why: notTakenWhy(run, branch.when) })),
  );
}

/**
 * R12: only what lies after the target is done again. What the other branches of a joined group said stands.
 * @param path the branches from the lane where the request goes on to the target, outermost first
 * @param position of the target
 */
export function reopenBranches(
  run: Run,
  path: readonly Within[],
  position: number,
  lane: string | null,
): void {
  let inBranch = lane;
  path.forEach(({ group, branch }, depth) => {
    const inner = path[depth + 1]?.group.from ?? position;
    const only = gone(run, branch, inner);
    const others = group.branches.filter((one) => one !== branch);
    open(
      run,
      group,
      inBranch,
      [only],
      others.map(({ branch: { key, title } }) => ({ key, title, why: '此前的结论不变' })),
    );
    inBranch = only.branchId;
  });
}

function open(
  run: Run,
  { group, to }: PlanGroup,
  inBranch: string | null,
  branches: readonly Gone[],
  notTaken: readonly BranchNotTaken[],
): void {
  const { key: groupKey, title, mode } = group;
  const refusal = group.refusal === 'COLLECT_ALL' ? { refusal: group.refusal } : {};
  const groupId = run.ctx.newId();
  const { round } = run.state;
  const what = { groupId, groupKey, title, mode, ...refusal, round, inBranch, branches, notTaken, next: to };
  emit(run, { type: 'branchesOpened', ...what }, ENGINE);
}

const gone = (run: Run, { branch }: PlanBranch, position: number): Gone => ({
  branchId: run.ctx.newId(),
  key: branch.key,
  title: branch.title,
  why: branch.when === undefined ? '' : words(run, branch.when),
  position,
});

/** Without a condition it is the last of 条件分支. */
const notTakenWhy = (run: Run, when: PlanBranch['branch']['when']): string =>
  when === undefined ? '符合前面的条件，不走这个分支' : `${words(run, when)}才需要`;

const words = (run: Run, when: NonNullable<PlanBranch['branch']['when']>): string =>
  conditionWords(when, vocabulary(run.ctx.template, run.state.values));
