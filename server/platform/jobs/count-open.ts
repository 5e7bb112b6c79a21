import type { Reads } from '../db/unit-of-work.ts';
import { JobTable } from './tables.ts';

/** How many jobs of these names are still to be done. */
export function countOpen(reads: Reads, names: readonly string[]): Promise<number> {
  return reads.em
    .getRepository(JobTable)
    .createQueryBuilder('j')
    .where(`j.state in ('ready', 'running') and j.name in (:...names)`, { names })
    .getCount();
}

/**
 * How many things the jobs of this name that are still to be done were asked to do, where the payload is one list of
 * ids: counted by its commas, so that the database sends a number and not the lists.
 */
export async function countOpenListed(reads: Reads, name: string): Promise<number> {
  const row = await reads.em
    .getRepository(JobTable)
    .createQueryBuilder('j')
    .select("sum(length(j.payload) - length(replace(j.payload, ',', '')) + 1)", 'n')
    .where("j.state in ('ready', 'running') and j.name = :name", { name })
    .getRawOne<{ n: number | string | null }>();
  return Number(row?.n ?? 0);
}
