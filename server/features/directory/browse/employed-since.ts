import type { CalendarDate } from '../../../kernel/dates.ts';
import { among } from '../../../platform/db/among.ts';
import type { Reads } from '../../../platform/db/unit-of-work.ts';

/** The day people who are here were employed, where HR said it; of these only, where they are given. */
export async function employedSince(
  { em }: Reads,
  personIds?: readonly string[],
): Promise<ReadonlyMap<string, CalendarDate>> {
  const of = personIds === undefined ? { sql: '1 = 1', params: [] } : among('id', personIds);
  const rows = await em.query<{ id: string; employedOn: string }[]>(
    `select id, employedOn from person where employedOn is not null and state <> 'left' and ${of.sql}`,
    [...of.params],
  );
  return new Map(rows.map(({ id, employedOn }) => [id, employedOn]));
}
