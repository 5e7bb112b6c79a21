import type { ItemResult, RunAnswer, RunItem } from '../api.ts';

/** In the order of the bar; what has not been touched is last and is the empty track. */
export const results: readonly ItemResult[] = [
  'done',
  'unchanged',
  'planned',
  'retrying',
  'failed',
  'skipped',
  'waiting',
];

export const resultTone: Readonly<Record<ItemResult, string>> = {
  done: 'green',
  unchanged: '',
  planned: 'blue',
  retrying: 'amber',
  failed: 'red',
  skipped: 'orange',
  waiting: '',
};

export const wecomTone: Readonly<Record<NonNullable<RunItem['wecom']>, string>> = {
  none: '',
  waiting: 'amber',
  written: 'green',
  failed: 'red',
};

export const runTone: Readonly<Record<RunAnswer['state'], string>> = {
  running: 'blue',
  paused: 'amber',
  stopped: 'red',
  success: 'green',
  partial: 'amber',
  failed: 'red',
};

/** Items that still have to be written: never touched, or to be tried again. */
export const leftOf = ({ counts }: Pick<RunAnswer, 'counts'>): number =>
  (counts.waiting ?? 0) + (counts.retrying ?? 0);

export const madeOf = (run: Pick<RunAnswer, 'counts' | 'total'>): number => run.total - leftOf(run);

export const goesOn = (run: RunAnswer): boolean => run.state === 'running';

/** It stands still for us, and yet something may change. */
export const followsLater = (run: RunAnswer): boolean =>
  !goesOn(run) && (run.state === 'paused' || run.state === 'stopped' || run.wecom.waiting > 0);

/** Handled in quarters, for the screen reader: it hears milestones only. */
export const quarter = (run: RunAnswer): number =>
  run.total === 0 ? 100 : Math.floor((madeOf(run) / run.total) * 4) * 25;

/** `10:58:12` in Asia/Shanghai. */
export const clock = (at: number): string => new Date(at + 8 * 3_600_000).toISOString().slice(11, 19);
