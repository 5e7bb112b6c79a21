import { refused } from '../../kernel/errors.ts';
import { actThenDescribe, type CardHandler, type TappedCards } from '../messaging/index.ts';
import { absenceById, loadAbsence } from './absence-store.ts';
import { BACK_CARD, BACK_KEY, refOf, wordsOfBack } from './cards.ts';
import { reportBack } from './commands/report-back.ts';
import { OWN_PATH, type LeaveContext } from './context.ts';

/** Fill for `messaging.onCard`. */
export const leaveCards = (ctx: LeaveContext): readonly TappedCards[] => [
  { kind: BACK_CARD, answer: onBack(ctx), pageOf: () => OWN_PATH },
];

/** 我已返岗: from now on, as the same button of the page says. */
function onBack(ctx: LeaveContext): CardHandler {
  return (actor, { subjectId: absenceId, ref, eventKey }) =>
    actThenDescribe(
      eventKey === BACK_KEY
        ? () =>
            ctx.db.write(actor, async (tx) => {
              if (refOf(await loadAbsence(tx, absenceId)) !== ref) throw refused('leave.is_over');
              await reportBack(ctx, tx, absenceId, null);
            })
        : null,
      () =>
        ctx.db.read(async (reads) => {
          const row = await absenceById(reads, absenceId);
          return row ? wordsOfBack(row, ref) : '已失效';
        }),
      { url: `${ctx.publicUrl}${OWN_PATH}`, button: '打开请假' },
    );
}
