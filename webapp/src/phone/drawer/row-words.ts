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
  if (entry.kind !== 'call' && entry.kind !== 'callback') {
    return entry.state === 'failed' ? { text: words.acts.refused, tone: 'bad' } : { text: '', tone: 'quiet' };
  }
  const left = entry.nextAttemptAt === null ? 0 : Math.ceil((entry.nextAttemptAt - now) / 1000);
  switch (entry.state) {
    case 'running':
      return { text: left > 0 ? words.acts.lateIn(left) : words.acts.running, tone: 'wait' };
    case 'retrying': {
      return { text: left > 0 ? words.acts.retryIn(left) : words.acts.retryNow, tone: 'wait' };
    }
    case 'failed': {
      const text = entry.errcode
        ? String(entry.errcode)
        : entry.attempts > 1
          ? words.acts.gaveUp
          : words.acts.failed;
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
export const arrowOf = (kind: LedgerEntry['kind']): 'incoming' | 'outgoing' | 'dot' => {
  if (kind === 'callback') return 'incoming';
  return kind === 'call' || kind === 'reply' ? 'outgoing' : 'dot';
};

/** Words of the row: for a call its name and below what it did; for the others what was said is the news. */
export function titleOf(entry: LedgerEntry): { strong: string; rest: string; second: string } {
  const { kind, name, summary } = entry;
  const strong = words.acts.kinds[kind];
  if (kind === 'reply') return { strong, rest: summary, second: '' };
  if (kind === 'drop') return { strong, rest: summary, second: entry.fields[0]?.value ?? '' };
  return { strong, rest: name, second: summary };
}
