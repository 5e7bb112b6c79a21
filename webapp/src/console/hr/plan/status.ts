import type { PlanAnswer } from '../api.ts';
import { p } from './words.ts';

export interface Status {
  words: string;
  tone: string;
}

/** Over a limit or suspicious: there is no path to a confirmation, whatever else the answer says (D3). */
export const stopped = (plan: PlanAnswer): boolean =>
  plan.state === 'stopped' || plan.guard.verdict === 'overLimit' || plan.guard.verdict === 'suspicious';

export const mayConfirm = (plan: PlanAnswer): boolean =>
  plan.state === 'waiting' && plan.can.confirm && !stopped(plan);

export const mayApply = (plan: PlanAnswer): boolean =>
  plan.can.apply &&
  plan.total > 0 &&
  !stopped(plan) &&
  (plan.state === 'confirmed' || plan.state === 'waiting');

/** Nothing has been written and a new plan may still be made of this one. */
export const open = (plan: PlanAnswer): boolean => ['waiting', 'stopped', 'empty'].includes(plan.state);

export const hasRun = (plan: PlanAnswer): boolean => ['running', 'paused', 'done'].includes(plan.state);

const tones: Readonly<Record<PlanAnswer['state'], string>> = {
  empty: 'green',
  stopped: 'red',
  waiting: 'amber',
  confirmed: 'blue',
  running: 'blue',
  paused: 'amber',
  done: 'green',
  expired: 'amber',
  outdated: 'red',
};

export function statusOf(plan: PlanAnswer): Status {
  if (plan.guard.verdict === 'suspicious' && !hasRun(plan)) return { words: p.suspicious, tone: 'red' };
  if (mayConfirm(plan)) return { words: p.yours, tone: 'blue' };
  if (plan.state === 'waiting' && plan.guard.verdict === 'free') return { words: p.free, tone: 'green' };
  return { words: p.states[plan.state], tone: tones[plan.state] };
}
