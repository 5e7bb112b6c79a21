/** Who was sent the request to read, and who was named in a comment, hear of it once (R29). */
import { newId } from '../../../kernel/id.ts';
import type { Tx } from '../../../platform/db/unit-of-work.ts';
import { queueCard } from '../../messaging/index.ts';
import type { CardContext } from '../cards/context.ts';
import { circulatedCard, mentionCard } from '../cards/circulation.ts';
import { CopyTable } from '../tables.ts';
import type { Happening } from './happening.ts';
import { to } from './task-clocks.ts';

/** Readers find it in the box of those copied; who was copied before has a card of it already. */
export function tellCirculated(tx: Tx, cards: CardContext, { before }: Happening): void {
  const { state } = cards;
  const copied = new Set((before?.copies ?? []).map(({ person }) => person.personId));
  for (const one of (state.circulations ?? []).slice(before?.circulations?.length ?? 0)) {
    for (const { person } of one.readers) {
      const { personId } = person;
      const row = { id: newId(), instanceId: state.instanceId, personId, sentAt: one.at, readAt: null };
      tx.append(CopyTable, row, 'keep');
      if (copied.has(personId)) continue;
      queueCard(
        tx,
        to(state, 'approvals.circulated', personId, state.instanceId),
        circulatedCard(cards, one),
      );
    }
  }
}

export function tellMentioned(tx: Tx, cards: CardContext, { before }: Happening): void {
  const { state } = cards;
  for (const comment of state.comments.slice(before?.comments.length ?? 0))
    for (const { personId } of comment.mentions ?? [])
      queueCard(
        tx,
        to(state, 'approvals.mentioned', personId, comment.commentId),
        mentionCard(cards, comment),
      );
}
