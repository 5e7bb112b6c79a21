import type { CardContent } from '../../wecom/cards/content.ts';

/** What is said: a template card, or plain text (`<a href>` allowed; cut at 2048 bytes by the connector). */
export type MessageContent =
  { readonly type: 'card'; readonly card: CardContent } | { readonly type: 'text'; readonly text: string };

/** The same card with its last words: buttons grey, text as given; a notice card needs none. */
export function settledCard(card: CardContent, words: string): CardContent {
  return card.cardType === 'text_notice' || card.cardType === 'news_notice'
    ? card
    : { ...card, replaceText: words };
}
