import type { RoomNote } from '../features/meeting-rooms/index.ts';
import { queueText, textWithLink } from '../features/messaging/index.ts';
import type { Tx } from '../platform/db/unit-of-work.ts';

/** What the meeting rooms have to say to somebody; `free:…` makes `meetingrooms.free`. */
export const tellOfMeetingRooms =
  (publicUrl: string) =>
  (tx: Tx, { key, personId, words, path }: RoomNote): void =>
    queueText(
      tx,
      {
        kind: `meetingrooms.${key.split(':')[0] ?? 'note'}`,
        personId,
        subjectType: 'meeting_booking',
        subjectId: personId,
        ref: key,
      },
      textWithLink(words, `${publicUrl}${path}`),
    );
