import { randomBytes } from 'node:crypto';
import type { Data } from './data.ts';

/** Opaque URL-safe text of `bytes` random bytes, like 企业微信's tokens, codes and media ids. */
export const opaque = (bytes: number): string => randomBytes(bytes).toString('base64url');

/** Ascending over the life of the state. */
export function nextNumber(data: Data): number {
  data.counters.id += 1;
  return data.counters.id;
}

/** Sorts as text in the order given out. */
export const nextCopyId = (data: Data): string => `m${String(nextNumber(data)).padStart(9, '0')}`;

/** Above 2^53 on purpose: clients must keep it as text. */
export const nextCallbackMsgId = (data: Data): bigint =>
  7_300_000_000_000_000_000n + BigInt(nextNumber(data));
