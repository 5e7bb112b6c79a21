import type { Clock } from '../kernel/clock.ts';
import { addDays, dateOf, HOUR_MS, instantOf, MINUTE_MS } from '../kernel/dates.ts';

/**
 * The server's own 45009: an API stays closed as long as the window that was exceeded (90312), but the answer does
 * not say which window. So the shortest one that this API has is assumed first, and the next longer one when the
 * first call after reopening is refused again.
 */
export interface Blocks {
  /** Epoch ms while closed, else undefined. */
  closedUntil(api: string): number | undefined;
  /** Returns the epoch ms until which the API is now closed. */
  close(api: string): number;
  succeed(api: string): void;
}

type Step = 'minute' | 'hour' | 'day';

const DEFAULT_LADDER: readonly Step[] = ['minute', 'hour'];
const LADDERS: Readonly<Record<string, readonly Step[]>> = {
  'message/send': ['minute', 'hour', 'day'],
  'appchat/create': ['minute', 'day'],
  /** The last step stands for the month of C10: it closes for 30 days, and asking once a day costs nothing. */
  'user/create': ['minute', 'hour', 'day'],
  get_jsapi_ticket: ['hour'],
  'ticket/get': ['hour'],
  /** A caller banned for wrong secrets is banned for an hour. */
  gettoken: ['hour'],
  /** B6: too many wrong look-ups close it for a day. */
  'user/getuserid': ['day'],
};

export function createBlocks(clock: Clock): Blocks {
  const blocks = new Map<string, { step: number; until: number }>();

  return {
    closedUntil(api) {
      const until = blocks.get(api)?.until ?? 0;
      return until > clock.now() ? until : undefined;
    },
    close(api) {
      const now = clock.now();
      const last = blocks.get(api);
      // Answers to calls that were under way when the block began say nothing new.
      if (last && last.until > now) return last.until;
      const ladder = LADDERS[api] ?? DEFAULT_LADDER;
      const step = last ? Math.min(last.step + 1, ladder.length - 1) : 0;
      const until = endOf(ladder[step] ?? 'minute', now);
      blocks.set(api, { step, until });
      return until;
    },
    succeed(api) {
      // A call that was already under way when the block began does not lift it.
      if ((blocks.get(api)?.until ?? 0) <= clock.now()) blocks.delete(api);
    },
  };
}

function endOf(step: Step, now: number): number {
  if (step === 'minute') return now + MINUTE_MS;
  return step === 'hour' ? now + HOUR_MS : instantOf(addDays(dateOf(now), 1));
}
