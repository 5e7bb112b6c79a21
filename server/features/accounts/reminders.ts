import { wordsOfDeadline } from '../supervision/index.ts';
import type { AccountsContext } from './commands/context.ts';

/** Every clock this room opens. */
const KINDS = [
  'send',
  'newcomer',
  'review',
  'item',
  'lockDecision',
  'handover',
  'reply',
  'inspection',
] as const;

/** Whoever owes something is reminded, each rung once (R37). The words name the person and the day, nothing else. */
export function remindHolders({
  supervision,
  notify,
}: Pick<AccountsContext, 'supervision' | 'notify'>): void {
  for (const kind of KINDS) {
    supervision.onReminder(`accounts.${kind}`, async (tx, row, rung) => {
      if (row.holderPersonId === null || row.dueAt === null) return;
      notify(tx, {
        key: `accounts.rung:${row.id}:${rung.rung}`,
        personId: row.holderPersonId,
        words: `${row.title}，${wordsOfDeadline(tx.now, row.dueAt, row.provisional)}。`,
        path: row.path,
      });
    });
  }
}
