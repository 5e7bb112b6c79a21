/** Who keeps which room, who may book it, who sees what a meeting is about. One answer for pages, lists and commands (H1). Pure. */
import type { OrgWithRoles } from '../access/index.ts';
import type { State } from './contract.ts';
import type { BookingRow, RoomRow } from './tables.ts';

export const MODULE = 'meetingRooms';

export type RoomOrg = Pick<
  OrgWithRoles,
  | 'person'
  | 'people'
  | 'unit'
  | 'units'
  | 'placeOf'
  | 'ancestors'
  | 'isWithin'
  | 'departmentOf'
  | 'assignmentsOf'
  | 'mainAssignmentOf'
  | 'headsOf'
  | 'briefOf'
  | 'scopeOf'
>;

type Room = Pick<RoomRow, 'unitId' | 'managerId'>;

export interface Viewer {
  readonly personId: string;
  readonly isActive: boolean;
  /** S2-4.4: the module is open to this person's category. */
  readonly isOfModule: boolean;
  /** Units with those above them, of all posts. */
  readonly unitIds: ReadonlySet<string>;
  /** S1-22a: how rooms are used, nothing of a meeting. */
  readonly isSupervisor: boolean;
  /** Of the unit itself, when its rooms are this person's to keep; null: everywhere. */
  readonly keptUnits: ReadonlySet<string> | null;
  readonly seenUnits: ReadonlySet<string> | null;
  /** Where a unit's rooms lie today: a unit that is over lies with its successor. */
  place(unitId: string): string;
}

export function viewerOf(
  org: RoomOrg,
  personId: string,
  { isOfModule, supervisorUnits }: { isOfModule: boolean; supervisorUnits: readonly string[] },
): Viewer {
  const person = org.person(personId);
  const isActive = person?.active === true;
  const posts = isActive ? org.assignmentsOf(personId) : [];
  const lineage = posts.flatMap(({ unitId }) => [org.unit(unitId), ...org.ancestors(unitId)]);
  const units = lineage.flatMap((unit) => (unit === null ? [] : [unit]));
  const scope = org.scopeOf(personId);
  return {
    personId,
    isActive,
    isOfModule: isActive && isOfModule,
    unitIds: new Set(units.map(({ unitId }) => unitId)),
    // Whoever works there for another house does not supervise this one.
    isSupervisor: person?.category === 'internal' && units.some(({ code }) => supervisorUnits.includes(code)),
    keptUnits: scope.unitsFor(MODULE, 'manage'),
    seenUnits: scope.unitsFor(MODULE, 'view'),
    place: (unitId) => org.placeOf(unitId)?.unitId ?? unitId,
  };
}

const within = (units: ReadonlySet<string> | null, unitId: string): boolean =>
  units === null || units.has(unitId);

/** Makes, changes and closes it, and decides where its manager does not. */
export const keeps = (viewer: Viewer, { unitId }: Pick<Room, 'unitId'>): boolean =>
  viewer.isActive && within(viewer.keptUnits, viewer.place(unitId));
export const keepsSome = ({ isActive, keptUnits }: Viewer): boolean =>
  isActive && (keptUnits === null || keptUnits.size > 0);

/** Decides on bookings, and cancels them with a reason. Who stands in for a manager only answers: `answersFor`. */
export const manages = (viewer: Viewer, room: Room): boolean =>
  viewer.isActive && (viewer.personId === room.managerId || keeps(viewer, room));

export const seesUsage = (viewer: Viewer, room: Room): boolean =>
  viewer.isSupervisor || manages(viewer, room) || within(viewer.seenUnits, viewer.place(room.unitId));

export const seesSomeUsage = (viewer: Viewer, rooms: readonly Room[]): boolean =>
  rooms.some((room) => seesUsage(viewer, room));

/** Looks at rooms and at when they are taken. */
export const mayLook = (viewer: Viewer): boolean =>
  viewer.isActive && (viewer.isOfModule || viewer.isSupervisor || keepsSome(viewer));

export const mayBook = (
  viewer: Viewer,
  { bookerUnitIds, state }: Pick<RoomRow, 'bookerUnitIds' | 'state'>,
): boolean =>
  state === 'open' &&
  viewer.isOfModule &&
  (bookerUnitIds === null ||
    bookerUnitIds.some((unitId) => viewer.unitIds.has(unitId) || viewer.unitIds.has(viewer.place(unitId))));

/** Who manages the room, and who has to answer in place of a manager who cannot: a clock is held by nobody who may not act. */
export const answersFor = (
  org: RoomOrg,
  viewer: Viewer,
  room: Room,
  { bookerId }: Pick<BookingRow, 'bookerId'>,
): boolean =>
  manages(viewer, room) || (viewer.isActive && deciderOf(org, room, bookerId) === viewer.personId);

/** What it is about: the booker, who takes part, and who answers for the room. */
export const seesSubject = (
  org: RoomOrg,
  viewer: Viewer,
  room: Room,
  booking: Pick<BookingRow, 'bookerId'>,
  isParticipant: boolean,
): boolean => viewer.personId === booking.bookerId || isParticipant || answersFor(org, viewer, room, booking);

export const HOLDING: readonly State[] = ['pending', 'booked'];
export const holds = ({ state }: Pick<BookingRow, 'state'>): boolean => HOLDING.includes(state);

/** H3: nobody decides on their own. */
export const mayDecide = (org: RoomOrg, viewer: Viewer, room: Room, booking: BookingRow): boolean =>
  booking.state === 'pending' &&
  booking.bookerId !== viewer.personId &&
  answersFor(org, viewer, room, booking);

const isOver = ({ endsAt }: Pick<BookingRow, 'endsAt'>, now: number): boolean => endsAt <= now;

export const mayCancel = (viewer: Viewer, room: Room, booking: BookingRow, now: number): boolean =>
  holds(booking) && !isOver(booking, now) && (booking.bookerId === viewer.personId || manages(viewer, room));

export const mayChange = (viewer: Viewer, booking: BookingRow, now: number): boolean =>
  holds(booking) && !isOver(booking, now) && booking.bookerId === viewer.personId;

/** Its manager's own booking needs nobody else's word: the room is theirs to give. */
export const needsDecision = (
  { needsApproval, managerId }: Pick<RoomRow, 'needsApproval' | 'managerId'>,
  bookerId: string,
): boolean => needsApproval && managerId !== bookerId;

/** Who answers: the manager, else a head of the room's unit or of one above it; never the booker (H3). */
export function deciderOf(org: RoomOrg, room: Room, bookerId: string): string | null {
  const can = (id: string): boolean => id !== bookerId && org.person(id)?.active === true;
  if (can(room.managerId)) return room.managerId;
  const place = org.placeOf(room.unitId);
  const units = place ? [place, ...org.ancestors(place.unitId)] : [];
  for (const { unitId } of units) {
    const head = org.headsOf(unitId).find(({ personId }) => can(personId));
    if (head) return head.personId;
  }
  return null;
}
