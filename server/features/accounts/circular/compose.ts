import { createHash } from 'node:crypto';
import { addDays, type CalendarDate } from '../../../kernel/dates.ts';
import type { Reads } from '../../../platform/db/unit-of-work.ts';
import type { AccountsContext } from '../commands/context.ts';
import type { AccountsOrg } from '../org.ts';
import { LateCaseTable, type LateCaseRow } from '../tables.ts';
import type { CircularWords } from './contract.ts';
import type { CircularRow } from './tables.ts';
import { composeCircular, type CircularCase } from './text.ts';

export const wordsOf = ({ title, documentNumber, opening, closing }: CircularRow): CircularWords => ({
  title,
  documentNumber,
  opening,
  closing,
});

/** The text as it would be issued now; once issued, as it was. */
export async function textOf(
  { supervision }: Pick<AccountsContext, 'supervision'>,
  reads: Reads,
  org: AccountsOrg,
  row: CircularRow,
): Promise<{ readonly text: string; readonly textHash: string }> {
  if (row.issuedText !== null && row.textHash !== null)
    return { text: row.issuedText, textHash: row.textHash };
  const cases = (await reads.em.getRepository(LateCaseTable).findBy({ circularId: row.id })).map((one) =>
    caseOf(org, one),
  );
  const days = cases.flatMap(({ eventOn, submittedOn }) => [eventOn, submittedOn]).sort();
  const [first, last] = [days[0], days.at(-1)];
  const { calendar } = supervision;
  const notices = first && last ? calendar.notices(first, dayAfter(last)) : [];
  const awaited = first && last ? calendar.missingYears(first, dayAfter(last)) : [];
  const text = composeCircular(wordsOf(row), row.instruction, cases, notices, awaited);
  return { text, textHash: createHash('sha256').update(text).digest('hex') };
}

const dayAfter = (on: CalendarDate): CalendarDate => addDays(on, 1);

const caseOf = (org: AccountsOrg, row: LateCaseRow): CircularCase => ({
  unitId: row.unitId,
  unitName: org.unit(row.unitId)?.name ?? '',
  kind: row.kind,
  eventOn: row.eventOn,
  dueOn: row.dueOn,
  submittedOn: row.submittedOn,
  lateWorkdays: row.lateWorkdays,
});
