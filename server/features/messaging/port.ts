import type { CardContent } from '../../wecom/cards/content.ts';

/** What this room asks of 企业微信. Every call may throw a `WeComError` (see wecom/errors.ts). */
export interface MessagePort {
  /**
   * Send to one member. A repeat with the same content within four hours is dropped by 企业微信's own duplicate
   * check, so a send whose answer was lost may be tried again.
   */
  send(userid: string, content: OutgoingContent): Promise<SendResult>;
  /** Replace the card on that member's screen; uses the response code up. */
  updateCard(userid: string, responseCode: string, card: CardContent): Promise<void>;
}

export type OutgoingContent =
  { readonly type: 'card'; readonly card: CardContent } | { readonly type: 'text'; readonly text: string };

export interface SendResult {
  /** False when the member is outside the app's visible range, disabled or unlicensed (E14). */
  readonly reached: boolean;
  readonly msgId: string | null;
  readonly responseCode: string | null;
}
