import { dateOf } from '../../../ui/format.ts';
import type { Sender } from '../api.ts';
import { w } from '../words.ts';

export interface SenderWords {
  tone: '' | 'green' | 'amber' | 'orange' | 'red';
  words: string;
}

/**
 * Where one unit's clock stands. How late it was is the server's figure; while it is open only whether the last day is
 * over is said, and never while that day rests on an unpublished calendar (G4).
 */
export function senderState(sender: Sender, now: number): SenderWords {
  const { submittedAt, lateWorkdays, dueOn, provisional } = sender;
  if (submittedAt !== null) {
    if (lateWorkdays === null || lateWorkdays === 0) return { tone: 'green', words: w.senders.sent };
    return { tone: lateWorkdays > 3 ? 'red' : 'orange', words: w.senders.sentLate(lateWorkdays) };
  }
  const today = dateOf(now);
  if (today > dueOn) return provisional ? waiting : { tone: 'orange', words: w.senders.overdue };
  return today === dueOn ? { tone: 'amber', words: w.senders.today } : waiting;
}

const waiting: SenderWords = { tone: '', words: w.senders.waiting };
