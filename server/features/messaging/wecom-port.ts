import { FixData, type Message, type Sent, type WeCom } from '../../wecom/index.ts';
import { sendBody, updateBody } from '../../wecom/cards/index.ts';
import type { MessagePort, OutgoingContent } from './port.ts';

/**
 * How long 企业微信 drops an identical message, so that a send whose answer was lost can be repeated. A card's task
 * id makes each card unlike all others, so the longest time there is; the same text may well be meant twice.
 */
const SUPPRESS_SECONDS = { card: 14_400, text: 600 } as const;

/** The room's port over the connector: one member at a time, because each card has its own response code. */
export function createMessagePort(wecom: Pick<WeCom, 'message'>): MessagePort {
  return {
    async send(userid, content) {
      const sent = await wecom.message
        .send({ users: [userid] }, messageOf(content), {
          suppressDuplicatesFor: SUPPRESS_SECONDS[content.type],
        })
        .catch(nobodyReached);
      if (sent === null) return { reached: false, msgId: null, responseCode: null };
      const barred = [...sent.invalidUsers, ...sent.unlicensedUsers];
      return {
        reached: !barred.includes(userid.toLowerCase()),
        msgId: sent.msgid === '' ? null : sent.msgid,
        responseCode: sent.responseCode ?? null,
      };
    },
    async updateCard(userid, responseCode, card) {
      await wecom.message.updateCard({ responseCode, users: [userid], to: { card: updateBody(card) } });
    },
  };
}

const messageOf = (content: OutgoingContent): Message =>
  content.type === 'text'
    ? { type: 'text', content: content.text }
    : { type: 'template_card', card: sendBody(content.card) };

/** 81013: everybody named is outside the visible range, disabled or unlicensed; and we name one (E14). */
function nobodyReached(error: unknown): Sent | null {
  if (error instanceof FixData && error.errcode === 81013) return null;
  throw error;
}
