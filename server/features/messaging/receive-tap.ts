import { type PersonActor, systemActor } from '../../kernel/actor.ts';
import type { Db } from '../../platform/db/unit-of-work.ts';
import type { CardContent } from '../../wecom/cards/content.ts';
import type { PassiveReply } from '../../wecom/callback/index.ts';
import { settledCard } from './content.ts';
import { settleCards } from './outbox.ts';
import { MessageTable, type MessageRow } from './tables.ts';

export interface Tap {
  readonly fromUser: string;
  readonly taskId: string;
  readonly eventKey: string;
  readonly responseCode: string;
  readonly createdAt: number;
  readonly selected?: readonly { readonly questionKey: string; readonly optionIds: readonly string[] }[];
}

export interface TapContext {
  readonly subjectId: string;
  readonly ref: string;
  readonly eventKey: string;
  readonly selected: readonly { readonly questionKey: string; readonly optionIds: readonly string[] }[];
}

/**
 * What the card says now. `final`: the matter is closed for this holder, the words replace the buttons for good.
 * Otherwise `card` replaces the card as it is (e.g. only a link, because a comment is needed).
 */
export type TapAnswer =
  | { readonly final: true; readonly words: string }
  | { readonly final: false; readonly card: (current: CardContent) => CardContent };

export type CardHandler = (actor: PersonActor, tap: TapContext) => Promise<TapAnswer>;

export interface TapDeps {
  readonly db: Db;
  readonly cardHandlers: ReadonlyMap<string, CardHandler>;
}

export interface Answered {
  readonly reply: PassiveReply | null;
  /**
   * Notes how the last words reached the holder, once it is known whether the reply did. A reply that came too late
   * or was lost is followed by a card update.
   */
  readonly close?: (replied: boolean) => Promise<void>;
}

const GONE: Answered = { reply: { kind: 'updateButton', replaceName: '已失效' } };
const bookkeeping = systemActor('messaging.tap');

/**
 * Rule R27: file the tap's fresh response code, ask the room that sent the card, and answer the state as it is
 * now. A stale or repeated tap changes nothing and is never silent.
 */
export async function receiveTap(deps: TapDeps, actor: PersonActor | null, tap: Tap): Promise<Answered> {
  const row = await deps.db.read((reads) =>
    reads.em.getRepository(MessageTable).findOneBy({ id: tap.taskId }),
  );
  const handler = row ? deps.cardHandlers.get(row.kind) : undefined;
  if (!row || row.content.type !== 'card' || !handler) return GONE;
  // A card forwarded or forged by somebody else is not theirs to answer.
  if (!actor || actor.personId !== row.personId) return GONE;
  await fileCode(deps.db, row, tap);
  const answer = await handler(actor, {
    subjectId: row.subjectId,
    ref: row.ref,
    eventKey: tap.eventKey,
    selected: tap.selected ?? [],
  });
  if (!answer.final) return { reply: { kind: 'updateCard', card: answer.card(row.content.card) } };
  const { words } = answer;
  return {
    reply: { kind: 'updateCard', card: settledCard(row.content.card, words) },
    close: (replied) => (replied ? settledInPlace(deps.db, row, words) : settleLater(deps.db, row, words)),
  };
}

async function fileCode(db: Db, row: MessageRow, tap: Tap): Promise<void> {
  if (tap.responseCode === '') return;
  await db.write(bookkeeping, (tx) =>
    tx.em.query('update message set responseCode = ?, responseCodeAt = ? where id = ?', [
      tap.responseCode,
      tap.createdAt,
      row.id,
    ]),
  );
}

async function settledInPlace(db: Db, row: MessageRow, words: string): Promise<void> {
  await db.write(bookkeeping, (tx) =>
    tx.em.query(
      `update message set settledBy = 'reply', finalWords = coalesce(finalWords, ?) where id = ? and settledBy is null`,
      [words, row.id],
    ),
  );
}

const settleLater = (db: Db, { kind, ref }: MessageRow, words: string): Promise<void> =>
  db.write(bookkeeping, async (tx) => settleCards(tx, kind, [{ ref, words }]));
