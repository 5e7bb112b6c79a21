/** Meeting rooms as the console uses them. Types only: no server code is bundled. */
import type * as contract from '../../../../server/features/meeting-rooms/contract.ts';
import { get, post, put, withQuery } from '../../api/http.ts';

export type Grid = contract.GridAnswer;
export type Busy = contract.Busy;
export type RoomTerms = contract.RoomTerms;
export type Kept = contract.KeptRoomAnswer;
export type Choices = contract.ChoicesAnswer;
export type Usage = contract.UsageAnswer;

const base = '/api/meeting-rooms';
const room = (roomId: string, rest = ''): string =>
  `${base}/rooms/${encodeURIComponent(roomId)}${rest && `/${rest}`}`;

export const rooms = {
  list: (query: { after?: string }, signal?: AbortSignal) =>
    get<contract.RoomsAnswer>(`${base}/rooms`, { ...query }, signal),
  week: (roomId: string, from: string, signal?: AbortSignal) =>
    get<Grid>(`${base}/grid`, { from, days: 7, roomId }, signal),
  kept: (roomId: string, signal?: AbortSignal) => get<Kept>(room(roomId), {}, signal),
  choices: (signal?: AbortSignal) => get<Choices>(`${base}/choices`, {}, signal),
  ofWecom: (signal?: AbortSignal) => get<contract.WecomRoomsAnswer>(`${base}/wecom-rooms`, {}, signal),
  make: (terms: RoomTerms) => post<{ roomId: string }>(`${base}/rooms`, terms),
  change: (roomId: string, version: number, terms: RoomTerms) => put(room(roomId), { ...terms, version }),
  renewDoor: (roomId: string) => post(room(roomId, 'door')),
  makeCalendar: (roomId: string) => post<{ address: string }>(room(roomId, 'calendar')),
  stopCalendar: (roomId: string) => post(room(roomId, 'calendar/stop')),
  blackOut: (
    roomId: string,
    body: Omit<contract.BlackoutRequest, 'cancelBookings'> & { cancelBookings: boolean },
  ) => post<{ cancelled: number }>(room(roomId, 'blackouts'), body),
  lift: (roomId: string, blackoutId: string) =>
    post(room(roomId, `blackouts/${encodeURIComponent(blackoutId)}/lift`)),
  usage: (month: string, signal?: AbortSignal) => get<Usage>(`${base}/usage`, { month }, signal),
  usageFile: (month: string): string => withQuery(`${base}/usage/export`, { month }),
};
export type { contract };
