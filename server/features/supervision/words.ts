import {
  addDays,
  dateOf,
  HOUR_MS,
  MINUTE_MS,
  minuteOfDay,
  timeOf,
  type CalendarDate,
} from '../../kernel/dates.ts';
import type { Calendar } from '../../kernel/workdays.ts';

export type DueState = 'ok' | 'today' | 'amber' | 'overdue' | 'none';

export interface DueWords {
  readonly dueAt: number | null;
  readonly provisional: boolean;
  readonly state: DueState;
  readonly words: string;
}

export interface DueFacts {
  readonly dueAt: number | null;
  readonly provisional: boolean;
  /** When it becomes urgent; null: only on the day itself. */
  readonly amberAt?: number | null;
  readonly paused?: boolean;
}

/**
 * What a list says beside an item: 还剩 2 个工作日, 还剩 5 小时, 超时 1 个工作日. Counts working time
 * only, rounds down, speaks of days from one working day on. A provisional date is never called overdue (G4).
 */
export function describeDue(facts: DueFacts, now: number, calendar: Calendar): DueWords {
  const { dueAt, provisional } = facts;
  if (dueAt === null) return { dueAt, provisional, state: 'none', words: facts.paused ? '计时暂停' : '' };
  const state = stateOfDue(facts, now);
  return { dueAt, provisional, state, words: wordsOfDue(now, dueAt, calendar, provisional) };
}

export function wordsOfDue(now: number, dueAt: number, calendar: Calendar, provisional = false): string {
  if (dueAt <= now) {
    if (provisional) return '到期日暂估';
    const over = amount(calendar.workingMsBetween(dueAt, now).ms, calendar);
    return over ? `超时 ${over}` : '已超时';
  }
  const left = amount(calendar.workingMsBetween(now, dueAt).ms, calendar);
  const words = left ? `还剩 ${left}` : `${wallTime(now, dueAt)} 到期`;
  return provisional ? `${words}（暂估）` : words;
}

/** "今天 17:30 到期", "11-24 17:30 到期"; overdue: "应于 11-20 17:30 前处理". */
export function wordsOfDeadline(now: number, dueAt: number, provisional = false): string {
  if (dueAt <= now && !provisional) return `应于 ${wallTime(now, dueAt)} 前处理`;
  return `${wallTime(now, dueAt)} 到期${provisional ? '（暂估）' : ''}`;
}

/** Working time as 1 个工作日, 2 小时, 20 分钟, rounded down; 不到 1 分钟 below a minute. */
export const wordsOfWorked = (ms: number, calendar: Calendar): string =>
  amount(ms, calendar) ?? '不到 1 分钟';

/** The note beside figures that rest on unpublished years (G4); empty when there are none. */
export const wordsOfMissingYears = (years: readonly number[]): string =>
  years.length === 0 ? '' : `${years.join('、')} 年放假安排未公布，天数暂估。`;

/** 今天 17:30, 11-24 17:30, 2027-01-04 17:30. The end of a day is its 24:00, not the next day's 00:00. */
export function wallTime(now: number, at: number): string {
  const { date, time } = endOfPeriod(at);
  if (date === dateOf(now)) return `今天 ${time}`;
  const shown = date.slice(0, 4) === dateOf(now).slice(0, 4) ? date.slice(5) : date;
  return `${shown} ${time}`;
}

/** In which group of the list: 已超时, 今天到期, 之后. */
export function bucketOf(
  { dueAt, provisional }: Pick<DueFacts, 'dueAt' | 'provisional'>,
  now: number,
): 'overdue' | 'today' | 'later' {
  if (dueAt === null) return 'later';
  if (dueAt <= now && !provisional) return 'overdue';
  // The end of a day is its 24:00: the instant before tells the day.
  return dateOf(dueAt - 1) <= dateOf(now) ? 'today' : 'later';
}

function stateOfDue(facts: DueFacts, now: number): DueState {
  const bucket = bucketOf(facts, now);
  if (bucket !== 'later') return bucket;
  return facts.amberAt !== null && facts.amberAt !== undefined && facts.amberAt <= now ? 'amber' : 'ok';
}

function endOfPeriod(at: number): { date: CalendarDate; time: string } {
  const date = dateOf(at);
  return minuteOfDay(at) === 0 ? { date: addDays(date, -1), time: '24:00' } : { date, time: timeOf(at) };
}

function amount(ms: number, { workdayMs }: Calendar): string | null {
  if (ms >= workdayMs) return `${Math.floor(ms / workdayMs)} 个工作日`;
  if (ms >= HOUR_MS) return `${Math.floor(ms / HOUR_MS)} 小时`;
  return ms >= MINUTE_MS ? `${Math.floor(ms / MINUTE_MS)} 分钟` : null;
}
