import { createCipheriv, hash, randomBytes } from 'node:crypto';
import * as official from '@wecom/crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CallbackCryptoError, createCallbackCrypto, type CryptoFault } from './crypto.ts';
import { setA, setB, setC } from './testing/vectors.ts';

const a = createCallbackCrypto(setA.settings);
const b = createCallbackCrypto(setB.settings);
const c = createCallbackCrypto(setC.settings);
const robot = createCallbackCrypto(setC.settingsWithoutReceiveId);

const vectors = [
  ['A1', a, setA.verification],
  ['A2', a, setA.message],
  ['B1', b, setB.verification],
  ['B2', b, setB.message],
  ['B3', b, setB.json],
  ['C1', c, setC.reply],
  ['C2', robot, setC.robot],
  ['C3', c, setC.aligned],
] as const;

/** Runs AES over any 32-byte aligned frame, so that well-encrypted nonsense can be made. */
function encryptFrame(frame: Buffer): string {
  const key = Buffer.from(`${setC.settings.encodingAesKey}=`, 'base64');
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
  return Buffer.concat([cipher.update(frame), cipher.final()]).toString('base64');
}

/** random | length | message | receive id, padded to 32 unless `pad` says otherwise. */
function frame(
  message: Uint8Array,
  options: { length?: number; receiveId?: string; pad?: Buffer } = {},
): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(options.length ?? message.length);
  const receiveId = Buffer.from(options.receiveId ?? setC.settings.receiveId);
  const body = Buffer.concat([Buffer.from('0123456789abcdef'), length, message, receiveId]);
  const pad = 32 - (body.length % 32);
  return Buffer.concat([body, options.pad ?? Buffer.alloc(pad, pad)]);
}

function faultOf(run: () => unknown): CryptoFault | 'none' {
  try {
    run();
    return 'none';
  } catch (error) {
    if (error instanceof CallbackCryptoError) return error.fault;
    throw error;
  }
}

describe('callback crypto: known vectors', () => {
  it.each(vectors)('%s: signature', (_name, crypto, v) => {
    expect(crypto.signature(v.timestamp, v.nonce, v.encrypted)).toBe(v.signature);
    expect(crypto.verify(v.signature, v.timestamp, v.nonce, v.encrypted)).toBe(true);
  });

  it.each(vectors)('%s: decryption', (_name, crypto, v) => {
    const text = crypto.decrypt(v.encrypted);
    if ('plaintext' in v) expect(text).toBe(v.plaintext);
    else expect(Buffer.byteLength(text)).toBe(v.bytes);
  });

  it.each(vectors)('%s: encryption reproduces the ciphertext from its random bytes', (_name, crypto, v) => {
    expect(crypto.encrypt(crypto.decrypt(v.encrypted), Buffer.from(v.random))).toBe(v.encrypted);
  });

  it('A2 has the length and digest given with it', () => {
    expect(setA.message.encrypted).toHaveLength(472);
    expect(hash('sha1', setA.message.encrypted)).toBe('f405f749a207d8f9c12605ac3d9740f5213392b3');
    expect(Buffer.byteLength(a.decrypt(setA.message.encrypted))).toBe(284);
  });

  it('B2 holds the sender, the text and the ids as published', () => {
    const text = b.decrypt(setB.message.encrypted);
    for (const part of ['ChenJiaShun', '<Content>你好</Content>', '1456453720', '1000002']) {
      expect(text).toContain(part);
    }
  });
});

describe('callback crypto: settings', () => {
  it.each([42, 44, 0])('refuses an EncodingAESKey of %i characters', (length) => {
    const encodingAesKey = 'k'.repeat(length);
    expect(() => createCallbackCrypto({ ...setC.settings, encodingAesKey })).toThrow(/43 letters/);
  });

  it('refuses other characters in key and token, and never quotes them', () => {
    const encodingAesKey = `${'k'.repeat(42)}+`;
    expect(() => createCallbackCrypto({ ...setC.settings, encodingAesKey })).toThrow(/^(?!.*kkk).*$/);
    for (const token of ['', 'a b', 'x'.repeat(33), '中']) {
      expect(() => createCallbackCrypto({ ...setC.settings, token })).toThrow(/callback token/);
    }
  });

  it('refuses random bytes of another length than 16', () => {
    expect(() => c.encrypt('x', randomBytes(15))).toThrow(RangeError);
  });
});

describe('callback crypto: signatures', () => {
  const v = setC.reply;

  it('refuses every other signature without throwing', () => {
    const wrong = [
      '',
      v.signature.slice(1),
      `${v.signature}0`,
      v.signature.toUpperCase(),
      `0${v.signature.slice(1)}`,
      '中'.repeat(40),
    ];
    for (const given of wrong) expect(c.verify(given, v.timestamp, v.nonce, v.encrypted)).toBe(false);
  });

  it('refuses when any signed part changes', () => {
    expect(c.verify(v.signature, '1700000001', v.nonce, v.encrypted)).toBe(false);
    expect(c.verify(v.signature, v.timestamp, '884423', v.encrypted)).toBe(false);
    expect(c.verify(v.signature, v.timestamp, v.nonce, `R${v.encrypted.slice(1)}`)).toBe(false);
    expect(a.verify(v.signature, v.timestamp, v.nonce, v.encrypted)).toBe(false);
  });
});

describe('callback crypto: refusals', () => {
  const message = Buffer.from('<xml/>');

  it('refuses the receive id of another corporation, and a longer or shorter one', () => {
    for (const receiveId of ['wwsandbox0000000002', 'wwsandbox000000001', 'wwsandbox00000000011', '']) {
      expect(faultOf(() => c.decrypt(encryptFrame(frame(message, { receiveId }))))).toBe('receive_id');
    }
    expect(faultOf(() => c.decrypt(robot.encrypt('x')))).toBe('receive_id');
    expect(faultOf(() => robot.decrypt(c.encrypt('x')))).toBe('receive_id');
  });

  it('refuses length fields that lie', () => {
    const decrypt = (length: number) => faultOf(() => c.decrypt(encryptFrame(frame(message, { length }))));
    for (const length of [5, 7, 0]) expect(decrypt(length)).toBe('receive_id');
    for (const length of [100, 0x7fffffff, 0x80000000, 0xffffffff]) expect(decrypt(length)).toBe('bounds');
    expect(decrypt(6)).toBe('none');
  });

  it('refuses frames too short to hold a length', () => {
    expect(faultOf(() => c.decrypt(encryptFrame(Buffer.alloc(32, 32))))).toBe('bounds');
    expect(faultOf(() => c.decrypt(encryptFrame(Buffer.alloc(32, 13))))).toBe('bounds');
  });

  it('refuses padding of 0, above 32 or of unequal bytes', () => {
    const bytes = frame(message, { pad: Buffer.alloc(0) });
    const size = 32 - (bytes.length % 32);
    const padded = (pad: Buffer) => faultOf(() => c.decrypt(encryptFrame(Buffer.concat([bytes, pad]))));
    expect(padded(Buffer.alloc(size, size))).toBe('none');
    expect(padded(Buffer.alloc(size, 0))).toBe('padding');
    expect(padded(Buffer.alloc(size, 33))).toBe('padding');
    expect(padded(Buffer.alloc(size, 255))).toBe('padding');
    expect(padded(Buffer.concat([Buffer.from([size - 1]), Buffer.alloc(size - 1, size)]))).toBe('padding');
  });

  it('refuses ciphertext that is no multiple of 32 bytes, also where AES alone would take it', () => {
    for (const size of [0, 1, 16, 31, 33, 48]) {
      expect(faultOf(() => c.decrypt(Buffer.alloc(size, 7).toString('base64')))).toBe('length');
    }
  });

  it('refuses base64 that is not canonical or has anything around it', () => {
    const good = setC.robot.encrypted;
    const wrong = [
      `${good} `,
      ` ${good}`,
      `${good}\n`,
      `${good}AAAA`,
      good.slice(0, -1),
      good.replace('==', ''),
      good.replaceAll('+', '-'),
      `${good.slice(0, 20)}\n${good.slice(20)}`,
      good.replace('zw==', 'zx=='),
      '中文',
      '%%%%',
    ];
    for (const text of wrong) expect(faultOf(() => robot.decrypt(text))).toBe('base64');
  });

  it('refuses a message that is not UTF-8', () => {
    const gbk = Buffer.from([0xc4, 0xe3, 0xba, 0xc3]);
    const utf16 = Buffer.from('错误', 'utf16le');
    const overlong = Buffer.from([0xc0, 0xaf]);
    const halfPair = Buffer.from([0xed, 0xa0, 0x80]);
    for (const bytes of [gbk, utf16, overlong, halfPair]) {
      expect(faultOf(() => c.decrypt(encryptFrame(frame(bytes))))).toBe('utf8');
    }
  });

  it('says nothing about the fault in its message', () => {
    for (const fault of ['padding', 'receive_id'] as const) {
      expect(new CallbackCryptoError(fault).message).toBe('callback not decrypted');
    }
  });

  it('takes any bytes without another error than its own', () => {
    const anyFrame = fc
      .uint8Array({ minLength: 0, maxLength: 128 })
      .map((bytes) => encryptFrame(Buffer.concat([bytes, Buffer.alloc((32 - (bytes.length % 32)) % 32)])));
    fc.assert(
      fc.property(fc.oneof(anyFrame, fc.base64String(), fc.string()), (text) => {
        expect(faultOf(() => c.decrypt(text))).not.toBe('none');
      }),
      { numRuns: 2000 },
    );
  });
});

describe('callback crypto: agreement with @wecom/crypto', () => {
  const { token, encodingAesKey, receiveId } = setC.settings;
  const text = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 300 }),
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc
      .array(fc.constantFrom('请假', '<xml>', ']]>', '&amp;', '\n', '😀', 'a'), { maxLength: 200 })
      .map((p) => p.join('')),
  );
  const digits = fc.stringMatching(/^[0-9]{1,12}$/);

  it('10,000 random messages, both directions, same ciphertext and signature', () => {
    const random16 = fc.uint8Array({ minLength: 16, maxLength: 16 });
    fc.assert(
      fc.property(text, random16, digits, digits, (message, random, timestamp, nonce) => {
        const theirs = official.encrypt(encodingAesKey, message, receiveId, Buffer.from(random));
        const ours = c.encrypt(message, random);
        expect(ours).toBe(theirs);
        expect(c.decrypt(theirs)).toBe(message);
        expect(official.decrypt(encodingAesKey, ours)).toMatchObject({ message, id: receiveId });
        const signature = official.getSignature(token, timestamp, nonce, ours);
        expect(c.signature(timestamp, nonce, ours)).toBe(signature);
        expect(c.verify(signature, timestamp, nonce, ours)).toBe(true);
      }),
      { numRuns: 10_000 },
    );
  });

  it('fresh random bytes every time', () => {
    expect(c.encrypt('x')).not.toBe(c.encrypt('x'));
  });
});
