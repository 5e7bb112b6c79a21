import type { Db } from '../../platform/db/unit-of-work.ts';
import { deleteRows, type Keeping } from '../../platform/keeping/index.ts';

/** The report of last year's month is still asked for. */
const A_YEAR = 366;

export const meetingRoomKeepings = (db: Db): Keeping[] => [
  deleteRows(db, {
    kind: 'meetingrooms.bookings',
    atLeastDays: A_YEAR,
    table: 'meeting_booking',
    since: 'endsAt',
    parts: [
      { table: 'meeting_booking_event', column: 'bookingId' },
      { table: 'meeting_participant', column: 'bookingId' },
      { table: 'meeting_schedule', column: 'bookingId' },
    ],
  }),
  deleteRows(db, { kind: 'meetingrooms.blackouts', table: 'meeting_blackout', since: 'endsAt' }),
  deleteRows(db, { kind: 'meetingrooms.waits', table: 'meeting_wait', since: 'endsAt' }),
];
