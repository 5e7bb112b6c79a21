import type { Db } from '../../platform/db/unit-of-work.ts';
import { deleteRows, type Keeping } from '../../platform/keeping/index.ts';
import type { SignSettings } from './settings.ts';

export const signsKeepings = (db: Db, { windowDays, quietDays, settleDays }: SignSettings): Keeping[] => [
  // A device forgotten sooner would be new, and a quiet account unknown.
  deleteRows(db, {
    kind: 'signs.devices',
    atLeastDays: Math.max(quietDays, settleDays) + windowDays,
    table: 'account_device',
    since: 'lastAt',
  }),
  deleteRows(db, {
    kind: 'signs.seen',
    atLeastDays: windowDays + 1,
    table: 'account_sign',
    since: 'seenAt',
  }),
  deleteRows(db, {
    kind: 'signs.checks',
    // Signs that were looked at must not ask again.
    atLeastDays: 184,
    table: 'account_check',
    since: 'endedAt',
    where: 'endedAt is not null',
    parts: [{ table: 'account_check_event', column: 'checkId' }],
  }),
];
