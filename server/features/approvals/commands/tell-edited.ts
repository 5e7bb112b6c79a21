/** R40: who decides on a form that was changed, and whose form it is, hear of it; each only of what they may read. */
import type { Tx } from '../../../platform/db/unit-of-work.ts';
import { queueCard } from '../../messaging/index.ts';
import type { CardContext } from '../cards/context.ts';
import { editedCard } from '../cards/asked.ts';
import { hiddenFrom } from '../field-rights.ts';
import type { Happening } from './happening.ts';
import { to } from './task-clocks.ts';

export function tellEdited(tx: Tx, cards: CardContext, { before }: Happening): void {
  const { state, template } = cards;
  for (const edit of (state.edits ?? []).slice(before?.edits?.length ?? 0)) {
    // Whoever got their task with this very act was shown the changed form.
    const holders = state.tasks.filter(({ status, openedAt }) => status === 'pending' && openedAt < edit.at);
    const people = new Set([state.applicant.personId, ...holders.map(({ person }) => person.personId)]);
    people.delete(edit.by.personId ?? '');
    for (const personId of people) {
      const hidden = hiddenFrom(template, state, { personId, roles: [] });
      const labels = edit.changes.filter(({ key }) => !hidden.has(key)).map(({ label }) => label);
      if (labels.length === 0) continue;
      queueCard(tx, to(state, 'approvals.edited', personId, edit.editId), editedCard(cards, edit, labels));
    }
  }
}
