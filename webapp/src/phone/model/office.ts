/**
 * Working days for the clock's button 下个工作日, from the State Council notices in config/holidays. This only
 * moves the demo's clock; what a rule counts is always computed by the server.
 */
import { dateOf, timeOf } from './time.ts';

interface HolidayYear {
  year: number;
  off: { date: string; name: string }[];
  work: { date: string; name: string }[];
}

const files = import.meta.glob<HolidayYear>('../../../../config/holidays/202[5-9].json', {
  import: 'default',
});

const DAY_MS = 86_400_000;

const nextDate = (date: string): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + DAY_MS).toISOString().slice(0, 10);

const isWeekend = (date: string): boolean => new Date(`${date}T00:00:00Z`).getUTCDay() % 6 === 0;

async function yearOf(date: string): Promise<HolidayYear | null> {
  const load = files[`../../../../config/holidays/${date.slice(0, 4)}.json`];
  return load ? load() : null;
}

export interface DayKind {
  works: boolean;
  /** The holiday's name, or null on an ordinary day. */
  name: string | null;
  /** false: the notice for this year is not out, so this is only Monday to Friday. */
  known: boolean;
}

export async function dayKind(date: string): Promise<DayKind> {
  const year = await yearOf(date);
  const off = year?.off.find((day) => day.date === date);
  if (off) return { works: false, name: off.name, known: true };
  const work = year?.work.find((day) => day.date === date);
  if (work) return { works: true, name: work.name, known: true };
  return { works: !isWeekend(date), name: null, known: year !== null };
}

/** Nine o’clock on the next working day, when the office is open. */
export async function nextWorkday(now: number): Promise<{ at: number; known: boolean }> {
  let date = nextDate(dateOf(now));
  let known = true;
  for (;;) {
    const kind = await dayKind(date);
    known &&= kind.known;
    if (kind.works) return { at: Date.parse(`${date}T09:00:00+08:00`), known };
    date = nextDate(date);
  }
}

/** `工作时间`, `午休`, `下班时间`, `周末`, `国庆节`: what the clock says about this moment. */
export async function momentWords(now: number): Promise<string> {
  const kind = await dayKind(dateOf(now));
  if (!kind.works) return kind.name ?? '周末';
  const time = timeOf(now);
  const open = (time >= '08:30' && time < '12:00') || (time >= '13:30' && time < '17:30');
  if (open) return '工作时间';
  return time >= '12:00' && time < '13:30' ? '午休' : '下班时间';
}
