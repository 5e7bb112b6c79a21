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
