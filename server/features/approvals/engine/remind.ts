/** 催办: at most three per request, and nobody hears twice within a day. */
import { conflict, refused } from '../../../kernel/errors.ts';
import { DAY_MS } from '../../../kernel/dates.ts';
import type { InstanceState } from '../model/state.ts';
import type { TaskState } from '../model/tasks.ts';

export const REMINDERS_PER_REQUEST = 3;

export function remindLeft(state: InstanceState): number {
  return state.status === 'running' ? Math.max(0, REMINDERS_PER_REQUEST - state.reminders.length) : 0;
}

/** The open tasks whose holders may be reminded now. Throws when there are none. */
export function remindable(state: InstanceState, now: number): TaskState[] {
  if (!state.tasks.some((t) => t.status === 'pending')) throw refused('approvals.nobody_to_remind');
  if (remindLeft(state) === 0) throw refused('approvals.reminders_used_up', { max: REMINDERS_PER_REQUEST });
  const tasks = notRemindedToday(state, now);
  if (tasks.length === 0) throw conflict('approvals.reminded_recently', { left: remindLeft(state) });
  return tasks;
}

/** True when a reminder would go out now. */
export function canRemind(state: InstanceState, now: number): boolean {
  return remindLeft(state) > 0 && notRemindedToday(state, now).length > 0;
}

function notRemindedToday(state: InstanceState, now: number): TaskState[] {
  const recent = state.reminders.filter((r) => now - r.at < DAY_MS);
  const heard = new Set(recent.flatMap((r) => r.personIds));
  return state.tasks.filter((t) => t.status === 'pending' && !heard.has(t.person.personId));
}
