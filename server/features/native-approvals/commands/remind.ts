import { wordsOfDeadline } from '../../supervision/index.ts';
import { ACCESS_KIND, STEP_KIND, type NativeContext } from '../context.ts';

/** 企业微信 tells a holder itself that a form came to them; we only say when it is due and when it is late. */
export function remindHolders({ supervision, notify }: NativeContext): void {
  for (const kind of [STEP_KIND, ACCESS_KIND])
    supervision.onReminder(kind, async (tx, row, { rung }) => {
      if (row.holderPersonId === null || row.dueAt === null || rung === 'amber') return;
      const where = kind === STEP_KIND ? '请在企业微信 工作台 → 审批 中办理。' : '';
      notify(tx, {
        key: `rung:${row.id}:${rung}`,
        personId: row.holderPersonId,
        words: `${row.title}，${wordsOfDeadline(tx.now, row.dueAt, row.provisional)}。${where}`,
        path: row.path,
      });
    });
}
