import type { LedgerEntry } from '../../../../server/sandbox/contract.ts';
import { tookWords } from '../model/time.ts';
import { words } from '../words.ts';

export type Tone = 'ok' | 'bad' | 'wait' | 'quiet';

export interface Outcome {
  text: string;
  tone: Tone;
}

/**
 * The right end of a row: milliseconds, the error code, or when it is tried again.
 *
 * @param now epoch ms of this machine, since deliveries are repeated in real time
 */
export function outcomeOf(entry: LedgerEntry, now: number): Outcome {
  if (entry.kind === 'drop' || entry.kind === 'note') return { text: '', tone: 'quiet' };
  switch (entry.state) {
    case 'running':
      return { text: words.acts.running, tone: 'wait' };
    case 'retrying': {
      const left = entry.nextAttemptAt === null ? 0 : Math.ceil((entry.nextAttemptAt - now) / 1000);
      return { text: left > 0 ? words.acts.retryIn(left) : words.acts.retryNow, tone: 'wait' };
    }
    case 'failed': {
      const text = entry.errcode ? String(entry.errcode) : entry.attempts > 1 ? words.acts.gaveUp : words.acts.failed;
      return { text, tone: 'bad' };
    }
    case 'ok':
      return { text: entry.tookMs === null ? words.acts.ok : tookWords(entry.tookMs), tone: 'ok' };
  }
}

/** Sums of a folded run: `12 次`, and how long they took together. */
export function foldOutcome(entries: readonly LedgerEntry[]): Outcome {
  const total = entries.reduce((sum, entry) => sum + (entry.tookMs ?? 0), 0);
  return { text: tookWords(total), tone: 'ok' };
}

/** Which way it went: into our system, out of it, or nowhere. */
export const arrowOf = (kind: LedgerEntry['kind'] | 'reply'): 'incoming' | 'outgoing' | 'dot' => {
  if (kind === 'callback') return 'incoming';
  return kind === 'call' || kind === 'reply' ? 'outgoing' : 'dot';
};
