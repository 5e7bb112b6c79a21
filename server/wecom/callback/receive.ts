import { isUtf8 } from 'node:buffer';
import { CallbackCryptoError, type CallbackCrypto } from './crypto.ts';
import { eventKey, parseEvent, type CallbackEvent } from './events.ts';
import { child, FieldFault, textOf } from './fields.ts';
import { readSignedQuery, type SignedQuery } from './query.ts';
import { CallbackRefused } from './refused.ts';
import { readXml, XmlRefused } from './xml.ts';

export interface CallbackRequest {
  readonly method: string;
  /** Raw, without `?`. */
  readonly query: string;
  /** Raw bytes, already inflated; null when there is none. */
  readonly body: Uint8Array | null;
  readonly contentType: string | null;
}

export interface ReceiveSettings {
  readonly crypto: CallbackCrypto;
  /** Epoch milliseconds. */
  readonly now: number;
  /** How far the signed timestamp may lie from `now`, both ways, in milliseconds; 5 minutes by default. */
  readonly maxSkewMs?: number;
}

export type OpenedCallback =
  /** Address verification: answer `echo` as it is, within a second. */
  | { readonly kind: 'verify'; readonly echo: string }
  /**
   * Store first, then acknowledge. `raw` is the decrypted XML (may hold personal data: never logged);
   * `receivedKey` is unique per happening within one callback address (rule R26).
   */
  | {
      readonly kind: 'event';
      readonly event: CallbackEvent;
      readonly raw: string;
      readonly receivedKey: string;
    };

export const DEFAULT_MAX_SKEW_MS = 5 * 60_000;
export const MAX_BODY_BYTES = 128 * 1024;

/** Verifies, decrypts and parses one request. Throws CallbackRefused and nothing else. */
export function openCallback(request: CallbackRequest, settings: ReceiveSettings): OpenedCallback {
  switch (request.method) {
    case 'GET':
      return openVerification(request, settings);
    case 'POST':
      return openEvent(request, settings);
    default:
      throw new CallbackRefused('method');
  }
}

function openVerification(request: CallbackRequest, settings: ReceiveSettings): OpenedCallback {
  const query = readSignedQuery(request.query);
  if (query.echostr === null) throw new CallbackRefused('query');
  const echo = authentic(query, query.echostr, settings);
  // The real echo is a number. Without this, whoever caught a POST could replay its ciphertext here as echostr
  // and be handed the decrypted message.
  if (!/^[0-9A-Za-z_-]{1,256}$/.test(echo)) throw new CallbackRefused('content');
  return { kind: 'verify', echo };
}

function openEvent(request: CallbackRequest, settings: ReceiveSettings): OpenedCallback {
  const query = readSignedQuery(request.query);
  const { body } = request;
  if (body !== null && body.length > MAX_BODY_BYTES) throw new CallbackRefused('too_large');
  if (!isXmlType(request.contentType)) throw new CallbackRefused('content_type');
  const encrypted = encryptedPart(body);
  const raw = authentic(query, encrypted, settings);
  const event = refusing('content', () => parseEvent(readXml(raw)));
  return { kind: 'event', event, raw, receivedKey: eventKey(event) };
}

/** Timestamp, then signature, then decryption: nothing unsigned is ever decrypted. */
function authentic(query: SignedQuery, encrypted: string, settings: ReceiveSettings): string {
  const { crypto, now, maxSkewMs = DEFAULT_MAX_SKEW_MS } = settings;
  const skew = Math.abs(Number(query.timestamp) * 1000 - now);
  // Asked this way round, a setting that is not a number refuses instead of letting everything through.
  if (!(skew <= maxSkewMs)) throw new CallbackRefused('timestamp');
  if (!crypto.verify(query.signature, query.timestamp, query.nonce, encrypted)) {
    throw new CallbackRefused('signature');
  }
  try {
    return crypto.decrypt(encrypted);
  } catch (error) {
    if (!(error instanceof CallbackCryptoError)) throw error;
    throw new CallbackRefused(error.fault === 'receive_id' ? 'receive_id' : 'ciphertext');
  }
}

/** `<xml>` with ToUserName, AgentID and Encrypt in any order (page 90930); only Encrypt is signed and read. */
function encryptedPart(body: Uint8Array | null): string {
  // Node would replace wrong bytes silently: GBK and UTF-16 bodies end here.
  if (body === null || !isUtf8(body)) throw new CallbackRefused('envelope');
  const source = Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8');
  return refusing('envelope', () => {
    const root = readXml(source);
    if (root.name !== 'xml') throw new FieldFault(root.name);
    for (const name of ['ToUserName', 'AgentID']) child(root, name);
    const element = child(root, 'Encrypt');
    if (element === null) throw new FieldFault('Encrypt');
    return textOf(element);
  });
}

function refusing<T>(reason: 'envelope' | 'content', read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof XmlRefused || error instanceof FieldFault) throw new CallbackRefused(reason);
    throw error;
  }
}

const XML_TYPES: ReadonlySet<string> = new Set(['text/xml', 'application/xml', 'text/plain']);

/** Which type 企业微信 sends is not documented: none at all is accepted, a wrong one or a wrong charset is not. */
function isXmlType(contentType: string | null): boolean {
  if (contentType === null || contentType.trim() === '') return true;
  const [type = '', ...parameters] = contentType.toLowerCase().split(';');
  if (!XML_TYPES.has(type.trim())) return false;
  return parameters.every((parameter) => {
    const [name = '', value = ''] = parameter.split('=');
    return name.trim() !== 'charset' || /^"?utf-?8"?$/.test(value.trim());
  });
}
