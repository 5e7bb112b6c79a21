import type { Reads } from '../../../platform/db/unit-of-work.ts';

/** Ids of everybody who has left; the read model lists only who is here. */
export async function formerPeople(reads: Reads): Promise<string[]> {
  const rows: { id: string }[] = await reads.em.query(`select id from person where state = 'left'`);
  return rows.map((row) => row.id);
}
