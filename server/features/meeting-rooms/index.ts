import type { Reads, Tx } from '../../platform/db/unit-of-work.ts';
import type { PersonActor } from '../../kernel/actor.ts';
import type { Route } from '../../platform/http/route.ts';
import { everyMinutes, type JobDefinition, type Schedule } from '../../platform/jobs/index.ts';
import type { Keeping } from '../../platform/keeping/index.ts';
import type { PersonChange } from '../directory/index.ts';
import { book } from './commands/book.ts';
import { remindDeciders } from './commands/clock.ts';
import { CLOSE_FREE_JOB, closeFreeCards } from './commands/close-free-cards.ts';
import { follow, FOLLOW_JOB, onPersonChanged, type Following } from './commands/follow.ts';
import { makeRoom } from './commands/rooms.ts';
import { remindComing } from './commands/remind-coming.ts';
import { sweep, SWEEP_JOB } from './commands/sweep.ts';
import type { MeetingRoomsContext } from './context.ts';
import { meetingRoomKeepings } from './keeping.ts';
import type { BookRequest, RoomTerms } from './contract.ts';
import { mirrorJob } from './mirror/mirror.ts';
import { homeEntries } from './queries/rooms.ts';
import { meetingRoomRoutes } from './routes.ts';
import { roomCards } from './tap.ts';

export type { RoomNote } from './context.ts';
export type { RoomTerms } from './contract.ts';
export { MODULE as MEETING_ROOMS_MODULE } from './policy.ts';
export { meetingRoomsPersonData } from './person-data.ts';
export { parseMeetingRoomSettings } from './settings.ts';
export { meetingRoomsTables } from './tables.ts';

/** 会议室: rooms, bookings without overlap, the manager's word, check-in, waiting, how rooms are used (S2-A11d). */
export function createMeetingRooms(ctx: MeetingRoomsContext) {
  remindDeciders(ctx);
  return {
    routes: meetingRoomRoutes(ctx) as readonly Route[],
    jobs: [
      { name: SWEEP_JOB, handle: ({ now }) => sweepAll(ctx, now) },
      mirrorJob(ctx),
      { name: CLOSE_FREE_JOB, handle: (job) => closeFreeCards(ctx, job) },
      { name: FOLLOW_JOB, handle: ({ payload }) => follow(ctx, payload as Following) },
    ] satisfies JobDefinition[] as readonly JobDefinition[],
    schedules: [everyMinutes(SWEEP_JOB, 1)] as readonly Schedule[],
    keepings: meetingRoomKeepings(ctx.db) as readonly Keeping[],
    /** Fill for `directory.onPersonChanged`. */
    onPersonChanged: (tx: Tx, change: Pick<PersonChange, 'kind' | 'personId'>) =>
      onPersonChanged(ctx, tx, change),
    /** Fill for `messaging.onCard`. */
    cards: roomCards(ctx),
    /** Fill for the portal: the way in, for whoever may look, once there is a room. */
    homeEntries: (reads: Reads, personId: string) => homeEntries(ctx, reads, personId),
    makeRoom: (actor: PersonActor, terms: RoomTerms) => makeRoom(ctx, actor, terms),
    book: (actor: PersonActor, request: BookRequest) => book(ctx, actor, request),
  };
}

/** What is over first: nobody is reminded of what was released in this minute. */
async function sweepAll(ctx: MeetingRoomsContext, now: number): Promise<void> {
  await sweep(ctx, now);
  await remindComing(ctx, now);
}
