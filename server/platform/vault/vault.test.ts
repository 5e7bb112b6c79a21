import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createVault, maskIdNumber, maskMobile, VaultError } from './index.ts';

const OLD = 'an-old-secret-of-the-vault';
const NEW = 'a-newer-secret-of-the-vault';
const PRINT = 'the-secret-of-fingerprints';
const vault = createVault({ secrets: [NEW, OLD], fingerprintSecret: PRINT });

describe('vault', () => {
  it('opens what it sealed, any text, and never seals the same way twice', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (plain) => {
        const sealed = vault.seal('person.mobile', plain);
        expect(vault.open('person.mobile', sealed)).toBe(plain);
        expect(vault.seal('person.mobile', plain)).not.toBe(sealed);
      }),
    );
  });

  /** As a file store hands them on. */
  async function* cut(sealed: string, size: number): AsyncGenerator<Buffer> {
    const bytes = Buffer.from(sealed);
    for (let at = 0; at < bytes.length; at += size)
      yield await Promise.resolve(bytes.subarray(at, at + size));
  }

  it('opens a long value from pieces, however they are cut', async () => {
    const texts = fc.string({ unit: 'grapheme', maxLength: 200 });
    await fc.assert(
      fc.asyncProperty(texts, fc.integer({ min: 1, max: 300 }), async (plain, size) => {
        const pieces = await vault.openPieces('hr.file', cut(vault.seal('hr.file', plain), size));
        expect(Buffer.concat(pieces).toString()).toBe(plain);
      }),
    );
  });

  it('refuses pieces that were changed, left out, or moved to another field', async () => {
    const sealed = vault.seal('hr.file', 'x'.repeat(100));
    const [head = '', key = '', nonce = '', body = ''] = sealed.split('.');
    const flipped = (body.startsWith('A') ? 'B' : 'A') + body.slice(1);
    const wrong = [
      [head, key, nonce, flipped].join('.'),
      [head, key, nonce, body.slice(4)].join('.'),
      [head, key, nonce, body.slice(0, -4)].join('.'),
      [head, key, nonce, body.slice(0, 8)].join('.'),
      [head, key, nonce, ''].join('.'),
      [head, key, nonce.slice(4), body].join('.'),
      [head, '00000000', nonce, body].join('.'),
      ['v2', key, nonce, body].join('.'),
      'x'.repeat(1000),
      '',
    ];
    for (const value of wrong) {
      await expect(vault.openPieces('hr.file', cut(value, 7)), value).rejects.toThrow(VaultError);
    }
    await expect(vault.openPieces('hr.row', cut(sealed, 7))).rejects.toThrow(VaultError);
  });

  it('refuses a value that was changed, cut, or moved to another field', () => {
    const sealed = vault.seal('person.mobile', '19900000731');
    const [head = '', key = '', nonce = '', body = ''] = sealed.split('.');
    const flipped = (body.startsWith('A') ? 'B' : 'A') + body.slice(1);
    expect(() => vault.open('person.idNumber', sealed)).toThrow(VaultError);
    expect(() => vault.open('person.mobile', [head, key, nonce, flipped].join('.'))).toThrow(VaultError);
    expect(() => vault.open('person.mobile', [head, key, nonce, body.slice(0, 8)].join('.'))).toThrow(
      VaultError,
    );
    expect(() => vault.open('person.mobile', [head, '00000000', nonce, body].join('.'))).toThrow(VaultError);
    expect(() => vault.open('person.mobile', '19900000731')).toThrow(VaultError);
  });

  it('rotates: old values still open and are known to be stale', () => {
    const before = createVault({ secrets: [OLD], fingerprintSecret: PRINT });
    const sealed = before.seal('person.mobile', '19900000731');
    expect(vault.open('person.mobile', sealed)).toBe('19900000731');
    expect(vault.isStale(sealed)).toBe(true);
    expect(vault.isStale(vault.seal('person.mobile', 'x'))).toBe(false);
    const after = createVault({ secrets: [NEW], fingerprintSecret: PRINT });
    expect(() => after.open('person.mobile', sealed)).toThrow(VaultError);
    expect(after.fingerprint('m', '1')).toBe(before.fingerprint('m', '1'));
  });

  it('B3 fingerprints are equal for equal values of one purpose only', () => {
    expect(vault.fingerprint('mobile', '1')).toMatch(/^[0-9a-f]{64}$/);
    expect(vault.fingerprint('mobile', '1')).not.toBe(vault.fingerprint('idNumber', '1'));
    const other = createVault({ secrets: [NEW], fingerprintSecret: `${PRINT}2` });
    expect(vault.fingerprint('mobile', '1')).not.toBe(other.fingerprint('mobile', '1'));
  });

  it('does not start with a weak or missing secret', () => {
    expect(() => createVault({ secrets: [], fingerprintSecret: PRINT })).toThrow(VaultError);
    expect(() => createVault({ secrets: ['short'], fingerprintSecret: PRINT })).toThrow(VaultError);
    expect(() => createVault({ secrets: [NEW], fingerprintSecret: '' })).toThrow(VaultError);
  });
});

describe('H6 masking', () => {
  it('H6 keeps only what tells two people apart', () => {
    expect(maskMobile('19900000731')).toBe('199****0731');
    expect(maskMobile('+8619900000731')).toBe('+86****0731');
    expect(maskMobile('12345')).toBe('*****');
    expect(maskIdNumber('11010519491231002X')).toBe('110***********002X');
    expect(maskIdNumber('E1234567')).toBe('********');
  });
});
