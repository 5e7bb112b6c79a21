/** What of a booking belongs into 企业微信's 日程 and 会议室, and what has to be done for it. Pure. */
import { createHash } from 'node:crypto';
import { canonicalJson } from '../../../kernel/canonical-json.ts';
import type { ScheduleTerms } from '../../../wecom/index.ts';
import type { BookingRow, RoomRow } from '../tables.ts';
import type { ScheduleRow } from './tables.ts';

/** `times`: room and time alone; `subjects`: what the meeting is about as well. */
export type MirrorMode = 'off' | 'times' | 'subjects';

export interface WantedRoom {
  readonly roomId: number;
  readonly booker: string;
  readonly hash: string;
}

export interface Wanted {
  readonly terms: Omit<ScheduleTerms, 'calendarId'>;
  readonly hash: string;
  readonly room: WantedRoom | null;
}

export interface Facts {
  readonly booking: Pick<BookingRow, 'state' | 'startsAt' | 'endsAt'>;
  readonly room: Pick<RoomRow, 'name' | 'place' | 'wecomRoomId'>;
  /** Members who can have it in their calendar; null: not to be reached there. */
  readonly booker: string | null;
  readonly participants: readonly string[];
  readonly bookerName: string;
  /** Null: stays with us. */
  readonly subject: string | null;
  /** The page of the booking; by it our schedule is known again. */
  readonly link: string;
  readonly now: number;
}

/** Null: nothing of it belongs there, or not any more. What is over stays as it was written. */
export function wantedOf(facts: Facts): Wanted | null {
  const { booking, room, booker } = facts;
  if (booking.state !== 'booked' || booker === null) return null;
  const times = { startsAt: seconds(booking.startsAt), endsAt: seconds(booking.endsAt) };
  const terms = {
    ...times,
    summary: facts.subject ?? `会议：${room.name}`,
    description: `${facts.bookerName}预订。改时间、取消请到：\n${facts.link}`,
    location: `${room.name}（${room.place}）`,
    attendees: [...new Set([booker, ...facts.participants])],
  };
  const { wecomRoomId: roomId } = room;
  return {
    terms,
    hash: hashOf(terms),
    room: roomId === null ? null : { roomId, booker, hash: hashOf({ roomId, ...times }) },
  };
}

const seconds = (instant: number): number => Math.floor(instant / 1000);
const hashOf = (value: object): string => createHash('sha256').update(canonicalJson(value)).digest('hex');

export type Step = 'find' | 'add' | 'leaveRoom' | 'update' | 'takeRoom' | 'delete';
type Known = Pick<ScheduleRow, 'state' | 'termsHash' | 'roomBookingId' | 'roomHash'>;

/** In order. A schedule whose making was not answered is looked for before anything else. */
export function stepsTo(wanted: Wanted | null, known: Known | null): Step[] {
  if (known === null || known.state === 'gone')
    return wanted === null ? [] : ['add', ...taking(wanted, null)];
  if (known.state === 'adding') return ['find'];
  if (wanted === null) return [...(known.roomBookingId === null ? [] : (['leaveRoom'] as const)), 'delete'];
  // With a room taken its time stays (90700), so the room goes first.
  const isOtherRoom = known.roomHash !== (wanted.room?.hash ?? null);
  return [
    ...(isOtherRoom && known.roomBookingId !== null ? (['leaveRoom'] as const) : []),
    ...(known.termsHash === wanted.hash ? [] : (['update'] as const)),
    ...taking(wanted, known.roomHash),
  ];
}

const taking = ({ room }: Wanted, asked: string | null): Step[] =>
  room === null || room.hash === asked ? [] : ['takeRoom'];
