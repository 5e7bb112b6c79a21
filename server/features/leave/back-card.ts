import type { Tx } from '../../platform/db/unit-of-work.ts';
import { queueCard, settleCards, tapsNow } from '../messaging/index.ts';
import { wallTime } from '../supervision/index.ts';
import { BACK_CARD, backCard, refOf, wordsOfBack } from './cards.ts';
import { ABSENCE, OWN_PATH } from './context.ts';
import type { AbsenceRow, AbsenceState } from './tables.ts';

/** To who is on leave, whose last day is over. */
export function sendBackCard(
  publicUrl: string,
  tx: Tx,
  row: AbsenceRow,
  { dueAt, provisional }: { readonly dueAt: number | null; readonly provisional: boolean },
): void {
  const until = dueAt === null ? '' : `${wallTime(tx.now, dueAt)}${provisional ? '（暂估）' : ''}`;
  queueCard(
    tx,
    {
      kind: BACK_CARD,
      personId: row.personId,
      subjectType: ABSENCE,
      subjectId: row.id,
      ref: refOf(row),
    },
    backCard(row, { until, url: `${publicUrl}${OWN_PATH}` }),
  );
}

/** @param row as it was asked about */
export function settleBackCard(tx: Tx, row: AbsenceRow, outcome: Exclude<AbsenceState, 'open'>): void {
  const words = row.askedAt === null ? null : wordsOfBack({ ...row, state: outcome }, refOf(row));
  if (words === null) return;
  const answeredInPlace = tapsNow(tx, row.personId);
  settleCards(tx, BACK_CARD, [{ ref: refOf(row), words, answeredInPlace }]);
}
