import { groupBy } from '../../kernel/group-by.ts';
import { newId } from '../../kernel/id.ts';
import type { Tx } from '../../platform/db/unit-of-work.ts';
import { enqueue } from '../../platform/jobs/index.ts';
import type { CardContent } from '../../wecom/cards/content.ts';
import { MessageTable } from './tables.ts';

export interface NewMessage {
  readonly kind: string;
  readonly personId: string;
  readonly subjectType: string;
  readonly subjectId: string;
  /** Unique with kind and person: the same thing is said to the same person once. */
  readonly ref: string;
  /** Epoch ms before which it is not sent (digests, quiet hours); now when left out. */
  readonly notBefore?: number;
}

export const SEND_JOB = 'messaging.send';
export const SETTLE_JOB = 'messaging.settle';

/** Say it with a card; goes out after the commit, under 企业微信's limits. */
export function queueCard(tx: Tx, message: NewMessage, card: CardContent): void {
  queue(tx, message, { type: 'card', card });
}

export function queueText(tx: Tx, message: NewMessage, text: string): void {
  queue(tx, message, { type: 'text', text });
}

function queue(
  tx: Tx,
  message: NewMessage,
  content: { type: 'card'; card: CardContent } | { type: 'text'; text: string },
) {
  const id = newId();
  const { notBefore, ...rest } = message;
  tx.append(
    MessageTable,
    {
      ...rest,
      id,
      content,
      state: 'queued',
      reason: null,
      msgId: null,
      responseCode: null,
      responseCodeAt: null,
      finalWords: null,
      settledBy: null,
      createdAt: tx.now,
      sentAt: null,
    },
    'keep',
  );
  enqueue(tx, { name: SEND_JOB, key: id, payload: { messageId: id }, runAt: notBefore ?? tx.now });
}

export interface LastWords {
  readonly ref: string;
  readonly words: string;
  /** The holder taps right now and gets the words in the reply; the update follows only if that got lost. */
  readonly answeredInPlace?: boolean;
}

const REPLY_GRACE_MS = 6_000;

/**
 * Close cards: whoever still holds one sees these words instead of the buttons. A card that has not gone out yet
 * never will. Only the first words count; a card is closed once.
 */
export function settleCards(tx: Tx, kind: string, cards: readonly LastWords[]): void {
  const byWords = groupBy(cards, (card) => card.words);
  for (const [words, group] of byWords) {
    tx.defer({
      sql: `update message set finalWords = ? where kind = ? and finalWords is null
       and ref in (${group.map(() => '?').join(', ')})`,
      params: [words, kind, ...group.map((card) => card.ref)],
    });
  }
  for (const { ref, answeredInPlace } of cards) {
    const runAt = tx.now + (answeredInPlace ? REPLY_GRACE_MS : 0);
    enqueue(tx, { name: SETTLE_JOB, key: `${kind}:${ref}`, payload: { kind, ref }, runAt });
  }
}
