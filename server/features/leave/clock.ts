import { instantOf, addDays, MINUTE_MS } from '../../kernel/dates.ts';
import type { Tx } from '../../platform/db/unit-of-work.ts';
import { wordsOfDeadline } from '../supervision/index.ts';
import { sendBackCard, settleBackCard } from './back-card.ts';
import { ABSENCE, OWN_PATH, type LeaveContext } from './context.ts';
import type { AbsenceRow, AbsenceState } from './tables.ts';

const KIND = 'leave.reportBack';

/** The last day of the leave is where the grace begins: its first working day after that is the last to report on. */
export function askToReport(
  { supervision, settings, publicUrl }: LeaveContext,
  tx: Tx,
  row: AbsenceRow,
): void {
  const { dueAt, provisional } = supervision.openObligation(tx, {
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
  sendBackCard(publicUrl, tx, row, { dueAt, provisional });
}

export async function stopAsking(
  { supervision }: Pick<LeaveContext, 'supervision'>,
  tx: Tx,
  row: AbsenceRow,
  outcome: Exclude<AbsenceState, 'open'>,
): Promise<void> {
  await supervision.closeObligations(tx, { subjectType: ABSENCE, subjectId: row.id, outcome });
  settleBackCard(tx, row, outcome);
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
