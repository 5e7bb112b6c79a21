import type { Reads } from '../../platform/db/unit-of-work.ts';
import type { AccountsContext } from './commands/context.ts';
import type { RequestBrief } from './contract.ts';

/**
 * The nearest clock that runs of each subject, as lists show it; null where none does.
 * @param subjectType as the obligations name it
 */
export async function duesOf(
  { supervision }: Pick<AccountsContext, 'supervision'>,
  reads: Reads,
  subjectType: string,
  subjectIds: readonly string[],
): Promise<(subjectId: string) => RequestBrief['due']> {
  const rows = await supervision.listOfSubjects(reads, subjectType, subjectIds);
  const open = rows.filter(({ state }) => state === 'open').sort((a, b) => rankOf(a) - rankOf(b));
  const nearest = new Map([...open].reverse().map((row) => [row.subjectId, row]));
  return (subjectId) => {
    const row = nearest.get(subjectId);
    return row ? { ...supervision.dueOf(row, reads.now) } : null;
  };
}

const rankOf = ({ dueAt }: { readonly dueAt: number | null }): number => dueAt ?? Number.MAX_SAFE_INTEGER;
