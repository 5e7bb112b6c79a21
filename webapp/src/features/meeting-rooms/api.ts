/** Meeting rooms as the phone uses them. Types only: no server code is bundled. */
import type * as contract from '../../../../server/features/meeting-rooms/contract.ts';
import { get, post } from '../../api/http.ts';

export type Grid = contract.GridAnswer;
export type GridRoom = Grid['rooms'][number];
export type Busy = contract.Busy;
export type Booking = contract.BookingAnswer;
export type BookingBrief = contract.BookingBrief;
export type Door = contract.DoorAnswer;
export type Occurrence = contract.Occurrence;
export type Alternatives = contract.Alternatives;
export type Waits = contract.WaitsAnswer;
export interface Range {
  readonly startsAt: number;
  readonly endsAt: number;
}

const root = '/api/meeting-rooms';
const room = (roomId: string, act: string): string => `${root}/rooms/${encodeURIComponent(roomId)}/${act}`;
const booking = (id: string, act = ''): string =>
  `${root}/bookings/${encodeURIComponent(id)}${act && `/${act}`}`;

export const readGrid = (from: string, after: string | null, signal?: AbortSignal): Promise<Grid> =>
  get(`${root}/grid`, { from, after }, signal);
export const readDoor = (roomId: string, signal?: AbortSignal): Promise<Door> =>
  get(room(roomId, 'door'), {}, signal);
export const listOwn = (
  query: { box: string; cursor?: string },
  signal?: AbortSignal,
): Promise<contract.BookingsAnswer> => get(`${root}/own`, { ...query }, signal);
export const readBooking = (id: string, signal?: AbortSignal): Promise<Booking> =>
  get(booking(id), {}, signal);
export const book = (body: Partial<contract.BookRequest>): Promise<contract.BookAnswer> =>
  post(`${root}/bookings`, body);
export const decide = (id: string, body: Partial<contract.DecideRequest>): Promise<contract.BookAnswer> =>
  post(booking(id, 'decide'), body);
export const cancel = (id: string, body: Partial<contract.CancelRequest>): Promise<contract.CancelAnswer> =>
  post(booking(id, 'cancel'), body);
export const change = (id: string, body: contract.ChangeRequest): Promise<unknown> =>
  post(booking(id, 'change'), body);
export const checkIn = (roomId: string, door: string): Promise<unknown> =>
  post(room(roomId, 'check-in'), { door });
/** Of a range only its ends: what is chosen on the grid has its room too. */
export const waitFor = (roomId: string, { startsAt, endsAt }: Range): Promise<unknown> =>
  post(room(roomId, 'waits'), { startsAt, endsAt });
export const listWaits = (signal?: AbortSignal): Promise<Waits> => get(`${root}/waits`, {}, signal);
export const stopWaiting = (waitId: string): Promise<unknown> =>
  post(`${root}/waits/${encodeURIComponent(waitId)}/stop`);

export const readCalendar = (signal?: AbortSignal): Promise<contract.CalendarState> =>
  get(`${root}/calendar`, {}, signal);
export const makeCalendar = (): Promise<{ address: string }> => post(`${root}/calendar`);
export const stopCalendar = (): Promise<unknown> => post(`${root}/calendar/stop`);

export const bookingPath = (id: string): string => `/rooms/bookings/${encodeURIComponent(id)}`;
/** The grid on the day of a time, with it chosen. */
export const gridPath = (roomId: string, { startsAt, endsAt }: Range): string =>
  `/rooms?room=${encodeURIComponent(roomId)}&at=${startsAt}&until=${endsAt}`;

export const STATE_TONES: Readonly<Record<BookingBrief['state'], 'pri' | 'grn' | 'amb' | 'red' | ''>> = {
  pending: 'amb',
  booked: 'grn',
  refused: 'red',
  cancelled: '',
  released: '',
  lapsed: '',
};
