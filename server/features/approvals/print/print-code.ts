import { createHash } from 'node:crypto';
import { canonicalJson } from '../../../kernel/canonical-json.ts';
import type { InstanceEvent } from '../model/events.ts';

/** What stands on a printed page: which request, how much of its history, and that history's hash. */
export interface PrintCode {
  readonly instanceId: string;
  /** How many events there were when it was printed. */
  readonly events: number;
  readonly hash: string;
}

/** Half of SHA-256: the code is on paper and in a QR, and 128 bits are beyond guessing or forging. */
const HASH_LENGTH = 32;

/** Over every event in canonical form, in order: whoever changes, adds or drops one gets another hash. */
export const historyHash = (events: readonly InstanceEvent[]): string =>
  createHash('sha256').update(canonicalJson(events)).digest('hex').slice(0, HASH_LENGTH);

export const codeOf = (instanceId: string, events: readonly InstanceEvent[]): string =>
  `${instanceId}-${String(events.length)}-${historyHash(events)}`;

/** @returns null for what is none of our codes */
export function readCode(code: string): PrintCode | null {
  const match = /^([0-9a-f]{32})-([1-9]\d{0,4})-([0-9a-f]{32})$/.exec(code);
  if (!match) return null;
  const [, instanceId = '', events = '', hash = ''] = match;
  return { instanceId, events: Number(events), hash };
}
