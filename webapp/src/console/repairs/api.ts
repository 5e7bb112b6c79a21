/** Repairs as the console uses them. Types only: no server code is bundled. */
import type * as contract from '../../../../server/features/repairs/contract.ts';
import { get, post, put, type Query, withQuery } from '../../api/http.ts';

export type Tickets = contract.ListAnswer;
export type Ticket = contract.TicketAnswer;
export type TicketState = contract.TicketState;
export type Candidate = contract.CandidatesAnswer['items'][number];
export type Place = contract.Place;
export type Places = contract.PlacesAnswer;
export type Workers = contract.WorkersAnswer;
export type Recurring = contract.RecurringAnswer;
export type Figures = contract.FiguresAnswer;
export type FigureRow = contract.FigureRow;
export type PeriodKind = contract.PeriodKind;

const root = '/api/repairs';
const at = (id: string, rest = ''): string => `${root}/tickets/${encodeURIComponent(id)}${rest}`;
type Done = { ok: true };

export const repairs = {
  tickets: (query: Query, signal?: AbortSignal) => get<Tickets>(`${root}/tickets`, query, signal),
  ticket: (id: string, signal?: AbortSignal) => get<Ticket>(at(id), {}, signal),
  candidates: (id: string, signal?: AbortSignal) =>
    get<contract.CandidatesAnswer>(at(id, '/candidates'), {}, signal),
  dispatch: (id: string, toId: string, words: string) =>
    post<{ state: TicketState }>(at(id, '/act'), { act: 'dispatch', toId, words }),
  photo: (id: string, fileId: string): string => at(id, `/files/${encodeURIComponent(fileId)}`),
  places: (query: Query, signal?: AbortSignal) => get<Places>(`${root}/places`, query, signal),
  addPlace: (place: contract.PlaceRequest) => post<{ placeId: string }>(`${root}/places`, place),
  changePlace: ({ placeId, name, area, kind, assetNo, version, state }: Place) =>
    put<Done>(`${root}/places/${encodeURIComponent(placeId)}`, { name, area, kind, assetNo, version, state }),
  workers: (signal?: AbortSignal) => get<Workers>(`${root}/workers`, {}, signal),
  setWorker: (worker: contract.WorkerRequest) => put<Done>(`${root}/workers`, worker),
  recurring: (query: Query, signal?: AbortSignal) => get<Recurring>(`${root}/recurring`, query, signal),
  addRecurring: (wanted: contract.RecurringRequest) =>
    post<{ recurringId: string }>(`${root}/recurring`, wanted),
  endRecurring: (id: string, version: number) =>
    post<Done>(`${root}/recurring/${encodeURIComponent(id)}/end`, { version }),
  figures: (query: Query, signal?: AbortSignal) => get<Figures>(`${root}/figures`, query, signal),
  sheet: (query: Query): string => withQuery(`${root}/figures/export`, query),
};

export const stateTone: Readonly<Record<TicketState, 'blue' | 'green' | 'amber' | ''>> = {
  reported: 'amber',
  dispatched: 'blue',
  accepted: 'blue',
  held: 'amber',
  done: 'blue',
  closed: 'green',
  cancelled: '',
};
