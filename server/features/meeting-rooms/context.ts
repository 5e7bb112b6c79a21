import type { Db, Reads, Tx } from '../../platform/db/unit-of-work.ts';
import type { Vault } from '../../platform/vault/index.ts';
import { affiliationsOf, qualifyingCategories, type Category, type OrgWithRoles } from '../access/index.ts';
import type { ScheduleResource } from '../../wecom/index.ts';
import type { Supervision } from '../supervision/index.ts';
import type { MirrorMode } from './mirror/wanted.ts';
import { viewerOf, type RoomOrg, type Viewer } from './policy.ts';
import type { MeetingRoomSettings } from './settings.ts';

/** A short word to somebody, with the page it is about. `key` makes a repetition harmless. */
export interface RoomNote {
  readonly key: string;
  readonly personId: string;
  readonly words: string;
  readonly path: string;
}

export interface MeetingRoomsContext {
  readonly db: Db;
  readonly settings: MeetingRoomSettings;
  /** Whose people may see the module (config/modules.json). */
  readonly categories: readonly Category[];
  readonly orgOf: (reads: Reads) => Promise<OrgWithRoles>;
  readonly supervision: Pick<
    Supervision,
    | 'openObligation'
    | 'closeObligations'
    | 'transferObligations'
    | 'listHeld'
    | 'listOfSubjects'
    | 'dueOf'
    | 'onReminder'
  >;
  readonly vault: Pick<Vault, 'seal' | 'open'>;
  readonly publicUrl: string;
  readonly notify: (tx: Tx, note: RoomNote) => void;
  /** 企业微信's 日程 and 会议室, and how much of a booking is shown there. */
  readonly mirror: { readonly mode: MirrorMode; readonly port: ScheduleResource };
}

export interface Entered {
  readonly org: RoomOrg;
  readonly viewer: Viewer;
}

export async function enter(ctx: MeetingRoomsContext, reads: Reads, personId: string): Promise<Entered> {
  const org = await ctx.orgOf(reads);
  const person = org.person(personId);
  const by = person ? qualifyingCategories(affiliationsOf(person), { categories: [...ctx.categories] }) : [];
  const isOfModule = by.length > 0;
  return { org, viewer: viewerOf(org, personId, { isOfModule, ...ctx.settings }) };
}

export const bookingPath = (bookingId: string): string => `/rooms/bookings/${bookingId}`;

/** The bookings of a room; `&at=` and `&until=` choose a time. */
export const roomPath = (roomId: string): string => `/rooms?room=${roomId}`;
