import { randomInt } from 'node:crypto';
import { cardXml } from '../cards/card-xml.ts';
import { cdata } from '../cards/cdata.ts';
import { CardFault, type CardContent } from '../cards/content.ts';
import { cutBytes } from '../cards/cut.ts';
import { SHOWN } from '../cards/limits.ts';
import { needed } from '../cards/values.ts';
import type { CallbackCrypto } from './crypto.ts';

/** What may be answered within the callback itself, seen by the one member who wrote or tapped (page 90241). */
export type PassiveReply =
  | { readonly kind: 'text'; readonly content: string }
  /** The tapped card's buttons turn into this one grey label. */
  | { readonly kind: 'updateButton'; readonly replaceName: string }
  /** The whole card is replaced; it keeps its task id. */
  | { readonly kind: 'updateCard'; readonly card: CardContent };

export interface ReplyAddress {
  /** Userid of the member: FromUserName of what is answered. */
  readonly toUser: string;
  readonly corpId: string;
  /** Epoch milliseconds. */
  readonly now: number;
}

export const MAX_REPLY_TEXT_BYTES = 2048;

/** The HTTP body (text/xml) that answers a callback: encrypted and signed. Throws CardFault. */
export function passiveReply(crypto: CallbackCrypto, reply: PassiveReply, address: ReplyAddress): string {
  return sealReply(crypto, replyXml(reply, address), {
    timestamp: seconds(address.now),
    nonce: String(randomInt(1e9, 1e10)),
  });
}

/** The envelope of section 4.6. `random` (16 bytes) is given only by tests that reproduce known ciphertexts. */
export function sealReply(
  crypto: CallbackCrypto,
  xml: string,
  signed: { readonly timestamp: string; readonly nonce: string; readonly random?: Uint8Array },
): string {
  const encrypted = crypto.encrypt(xml, signed.random);
  const signature = crypto.signature(signed.timestamp, signed.nonce, encrypted);
  return (
    `<xml><Encrypt>${cdata(encrypted)}</Encrypt><MsgSignature>${cdata(signature)}</MsgSignature>` +
    `<TimeStamp>${signed.timestamp}</TimeStamp><Nonce>${cdata(signed.nonce)}</Nonce></xml>`
  );
}

/** The reply before encryption. Sender and receiver are swapped against the callback. */
export function replyXml(reply: PassiveReply, address: ReplyAddress): string {
  return (
    `<xml><ToUserName>${cdata(address.toUser)}</ToUserName>` +
    `<FromUserName>${cdata(address.corpId)}</FromUserName>` +
    `<CreateTime>${seconds(address.now)}</CreateTime>${body(reply)}</xml>`
  );
}

function body(reply: PassiveReply): string {
  switch (reply.kind) {
    case 'text':
      if (reply.content === '') throw new CardFault('content');
      return `${msgType('text')}<Content>${cdata(cutBytes(reply.content, MAX_REPLY_TEXT_BYTES))}</Content>`;
    case 'updateButton': {
      const name = needed(reply.replaceName, SHOWN.button, 'replaceName');
      return `${msgType('update_button')}<Button><ReplaceName>${cdata(name)}</ReplaceName></Button>`;
    }
    case 'updateCard':
      return msgType('update_template_card') + cardXml(reply.card);
  }
}

const msgType = (name: string): string => `<MsgType>${cdata(name)}</MsgType>`;

const seconds = (epochMs: number): string => String(Math.floor(epochMs / 1000));
