import type { Reads } from '../../../platform/db/unit-of-work.ts';
import { type Directory, scimReads } from '../../directory/index.ts';

/** How many people or units satisfy a condition. */
export type Totals = (reads: Reads, of: 'person' | 'unit', where: scimReads.Condition) => Promise<number>;

const KEPT = 500;

/**
 * Who reads a thousand pages of one list is told the same total a thousand times: it is counted once for as long as
 * the directory does not change. What asks for an externalId is counted each time: those are not part of it.
 */
export function createTotals({ revisionStamp }: Pick<Directory, 'revisionStamp'>): Totals {
  const kept = new Map<string, number>();
  return async (reads, of, where) => {
    if (where.sql.includes('scim_link')) return scimReads.countOf(reads, of, where);
    const key = JSON.stringify([await revisionStamp(reads), of, where.sql, where.params]);
    const known = kept.get(key);
    if (known !== undefined) return known;
    const total = await scimReads.countOf(reads, of, where);
    kept.set(key, total);
    for (const oldest of kept.keys()) {
      if (kept.size <= KEPT) break;
      kept.delete(oldest);
    }
    return total;
  };
}
