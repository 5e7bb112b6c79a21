import type { GuardLine } from '../api.ts';

export interface Bar {
  /** Shares of the whole bar, 0…1; its end is the limit. */
  today: number;
  now: number;
  tone: 'calm' | 'near' | 'over';
  /** Of the base; null when there is none (an unknown is never shown as 0). */
  share: number | null;
  /** How many more would stop the plan; null when it is not near. */
  left: number | null;
  /** By how many it is over; 0: only the percentage is over. */
  over: number | null;
}

const nearFrom = 0.8;
/** One leaver of a small unit is never too many by percent (ALWAYS_ALLOWED of the server's guard). */
const alwaysAllowed = 1;

/** The tighter of the absolute limit and the percentage (D2). Whether it is exceeded is the server's word. */
export function barOf(line: GuardLine): Bar {
  const total = line.planned + line.alreadyToday;
  const byShare = Math.max(alwaysAllowed, Math.floor((line.base * line.maxPercent) / 100));
  const most = Math.min(line.max, byShare);
  const scale = Math.max(most, 1);
  const near = !line.exceeded && total > 0 && total >= nearFrom * most;
  const today = Math.min(1, line.alreadyToday / scale);
  return {
    today,
    now: line.exceeded ? 1 - today : Math.min(1 - today, line.planned / scale),
    tone: line.exceeded ? 'over' : near ? 'near' : 'calm',
    share: line.base > 0 ? total / line.base : null,
    left: near && total <= most ? most - total + 1 : null,
    over: line.exceeded ? Math.max(0, total - line.max) : null,
  };
}
