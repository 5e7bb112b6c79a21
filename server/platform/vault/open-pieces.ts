import type { DecipherGCM } from 'node:crypto';
import { base64Bytes } from '../base64-pieces.ts';
import { VaultError } from './vault-error.ts';

export const TAG_BYTES = 16;
/** `v1.<8 hex>.<nonce>.` and some. */
const LONGEST_HEAD = 64;

export interface SealedHead {
  readonly format: string;
  readonly keyId: string;
  readonly nonce: string;
}

/**
 * A sealed value from its pieces. Nothing of it is given away before its tag has shown that all of it is as sealed.
 * @throws VaultError
 */
export async function openPieces(
  sealed: AsyncIterable<Buffer>,
  decipherFor: (head: SealedHead) => DecipherGCM,
): Promise<Buffer[]> {
  const { head, body } = await splitHead(sealed);
  const decipher = decipherFor(head);
  const plain: Buffer[] = [];
  let tail: Buffer = Buffer.alloc(0);
  for await (const bytes of base64Bytes(body)) {
    const held = Buffer.concat([tail, bytes]);
    const end = Math.max(0, held.length - TAG_BYTES);
    if (end > 0) plain.push(decipher.update(held.subarray(0, end)));
    tail = Buffer.from(held.subarray(end));
  }
  if (tail.length < TAG_BYTES) throw new VaultError('not a sealed value');
  decipher.setAuthTag(tail);
  try {
    plain.push(decipher.final());
  } catch {
    throw new VaultError('the sealed value was changed or belongs to another field');
  }
  return plain;
}

async function splitHead(
  sealed: AsyncIterable<Buffer>,
): Promise<{ head: SealedHead; body: AsyncIterable<Buffer> }> {
  const pieces = sealed[Symbol.asyncIterator]();
  let text = '';
  while (text.split('.').length < 4 && text.length < LONGEST_HEAD) {
    const next = await pieces.next();
    if (next.done) break;
    text += next.value.toString('latin1');
  }
  const [format = '', keyId = '', nonce = '', first] = text.split('.');
  if (first === undefined) throw new VaultError('not a sealed value');
  const body = async function* (): AsyncGenerator<Buffer> {
    yield Buffer.from(first, 'latin1');
    for (let next = await pieces.next(); !next.done; next = await pieces.next()) yield next.value;
  };
  return { head: { format, keyId, nonce }, body: body() };
}
