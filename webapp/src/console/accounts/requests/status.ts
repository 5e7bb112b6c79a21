import type { AccountState, RequestBrief, RequestItem, RequestStatus } from '../api.ts';

type Tone = '' | 'blue' | 'green' | 'amber' | 'red';

export const statusTone: Readonly<Record<RequestStatus, Tone>> = {
  draft: '',
  awaiting: 'blue',
  submitted: 'blue',
  returned: 'amber',
  accepted: 'blue',
  executing: 'blue',
  done: 'green',
  withdrawn: '',
};

/** How a deadline reads: late in red, near in amber. */
export const dueTone: Readonly<Record<NonNullable<RequestBrief['due']>['state'], string>> = {
  overdue: 't-red',
  today: 't-amber',
  amber: 't-amber',
  ok: '',
  none: 'dim',
};

export const itemTone: Readonly<Record<RequestItem['status'], Tone>> = {
  waiting: '',
  running: 'blue',
  done: 'green',
  failed: 'red',
  dropped: '',
};

export const accountTone: Readonly<Record<AccountState, Tone>> = {
  none: '',
  opening: 'blue',
  open: 'green',
  locked: 'amber',
  cancelling: 'amber',
  cancelled: '',
};
