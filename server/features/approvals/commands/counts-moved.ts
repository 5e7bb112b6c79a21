import type { InstanceState } from '../model/state.ts';
import type { TaskState } from '../model/tasks.ts';

/** Whose numbers of to-dos, unread copies and own requests an act may have moved. */
export function countsMoved(
  before: InstanceState | null,
  state: InstanceState,
  tasks: readonly TaskState[],
): string[] {
  const isOwn = before?.status !== state.status || Boolean(before.returned) !== Boolean(state.returned);
  const copies = state.copies.slice(before?.copies.length ?? 0);
  return [
    ...(isOwn ? [state.applicant.personId] : []),
    ...[...tasks, ...copies].map(({ person }) => person.personId),
  ];
}
