import { createCallbackCrypto } from '../../wecom/callback/crypto.ts';
import type { CallbackCrypto } from '../../wecom/callback/crypto.ts';
import type { CallbackData } from '../state/records.ts';
import { opaque } from '../state/ids.ts';
import type { World } from '../world.ts';
import type { Target, Verified } from './types.ts';
import { parseXml, textOf, toXml } from './xml.ts';
import type { XmlNode } from './xml.ts';

/** One request over the wire: the encrypted POST of a callback and the GET that verifies an address. */

/** The passive reply cannot be used; 企业微信 ignores it silently, we say why in the ledger (Chinese). */
export class ReplyError extends Error {
  override readonly name = 'ReplyError';
}

export interface WireAnswer {
  /** null = no answer at all. */
  status: number | null;
  text: string;
  /** Chinese; '' when a status came back. */
  trouble: string;
}

export interface Envelope {
  url: string;
  body: string;
}

export function callbackOf(world: World, target: Target): CallbackData {
  if (typeof target === 'object') return target;
  return target === 'app' ? world.data.app.callback : world.data.contactsCallback;
}

function cryptoOf(world: World, target: Target): CallbackCrypto {
  const { token, aesKey } = callbackOf(world, target);
  return createCallbackCrypto({ token, encodingAesKey: aesKey, receiveId: world.settings.corp.corpId });
}

/** Signs with the sandbox's clock. `kind` is the parameter and element that carries the ciphertext. */
function seal(world: World, target: Target, plain: string): { query: URLSearchParams; encrypted: string } {
  const crypto = cryptoOf(world, target);
  const encrypted = crypto.encrypt(plain);
  const timestamp = String(Math.floor(world.now() / 1000));
  const nonce = String(Math.floor(Math.random() * 1e9));
  const signature = crypto.signature(timestamp, nonce, encrypted);
  return { query: new URLSearchParams({ msg_signature: signature, timestamp, nonce }), encrypted };
}

function withQuery(url: string, query: URLSearchParams): string {
  return `${url}${url.includes('?') ? '&' : '?'}${query.toString()}`;
}

/** A fresh envelope every time: whether a retry repeats the ciphertext is not documented. */
export function envelopeOf(world: World, target: Target, xml: string): Envelope | null {
  const { url } = callbackOf(world, target);
  if (url === null) return null;
  const { query, encrypted } = seal(world, target, xml);
  const body = toXml([
    ['ToUserName', world.settings.corp.corpId],
    ...(target === 'app' ? [['AgentID', String(world.settings.app.agentId)] as const] : []),
    ['Encrypt', encrypted],
  ]);
  return { url: withQuery(url, query), body };
}

/** `stop` ends the wait when the sandbox shuts down. */
export async function post(world: World, envelope: Envelope, stop: AbortSignal): Promise<WireAnswer> {
  const headers = { 'Content-Type': 'text/xml' };
  return await ask(world, envelope.url, { method: 'POST', headers, body: envelope.body, signal: stop });
}

async function ask(world: World, url: string, init: RequestInit): Promise<WireAnswer> {
  const { timeoutMs } = world.settings.retries;
  try {
    const timeout = AbortSignal.timeout(timeoutMs);
    const signal = init.signal ? AbortSignal.any([timeout, init.signal]) : timeout;
    const response = await fetch(url, { ...init, redirect: 'manual', signal });
    const text = await response.text();
    return { status: response.status, text, trouble: '' };
  } catch (error) {
    const late = error instanceof Error && error.name === 'TimeoutError';
    return { status: null, text: '', trouble: late ? `${timeoutMs / 1000} 秒内没有应答` : '连接不上' };
  }
}

/** The decrypted reply; null for an empty answer or the word `success`. Throws ReplyError. */
export function openReply(world: World, target: Target, text: string): { xml: string; node: XmlNode } | null {
  if (text.trim() === '' || text.trim() === 'success') return null;
  const envelope = parseXml(text);
  const encrypted = envelope && textOf(envelope, 'Encrypt')?.trim();
  if (envelope === undefined || encrypted === undefined) throw new ReplyError('应答不是加密的 XML');
  const crypto = cryptoOf(world, target);
  const field = (name: string): string => textOf(envelope, name)?.trim() ?? '';
  if (!crypto.verify(field('MsgSignature'), field('TimeStamp'), field('Nonce'), encrypted)) {
    throw new ReplyError('被动回复签名不对');
  }
  const xml = decrypted(crypto, encrypted);
  const node = parseXml(xml);
  if (node === undefined) throw new ReplyError('被动回复解密后不是 XML');
  return { xml, node };
}

function decrypted(crypto: CallbackCrypto, encrypted: string): string {
  try {
    return crypto.decrypt(encrypted);
  } catch {
    throw new ReplyError('被动回复解密失败');
  }
}

/** Page 90930: the answer must be the decrypted text and nothing else. */
export async function verifyUrl(world: World, target: Target): Promise<Verified> {
  const callback = callbackOf(world, target);
  if (callback.url === null) return { ok: false, status: null, detail: '没有配置回调地址' };
  const plain = opaque(12);
  const { query, encrypted } = seal(world, target, plain);
  query.set('echostr', encrypted);
  const answer = await ask(world, withQuery(callback.url, query), { method: 'GET' });
  const ok = answer.status === 200 && answer.text === plain;
  callback.verified = ok;
  if (ok) return { ok, status: 200, detail: '验证通过' };
  const said = answer.status === null ? answer.trouble : `应答 ${answer.status}，内容与明文不符`;
  return { ok, status: answer.status, detail: said };
}
