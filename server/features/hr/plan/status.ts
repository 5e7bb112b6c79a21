import type { CalendarDate } from '../../../kernel/dates.ts';
import type { ChangeKind, HrStatus, Incoming, KnownPerson } from '../model.ts';

/** What a status means for the account: it works, it is locked because of a stay elsewhere or an inquiry, it ends. */
type Standing = 'in' | 'out' | 'suspended' | 'gone';

const STANDING: Readonly<Record<HrStatus, Standing>> = {
  working: 'in',
  secondedOut: 'out',
  attachedOut: 'out',
  suspended: 'suspended',
  left: 'gone',
  retired: 'gone',
};

export const isGone = (status: HrStatus): boolean => STANDING[status] === 'gone';

export const hasLeft = ({ status, state }: KnownPerson): boolean => isGone(status) || state === 'left';

/** The days a plan counts with. */
export interface Days {
  readonly today: CalendarDate;
  /** The day of the source's cut-off, when HR said all this; never later than today. */
  readonly saidOn: CalendarDate;
}

/** The day a row's status holds from. `[清空]` is "not provided" here: a status always has a day. */
export const statusDay = ({ statusOn }: Incoming, { saidOn }: Days): CalendarDate => statusOn ?? saidOn;

/** Somebody whose employment is over by the plan's day, as the row says. */
export const isGoneNow = (row: Incoming, days: Days): boolean =>
  isGone(row.status) && statusDay(row, days) <= days.today;

/** The day an employment starts: the later of the two days a row may give; one that is to end gives only one. */
export function startDay({ employedOn, status, statusOn }: Incoming, { saidOn }: Days): CalendarDate {
  const [employed, since] = [employedOn ?? '', isGone(status) ? '' : (statusOn ?? '')];
  return (employed > since ? employed : since) || saidOn;
}

/** Which act leads from one status to the other; null when it is only another word for the same standing. */
export function statusKind(before: HrStatus, after: HrStatus): ChangeKind | null {
  const standing = STANDING[after];
  if (STANDING[before] === standing) return null;
  switch (standing) {
    case 'in':
      return 'resume';
    case 'out':
      return 'secondOut';
    case 'suspended':
      return 'suspend';
    case 'gone':
      return after === 'retired' ? 'retire' : 'leave';
  }
}
