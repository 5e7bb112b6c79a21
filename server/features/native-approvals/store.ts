import { In, IsNull } from 'typeorm';
import { newId } from '../../kernel/id.ts';
import { insertRows } from '../../platform/db/rows.ts';
import type { Reads, Tx } from '../../platform/db/unit-of-work.ts';
import type { NativeContext } from './context.ts';
import type { Form } from './form.ts';
import { CaseTable, HoldingTable, PartTable, type CaseRow, type HoldingRow } from './tables.ts';

/** What the vault seals it for. */
const FORM = 'native.form';

export const sealForm = ({ vault }: Pick<NativeContext, 'vault'>, form: Form): string =>
  vault.seal(FORM, JSON.stringify(form));

export const openForm = (
  { vault }: Pick<NativeContext, 'vault'>,
  { formSealed }: Pick<CaseRow, 'formSealed'>,
): Form => JSON.parse(vault.open(FORM, formSealed)) as Form;

export const caseByNumber = ({ em }: Reads, number: string): Promise<CaseRow | null> =>
  em.getRepository(CaseTable).findOneBy({ number });

export const openHoldings = ({ em }: Reads, caseIds: readonly string[]): Promise<HoldingRow[]> =>
  caseIds.length === 0
    ? Promise.resolve([])
    : em
        .getRepository(HoldingTable)
        .find({ where: { caseId: In([...caseIds]), untilAt: IsNull() }, order: { step: 'asc', id: 'asc' } });

/** To whom the form came, once each; who is noted stays. */
export async function noteParts(tx: Tx, caseId: string, personIds: Iterable<string | null>): Promise<void> {
  const people = [...new Set(personIds)].flatMap((personId) => personId ?? []);
  await insertRows(
    tx,
    PartTable,
    people.map((personId) => ({ id: newId(), caseId, personId })),
    'keep',
  );
}

/** Which of these numbers were read at or after `since`; what was not shown then may be shown now. */
export async function readSince(
  { em }: Reads,
  numbers: readonly string[],
  since: number,
): Promise<ReadonlySet<string>> {
  const known = new Set<string>();
  for (let at = 0; at < numbers.length; at += 500) {
    const rows = await em.getRepository(CaseTable).find({
      select: { number: true, readAt: true, state: true },
      where: { number: In(numbers.slice(at, at + 500)) },
    });
    for (const { number, readAt, state } of rows)
      if (readAt >= since && state !== 'unreadable') known.add(number);
  }
  return known;
}
