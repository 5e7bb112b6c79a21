import type { IconName } from '../../ui/icon-names.ts';
import type { RequestKind, RequestStatus } from './shapes.ts';

/** Icons and colours of this room. Words always stand beside them. */
export const KIND_ICONS: Readonly<Record<RequestKind, IconName>> = {
  open: 'addp',
  change: 'swap',
  concurrentPost: 'group',
  secondIn: 'send',
  secondOut: 'plane',
  attach: 'bag',
  lock: 'lock',
  unlock: 'refresh',
  cancel: 'out',
};

export const STATUS_TONES: Readonly<Record<RequestStatus, 'amb' | 'pri' | 'grn' | ''>> = {
  draft: 'amb',
  returned: 'amb',
  awaiting: 'pri',
  submitted: 'pri',
  accepted: 'pri',
  executing: 'pri',
  done: 'grn',
  withdrawn: '',
};

export const stripeOf = (state: string | undefined): string =>
  ({ overdue: 'stripe late', today: 'stripe', amber: 'stripe' })[state ?? ''] ?? '';
