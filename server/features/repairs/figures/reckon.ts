/** What a period's tickets say: how many, how fast, in whose time, and what was thought of it. Pure. */
import type { FigureRow, Figures } from '../contract.ts';

/** A ticket as the figures need it, its names looked up. */
export interface Counted {
  readonly ticketId: string;
  readonly number: string;
  readonly categoryId: string;
  readonly category: string;
  readonly unitId: string | null;
  readonly unit: string;
  readonly personId: string | null;
  readonly person: string;
  readonly place: string;
  readonly reportedOn: string;
  readonly state: 'open' | 'done' | 'cancelled';
  readonly isTaken: boolean;
  /** Ran out before it was taken over, mended; now counts where it still runs. */
  readonly isTakeLate: boolean;
  readonly isResolveLate: boolean;
  readonly lateWho: string;
  /** Working time from acceptance to done, holds left out. */
  readonly workedMs: number;
  readonly rating: number | null;
  readonly isAutoConfirmed: boolean;
  readonly reworks: number;
  readonly wasHeld: boolean;
}

export const MOST_LATE = 50;

export function reckon(
  tickets: readonly Counted[],
  days: readonly { readonly on: string; readonly works: boolean }[],
  workdayMs: number,
): Figures {
  const meant = tickets.filter(({ state }) => state !== 'cancelled');
  const taken = meant.filter(({ isTaken }) => isTaken);
  const late = meant.filter(({ isTakeLate, isResolveLate }) => isTakeLate || isResolveLate);
  const perDay = countBy(meant, ({ reportedOn }) => reportedOn);
  return {
    total: rowOf('', '合计', meant),
    taken: taken.length,
    takeInTime: taken.filter(({ isTakeLate }) => !isTakeLate).length,
    autoConfirmed: meant.filter(({ isAutoConfirmed }) => isAutoConfirmed).length,
    open: meant.filter(({ state }) => state === 'open').length,
    cancelled: tickets.length - meant.length,
    byCategory: rowsBy(meant, (one) => [one.categoryId, one.category]),
    byUnit: rowsBy(meant, (one) => [one.unitId ?? '', one.unit]),
    byPerson: rowsBy(
      meant.filter(({ personId }) => personId !== null),
      (one) => [one.personId ?? '', one.person],
    ),
    byDay: days.map(({ on, works }) => ({ on, works, reported: perDay.get(on) ?? 0 })),
    byDuration: durations(meant, workdayMs),
    byRating: [5, 4, 3, 2, 1].map((stars) => ({
      stars,
      count: meant.filter(({ rating }) => rating === stars).length,
    })),
    late: late.slice(0, MOST_LATE).map((one) => ({
      ticketId: one.ticketId,
      number: one.number,
      what: `${one.category}，${one.place}`,
      unitName: one.unit,
      who: one.lateWho,
      why: whyLate(one),
    })),
    lateTotal: late.length,
  };
}

function whyLate({ isTakeLate, isResolveLate, wasHeld, state }: Counted): string {
  const parts = [
    isTakeLate ? '接单晚' : '',
    isResolveLate ? (state === 'open' ? '还没修好' : '修好晚') : '',
    wasHeld ? '挂起的时间已扣' : '',
  ];
  return parts.filter(Boolean).join('，');
}

function rowsBy(
  tickets: readonly Counted[],
  of: (one: Counted) => readonly [id: string, name: string],
): FigureRow[] {
  const groups = new Map<string, { name: string; members: Counted[] }>();
  for (const one of tickets) {
    const [id, name] = of(one);
    const group = groups.get(id) ?? { name, members: [] };
    group.members.push(one);
    groups.set(id, group);
  }
  return [...groups]
    .map(([id, { name, members }]) => rowOf(id, name, members))
    .sort((a, b) => b.reported - a.reported || (a.name < b.name ? -1 : 1));
}

function rowOf(id: string, name: string, tickets: readonly Counted[]): FigureRow {
  const done = tickets.filter(({ state }) => state === 'done');
  const rated = tickets.flatMap(({ rating }) => (rating === null ? [] : [rating]));
  return {
    id,
    name,
    reported: tickets.length,
    done: done.length,
    inTime: done.filter(({ isResolveLate }) => !isResolveLate).length,
    medianMs: medianOf(done.map(({ workedMs }) => workedMs)),
    rating: rated.length === 0 ? null : sum(rated) / rated.length,
    rated: rated.length,
    rework: sum(tickets.map(({ reworks }) => reworks)),
  };
}

const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);

function medianOf(numbers: readonly number[]): number | null {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const [low, high] = sorted.length % 2 === 1 ? [middle, middle] : [middle - 1, middle];
  const [a, b] = [sorted[low], sorted[high]];
  return a === undefined || b === undefined ? null : Math.round((a + b) / 2);
}

const BUCKETS = ['1 天以内', '1 至 2 天', '2 至 3 天', '3 天以上'] as const;

function durations(tickets: readonly Counted[], workdayMs: number): Figures['byDuration'] {
  const done = tickets.filter(({ state }) => state === 'done');
  const at = ({ workedMs }: Counted) => Math.min(BUCKETS.length - 1, Math.floor(workedMs / workdayMs));
  const counts = countBy(done, at);
  return BUCKETS.map((words, place) => ({ words, count: counts.get(place) ?? 0 }));
}

function countBy<T, K>(all: readonly T[], of: (one: T) => K): Map<K, number> {
  const counts = new Map<K, number>();
  for (const one of all) counts.set(of(one), (counts.get(of(one)) ?? 0) + 1);
  return counts;
}
