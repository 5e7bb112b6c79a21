import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  type DecipherGCM,
  hkdfSync,
  randomBytes,
} from 'node:crypto';
import { openPieces, type SealedHead, TAG_BYTES } from './open-pieces.ts';
import { VaultError } from './vault-error.ts';

/**
 * Encryption of single fields (mobile and ID numbers). A sealed value names its key, so keys can be replaced one
 * record at a time; the purpose is bound in, so a value cannot be moved to another field.
 */
export interface Vault {
  /** `v1.<key id>.<nonce>.<ciphertext and tag>`; two seals of one value differ. */
  seal(purpose: string, plain: string): string;
  /** Throws VaultError when the key is unknown or the value was changed. */
  open(purpose: string, sealed: string): string;
  /**
   * A long value, a file's, without a copy of the whole at every step: the UTF-8 bytes of what was sealed, in pieces,
   * all of them checked. Rejects as `open` throws.
   */
  openPieces(purpose: string, sealed: AsyncIterable<Buffer>): Promise<Buffer[]>;
  /** True when the value was sealed with a key that is no longer the newest. */
  isStale(sealed: string): boolean;
  /** Ids of the keys it has, the newest first. An id tells nothing of the key. */
  readonly keyIds: readonly string[];
  /** Keyed hash for equality search (rule B3); 64 hex digits, the same on every instance. */
  fingerprint(purpose: string, plain: string): string;
}

export interface VaultKeys {
  /** Newest first. Each at least 16 characters; the first one seals, all of them open. */
  readonly secrets: readonly string[];
  /** Apart from the others: a new one makes stored fingerprints unfindable until they are made anew. */
  readonly fingerprintSecret: string;
}

const MIN_SECRET = 16;
const NONCE_BYTES = 12;

export function createVault(keys: VaultKeys): Vault {
  for (const secret of [...keys.secrets, keys.fingerprintSecret]) {
    if (secret.length < MIN_SECRET) throw new VaultError('a vault secret is shorter than 16 characters');
  }
  const ring = keys.secrets.map(deriveKey);
  const newest = ring[0];
  if (newest === undefined) throw new VaultError('the vault has no secret');
  const byId = new Map(ring.map((key) => [key.id, key.bytes]));
  const fingerprintKey = stretch(keys.fingerprintSecret, 'fingerprint');

  function decipherFor(purpose: string, { format, keyId, nonce }: SealedHead): DecipherGCM {
    const key = byId.get(keyId);
    if (format !== 'v1' || key === undefined) throw new VaultError('sealed with an unknown key');
    const bytes = Buffer.from(nonce, 'base64url');
    if (bytes.length !== NONCE_BYTES) throw new VaultError('not a sealed value');
    const decipher = createDecipheriv('aes-256-gcm', key, bytes, { authTagLength: TAG_BYTES });
    decipher.setAAD(Buffer.from(purpose));
    return decipher;
  }

  return {
    seal(purpose, plain) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', newest.bytes, nonce);
      cipher.setAAD(Buffer.from(purpose));
      const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()]);
      return `v1.${newest.id}.${nonce.toString('base64url')}.${body.toString('base64url')}`;
    },
    open(purpose, sealed) {
      const [format = '', keyId = '', nonce = '', body = ''] = sealed.split('.');
      return decrypt(decipherFor(purpose, { format, keyId, nonce }), Buffer.from(body, 'base64url'));
    },
    openPieces: (purpose, sealed) => openPieces(sealed, (head) => decipherFor(purpose, head)),
    keyIds: ring.map(({ id }) => id),
    isStale: (sealed) => sealed.split('.')[1] !== newest.id,
    fingerprint: (purpose, plain) =>
      createHmac('sha256', fingerprintKey).update(`${purpose}\u0000${plain}`).digest('hex'),
  };
}

function decrypt(decipher: DecipherGCM, body: Buffer): string {
  if (body.length < TAG_BYTES) throw new VaultError('not a sealed value');
  decipher.setAuthTag(body.subarray(body.length - TAG_BYTES));
  try {
    return (
      decipher.update(body.subarray(0, body.length - TAG_BYTES), undefined, 'utf8') + decipher.final('utf8')
    );
  } catch {
    throw new VaultError('the sealed value was changed or belongs to another field');
  }
}

function deriveKey(secret: string): { id: string; bytes: Buffer } {
  const bytes = stretch(secret, 'field');
  return { id: createHash('sha256').update(bytes).digest('hex').slice(0, 8), bytes };
}

function stretch(secret: string, use: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, 'wecom-steward vault', use, 32));
}
