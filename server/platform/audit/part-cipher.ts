import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { canonicalJson } from '../../kernel/canonical-json.ts';
import type { AuditPersonalRow } from './tables.ts';

const FORMAT = 'p1';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
export const KEY_BYTES = 32;

/** What a personal part belongs to: bound in, so it cannot be moved to another entry or person. */
type Owner = Pick<AuditPersonalRow, 'id' | 'personId' | 'keyId'>;

const bound = ({ id, personId, keyId }: Owner): Buffer =>
  Buffer.from(['audit.personal', id, personId, keyId].join(':'));

/** AES-256-GCM: `p1.<nonce>.<ciphertext and tag>`. */
export function sealPart(key: Buffer, owner: Owner, value: unknown): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  cipher.setAAD(bound(owner));
  const body = Buffer.concat([
    cipher.update(canonicalJson(value), 'utf8'),
    cipher.final(),
    cipher.getAuthTag(),
  ]);
  return [FORMAT, nonce.toString('base64url'), body.toString('base64url')].join('.');
}

/** @returns null when it was changed, belongs elsewhere or was sealed with another key */
export function openPart(key: Buffer, row: AuditPersonalRow): unknown {
  const [format, nonce = '', text = ''] = row.sealed.split('.');
  const body = Buffer.from(text, 'base64url');
  if (format !== FORMAT || body.length < TAG_BYTES) return null;
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(nonce, 'base64url'), {
      authTagLength: TAG_BYTES,
    });
    decipher.setAAD(bound(row));
    decipher.setAuthTag(body.subarray(body.length - TAG_BYTES));
    const plain =
      decipher.update(body.subarray(0, body.length - TAG_BYTES), undefined, 'utf8') + decipher.final('utf8');
    return JSON.parse(plain) as unknown;
  } catch {
    return null;
  }
}

/**
 * What the chain holds of a personal part: of the sealed bytes and whose they are, so it needs no key. Members stand in
 * the order of canonical JSON.
 */
export const digestOf = ({ id, personId, keyId, sealed }: AuditPersonalRow): string =>
  createHash('sha256').update(JSON.stringify({ id, keyId, personId, sealed })).digest('hex');
