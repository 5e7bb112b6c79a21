import { isUtf8 } from 'node:buffer';
import {
  createCipheriv,
  createDecipheriv,
  createSecretKey,
  hash,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto';

/**
 * Signing and encryption of 企业微信 callbacks (developer pages 90930 and 90968).
 *
 *   key        = base64(EncodingAESKey + "="), 32 bytes; IV = its first 16 bytes; AES-256-CBC
 *   plaintext  = random(16) | length of message(4, big-endian, bytes) | message(UTF-8) | receive id
 *   padding    = PKCS#7 to a multiple of 32 (not 16), so 1 to 32 bytes
 *   signature  = sha1(sorted [token, timestamp, nonce, base64 ciphertext] joined), lower-case hex
 */
export interface CallbackCryptoSettings {
  /** 1 to 32 letters and digits. */
  readonly token: string;
  /** Exactly 43 letters and digits. */
  readonly encodingAesKey: string;
  /** Corp id for a self-built app; `''` for an internal 智能机器人. */
  readonly receiveId: string;
}

export interface CallbackCrypto {
  /** 40 lower-case hex digits over the base64 text `encrypted`. */
  signature(timestamp: string, nonce: string, encrypted: string): string;
  /** Compares in constant time; false for anything that is not the right signature. Never throws. */
  verify(signature: string, timestamp: string, nonce: string, encrypted: string): boolean;
  /** `random` (16 bytes) is given only by tests that reproduce known ciphertexts. Returns base64. */
  encrypt(plaintext: string, random?: Uint8Array): string;
  /** Call only after `verify`. Throws CallbackCryptoError on anything not written exactly as above. */
  decrypt(encrypted: string): string;
}

export type CryptoFault = 'base64' | 'length' | 'padding' | 'bounds' | 'receive_id' | 'utf8';

/** `fault` is for the log only: nothing of it may reach the sender, who could use it as an oracle. */
export class CallbackCryptoError extends Error {
  override readonly name = 'CallbackCryptoError';
  readonly fault: CryptoFault;

  constructor(fault: CryptoFault) {
    super('callback not decrypted');
    this.fault = fault;
  }
}

const CIPHER = 'aes-256-cbc';
const BLOCK = 32;
const RANDOM = 16;
/** The message starts behind the random bytes and its 4-byte length. */
const HEAD = RANDOM + 4;

/** Throws an Error that names the faulty setting, never its value. */
export function createCallbackCrypto(settings: CallbackCryptoSettings): CallbackCrypto {
  const { token, encodingAesKey } = settings;
  if (!/^[A-Za-z0-9]{1,32}$/.test(token)) throw new Error('callback token: 1 to 32 letters and digits');
  if (!/^[A-Za-z0-9]{43}$/.test(encodingAesKey)) {
    throw new Error('callback EncodingAESKey: exactly 43 letters and digits');
  }
  // 43 characters carry 258 bits: the last two may be set (they are in the official sample), and Node drops them.
  const bytes = Buffer.from(`${encodingAesKey}=`, 'base64');
  const iv = bytes.subarray(0, 16);
  const key = createSecretKey(bytes);
  const receiveId = Buffer.from(settings.receiveId, 'utf8');

  const signature = (timestamp: string, nonce: string, encrypted: string): string =>
    hash('sha1', [token, timestamp, nonce, encrypted].sort().join(''), 'hex');

  return {
    signature,
    verify: (given, timestamp, nonce, encrypted) => {
      const got = Buffer.from(given, 'utf8');
      const wanted = Buffer.from(signature(timestamp, nonce, encrypted), 'latin1');
      return got.length === wanted.length && timingSafeEqual(got, wanted);
    },
    encrypt: (plaintext, random = randomBytes(RANDOM)) => {
      if (random.length !== RANDOM) throw new RangeError('random: 16 bytes');
      const cipher = createCipheriv(CIPHER, key, iv).setAutoPadding(false);
      return cipher.update(frame(plaintext, random, receiveId)).toString('base64');
    },
    decrypt: (encrypted) => {
      const decipher = createDecipheriv(CIPHER, key, iv).setAutoPadding(false);
      return unframe(decipher.update(decodeStrictly(encrypted)), receiveId);
    },
  };
}

/** random | length | message | receive id | padding. */
function frame(plaintext: string, random: Uint8Array, receiveId: Buffer): Buffer {
  const message = Buffer.from(plaintext, 'utf8');
  const length = HEAD + message.length + receiveId.length;
  const pad = BLOCK - (length % BLOCK);
  const framed = Buffer.alloc(length + pad, pad);
  framed.set(random, 0);
  framed.writeUInt32BE(message.length, RANDOM);
  framed.set(message, HEAD);
  framed.set(receiveId, HEAD + message.length);
  return framed;
}

function unframe(framed: Buffer, receiveId: Buffer): string {
  const end = framed.length - paddingOf(framed);
  // The length field must leave exactly the receive id: neither a byte more nor less may be unaccounted for.
  // (A frame has at least 32 bytes, so there is always a length to read, and one too short fails here as well.)
  const messageEnd = HEAD + framed.readUInt32BE(RANDOM);
  if (messageEnd > end) throw new CallbackCryptoError('bounds');
  if (receiveId.compare(framed, messageEnd, end) !== 0) throw new CallbackCryptoError('receive_id');
  const message = framed.subarray(HEAD, messageEnd);
  if (!isUtf8(message)) throw new CallbackCryptoError('utf8');
  return message.toString('utf8');
}

/** 1 to 32, with every padding byte checked. */
function paddingOf(framed: Buffer): number {
  const pad = framed[framed.length - 1] ?? 0;
  if (pad < 1 || pad > BLOCK) throw new CallbackCryptoError('padding');
  for (let at = framed.length - pad; at < framed.length; at++) {
    if (framed[at] !== pad) throw new CallbackCryptoError('padding');
  }
  return pad;
}

/** Node's decoder skips what it does not know; only text that encodes back to itself is base64. */
function decodeStrictly(encrypted: string): Buffer {
  const bytes = Buffer.from(encrypted, 'base64');
  if (bytes.toString('base64') !== encrypted) throw new CallbackCryptoError('base64');
  if (bytes.length === 0 || bytes.length % BLOCK !== 0) throw new CallbackCryptoError('length');
  return bytes;
}
