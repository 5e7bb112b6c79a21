import type { AccountState, RequestItem, RequestStatus } from '../api.ts';

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
