/**
 * Whoever opened a page, or one photo, is on the record before its pictures leave (H7). What that look showed is in the
 * addresses of its pictures: each is for this reader, this picture and some minutes, so no picture goes without a look.
 */
import { timingSafeEqual } from 'node:crypto';
import { MINUTE_MS } from '../../../kernel/dates.ts';
import type { Vault } from '../../../platform/vault/index.ts';

const LOOK = 'photo.look';
const LIFE_MS = 15 * MINUTE_MS;

type Printer = Pick<Vault, 'fingerprint'>;

export interface Looked {
  readonly actorId: string;
  readonly personId: string;
  readonly fileId: string;
}

const printOf = (vault: Printer, { actorId, personId, fileId }: Looked, until: number): string =>
  vault.fingerprint(LOOK, [actorId, personId, fileId, until].join(' '));

/** Address of the picture. */
export function pictureUrl(vault: Printer, looked: Looked, now: number): string {
  const until = now + LIFE_MS;
  return `/api/photos/review/${looked.personId}/picture?look=${until}-${printOf(vault, looked, until)}`;
}

export function isLooked(vault: Printer, looked: Looked, look: string, now: number): boolean {
  const [, until = '', print = ''] = /^(\d{1,16})-([0-9a-f]{64})$/.exec(look) ?? [];
  if (until === '' || Number(until) <= now) return false;
  const wanted = printOf(vault, looked, Number(until));
  return timingSafeEqual(Buffer.from(wanted), Buffer.from(print));
}
