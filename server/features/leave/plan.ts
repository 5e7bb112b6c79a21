/** What is to be booked on a day by itself: days by service, the end of a year, the end of carried days. Pure. */
import type { CalendarDate } from '../../kernel/dates.ts';
import { closingOf, unusedCarried, type Entry } from './ledger.ts';
import { daysByService, lookedAtOn } from './service.ts';
import type { LeaveSettings, TypeSettings } from './settings.ts';
import type { Account, AccountStanding } from './store.ts';

export interface Served {
  /** Null: not known. */
  readonly workSinceOn: CalendarDate | null;
  readonly isEntitled: boolean;
}

export type Owed = Account & Entry;

/** The years whose days by service are booked on that day. */
export const openYears = (today: CalendarDate, { nextYearOpensOn }: LeaveSettings): number[] => {
  const year = Number(today.slice(0, 4));
  return today.slice(5) >= nextYearOpensOn ? [year, year + 1] : [year];
};

/** In this order: the year that is over, then the one that runs. Empty once everything is booked. */
export function owedOn(
  today: CalendarDate,
  served: Served,
  accounts: readonly AccountStanding[],
  settings: LeaveSettings,
): Owed[] {
  const year = Number(today.slice(0, 4));
  const of = (type: string, leaveYear: number) =>
    accounts.find((one) => one.leaveType === type && one.leaveYear === leaveYear);
  return settings.types.flatMap((type) => [
    ...[year - 2, year - 1].flatMap((past) => closing(today, type, of(type.type, past))),
    ...lapsing(today, type, of(type.type, year)),
    ...openYears(today, settings).flatMap((open) =>
      byService(today, type, served, open, of(type.type, open)),
    ),
  ]);
}

function byService(
  today: CalendarDate,
  { type, byService: tiers }: TypeSettings,
  { workSinceOn, isEntitled }: Served,
  leaveYear: number,
  account: AccountStanding | undefined,
): Owed[] {
  if (tiers === null || (isEntitled && workSinceOn === null)) return [];
  const days =
    isEntitled && workSinceOn !== null ? daysByService(tiers, workSinceOn, lookedAtOn(leaveYear, today)) : 0;
  const halves = days * 2 - (account?.byService ?? 0);
  // Even nothing is booked once: then it is known that there is nothing.
  if (halves === 0 && account?.isByService) return [];
  return [{ leaveType: type, leaveYear, kind: 'granted', halves }];
}

function closing(today: CalendarDate, settings: TypeSettings, account: AccountStanding | undefined): Owed[] {
  if (!account || account.left <= 0) return [];
  const { leaveType, leaveYear } = account;
  const { carryOver } = settings;
  const { carried, lapsed } = closingOf(
    account,
    carryOver && {
      maxHalves: carryOver.maxDays === null ? null : carryOver.maxDays * 2,
      isOver: today > `${String(leaveYear + 1)}-${carryOver.until}`,
    },
  );
  const entries: Owed[] = [
    { leaveType, leaveYear, kind: 'carriedOut', halves: 0 - carried },
    { leaveType, leaveYear: leaveYear + 1, kind: 'carriedIn', halves: carried },
    { leaveType, leaveYear, kind: 'lapsed', halves: 0 - lapsed },
  ];
  return entries.filter(({ halves }) => halves !== 0);
}

function lapsing(
  today: CalendarDate,
  { carryOver }: TypeSettings,
  account: AccountStanding | undefined,
): Owed[] {
  if (!account || carryOver === null) return [];
  const { leaveType, leaveYear } = account;
  const unused = unusedCarried(account);
  if (unused === 0 || today <= `${String(leaveYear)}-${carryOver.until}`) return [];
  return [{ leaveType, leaveYear, kind: 'lapsed', halves: 0 - unused }];
}
