import type { Calendar, PeriodEnd } from '../../kernel/workdays.ts';
import type { RungPlan } from './rungs.ts';

/** The site's policy for clocks; each obligation keeps a copy of what it was opened with. */
export interface ClockSettings {
  readonly calendar: Calendar;
  /** How a period of working days ends unless the budget says otherwise (R34). */
  readonly periodEnd: PeriodEnd;
  readonly rungPlan: RungPlan;
  /** The named reasons for which a clock may stop (G6). */
  readonly pauseReasons: readonly string[];
}

/** Close of business; amber one working day before (for a whole-day budget the morning of the day), red one after. */
export const DEFAULT_CLOCK = {
  periodEnd: 'close',
  rungPlan: { amberBeforeMinutes: 450, redAfterMinutes: 450 },
  pauseReasons: ['returned_incomplete', 'added_before', 'opinion_awaited'],
} as const satisfies Omit<ClockSettings, 'calendar'>;
