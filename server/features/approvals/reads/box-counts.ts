import type { Reads } from '../../../platform/db/unit-of-work.ts';
import { addDays, dateOf, instantOf } from '../../../kernel/dates.ts';
import type { ItemsAnswer } from '../contract.ts';

type Counts = ItemsAnswer['counts'];

/** A person's unread copies, as a column of any select. */
export const UNREAD = '(select count(*) from approval_copy where personId = ? and readAt is null)';
export interface Unread {
  readonly unread: number | string;
}

interface OpenRow extends Partial<Unread> {
  readonly todo: number | string;
  readonly overdue: number | string | null;
  readonly soon: number | string | null;
}

/**
 * How many to-dos and unread copies, and how urgent (as `bucketOf` says), from the indexes alone.
 * @param known the unread copies, where they were asked for already
 */
export async function countsOf(reads: Reads, personId: string, known?: Unread): Promise<Counts> {
  const midnight = instantOf(addDays(dateOf(reads.now), 1));
  const [row] = await reads.em.query<OpenRow[]>(
    `select count(*) as todo, sum(case when sortAt <= ? and provisional = 0 then 1 else 0 end) as overdue,
       sum(case when sortAt <= ? then 1 else 0 end) as soon ${known ? '' : `, ${UNREAD} as unread`}
     from approval_task where personId = ? and status = 'pending'`,
    [reads.now, midnight, ...(known ? [] : [personId]), personId],
  );
  const todo = Number(row?.todo ?? 0);
  const overdue = Number(row?.overdue ?? 0);
  const soon = Number(row?.soon ?? 0);
  const { unread } = known ?? { unread: row?.unread ?? 0 };
  return { todo, overdue, today: soon - overdue, later: todo - soon, cc: Number(unread) };
}

/** The same from a page that holds every to-do. */
export function countsOfWhole(items: ItemsAnswer['items'], { unread }: Unread): Counts {
  const counts = { todo: items.length, overdue: 0, today: 0, later: 0, cc: Number(unread) };
  for (const { bucket } of items) if (bucket) counts[bucket] += 1;
  return counts;
}

/** A person's own requests that are under way. */
export async function countOwnRunning({ em }: Reads, personId: string): Promise<number> {
  const [row] = await em.query<{ n: number | string }[]>(
    `select count(*) as n from approval_instance where applicantId = ? and status = 'running'`,
    [personId],
  );
  return Number(row?.n ?? 0);
}
