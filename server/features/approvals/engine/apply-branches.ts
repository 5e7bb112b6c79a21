/** What the events of branches mean for the state. No rule lives here, as in apply.ts. */
import type { InstanceEvent } from '../model/events.ts';
import type { BranchRun, GroupRun } from '../model/branches.ts';
import { type Draft, set } from './draft.ts';
import { liesIn } from './lanes.ts';

type Of<T extends InstanceEvent['type']> = Extract<InstanceEvent, { type: T }>;

export function branchesOpened(draft: Draft, event: Of<'branchesOpened'>): void {
  const { groupId, groupKey, title, mode, refusal, round, inBranch, branches, notTaken, next, at } = event;
  moveOn(draft, inBranch ?? undefined, next);
  const group: GroupRun = {
    groupId,
    groupKey,
    title,
    mode,
    ...(refusal === undefined ? {} : { refusal }),
    round,
    inBranch,
    branches: branches.map((branch) => ({ ...branch, endedAt: null })),
    notTaken,
    openedAt: at,
    closedAt: null,
    outcome: null,
  };
  set(draft, { groups: [...(draft.groups ?? []), group] });
}

/** Where the main line, or a branch, goes on. */
export function moveOn(draft: Draft, branchId: string | undefined, position: number): void {
  if (branchId === undefined) draft.position = position;
  else changeBranch(draft, branchId, (branch) => ({ ...branch, position }));
}

/** Refused, the groups inside end with it. */
export function branchEnded(draft: Draft, { branchId, refused, at }: Of<'branchEnded'>): void {
  const how = refused === undefined ? {} : { refused };
  changeBranch(draft, branchId, (branch) => ({ ...branch, endedAt: at, ...how }));
  if (refused)
    closeGroups(draft, at, 'rejected', ({ inBranch }) => liesIn(draft, inBranch ?? undefined, branchId));
}

export const branchesJoined = (draft: Draft, { groupId, at }: Of<'branchesJoined'>): void =>
  closeGroups(draft, at, 'joined', (group) => group.groupId === groupId);

export function closeGroups(
  draft: Draft,
  at: number,
  outcome: GroupRun['outcome'],
  which: (group: GroupRun) => boolean = () => true,
): void {
  if (draft.groups === undefined) return;
  draft.groups = draft.groups.map((group) =>
    group.outcome === null && which(group) ? { ...group, outcome, closedAt: at } : group,
  );
}

function changeBranch(draft: Draft, branchId: string, change: (branch: BranchRun) => BranchRun): void {
  draft.groups = (draft.groups ?? []).map((group) =>
    group.branches.some((branch) => branch.branchId === branchId)
      ? {
          ...group,
          branches: group.branches.map((branch) => (branch.branchId === branchId ? change(branch) : branch)),
        }
      : group,
  );
}
