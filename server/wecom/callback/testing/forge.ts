import { createCallbackCrypto, type CallbackCrypto } from '../crypto.ts';
import type { CallbackRequest } from '../receive.ts';
import { setC } from './vectors.ts';

/** Forges callbacks as 企业微信 sends them, for tests. */
export const testCrypto: CallbackCrypto = createCallbackCrypto(setC.settings);

export const TEST_NOW = 1_700_000_000_000;

export interface Forgery {
  readonly crypto?: CallbackCrypto;
  readonly timestamp?: string;
  readonly nonce?: string;
  /** Takes the place of the real ciphertext; it is signed as it stands. */
  readonly encrypted?: string;
}

export interface Forged extends CallbackRequest {
  readonly body: Buffer;
  readonly encrypted: string;
}

export function forgePost(xml: string, forgery: Forgery = {}): Forged {
  const { crypto = testCrypto, timestamp = '1700000000', nonce = '884422' } = forgery;
  const encrypted = forgery.encrypted ?? crypto.encrypt(xml);
  const signature = crypto.signature(timestamp, nonce, encrypted);
  const body =
    `<xml><ToUserName><![CDATA[${setC.settings.receiveId}]]></ToUserName>` +
    `<AgentID><![CDATA[1000002]]></AgentID><Encrypt><![CDATA[${encrypted}]]></Encrypt></xml>`;
  return {
    method: 'POST',
    query: `msg_signature=${signature}&timestamp=${timestamp}&nonce=${nonce}`,
    body: Buffer.from(body),
    contentType: 'text/xml',
    encrypted,
  };
}

export function forgeGet(echo: string, forgery: Forgery = {}): CallbackRequest {
  const { query, encrypted } = forgePost(echo, forgery);
  return {
    method: 'GET',
    query: `${query}&echostr=${encodeURIComponent(encrypted)}`,
    body: null,
    contentType: null,
  };
}
