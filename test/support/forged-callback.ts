import { createCipheriv, randomBytes } from 'node:crypto';
import { type CallbackCrypto, createCallbackCrypto, readXml } from '../../server/wecom/callback/index.ts';
import { type RawAnswer, rawRequest } from './raw-http.ts';
import type { Started } from './start-app.ts';

export type EntranceName = 'app' | 'contacts';

interface Keys {
  readonly token: string;
  readonly aesKey: string;
}

export function keysOf({ config }: Started, entrance: EntranceName): Keys {
  const keys = entrance === 'app' ? config.wecom.callback : config.wecom.contactsCallback;
  if (!keys) throw new Error(`no keys for ${entrance}`);
  return keys;
}

/** The entrance's own crypto, as 企业微信 holds it; of another corporation when `receiveId` says so. */
export function cryptoOf(started: Started, entrance: EntranceName, receiveId?: string): CallbackCrypto {
  const { token, aesKey } = keysOf(started, entrance);
  return createCallbackCrypto({
    token,
    encodingAesKey: aesKey,
    receiveId: receiveId ?? started.config.wecom.corpId,
  });
}

/** Encrypt any bytes, padded as told, so that a frame can lie about its length or padding. */
export function sealBytes({ aesKey }: Keys, bytes: Buffer): string {
  const key = Buffer.from(`${aesKey}=`, 'base64');
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
  return Buffer.concat([cipher.update(bytes), cipher.final()]).toString('base64');
}

/** random(16) + length(4) + message + receive id; `length` may be a lie. */
export function frame(message: string | Buffer, receiveId: string, length?: number): Buffer {
  const bytes = Buffer.from(message);
  const size = Buffer.alloc(4);
  size.writeUInt32BE((length ?? bytes.length) >>> 0);
  return Buffer.concat([randomBytes(16), size, bytes, Buffer.from(receiveId)]);
}

/** PKCS#7 to blocks of 32, as the protocol asks. */
export function padded(bytes: Buffer, pad = 32 - (bytes.length % 32)): Buffer {
  return Buffer.concat([bytes, Buffer.alloc(pad, pad)]);
}

export interface Forgery {
  readonly entrance?: EntranceName;
  readonly crypto?: CallbackCrypto;
  /** Takes the place of the ciphertext; signed as it stands. */
  readonly encrypted?: string;
  /** Seconds from the app's present time. */
  readonly skewSeconds?: number;
  readonly nonce?: string;
  /** Change what goes over the wire after signing. */
  readonly query?: (query: string) => string;
  readonly body?: (body: string) => string | Uint8Array;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly path?: string;
}

export interface Signed {
  readonly path: string;
  readonly query: string;
  readonly body: string;
}

/** A callback as 企业微信 would send it, before anything is spoiled. */
export function signed(started: Started, xml: string, forgery: Forgery = {}): Signed {
  const { entrance = 'app', nonce = '884422', skewSeconds = 0 } = forgery;
  const crypto = forgery.crypto ?? cryptoOf(started, entrance);
  const encrypted = forgery.encrypted ?? crypto.encrypt(xml);
  const timestamp = String(Math.floor(started.clock.now() / 1000) + skewSeconds);
  const signature = crypto.signature(timestamp, nonce, encrypted);
  return {
    path: forgery.path ?? `/wecom/callback/${entrance}`,
    query: `msg_signature=${signature}&timestamp=${timestamp}&nonce=${nonce}`,
    body:
      `<xml><ToUserName><![CDATA[${started.config.wecom.corpId}]]></ToUserName>` +
      `<AgentID><![CDATA[1000002]]></AgentID><Encrypt><![CDATA[${encrypted}]]></Encrypt></xml>`,
  };
}

export function postCallback(started: Started, xml: string, forgery: Forgery = {}): Promise<RawAnswer> {
  const { path, query, body } = signed(started, xml, forgery);
  return rawRequest(started.url, `${path}?${forgery.query ? forgery.query(query) : query}`, {
    method: forgery.method ?? 'POST',
    headers: { 'content-type': 'text/xml', ...forgery.headers },
    body: forgery.body ? forgery.body(body) : body,
  });
}

export interface TextMessage {
  readonly from: string;
  readonly content: string;
  readonly msgId: string;
  /** Epoch seconds. */
  readonly at: number;
}

export const textXml = (started: Started, { from, content, msgId, at }: TextMessage): string =>
  `<xml><ToUserName><![CDATA[${started.config.wecom.corpId}]]></ToUserName>` +
  `<FromUserName><![CDATA[${from}]]></FromUserName><CreateTime>${at}</CreateTime>` +
  `<MsgType><![CDATA[text]]></MsgType><Content><![CDATA[${content}]]></Content>` +
  `<MsgId>${msgId}</MsgId><AgentID>1000002</AgentID></xml>`;

export interface CardTap {
  readonly from: string;
  readonly taskId: string;
  readonly responseCode: string;
  readonly key?: string;
  readonly at: number;
}

export const tapXml = (started: Started, { from, taskId, responseCode, key = 'approve', at }: CardTap) =>
  `<xml><ToUserName><![CDATA[${started.config.wecom.corpId}]]></ToUserName>` +
  `<FromUserName><![CDATA[${from}]]></FromUserName><CreateTime>${at}</CreateTime>` +
  `<MsgType><![CDATA[event]]></MsgType><Event><![CDATA[template_card_event]]></Event>` +
  `<EventKey><![CDATA[${key}]]></EventKey><TaskId><![CDATA[${taskId}]]></TaskId>` +
  `<CardType><![CDATA[button_interaction]]></CardType>` +
  `<ResponseCode><![CDATA[${responseCode}]]></ResponseCode><AgentID>1000002</AgentID></xml>`;

/** What a passive reply says, decrypted: element name → text of the first such element, at any depth. */
export function readReply(started: Started, answer: RawAnswer, entrance: EntranceName = 'app') {
  const envelope = readXml(answer.body);
  const text = (name: string): string => envelope.children.find((child) => child.name === name)?.text ?? '';
  const crypto = cryptoOf(started, entrance);
  if (!crypto.verify(text('MsgSignature'), text('TimeStamp'), text('Nonce'), text('Encrypt')))
    throw new Error('the reply is signed wrongly');
  const plain = crypto.decrypt(text('Encrypt'));
  const found = new Map<string, string>();
  const walk = (element: ReturnType<typeof readXml>): void => {
    if (!found.has(element.name)) found.set(element.name, element.text);
    element.children.forEach(walk);
  };
  walk(readXml(plain));
  return found;
}
