import type { CalendarDate } from '../../../kernel/dates.ts';
import type { Reads } from '../../../platform/db/unit-of-work.ts';

/** Ids of everybody who has left; the read model lists only who is here. */
export async function formerPeople(reads: Reads): Promise<string[]> {
  const rows: { id: string }[] = await reads.em.query(`select id from person where state = 'left'`);
  return rows.map((row) => row.id);
}

export interface FormerPerson {
  readonly personId: string;
  readonly staffNo: string;
  readonly name: string;
  readonly leftOn: CalendarDate;
}

/** Who had left by that day, longest gone first. */
export const formerSince = (reads: Reads, day: CalendarDate): Promise<FormerPerson[]> =>
  reads.em.query(
    `select id as personId, staffNo, name, statusOn as leftOn from person
     where state = 'left' and status in ('left', 'retired') and statusOn <= ? order by statusOn, id`,
    [day],
  );
