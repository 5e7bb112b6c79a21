import { instantOf, addDays, MINUTE_MS } from '../../kernel/dates.ts';
import type { Tx } from '../../platform/db/unit-of-work.ts';
import { wordsOfDeadline } from '../supervision/index.ts';
import type { LeaveContext } from './context.ts';
import type { AbsenceRow } from './tables.ts';

export const ABSENCE = 'leave';
const KIND = 'leave.reportBack';
export const OWN_PATH = '/leave';

/** The last day of the leave is where the grace begins: its first working day after that is the last to report on. */
export function askToReport({ supervision, settings, notify }: LeaveContext, tx: Tx, row: AbsenceRow): void {
  supervision.openObligation(tx, {
    kind: KIND,
    subjectType: ABSENCE,
    subjectId: row.id,
    stepRef: row.id,
    // Lists of what is late are read by many: which leave it was is not said there.
    title: `销假：休假到 ${row.toOn.slice(5)}`,
    path: OWN_PATH,
    holderPersonId: row.personId,
    holderUnitId: row.unitId,
    budget: { workdays: settings.graceWorkdays },
    openedAt: instantOf(addDays(row.toOn, 1)) - MINUTE_MS,
  });
  notify(tx, {
    key: `ask:${row.id}:${row.toOn}`,
    personId: row.personId,
    absenceId: row.id,
    words: `你的${row.typeLabel}到 ${row.toOn.slice(5)}，上班了请销假。`,
    path: OWN_PATH,
  });
}

export async function stopAsking(
  { supervision }: Pick<LeaveContext, 'supervision'>,
  tx: Tx,
  absenceId: string,
  outcome: string,
): Promise<void> {
  await supervision.closeObligations(tx, { subjectType: ABSENCE, subjectId: absenceId, outcome });
}

/** Each rung once (R37). */
export function remindHolders({ supervision, notify }: LeaveContext): void {
  supervision.onReminder(KIND, (tx, row, rung) => {
    if (row.holderPersonId !== null && row.dueAt !== null)
      notify(tx, {
        key: `rung:${row.id}:${rung.rung}`,
        personId: row.holderPersonId,
        absenceId: row.subjectId,
        words: `${row.title}，${wordsOfDeadline(tx.now, row.dueAt, row.provisional)}。`,
        path: row.path,
      });
    return Promise.resolve();
  });
}
