import type { BatchAnswer, BatchItem } from '../../../../../server/features/approvals/batch/contract.ts';

export type Group = BatchAnswer['groups'][number];

export const canPick = ({ alone }: BatchItem): boolean => alone === null;

/** What 全选 takes: not what stands out, that is picked by hand. */
export const ordinary = ({ items }: Group): string[] =>
  items.filter((item) => canPick(item) && item.outlier === null).map(({ taskId }) => taskId);

/** Pick all that are ordinary; where they are picked already, none of the group. */
export function togglePicked(picked: ReadonlySet<string>, group: Group): Set<string> {
  const own = ordinary(group);
  const next = new Set(picked);
  const isFull = own.length > 0 && own.every((id) => picked.has(id));
  if (isFull) for (const { taskId } of group.items) next.delete(taskId);
  else for (const id of own) next.add(id);
  return next;
}
